// A stack that is run strip by strip gives the same bits as over the whole picture at once.
#include <gtest/gtest.h>

#include "app/files/threads.hpp"
#include "core/image/run.hpp"
#include "tests/support/pictures.hpp"

namespace convloom::tests::filter_strips_test {
namespace {

using namespace image;

Pass pass_of(const NamedFilter& filter) {
    Pass pass;
    pass.filter = filter.name;
    pass.parameters = filter.usual_values();
    return pass;
}

Pass pass_of(const char* name) {
    return pass_of(*filter_named(name));
}

void expect_same(const Image& picture, const Stack& stack, Depth depth, const std::string& what) {
    const Image whole = filtered(picture, stack, depth);
    EXPECT_EQ(filtered(picture, stack, depth, {{}, {}, 16}), whole) << what;
    EXPECT_EQ(filtered(picture, stack, depth, {files::on_threads(3), {}, 24}), whole) << what << ", on threads";
    Image given = picture;
    EXPECT_EQ(filtered(std::move(given), stack, depth, {{}, {}, 16}), whole) << what << ", given away";
    given = picture;
    EXPECT_EQ(filtered(std::move(given), stack, depth), whole) << what << ", given away, at once";
}

TEST(FilterStrips, EveryFilterBetweenTwoOthers) {
    const Image picture = noise(41, 307, 3, Depth::bits8, 5);
    for (const NamedFilter& filter : named_filters()) {
        const Stack stack{pass_of("sharpen"), pass_of(filter), pass_of("box")};
        if (!fault_of(stack, picture).empty()) continue;
        expect_same(picture, stack, Depth::bits8, std::string(filter.name));
    }
}

TEST(FilterStrips, EveryBorderDepthAndNumberOfChannels) {
    for (const auto padding : {arith::PaddingMode::zeros, arith::PaddingMode::reflect, arith::PaddingMode::replicate,
                               arith::PaddingMode::circular, arith::PaddingMode::symmetric}) {
        Stack stack{pass_of("gaussian"), pass_of("sobel"), pass_of("unsharp")};
        for (Pass& pass : stack) pass.options.padding = padding;
        stack[1].on = false;
        stack[2].options.dilation = 2;
        for (const Depth depth : {Depth::bits8, Depth::bits16, Depth::float32})
            for (const int channels : {1, 2, 3, 4})
                expect_same(noise(23, 211, channels, depth, 7), stack, depth,
                            std::to_string(static_cast<int>(padding)) + ", " + std::to_string(channels));
    }
}

// Transparent pixels in one strip alone change how all are computed.
TEST(FilterStrips, AlphaIsAskedOfTheWholePicture) {
    Image picture = noise(20, 200, 4, Depth::bits8, 3);
    auto& samples = std::get<SampleBuffer<std::uint8_t>>(picture.samples);
    for (std::size_t n = 3; n < picture.sample_count(); n += 4) samples.data()[n] = 255;
    samples.data()[picture.sample_count() - 1] = 0;
    expect_same(picture, {pass_of("gaussian"), pass_of("box")}, Depth::bits8, "one transparent pixel");
}

TEST(FilterStrips, StridesPoolingAndLuminance) {
    Stack stack{pass_of("gaussian"), pass_of("box")};
    stack[0].options.channels = Channels::luminance;
    expect_same(noise(30, 190, 3, Depth::bits8, 1), stack, Depth::bits8, "luminance");
    stack[1].options.stride = 2;
    expect_same(noise(30, 190, 3, Depth::bits8, 1), stack, Depth::bits8, "stride");
}

}  // namespace
}  // namespace convloom::tests::filter_strips_test
