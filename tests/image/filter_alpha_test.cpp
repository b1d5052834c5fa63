// Pictures with transparency: a colour is weighted by its alpha.
#include <gtest/gtest.h>

#include <cmath>

#include "core/image/run.hpp"
#include "core/state/model/photo.hpp"
#include "tests/support/photos.hpp"

namespace convloom::tests::filter_alpha_test {
namespace {

using namespace image;
using arith::PaddingMode;

Pass own(Kernel kernel, PassOptions options = {}) {
    return {std::string(own_kernel_name), {}, {std::move(kernel)}, options, true};
}
PassOptions straight() {
    PassOptions options;
    options.straight_alpha = true;
    return options;
}
Image pixels(int width, int channels, std::vector<std::uint8_t> samples) {
    return from_bytes(width, static_cast<int>(samples.size()) / (width * channels), channels, samples.data());
}
std::vector<std::uint8_t> bytes(const Image& image) {
    const auto& samples = std::get<SampleBuffer<std::uint8_t>>(image.samples);
    return {samples.begin(), samples.end()};
}
Image opaque_noise(int width, int height, int channels, Depth depth) {
    Image picture = noise(width, height, channels, depth, 5);
    std::visit(
        [&](auto& samples) {
            using Sample = typename std::decay_t<decltype(samples)>::value_type;
            for (std::size_t n = static_cast<std::size_t>(channels) - 1; n < samples.size(); n += channels)
                samples[n] = static_cast<Sample>(full_scale(depth));
        },
        picture.samples);
    return picture;
}

TEST(Alpha, TransparentColoursDoNotMixIn) {
    const Image green_red = pixels(2, 4, {0, 255, 0, 0, 255, 0, 0, 255});
    const Kernel halves{2, {0, 0, 0.5f, 0.5f}};
    EXPECT_EQ(bytes(filtered(green_red, {own(halves)}, Depth::bits8)),
              (std::vector<std::uint8_t>{255, 0, 0, 128, 255, 0, 0, 128}));
    EXPECT_EQ(bytes(filtered(green_red, {own(halves, straight())}, Depth::bits8)),
              (std::vector<std::uint8_t>{128, 128, 0, 0, 128, 128, 0, 255}));
    for (const char* name : {"max-pooling", "average-pooling"}) {
        const Image square = pixels(2, 4, {0, 255, 0, 0, 0, 255, 0, 0, 200, 0, 0, 255, 0, 255, 0, 0});
        const auto pooled = bytes(filtered(square, {usual_pass(name)}, Depth::bits8));
        EXPECT_EQ(std::vector<std::uint8_t>(pooled.begin(), pooled.begin() + 3),
                  (std::vector<std::uint8_t>{200, 0, 0}));
        EXPECT_EQ(pooled[3], name[0] == 'm' ? 255 : 64);
    }
}

// At any depth and with any options, an opaque picture is filtered like one without alpha.
TEST(Alpha, OpaquePicturesKeepTheirBytes) {
    PassOptions light, strided;
    light.linear_light = true;
    strided.stride = 2;
    strided.padding = PaddingMode::zeros;
    strided.gain = 1.5f;
    for (Depth depth : {Depth::bits8, Depth::bits16, Depth::float32})
        for (const char* name : {"gaussian", "sharpen", "sobel-x", "sobel", "log", "roberts-x", "max-pooling"})
            for (const PassOptions& options : {PassOptions{}, light, strided}) {
                const Image picture = opaque_noise(30, 21, 4, depth);
                Pass pass = usual_pass(name);
                pass.options = options;
                Pass old = pass;
                old.options.straight_alpha = true;
                EXPECT_EQ(filtered(picture, {pass, pass}, depth), filtered(picture, {old, old}, depth)) << name;
            }
    EXPECT_TRUE(is_opaque(noise(9, 9, 3, Depth::bits8, 1)));
    Image hole = opaque_noise(33, 9, 2, Depth::bits16);
    EXPECT_TRUE(is_opaque(hole));
    std::get<SampleBuffer<std::uint16_t>>(hole.samples)[2 * (33 * 9 - 1) + 1] = 65534;
    EXPECT_FALSE(is_opaque(hole));
    for (Depth depth : {Depth::bits8, Depth::float32})
        for (int width : {1, 2, 3, 5001})
            for (int at : {0, width / 2, width - 1}) {
                Image one = opaque_noise(width, 1, 4, depth);
                EXPECT_TRUE(is_opaque(one)) << width;
                std::visit([&](auto& samples) { samples[static_cast<std::size_t>(at) * 4 + 3] = 0; }, one.samples);
                EXPECT_FALSE(is_opaque(one)) << at << " of " << width;
            }
}

// Colour times alpha, filtered, divided by the alpha of the result, in double precision.
void expect_weighted(const Image& picture, const Pass& pass, const Image& result, double near) {
    const Kernel& kernel = pass.own.front();
    const int colours = picture.colour_channels(), half = kernel.side / 2;
    const bool filters_alpha = sums_to_more(kernel);
    for (int y = 0; y < picture.height; ++y)
        for (int x = 0; x < picture.width; ++x) {
            std::vector<double> sums(static_cast<std::size_t>(colours) + 1);
            for (int r = 0; r < kernel.side; ++r)
                for (int c = 0; c < kernel.side; ++c) {
                    const auto u = arith::padding_source(x + c - half, picture.width, pass.options.padding),
                               v = arith::padding_source(y + r - half, picture.height, pass.options.padding);
                    const bool outside = u < 0 || v < 0;  // outside is opaque black
                    const double alpha = outside ? 1 : picture.value(static_cast<int>(u), static_cast<int>(v), colours);
                    sums.back() += kernel.at(r, c) * alpha;
                    for (int n = 0; n < colours && !outside; ++n)
                        sums[static_cast<std::size_t>(n)] +=
                            kernel.at(r, c) * alpha * picture.value(static_cast<int>(u), static_cast<int>(v), n);
                }
            const double alpha = filters_alpha ? sums.back() / sum_of(kernel) : picture.value(x, y, colours);
            ASSERT_NEAR(result.value(x, y, colours), std::clamp(alpha, 0.0, 1.0), near);
            if (std::abs(alpha) < 1e-3) continue;
            for (int n = 0; n < colours; ++n)
                ASSERT_NEAR(result.value(x, y, n),
                            alpha > 0 ? sums[static_cast<std::size_t>(n)] / alpha : picture.value(x, y, n),
                            near / std::abs(alpha));
        }
}

TEST(Alpha, IsWeightedByTheFormula) {
    for (Depth depth : {Depth::bits8, Depth::bits16})
        for (int channels : {2, 4})
            for (PaddingMode mode : {PaddingMode::zeros, PaddingMode::reflect, PaddingMode::circular})
                for (const Kernel& kernel : {Kernel{3, {1, 2, 1, 2, 4, 2, 1, 2, 1}},      // sums to 16
                                             Kernel{3, {0, -1, 0, -1, 5, -1, 0, -1, 0}},  // to 1, with both signs
                                             Kernel{3, {-1, 0, 1, -2, 0, 2, -1, 0, 1}},   // to 0
                                             Kernel{2, {-1, 0, 0, 0.5f}},                 // to less than 0
                                             Kernel{9, std::vector<float>(81, 1 / 81.0f)}}) {
                    const Image picture = noise(23, 17, channels, depth, 9);
                    PassOptions options;
                    options.padding = mode;
                    const Pass pass = own(kernel, options);
                    ASSERT_NO_FATAL_FAILURE(
                        expect_weighted(picture, pass, filtered(picture, {pass}, Depth::float32), 2e-5));
                }
}

TEST(Alpha, IdentityLosesNothing) {
    for (Depth depth : {Depth::bits8, Depth::bits16})
        for (int channels : {2, 4}) {
            Image picture = noise(20, 14, channels, depth, 3);
            std::visit(
                [&](auto& samples) {
                    for (std::size_t n = 0; n < 20; ++n)
                        samples[n * static_cast<std::size_t>(channels) + channels - 1] = 0;
                },
                picture.samples);
            EXPECT_EQ(filtered(picture, {usual_pass("identity")}, depth), picture) << "transparent colours too";
        }
}

TEST(Alpha, OneKernelPerColourAndOptionsWorkOnColours) {
    const Image picture = noise(20, 14, 4, Depth::bits8, 3);
    const Kernel soft{3, {1, 1, 1, 1, 1, 1, 1, 1, 1}}, middle{3, {0, 0, 0, 0, 1, 0, 0, 0, 0}},
        wide{3, {0, 1, 0, 0, 2, 0, 0, 1, 0}};
    Pass three = own(soft);
    three.own = {soft, middle, wide};
    const Image each = filtered(picture, {three}, Depth::float32);
    std::vector<Image> alone;
    for (const Kernel& kernel : three.own) alone.push_back(filtered(picture, {own(kernel)}, Depth::float32));
    PassOptions options;
    options.gain = -2;
    options.offset = 0.25f;
    const Image shifted = filtered(picture, {own(soft, options)}, Depth::float32);
    PassOptions grey;
    grey.channels = Channels::luminance;
    grey.linear_light = true;
    const Image brightness = filtered(picture, {own(middle, grey)}, Depth::float32);
    grey.straight_alpha = true;
    const Image straight_brightness = filtered(picture, {own(middle, grey)}, Depth::float32);
    ASSERT_EQ(brightness.channels, 2);
    for (int y = 0; y < 14; ++y)
        for (int x = 0; x < 20; ++x) {
            for (int c = 0; c < 3; ++c) {
                ASSERT_EQ(each.value(x, y, c), alone[static_cast<std::size_t>(c)].value(x, y, c));
                ASSERT_NEAR(shifted.value(x, y, c), 0.25 - 2 * alone[0].value(x, y, c), 1e-4);
            }
            ASSERT_NEAR(each.value(x, y, 3),
                        (alone[0].value(x, y, 3) + alone[1].value(x, y, 3) + alone[2].value(x, y, 3)) / 3, 1e-5);
            ASSERT_EQ(shifted.value(x, y, 3), alone[0].value(x, y, 3));
            for (int c = 0; c < 2; ++c)
                ASSERT_NEAR(brightness.value(x, y, c), straight_brightness.value(x, y, c), 2e-5);
        }
}

TEST(Alpha, SmallerPicturesAreWeightedToo) {
    const Image square = pixels(2, 4, {0, 255, 0, 0, 0, 255, 0, 0, 200, 0, 0, 255, 0, 255, 0, 0});
    EXPECT_EQ(bytes(reduced(square, {0, 0, 2, 2}, 2)), (std::vector<std::uint8_t>{200, 0, 0, 64}));
}

// The step view shows colour times alpha; divided by the result's alpha it equals the result.
TEST(Alpha, IsWeightedInTheStepView) {
    state::State s = after(with_photo(20, 14, 4), {state::SetFilter{"gaussian"}, state::SetPhotoChannel{1},
                                                   state::SetPhotoLook{scene::PhotoLook::step}});
    const Image result = filtered(*s.photo->working, s.photo->stack, Depth::float32);
    const arith::Recording recording = photo_recording(*s.photo);
    for (arith::Index n = 0; n < recording.step_count(); ++n) {
        const arith::Step step = recording.step(n);
        const int x = static_cast<int>(step.output[1]), y = static_cast<int>(step.output[0]);
        ASSERT_NEAR(recording.value(step) / 255, result.value(x, y, 1) * result.value(x, y, 3), 1e-4);
    }
}

}  // namespace
}  // namespace convloom::tests::filter_alpha_test
