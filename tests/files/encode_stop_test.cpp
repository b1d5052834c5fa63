// Encoding a picture can be stopped at any row.
#include <gtest/gtest.h>

#include "app/files/image_file.hpp"

namespace convloom::files::encode_stop_test {
namespace {

struct Stop {};

TEST(EncodeImage, StopsOnRequest) {
    image::Image picture = image::blank(300, 200, 3, image::Depth::bits8);
    auto& samples = std::get<image::SampleBuffer<std::uint8_t>>(picture.samples);
    for (std::size_t n = 0; n < samples.size(); ++n) samples[n] = static_cast<std::uint8_t>(n * n / 7);
    for (const ImageFormat format : {ImageFormat::png, ImageFormat::jpeg, ImageFormat::webp})
        for (const int quality : {80, 100}) {
            SaveOptions options;
            options.quality = quality;
            const std::string whole = encode_image(picture, format, options);
            int asked = 0;
            options.goes_on = [&] { ++asked; };
            EXPECT_EQ(encode_image(picture, format, options), whole);
            ASSERT_GT(asked, 3) << name_of(format);
            for (const int stop : {1, asked / 2, asked}) {
                int n = 0;
                options.goes_on = [&] {
                    if (++n == stop) throw Stop();
                };
                EXPECT_THROW(encode_image(picture, format, options), Stop) << name_of(format) << " at " << stop;
                EXPECT_EQ(n, stop);
            }
        }
}

}  // namespace
}  // namespace convloom::files::encode_stop_test
