// The maps view: every channel is a picture of its values, what there is no room for is counted, nothing moves from
// step to step, and pointing at a picture finds the cell of its channel.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <map>
#include <set>

#include "core/scene/maps/compose_maps.hpp"
#include "core/scene/maps/map_pictures.hpp"
#include "core/scene/maps/mosaic.hpp"
#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/page/scene_json.hpp"
#include "core/scene/pointing/pointing.hpp"
#include "core/scene/views/view_table.hpp"
#include "core/state/data/build.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/shown/scene_of.hpp"
#include "core/state/words/torch_words.hpp"
#include "core/state/words/words_state.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::maps_test {
namespace {

using namespace scene;
using arith::Index;

state::State layer(const char* words, const char* input) {
    state::State s = state::state_of_words(words, state::read_input_shape(input));
    s.view = View::maps;
    return s;
}

Scene at_step(state::State s, Index step, const PageSize& page = {}) {
    s.moment = {step, Moment::whole_window};
    return scene_of(s, page);
}

const Plane* plane_of(const Scene& scene, Content content, int number) {
    for (const Plane& plane : scene.planes)
        if (plane.role.content == content && plane.role.number == number) return &plane;
    return nullptr;
}

const Picture* picture_of(const Plane& plane) {
    for (const Item& item : plane.items)
        if (const Picture* picture = std::get_if<Picture>(&item)) return picture;
    return nullptr;
}

std::string text_named(const Scene& scene, const std::string& name) {
    for (const Item& item : scene.planes.back().items)
        if (const Text* text = std::get_if<Text>(&item); text && text->name == name) return text->text;
    return "";
}

TEST(Mosaic, ShowsAllThatFit) {
    const Rect area{10, 20, 300, 200};
    for (const Index count : {1, 2, 7, 16, 40}) {
        const Mosaic m = lay_out_mosaic(area, count, 3, 4, 0, 40, 26);
        ASSERT_EQ(static_cast<Index>(m.tiles.size()), count);
        EXPECT_EQ(m.left_out, 0);
        for (const Tile& tile : m.tiles) {
            EXPECT_GE(tile.at.x, area.x);
            EXPECT_GE(tile.at.y, area.y + mosaic_label_px);
            EXPECT_LE(tile.at.x + 4 * m.cell_px, area.right() + 1e-9) << count;
            EXPECT_LE(tile.at.y + 3 * m.cell_px, area.bottom() + 1e-9) << count;
        }
    }
}

TEST(Mosaic, CountsWhatDoesNotFitAndShowsTheCurrentOne) {
    const Rect area{0, 0, 200, 200};
    std::vector<Point> places;
    for (const Index current : {0, 5, 300, 511}) {
        const Mosaic m = lay_out_mosaic(area, 512, 7, 7, current, 40, 26);
        const auto shown = static_cast<Index>(m.tiles.size());
        EXPECT_EQ(shown + m.left_out, 512);
        EXPECT_GT(shown, 12);
        EXPECT_GE(m.cell_px * 7, 26 - 1e-9);
        EXPECT_TRUE(std::any_of(m.tiles.begin(), m.tiles.end(), [&](const Tile& t) { return t.number == current; }));
        std::vector<Point> now;
        for (const Tile& tile : m.tiles) now.push_back(tile.at);
        if (places.empty()) places = now;
        EXPECT_EQ(now, places) << "no picture moves";
    }
}

TEST(Maps, EveryChannelHasTheColoursOfItsValues) {
    for (const bool one_scale : {false, true}) {
        state::State s = layer("nn.Conv2d(4, 6, 3, padding=1)", "4x9x7");
        s.look.one_scale = one_scale;
        const arith::Recording r = state::recording_of(s);
        const Scene scene = at_step(s, 100);
        const arith::Tensor whole = whole_output(r);
        for (int c = 0; c < 6; ++c) {
            const Plane* plane = plane_of(scene, Content::output, c);
            ASSERT_TRUE(plane && picture_of(*plane)) << c;
            const Pixels& pixels = *picture_of(*plane)->pixels;
            ASSERT_EQ(pixels.width, 7);
            ASSERT_EQ(pixels.height, 9);
            arith::Tensor own{{9, 7}, {}};
            for (Index n = 0; n < 63; ++n) own.values.push_back(r.value(r.step(c * 63 + n)));
            const ValueRange range = value_range(own.values);
            const ValueMap all = map_of(whole, default_theme()),
                           map = one_scale        ? all
                                 : all.diverges() ? value_map_around_zero(range.low, range.high, default_theme())
                                                  : value_map(range.low, range.high, default_theme());
            for (std::size_t n = 0; n < 63; ++n) {
                const Color wanted = map.color(own.values[n]);
                EXPECT_EQ((Color{pixels.rgba[4 * n], pixels.rgba[4 * n + 1], pixels.rgba[4 * n + 2], 255}), wanted);
            }
        }
    }
}

// A map without negative values beside maps of both signs: 0 has one colour in all of them.
TEST(Maps, OneLayerHasOneKindOfScale) {
    state::State s = layer("nn.Conv2d(1, 3, 1)", "1x2x2");
    s.input = arith::Tensor{{1, 2, 2}, {0, 1, 2, -1}};
    s.stages[0].weight = arith::Tensor{{3, 1, 1, 1}, {1, 0, 3}};
    s.stages[0].bias = {};
    const Scene scene = at_step(s, 0);
    const Color zero = map_of(*s.input, default_theme()).color(0);
    for (const int c : {0, 1, 2}) {
        const Pixels& pixels = *picture_of(*plane_of(scene, Content::output, c))->pixels;
        EXPECT_EQ((Color{pixels.rgba[0], pixels.rgba[1], pixels.rgba[2], 255}), zero) << c;
    }
}

TEST(Maps, OfOneCellEachHaveOneScale) {
    const Scene scene = at_step(layer("nn.Conv2d(4, 6, 3)", "4x3x3"), 2);
    EXPECT_EQ(text_named(scene, "Output says 0"), "one scale for all; map 2 framed");
    std::set<std::array<std::uint8_t, 3>> colors;
    for (int c = 0; c < 6; ++c) {
        const auto& rgba = picture_of(*plane_of(scene, Content::output, c))->pixels->rgba;
        colors.insert({rgba[0], rgba[1], rgba[2]});
    }
    EXPECT_GT(colors.size(), 3u);
}

TEST(Maps, TheStrongestComeFirstAndTheStepStaysShown) {
    state::State s = layer("nn.Conv2d(2, 200, 3)", "2x12x12");
    s.look.by_strength = true;
    const arith::Tensor whole = whole_output(state::recording_of(s));
    const auto strength = [&](int c) {
        double sum = 0;
        for (std::size_t n = 0; n < 100; ++n)
            sum += std::abs(static_cast<double>(whole.values[static_cast<std::size_t>(c) * 100 + n]));
        return sum;
    };
    const Scene scene = at_step(s, 0);
    EXPECT_TRUE(plane_of(scene, Content::output, 0)) << "the step's map";
    std::vector<std::pair<Point, int>> shown;
    for (const Plane& plane : scene.planes)
        if (plane.role.content == Content::output) shown.push_back({plane.to_page({0, 0}), plane.role.number});
    ASSERT_GT(shown.size(), 10u);
    for (std::size_t n = 1; n + 1 < shown.size(); ++n) {
        EXPECT_GE(strength(shown[n - 1].second), strength(shown[n].second)) << n;
        EXPECT_TRUE(shown[n].first.y > shown[n - 1].first.y || shown[n].first.x > shown[n - 1].first.x);
    }
    EXPECT_EQ(text_named(scene, "Output says 0").substr(0, 15), "strongest first");
}

TEST(Maps, ANarrowPageKeepsSumAndLegendsInItsMargins) {
    state::State s = layer("nn.Conv2d(32, 32, 1)", "32x60x80");
    arith::Tensor weight = *s.stages[0].weight;
    for (float& w : weight.values) w /= 8;
    s.stages[0].weight = weight;
    s.stages[0].bias = arith::Tensor{{32}, std::vector<float>(32, 0.1636f)};
    s.moment.step = 700;
    const PageSize page = page_for(3, 4);
    const Scene scene = scene_of(s, page);
    int bars = 0;
    for (const Item& item : scene.planes.back().items) {
        const Text* text = std::get_if<Text>(&item);
        if (text && text->name == "sum result")
            EXPECT_LE(text->at.x + text_width(text->text, text->size, text->weight), page.width - 5 * unit_px + 1e-6);
        const Field* field = std::get_if<Field>(&item);
        bars += field && field->name.starts_with("legend");
    }
    EXPECT_EQ(bars, 3) << "input, filters and output";
}

TEST(Maps, TheMapsOfANarrowPageLeaveNoneOutIfAllFit) {
    state::State s = layer("nn.Conv2d(32, 32, 3, padding=1)", "32x60x80");
    const Scene scene = at_step(s, 700, page_for(1, 1));
    for (int c = 0; c < 32; ++c) {
        EXPECT_TRUE(plane_of(scene, Content::input, c)) << c;
        EXPECT_TRUE(plane_of(scene, Content::output, c)) << c;
    }
}

TEST(Maps, ThreeChannelsAreAPictureInColours) {
    const state::State s = layer("nn.Conv2d(3, 5, 3)", "3x8x8");
    const Scene scene = at_step(s, 0);
    const Plane* input = plane_of(scene, Content::input, 0);
    ASSERT_TRUE(input);
    EXPECT_EQ(plane_of(scene, Content::input, 1), nullptr);
    const Pixels& pixels = *picture_of(*input)->pixels;
    for (int channel = 0; channel < 3; ++channel) {
        const auto begin = s.input->values.begin() + 64 * channel;
        const auto low = std::min_element(begin, begin + 64), high = std::max_element(begin, begin + 64);
        EXPECT_EQ(pixels.rgba[static_cast<std::size_t>(4 * (low - begin) + channel)], 0);
        EXPECT_EQ(pixels.rgba[static_cast<std::size_t>(4 * (high - begin) + channel)], 255);
    }
    for (int filter = 0; filter < 5; ++filter) EXPECT_TRUE(plane_of(scene, Content::kernel, filter)) << filter;
    state::State print = s;
    print.theme = "print";
    EXPECT_TRUE(plane_of(at_step(print, 0), Content::input, 2)) << "one ink has no colours";
}

TEST(Maps, DrawEveryTapOfGroups) {
    state::State s = layer("nn.Conv2d(3, 6, 3, groups=3)", "3x5x5");
    for (const Index tap : {0, 8}) {
        s.moment = {9 * 6 - 1, tap};
        const Scene scene = scene_of(s);
        EXPECT_TRUE(plane_of(scene, Content::input, 0));
        EXPECT_TRUE(plane_of(scene, Content::kernel, 5));
    }
}

TEST(Maps, PointingFindsTheCellOfTheChannel) {
    const state::State s = layer("nn.Conv2d(4, 6, 3, padding=1, stride=2)", "4x9x7");
    const Scene scene = at_step(s, 3);
    const Shown shown{s.layer(), {3, Moment::whole_window}, 0};
    for (int c = 0; c < 6; ++c) {
        const auto found = pointed(scene, shown, plane_of(scene, Content::output, c)->to_page({2.5, 4.5}));
        ASSERT_TRUE(found) << c;
        EXPECT_EQ(found->cell.part, arith::Part::output);
        EXPECT_EQ(found->cell.channel, c);
        EXPECT_EQ(found->cell.at, (arith::Cell{4, 2, 0}));
    }
    const auto found = pointed(scene, shown, plane_of(scene, Content::input, 2)->to_page({6.5, 1.5}));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->cell.part, arith::Part::input);
    EXPECT_EQ(found->cell.at, (arith::Cell{1, 6, 0}));
    EXPECT_FALSE(found->padding);
}

TEST(Maps, NothingMovesFromStepToStep) {
    const state::State s = layer("nn.Conv2d(96, 200, 3, padding=1, groups=2)", "96x12x12");
    for (const PageSize& page : {PageSize{}, page_for(1, 1), page_for(3, 4)}) {
        std::map<std::string, Point> places;
        for (const Index step : {Index{0}, Index{143}, Index{144 * 150}, Index{144 * 200 - 1}}) {
            const Scene scene = at_step(s, step, page);
            EXPECT_TRUE(plane_of(scene, Content::output, static_cast<int>(step / 144)));
            EXPECT_EQ(text_named(scene, "output left out").substr(0, 1), "+");
            for (const Plane& plane : scene.planes) {
                if (plane.role.content != Content::output && plane.role.content != Content::input) continue;
                const Point at = plane.to_page({0, 0});
                if (const auto [known, added] = places.emplace(plane.name, at); !added && plane.role.number < 20) {
                    EXPECT_EQ(known->second, at) << plane.name;
                }
            }
        }
    }
}

TEST(Maps, MatchTheReference) {
    expect_golden("maps.scene.json", to_json(at_step(layer("nn.Conv2d(3, 4, 3, stride=2)", "3x7x9"), 5)));
    expect_golden("maps_planes.scene.json", to_json(at_step(layer("nn.Conv2d(2, 5, 2)", "2x4x4"), 20, page_for(3, 4))));
}

TEST(Maps, SaysWhatItCannotDraw) {
    EXPECT_EQ(undrawable(state::preset("kind_2d").layer(), View::maps),
              "The maps view draws layers with several channels; this one has one.");
    EXPECT_EQ(undrawable(state::preset("kind_3d").layer(), View::maps),
              "The maps view draws layers of rank 2; this one has rank 3.");
    arith::Layer huge = arith::square_layer(512, 3, 1, 1, 1);
    huge.in_channels = huge.out_channels = 512;
    EXPECT_EQ(
        undrawable(huge, View::maps).find("The maps view computes up to 2,147,483,648 products; this layer has 6"), 0u);
}

}  // namespace
}  // namespace convloom::tests::maps_test
