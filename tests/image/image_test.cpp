// Pictures as values.
#include "core/image/picture/image.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/image/picture/srgb.hpp"
#include "tests/support/pictures.hpp"

namespace convloom::tests::image_test {
namespace {

using namespace image;

TEST(Image, BytesRoundTrip) {
    std::vector<std::uint8_t> bytes;
    for (int n = 0; n < 256; ++n) bytes.push_back(static_cast<std::uint8_t>(n));
    const Image grey = from_bytes(16, 16, 1, bytes.data());
    const auto rgba = to_rgba(grey);
    for (int n = 0; n < 256; ++n) {
        EXPECT_EQ(rgba[n * 4], n);
        EXPECT_EQ(rgba[n * 4 + 3], 255);
    }
    const Image colour = from_bytes(8, 8, 4, bytes.data());
    EXPECT_EQ(to_rgba(colour), bytes);
    EXPECT_EQ(with_depth(with_depth(colour, Depth::float32), Depth::bits8), colour);
    EXPECT_EQ(with_depth(with_depth(colour, Depth::bits16), Depth::bits8), colour);
}

TEST(Image, SixteenBitsPassThroughFloat) {
    Image all = blank(256, 256, 1, Depth::bits16);
    for (int n = 0; n < 65536; ++n) std::get<1>(all.samples)[n] = static_cast<std::uint16_t>(n);
    EXPECT_EQ(with_depth(with_depth(all, Depth::float32), Depth::bits16), all);
}

TEST(Image, IsShownInEveryMode) {
    Image values = blank(4, 1, 1, Depth::float32);
    values.samples = std::vector<float>{-1, -0.5f, 0, 2};
    auto shown = [&](ShownAs as) {
        std::vector<int> grey;
        const auto rgba = to_rgba(values, as);
        for (int n = 0; n < 4; ++n) grey.push_back(rgba[n * 4]);
        return grey;
    };
    EXPECT_EQ(shown(ShownAs::clamped), (std::vector<int>{0, 0, 0, 255}));
    EXPECT_EQ(shown(ShownAs::absolute), (std::vector<int>{255, 128, 0, 255}));
    EXPECT_EQ(shown(ShownAs::signed_), (std::vector<int>{0, 64, 128, 255}));
    EXPECT_EQ(shown(ShownAs::scaled), (std::vector<int>{0, 43, 85, 255}));
    EXPECT_EQ(std::get<2>(scaled_to_range(values).samples), (std::vector<float>{0, 0.5f / 3, 1 / 3.0f, 1}));
}

TEST(Image, LinearLightIsShownAsSrgb) {
    Image light = blank(3, 1, 1, Depth::float32, true);
    light.samples = std::vector<float>{0.2158605f, 0.5f, 4};
    const auto rgba = to_rgba(light);
    EXPECT_EQ(rgba[0], 128);
    EXPECT_EQ(rgba[4], 188);
    EXPECT_EQ(rgba[8], 255);
}

TEST(Image, CurveAndTableAgree) {
    for (int n = -1000; n <= 1000; ++n) {
        const float v = static_cast<float>(n) / 1000;
        EXPECT_NEAR(stored_of(light_of(v)), v, 1e-6);
        EXPECT_NEAR(stored_of_fast(v), stored_of(v), 2e-6);
    }
    for (int n = 0; n < 256; ++n) EXPECT_NEAR(light_table(256)[n], light_of(static_cast<float>(n / 255.0)), 1e-7);
}

TEST(Image, ShrinksByMeans) {
    Image picture = blank(4, 2, 1, Depth::float32);
    picture.samples = std::vector<float>{0, 1, 2, 3, 4, 5, 6, 7};
    const Image half = reduced(picture, {0, 0, 4, 2}, 2);
    EXPECT_EQ(half.width, 2);
    EXPECT_EQ(half.height, 1);
    EXPECT_EQ(std::get<2>(half.samples), (std::vector<float>{2.5f, 4.5f}));
    EXPECT_EQ(reduced(picture, {0, 0, 4, 2}, 1), picture);
    EXPECT_EQ(std::get<2>(reduced(picture, {1, 0, 3, 2}, 2).samples), (std::vector<float>{3.5f}))
        << "what is left over at the right is left out";
    EXPECT_EQ(std::get<2>(reduced(picture, {1, 1, 2, 1}, 1).samples), (std::vector<float>{5, 6}));
    Image line = blank(3000, 1, 1, Depth::bits8);
    for (auto& s : std::get<0>(line.samples)) s = 77;
    const Image short_line = reduced(line, {0, 0, 3000, 1}, 4);
    EXPECT_EQ(short_line.width, 750);
    EXPECT_EQ(short_line.height, 1);
    EXPECT_EQ(std::get<0>(short_line.samples)[100], 77);
}

// A corner marked in a 3×2 picture moves to where EXIF's eight orientations put it.
TEST(Image, AppliesTheOrientation) {
    Image picture = blank(3, 2, 1, Depth::bits8);
    picture.samples = std::vector<std::uint8_t>{1, 2, 3, 4, 5, 6};
    const std::vector<std::vector<std::uint8_t>> wanted = {{1, 2, 3, 4, 5, 6}, {3, 2, 1, 6, 5, 4}, {6, 5, 4, 3, 2, 1},
                                                           {4, 5, 6, 1, 2, 3}, {1, 4, 2, 5, 3, 6}, {4, 1, 5, 2, 6, 3},
                                                           {6, 3, 5, 2, 4, 1}, {3, 6, 2, 5, 1, 4}};
    for (int o = 1; o <= 8; ++o) {
        const Image turned = upright(picture, o);
        EXPECT_EQ(turned.width, o < 5 ? 3 : 2);
        EXPECT_EQ(std::get<0>(turned.samples), wanted[o - 1]) << o;
    }
    EXPECT_EQ(upright(picture, 0), picture);
    EXPECT_EQ(upright(picture, 99), picture);
}

// A decoder's memory is released exactly once, by the last owner.
TEST(Image, TakesOwnershipOfMemory) {
    static int given_back = 0;
    float theirs[] = {1, 2, 3};
    {
        SampleBuffer<float> taken(theirs, 3, [](void*) { ++given_back; });
        SampleBuffer<float> copy = taken, moved = std::move(taken);
        EXPECT_EQ(moved.data(), theirs);
        EXPECT_NE(copy.data(), theirs);
        EXPECT_EQ(copy, moved);
        copy[0] = 4;
        EXPECT_NE(copy, moved);
        moved = copy;
        EXPECT_EQ(given_back, 1);
        EXPECT_EQ(moved, (std::vector<float>{4, 2, 3}));
    }
    EXPECT_EQ(given_back, 1);
    EXPECT_EQ(SampleBuffer<float>(), SampleBuffer<float>(0));
}

TEST(Image, ToTensorIsPlanar) {
    const Image picture = noise(5, 3, 4, Depth::bits8, 2);
    const arith::Tensor tensor = to_tensor(picture);
    EXPECT_EQ(tensor.shape, (arith::Shape{3, 3, 5}));
    for (int c = 0; c < 3; ++c)
        for (int y = 0; y < 3; ++y)
            for (int x = 0; x < 5; ++x) EXPECT_EQ(tensor.values[(c * 3 + y) * 5 + x], picture.value(x, y, c));
    EXPECT_EQ(cut_out(picture, {1, 1, 2, 2}).value(0, 0, 2), picture.value(1, 1, 2));
}

}  // namespace
}  // namespace convloom::tests::image_test
