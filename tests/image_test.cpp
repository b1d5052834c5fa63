// Pictures and filters.
#include <cmath>

#include "core/arith/convolve.hpp"
#include "core/arith/output_size.hpp"
#include "core/image/filter.hpp"
#include "core/state/scene_of.hpp"
#include "core/state/update.hpp"
#include "core/state/presets.hpp"
#include "tests/support.hpp"

namespace convloom::tests {
namespace {

using namespace image;

Image noise(int width, int height, int channels, unsigned seed) {
    const arith::Tensor t = whole_numbers({channels, height, width}, seed);
    Image image{width, height, channels, t.values};
    for (float& v : image.values) v = (v + 4) / 8;
    return image;
}

// A filter is a depthwise layer on the picture, to the last bit, at every padding mode and size.
TEST(Filter, IsALayerWithOneGroupAChannel) {
    for (auto [width, height] : {std::pair{1, 1}, {2, 5}, {7, 3}, {16, 9}})
        for (arith::PaddingMode mode : {arith::PaddingMode::zeros, arith::PaddingMode::replicate, arith::PaddingMode::reflect, arith::PaddingMode::circular})
            for (const NamedFilter& filter : named_filters()) {
                const Image picture = noise(width, height, 3, static_cast<unsigned>(width));
                arith::Layer layer;
                layer.axes = {{height, 3, 1, 1, 1, 1}, {width, 3, 1, 1, 1, 1}};
                layer.in_channels = layer.out_channels = layer.groups = 3;
                layer.padding_mode = mode;
                arith::Tensor weight{{3, 1, 3, 3}, {}};
                for (int c = 0; c < 3; ++c) weight.values.insert(weight.values.end(), filter.kernel.weights.begin(), filter.kernel.weights.end());
                const arith::Tensor input{{3, height, width}, picture.values};
                EXPECT_EQ(filtered(picture, filter.kernel, mode).values, arith::convolve(layer, input, weight).values)
                    << filter.name << " " << width << "×" << height;
            }
}

TEST(Filter, LawsOfTheNamedOnes) {
    EXPECT_EQ(named_filters().size(), 5u);
    Image even{8, 8, 1, std::vector<float>(64, 0.25f)};
    auto constant = [&](const char* name) { return filtered(even, filter_named(name)->kernel, arith::PaddingMode::reflect).values; };
    for (float v : constant("gaussian")) EXPECT_FLOAT_EQ(v, 0.25f);
    for (float v : constant("sharpen")) EXPECT_FLOAT_EQ(v, 0.25f);
    for (float v : constant("laplacian")) EXPECT_EQ(v, 0);
    for (float v : constant("sobel-x")) EXPECT_EQ(v, 0);
    for (float v : constant("emboss")) EXPECT_FLOAT_EQ(v, 0.25f);
    Image ramp{8, 8, 1, {}};
    for (int n = 0; n < 64; ++n) ramp.values.push_back(static_cast<float>(n % 8));
    const Image slope = filtered(ramp, filter_named("sobel-x")->kernel, arith::PaddingMode::reflect);
    for (int y = 0; y < 8; ++y)
        for (int x = 1; x < 7; ++x) EXPECT_EQ(slope.values[y * 8 + x], 8);
}

TEST(Filter, KeepsAlpha) {
    const Image picture = noise(6, 4, 4, 3);
    const Image result = filtered(picture, filter_named("laplacian")->kernel, arith::PaddingMode::reflect);
    EXPECT_TRUE(std::equal(picture.values.begin() + 72, picture.values.end(), result.values.begin() + 72));
}

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
}

TEST(Image, WaysToShow) {
    const Image values{4, 1, 1, {-1, -0.5f, 0, 2}};
    auto shown = [&](ShownAs as) {
        std::vector<int> grey;
        const auto rgba = to_rgba(values, as);
        for (int n = 0; n < 4; ++n) grey.push_back(rgba[n * 4]);
        return grey;
    };
    EXPECT_EQ(shown(ShownAs::clamped), (std::vector<int>{0, 0, 0, 255}));
    EXPECT_EQ(shown(ShownAs::absolute), (std::vector<int>{255, 128, 0, 255}));
    EXPECT_EQ(shown(ShownAs::signed_), (std::vector<int>{0, 64, 128, 255}));
}

TEST(Image, ShrinksByMeans) {
    const Image picture{4, 2, 1, {0, 1, 2, 3, 4, 5, 6, 7}};
    const Image half = shrunk_to(picture, 2);
    EXPECT_EQ(half.width, 2);
    EXPECT_EQ(half.height, 1);
    EXPECT_EQ(half.values, (std::vector<float>{2.5f, 4.5f}));
    EXPECT_EQ(shrunk_to(picture, 4), picture);
    const Image line{3000, 1, 1, std::vector<float>(3000, 0.5f)};
    const Image short_line = shrunk_to(line, 960);
    EXPECT_LE(short_line.width, 960);
    EXPECT_EQ(short_line.height, 1);
    EXPECT_FLOAT_EQ(short_line.values[100], 0.5f);
}

TEST(Photo, OpensFiltersAndTakesOwnWeights) {
    state::State s = state::preset(state::opening_preset);
    EXPECT_FALSE(state::update(s, state::SetView{scene::View::photo}).problems.empty()) << "no photo is open";
    s = state::update(s, state::OpenPhoto{"a/b.png", noise(20, 10, 3, 1)}).state;
    EXPECT_EQ(s.view, scene::View::photo);
    s = state::update(s, state::SetFilter{"sobel-x"}).state;
    EXPECT_EQ(s.photo->kernel, filter_named("sobel-x")->kernel);
    EXPECT_EQ(s.photo->shown_as, ShownAs::absolute);
    const auto before = state::photo_figure(*s.photo);
    s = state::update(s, state::SetFilterWeight{1, 1, 3}).state;
    EXPECT_EQ(s.photo->filter, "custom");
    EXPECT_EQ(s.photo->kernel.weights[4], 3);
    EXPECT_NE(*state::photo_figure(*s.photo).after, *before.after);
    EXPECT_EQ(*state::photo_figure(*s.photo).before, *before.before);
    EXPECT_FALSE(state::update(s, state::SetFilter{"nope"}).problems.empty());
    EXPECT_FALSE(state::update(s, state::SetFilterWeight{3, 0, 1}).problems.empty());
}

}  // namespace
}  // namespace convloom::tests
