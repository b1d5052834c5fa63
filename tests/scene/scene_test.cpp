// Scenes: the published geometry, the contents at each step, readable labels that do not overlap, reference files.
#include "core/scene/page/scene_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "core/arith/compute/convolve.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/scene/layout/sliding.hpp"
#include "core/scene/layout/stack.hpp"
#include "core/scene/looks/paper_page.hpp"
#include "core/scene/looks/value_map.hpp"
#include "core/scene/measure/bounds.hpp"
#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/page/pick.hpp"
#include "core/scene/page/tween.hpp"
#include "core/scene/pieces/sum_line.hpp"
#include "core/scene/views/view_table.hpp"
#include "core/scene/words/number_text.hpp"
#include "core/state/data/build.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/shown/scene_of.hpp"
#include "core/state/update/update.hpp"
#include "core/state/words/torch_words.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::scene_test {
namespace {

using namespace scene;

const Plane& plane_of(const Scene& scene, const std::string& name) {
    for (const Plane& plane : scene.planes)
        if (plane.name == name) return plane;
    throw std::runtime_error("no plane " + name);
}

template <class T>
const T* item_of(const Plane& plane, const std::string& name) {
    for (const Item& item : plane.items)
        if (const T* found = std::get_if<T>(&item); found && found->name == name) return found;
    return nullptr;
}

std::vector<const Text*> texts_of(const Plane& plane) {
    std::vector<const Text*> all;
    for (const Item& item : plane.items)
        if (const Text* text = std::get_if<Text>(&item)) all.push_back(text);
    return all;
}

Scene scene_at(state::State s, arith::Index step, View view, arith::Index tap = Moment::whole_window,
               const PageSize& page = {}) {
    s.view = view;
    s.moment = {step, tap};
    return scene_of(s, page);
}

// Sizes of the padded input and the output in a square figure. A transposed layer is published as its equivalent direct
// layer: s-1 zeros between the cells, p' = k-p-1 around them, and a extra rows at the end.
struct PublishedSizes {
    double padded, output;
};
PublishedSizes published_sizes(const arith::Layer& layer) {
    const arith::Axis& a = layer.axes[0];
    const double i = a.size, k = a.kernel, s = a.stride, p = a.pad_before, d = a.dilation, more = a.output_padding;
    if (layer.is_transposed()) return {s * (i - 1) + 1 + 2 * (k - p - 1) + more, s * (i - 1) + more + k - 2 * p};
    return {i + 2 * p, std::floor((i + 2 * p - k - (k - 1) * (d - 1)) / s) + 1};
}

// Implements conv_arithmetic's formulas again: y up, cell = 1, X = x - 0.7y, Y = 0.5x + 0.65y; the output is raised by
// T+1 and 2.5 pt to the left for a cell of 0.5 cm. One scale and one offset map it to the page.
TEST(Stacked, EveryCornerMatchesThePublishedGeometry) {
    for (const std::string& name : drawable_presets()) {
        const state::State s = state::preset(name);
        const Scene scene = scene_at(s, 0, View::stacked);
        const PublishedSizes sizes = published_sizes(s.layer());
        const double padded = sizes.padded, o = sizes.output;
        const Affine in = plane_of(scene, "input").to_page, out = plane_of(scene, "output").to_page;
        const double cell_px = in.xx;
        const Point origin = in({0, padded});  // x = y = 0 is the lower left corner of the padded grid
        auto published = [&](double x, double y, double left, double up) {
            return Point{origin.x + cell_px * (x - 0.7 * y - left), origin.y - cell_px * (0.5 * x + 0.65 * y + up)};
        };
        auto close = [&](Point a, Point b) { return std::hypot(a.x - b.x, a.y - b.y) < 0.01 * cell_px; };
        for (double x = 0; x <= padded; ++x)
            for (double y = 0; y <= padded; ++y) EXPECT_TRUE(close(in({x, padded - y}), published(x, y, 0, 0))) << name;
        const double left = 2.5 * 2.54 / 72.27 / 0.5;
        for (double x = 0; x <= o; ++x)
            for (double y = 0; y <= o; ++y)
                EXPECT_TRUE(close(out({x, o - y}), published(x, y, left, padded + 1))) << name;
    }
}

TEST(Stacked, ShadesTheTapsAndTheOutputCellOfEachStep) {
    for (const std::string& name : drawable_presets()) {
        const state::State s = state::preset(name);
        const arith::Axis& axis = s.layer().axes[0];
        const arith::Index o = arith::output_size(s.layer(), 0), stride = s.layer().is_transposed() ? 1 : axis.stride;
        for (arith::Index step = 0; step < o * o; ++step) {
            const Scene scene = scene_at(s, step, View::stacked);
            const Field* taps = item_of<Field>(plane_of(scene, "input"), "taps");
            ASSERT_TRUE(taps);
            std::set<std::pair<int, int>> shaded, wanted;
            for (int r = 0; r < taps->rows; ++r)
                for (int c = 0; c < taps->columns; ++c)
                    if (taps->fill(r, c))
                        shaded.insert({r + static_cast<int>(taps->at.y), c + static_cast<int>(taps->at.x)});
            for (arith::Index r = 0; r < axis.kernel; ++r)
                for (arith::Index c = 0; c < axis.kernel; ++c)
                    wanted.insert({static_cast<int>(step / o * stride + r * axis.dilation),
                                   static_cast<int>(step % o * stride + c * axis.dilation)});
            EXPECT_EQ(shaded, wanted) << name << " step " << step;
            const Field* cell = item_of<Field>(plane_of(scene, "output"), "output cell");
            ASSERT_TRUE(cell);
            EXPECT_EQ(cell->at, (Point{static_cast<double>(step % o), static_cast<double>(step / o)}));
            EXPECT_EQ(plane_of(scene, "beams").items.size(), 4u);
        }
    }
}

TEST(Flat, PrintsThePublishedNumbers) {
    const state::State s = state::preset("numerical_padding_strides");
    const char* wanted[] = {"6", "17", "3", "8", "17", "13", "6", "4", "4"};
    const Scene scene = scene_at(s, 8, View::flat);
    for (int n = 0; n < 9; ++n) {
        const Text* text = item_of<Text>(plane_of(scene, "output"), fmt::format("output {} {}", n / 3, n % 3));
        ASSERT_TRUE(text);
        EXPECT_EQ(text->text, wanted[n]);
    }
    // Outputs that are not computed yet are empty.
    EXPECT_FALSE(item_of<Text>(plane_of(scene_at(s, 3, View::flat), "output"), "output 1 1"));
    // Padding is printed, and covered cells contain the weights.
    const Scene first = scene_at(s, 0, View::flat);
    EXPECT_EQ(item_of<Text>(plane_of(first, "input"), "padding -1 -1")->text, "0");
    EXPECT_EQ(item_of<Text>(plane_of(first, "input"), "weight 0 0")->text, "2");
}

TEST(Flat, WritesTheSumAndMarksTheCurrentTap) {
    const state::State s = state::preset("numerical_no_padding_no_strides");
    auto sum = [](const Scene& scene) {
        std::string line;
        for (const Text* text : texts_of(plane_of(scene, "labels")))
            if (text->name.starts_with("term") || text->name == "sum equals" || text->name == "sum result")
                line += text->text + " ";
        return line;
    };
    EXPECT_EQ(sum(scene_at(s, 0, View::flat)), "3·0 3·1 2·2 0·2 0·2 1·0 3·0 1·1 2·2 = 12 ");
    const Scene tap = scene_at(s, 0, View::flat, 2);
    EXPECT_EQ(sum(tap), "3·0 3·1 2·2 0·2 0·2 1·0 3·0 1·1 2·2 so far 7 ") << "the running sum";
    EXPECT_TRUE(item_of<Shape>(plane_of(tap, "labels"), "current term"));
    EXPECT_TRUE(item_of<Shape>(plane_of(tap, "input"), "done 0 1")) << "a dot where a tap is done";
    EXPECT_FALSE(item_of<Shape>(plane_of(tap, "input"), "done 0 2"));
    // Between steps only the window and the current cell change.
    const Scene a = scene_at(s, 0, View::flat), b = scene_at(s, 5, View::flat);
    for (const char* plane : {"input", "kernel", "output"})
        EXPECT_EQ(plane_of(a, plane).to_page, plane_of(b, plane).to_page);
}

TEST(Sum, KeepsHeadCurrentTermAndTailIfTooLong) {
    EXPECT_EQ(shown_terms(4, 9, -1), (std::vector<arith::Index>{0, 1, 2, 3}));
    for (arith::Index count : {20, 49, 500})
        for (arith::Index current = -1; current < count; ++current) {
            const auto shown = shown_terms(count, 14, current);
            EXPECT_LE(shown.size(), 14u);
            EXPECT_EQ(shown.front(), 0);
            EXPECT_EQ(shown.back(), count - 1);
            const bool kept = current < 0 || std::find(shown.begin(), shown.end(), current) != shown.end();
            EXPECT_TRUE(kept) << count << " " << current;
            arith::Index before = -1;
            for (std::size_t n = 0; n < shown.size(); ++n) {
                if (shown[n] < 0) continue;
                EXPECT_GT(shown[n], before);
                const bool gap = shown[n] > before + 1;
                EXPECT_TRUE(!gap || n == 0 || shown[n - 1] == -1) << "an ellipsis says what is left out";
                before = shown[n];
            }
        }
}

bool overlap(const Rect& a, const Rect& b) {
    return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom();
}

// For all presets, views, themes and a range of sizes: texts are on the page, do not overlap and are never smaller than
// 1/60 of the page height.
TEST(Labels, StayOnThePageWithoutOverlap) {
    std::vector<state::State> states;
    for (const std::string& name : state::preset_names()) states.push_back(state::preset(name));
    states.push_back(states.front());
    states.back().title = std::string(200, 'W');
    for (arith::Index size : {1, 2, 9, 16})
        for (arith::Index kernel : {1, 2, 5, 7}) {
            auto outcome = state::update(
                state::update(state::preset("padding_strides_odd"), state::SetPadding{3}).state, state::SetSize{size});
            outcome = state::update(outcome.state, state::SetKernel{kernel});
            if (outcome.problems.empty()) states.push_back(outcome.state);
        }
    for (const std::string& name : state::preset_names()) {
        states.push_back(state::preset(name));
        states.back().look.numbers = states.back().look.value_colors = true;
    }
    // Layers with long names, chains wider than a page, and blocks from every direction.
    const auto of_words = [&](const char* words, const char* input) {
        states.push_back(state::state_of_chain(state::read_torch(words, state::read_shape(input)), words));
    };
    of_words("nn.Conv3d(3, 8, (3,7,7), stride=(1,2,2), padding=(1,3,3))", "3x16x112x112");
    of_words("nn.Conv3d(1, 1, 2, padding=1)", "1x3x4x9");
    for (double turn : {-50.0, 0.0})
        for (double tilt : {0.0, 55.0}) {
            states.push_back(states.back());
            states.back().look.turn_deg = turn, states.back().look.tilt_deg = tilt;
        }
    states.push_back(states.back());
    states.back().look.slices = true;
    of_words("nn.MaxPool3d(2)", "4x6x6x6");
    of_words("nn.ConvTranspose3d(1, 1, 2, stride=2)", "1x3x3x3");
    of_words("nn.Conv2d(64, 128, 3, padding=1)", "64x56x56");
    of_words("nn.Conv1d(16, 32, 5, stride=9, padding=2)", "16x20000");
    of_words("nn.Conv1d(1, 1, 3, dilation=4, padding=4)", "1x24");
    // A channel pair, wide and high matrices, wide paddings and long rows.
    for (const auto& [words, input] : {std::pair{"nn.ConvTranspose2d(3, 2, 3, stride=2, padding=1)", "3x4x4"},
                                       {"nn.ConvTranspose1d(1, 1, 4, stride=2, padding=1)", "1x6"},
                                       {"nn.ConvTranspose2d(1, 1, (2, 5), stride=2, dilation=(2, 1))", "1x3x3"},
                                       {"nn.ConvTranspose2d(1, 1, 2, stride=2)", "1x2x7"},
                                       {"nn.Conv2d(1, 1, 3, padding=(1, 2), padding_mode='circular')", "1x24x22"},
                                       {"nn.Conv1d(1, 1, 9, padding=8, padding_mode='replicate')", "1x12"}}) {
        of_words(words, input);
        states.push_back(states.back());
        states.back().language = Language::chinese;
        states.back().look.value_colors = true;
    }
    std::string many = "nn.Conv2d(3, 128, 3, padding=1); nn.ReLU()";
    for (int n = 0; n < 9; ++n) many += "; nn.Conv2d(128, 128, 3, padding=1, groups=128); nn.ReLU()";
    of_words(many.c_str(), "3x16x16");
    for (int shown : {4, 9}) {
        states.push_back(states.back());
        states.back().shown = shown;
    }
    for (const std::string& name : state::preset_names()) {
        states.push_back(state::preset(name));
        states.back().language = Language::chinese;
        states.push_back(states.back());
        states.back().look.value_colors = true;
    }
    const PageSize pages[] = {{}, page_for(4, 3), page_for(8, 5), page_for(1, 1), page_for(3, 4), page_for(21, 9)};
    for (const state::State& s : states)
        for (const ViewInfo& info : view_infos()) {
            const View view = info.view;
            if (view == View::photo || !undrawable(s.layer(), view).empty()) continue;
            for (arith::Index tap : {Moment::whole_window, arith::Index{0}}) {
                state::State viewed = s;  // the compare view walks over the larger of two outputs
                viewed.view = view;
                const arith::Index last = recording_of(viewed).step_count() - 1;
                std::vector<PageSize> tried(std::begin(pages), std::end(pages));
                // Pictures of 8 cm on paper.
                for (const double height_pt : {142.0, 170.0, 227.0})
                    tried.push_back(paper_page_for(view, 227, height_pt));
                for (const PageSize& page : tried) {
                    if (!page.is_slide() && !info.any_page) continue;
                    const Scene scene = scene_at(s, last, view, tap, page);
                    std::vector<std::pair<std::string, Rect>> boxes;
                    // The bounding box of each grid of a stack is an obstacle for its labels.
                    const auto block = [&](const Plane& plane, const Field& f) {
                        Rect box;
                        for (double x : {0.0, f.columns * f.cell})
                            for (double y : {0.0, f.rows * f.cell}) {
                                const Point p = plane.to_page({f.at.x + x, f.at.y + y});
                                box = around(box, {p.x, p.y, 1e-6, 1e-6});
                            }
                        return box;
                    };
                    for (const Plane& plane : scene.planes) {
                        const double scale = std::sqrt(std::abs(plane.to_page.determinant()));
                        for (const Text* text : texts_of(plane)) {
                            if (text->text.empty()) continue;
                            const Rect box = text_box(*text);
                            const Point a = plane.to_page({box.x, box.y}),
                                        b = plane.to_page({box.right(), box.bottom()});
                            const std::string what =
                                fmt::format("{} i {} {} on {}x{}: “{}”", s.name, s.layer().axes[0].size, name_of(view),
                                            scene.width, scene.height, text->text);
                            EXPECT_GE(a.x, 0) << what;
                            EXPECT_GE(a.y, 0) << what;
                            EXPECT_LE(b.x, scene.width) << what;
                            EXPECT_LE(b.y, scene.height) << what;
                            EXPECT_GE(text->size * scale, 0.8 * least_size) << what;
                            if (plane.name == "labels" || plane.name == "slab labels" || plane.name == "signals")
                                boxes.push_back({what, {a.x, a.y, b.x - a.x, b.y - a.y}});
                        }
                        // A word between stacks does not touch them.
                        if (view == View::volume && s.layer().is_pooling() && plane.name.starts_with("output slab"))
                            for (const Text* text : texts_of(plane_of(scene, "labels")))
                                if (text->name.starts_with("sign")) {
                                    EXPECT_FALSE(
                                        overlap(text_box(*text), block(plane, *item_of<Field>(plane, "cells"))))
                                        << s.name;
                                }
                        // Labels do not touch grids either.
                        if (plane.to_page.is_upright())
                            for (const Item& item : plane.items)
                                if (const Field* field = std::get_if<Field>(&item);
                                    field && field->name.ends_with("cells")) {
                                    const Point a = plane.to_page(field->at);
                                    const Point b =
                                        plane.to_page({field->at.x + field->columns, field->at.y + field->rows});
                                    boxes.push_back({"grid " + field->name, {a.x, a.y, b.x - a.x, b.y - a.y}});
                                }
                    }
                    for (std::size_t m = 0; m < boxes.size(); ++m)
                        for (std::size_t n = m + 1; n < boxes.size(); ++n) {
                            const bool grids = boxes[m].first.starts_with("grid") && boxes[n].first.starts_with("grid");
                            EXPECT_FALSE(!grids && overlap(boxes[m].second, boxes[n].second))
                                << boxes[m].first << " over " << boxes[n].first;
                        }
                }
            }
        }
}

TEST(Theme, TextIsReadableOnItsBackground) {
    for (const Theme& t : themes()) {
        SCOPED_TRACE(std::string(t.name));
        for (Color behind : {t.ground, t.panel}) {
            EXPECT_GE(contrast(t.text, behind), 4.5);
            EXPECT_GE(contrast(t.muted, behind), 4.5);
            EXPECT_GE(contrast(t.refused, behind), 4.5);
        }
        EXPECT_GE(contrast(t.on_accent, t.accent), 4.5);
        for (Color cell : {t.input, t.input_second, t.input_third, t.output, t.kernel, t.covered})
            EXPECT_GE(contrast(t.on_cell, cell), 4.5) << to_hex(cell);
        for (const auto& [low, high] : {std::pair{0.0f, 3.0f}, std::pair{-2.0f, 1.0f}})
            for (Color level : value_map(low, high, t).palette)
                EXPECT_GE(contrast(readable_on(level), level), 4.5) << to_hex(level);
        EXPECT_GE(contrast(t.on_kernel_hint, t.covered), 4.5);
        EXPECT_GE(contrast(t.on_tap, t.tap), 4.5);
    }
    EXPECT_NEAR(contrast({0, 0, 0, 255}, {255, 255, 255, 255}), 21, 1e-9);
}

// The published figures colour the input cells; the zeros between and around them are not filled.
TEST(Stacked, LeavesInsertedZerosUnfilled) {
    const Scene scene = scene_at(state::preset("padding_strides_odd_transposed"), 0, View::stacked);
    const Plane& input = plane_of(scene, "input");
    EXPECT_EQ(item_of<Field>(input, "padding cells")->rows, 8) << "2(3-1)+1 cells, p' = 1 on both sides, a = 1 more";
    for (int r = 0; r < 3; ++r)
        for (int c = 0; c < 3; ++c) {
            const Field* cell = item_of<Field>(input, fmt::format("input cell {} {}", r, c));
            ASSERT_TRUE(cell);
            EXPECT_EQ(cell->at, (Point{1.0 + 2 * c, 1.0 + 2 * r}));
        }
}

// The kernel as it lies, rotated by 180°, times the cells under it gives the recording's value.
TEST(Flat, ShowsTheRotatedKernelThatComputesTheOutput) {
    for (const char* name :
         {"kind_transposed", "padding_strides_odd_transposed", "arbitrary_padding_no_strides_transposed"}) {
        const state::State s = state::preset(name);
        const arith::Recording recording = recording_of(s);
        const Sliding plane = sliding(s.layer());
        EXPECT_TRUE(plane.turned);
        for (arith::Index n = 0; n < recording.step_count(); ++n) {
            const arith::Step step = recording.step(n);
            const Place at = plane.window(step);
            float sum = 0;
            for (int r = 0; r < plane.high.kernel; ++r)
                for (int c = 0; c < plane.wide.kernel; ++c)
                    sum += plane.value(recording, {at.row + r, at.column + c}) * plane.weight(recording, step, {r, c});
            EXPECT_EQ(sum, recording.value(step)) << name << " step " << n;
        }
    }
}

TEST(Flat, PrintsPoolingsAsPublished) {
    const char* averages[] = {"1.7", "1.7", "1.7", "1", "1.2", "1.8", "1.1", "0.8", "1.3"};
    const Scene average = scene_at(state::preset("numerical_average_pooling"), 8, View::flat);
    const Scene maximum = scene_at(state::preset("numerical_max_pooling"), 8, View::flat);
    for (int n = 0; n < 9; ++n) {
        const std::string name = fmt::format("output {} {}", n / 3, n % 3);
        EXPECT_EQ(item_of<Text>(plane_of(average, "output"), name)->text, averages[n]);
        EXPECT_EQ(item_of<Text>(plane_of(maximum, "output"), name)->text, n == 7 ? "2" : "3");
    }
    EXPECT_EQ(item_of<Text>(plane_of(average, "labels"), "sum equals")->text, "over 9 =");
}

// Every shown slab appears once, omitted ones are replaced by ellipses, and the covered cells are the recording's taps.
TEST(Volume, ShowsEverySlabOrSaysHowManyAreNotShown) {
    const Projection projection(30, 25);
    for (int slabs = 1; slabs < 40; ++slabs)
        for (int keep = 0; keep < slabs; ++keep) {
            const Stack pile = stack(slabs, 5, 5, keep, projection);
            int before = -1;
            bool kept = false;
            for (const Slot& slot : pile.slots) {
                EXPECT_GT(slot.slab, before);
                EXPECT_EQ(slot.gap_before, slot.slab > before + 1);
                before = slot.slab;
                kept |= slot.slab == keep;
            }
            EXPECT_EQ(before, slabs - 1);
            EXPECT_TRUE(kept) << keep << " of " << slabs;
        }
    const state::State s = state::preset("kind_2d_channels");
    const Scene scene = scene_at(s, 4, View::volume);
    for (int channel = 0; channel < 3; ++channel) {
        const Plane& slab = plane_of(scene, fmt::format("input slab {}", channel));
        const Field* taps = item_of<Field>(slab, "taps");
        ASSERT_TRUE(taps);
        EXPECT_EQ(taps->at, (Point{1, 1}));
    }
}

// As slices, every cell of every slice is drawn; a solid block hides some.
TEST(Volume, ShowsALayerOfRankThreeAsBlocksOrSlices) {
    state::State s = state::preset("kind_3d");
    const Scene blocks = scene_at(s, 13, View::volume);
    EXPECT_THROW(plane_of(blocks, "input slab 1"), std::runtime_error);
    // The sides are five cells for the block, three for the window in its centre, one for the output cell.
    for (const auto& [plane, field, side] : {std::tuple{"input slab 0", "cells", 5},
                                             {"input level 0", "cells", 5},
                                             {"input right 4", "cells", 5},
                                             {"input window slab 1", "taps", 3},
                                             {"input window level 1", "taps", 3},
                                             {"input window right 3", "taps", 3},
                                             {"output window slab 1", "output cell", 1}}) {
        const Field* cells = item_of<Field>(plane_of(blocks, plane), field);
        ASSERT_TRUE(cells) << plane;
        EXPECT_EQ(cells->rows, side) << plane;
        EXPECT_EQ(cells->columns, side) << plane;
    }
    EXPECT_EQ(*item_of<Field>(plane_of(blocks, "input window slab 1"), "taps")->fill(0, 0), default_theme().covered);
    s.look.slices = true;
    const Scene slices = scene_at(s, 13, View::volume);
    for (int slab = 0; slab < 5; ++slab)
        EXPECT_EQ(item_of<Field>(plane_of(slices, fmt::format("input slab {}", slab)), "cells")->rows, 5);
    // Faces share the edges of the block, so its corners are the same on two of them.
    const Affine front = plane_of(blocks, "input slab 0").to_page, top = plane_of(blocks, "input level 0").to_page,
                 right = plane_of(blocks, "input right 4").to_page;
    auto close = [](Point a, Point b) { return std::hypot(a.x - b.x, a.y - b.y) < 1e-9; };
    EXPECT_TRUE(close(front({0, 0}), top({0, 5})) && close(front({5, 0}), top({5, 5})));
    EXPECT_TRUE(close(front({5, 0}), right({0, 0})) && close(front({5, 5}), right({0, 5})) &&
                close(top({5, 0}), right({5, 0})));
}

TEST(Tween, BlocksSlideAndOtherViewsDoNot) {
    const state::State s = state::preset("kind_3d");
    const Scene a = scene_at(s, 0, View::volume), b = scene_at(s, 1, View::volume), c = scene_at(s, 2, View::volume);
    EXPECT_TRUE(is_near(a, b));
    const auto corner = [](const Scene& scene) {
        return item_of<Line>(plane_of(scene, "input window edges"), "window")->points.front();
    };
    const Point from = corner(a), to = corner(b), half = corner(between(a, b, 0.5));
    EXPECT_NEAR(half.x, (from.x + to.x) / 2, 1e-9);
    EXPECT_NEAR(half.y, (from.y + to.y) / 2, 1e-9);
    EXPECT_TRUE(is_near(b, c));
    state::State sliced = s;
    sliced.look.slices = true;
    EXPECT_FALSE(is_near(a, scene_at(sliced, 1, View::volume)));
}

// A pooling processes each channel on its own, but its channels are not groups.
TEST(Volume, ChannelsOfAPoolingHaveOneHue) {
    arith::Layer layer = arith::square_layer(4, 2, 2, 0, 1);
    layer.op = arith::Op::max_pooling;
    layer.in_channels = layer.out_channels = 3;
    const arith::Recording recording(layer, arith::Tensor{{3, 4, 4}, std::vector<float>(48, 1)}, arith::Tensor{});
    const Scene scene = compose_volume(recording, {}, {});
    for (int channel = 0; channel < 3; ++channel)
        EXPECT_EQ(*item_of<Field>(plane_of(scene, fmt::format("input slab {}", channel)), "cells")->fill(0, 0),
                  default_theme().input)
            << channel;
}

TEST(Volume, CoversOnlyTheGroupOfTheOutputChannel) {
    const state::State s = state::preset("kind_grouped");  // 4 channels, 2 groups, 128 kernels
    for (auto [step, first] : {std::pair{arith::Index{0}, 0}, {arith::Index{64 * 25}, 2}}) {
        const Scene scene = scene_at(s, step, View::volume);
        for (int channel = 0; channel < 4; ++channel) {
            const bool covered =
                item_of<Field>(plane_of(scene, fmt::format("input slab {}", channel)), "taps") != nullptr;
            EXPECT_EQ(covered, channel == first || channel == first + 1) << step << " " << channel;
        }
    }
}

TEST(Signal, PrintsProductsOutputsAndTheKernelAsPlaced) {
    const state::State s = state::preset("kind_1d");  // input 1 3 2 0 1 2 3 1, kernel 1 0 2
    const Scene scene = scene_at(s, 2, View::signal);
    const Plane& signals = plane_of(scene, "signals");
    const char* products[] = {"2", "0", "2"};
    for (int n = 0; n < 3; ++n)
        EXPECT_EQ(item_of<Text>(signals, fmt::format("Products {} number", n))->text, products[n]);
    EXPECT_EQ(item_of<Text>(signals, "Output 2 number")->text, "4");
    EXPECT_FALSE(item_of<Text>(signals, "Output 3 number")) << "not made yet";
    // A flipped kernel lies in reverse order.
    const auto kernel = [](const Scene& at) {
        std::string all;
        for (int n = 0; n < 3; ++n)
            all += item_of<Text>(plane_of(at, "signals"), fmt::format("Kernel {} number", n))->text;
        return all;
    };
    EXPECT_EQ(kernel(scene), "102");
    EXPECT_EQ(
        kernel(scene_at(state::update(s, state::SetLayerSwitch{&arith::Layer::flip, true}).state, 2, View::signal)),
        "201");
}

// The shaded area is the sum: bars are one place wide and as high as the products, with one scale for all steps.
TEST(Signal, TheAreaUnderTheProductsIsTheOutput) {
    state::State s = state::preset("kind_1d");
    const arith::Recording recording = recording_of(s);
    double unit = 0;  // area on the page of a product of 1
    for (arith::Index step = 0; step < recording.step_count(); ++step) {
        const Scene scene = scene_at(s, step, View::signal);
        double area = 0;
        for (const Item& item : plane_of(scene, "functions").items)
            if (const Shape* bar = std::get_if<Shape>(&item); bar && bar->name.starts_with("Products "))
                area += bar->box.width * bar->box.height;
        const float value = recording.value(recording.step(step));
        if (unit == 0) unit = area / value;
        EXPECT_NEAR(area, unit * value, 0.01 * unit * value) << step;
        // The output function is drawn up to this step, with one stair per output cell.
        const Line* output = item_of<Line>(plane_of(scene, "functions"), "Output curve");
        const Affine cells = plane_of(scene, "output slab 0").to_page;
        EXPECT_NEAR(output->points.back().x, cells({step + 1.0, 0}).x, 1e-9);
    }
}

// If two functions differ much in height, each has its own scale, and the page says so.
TEST(Signal, SaysIfTheKernelIsMagnified) {
    arith::Layer layer = state::preset("kind_1d").layer();
    const arith::Recording recording(layer, arith::Tensor{{1, 8}, {100, 300, 200, 0, 100, 200, 300, 100}},
                                     arith::Tensor{{1, 1, 3}, {1, 0, 2}});
    const Scene scene = compose_signal(recording, {}, {});
    EXPECT_EQ(item_of<Text>(plane_of(scene, "labels"), "Kernel more 1")->text, "drawn 150 times as high");
    EXPECT_FALSE(
        item_of<Text>(plane_of(scene_at(state::preset("kind_1d"), 0, View::signal), "labels"), "Kernel more 1"));
}

TEST(Chain, HighlightsCellsThatFeedTheOutputAndShowsTheCost) {
    state::State s = state::preset("kind_depthwise_separable");
    s = state::update(s, state::ShowLayer{1}).state;
    const Scene scene = scene_at(s, 5 * 25 + 7, View::chain);  // channel 5, row 1, column 2
    for (int channel = 0; channel < 3; ++channel) {
        const Line* one = item_of<Line>(plane_of(scene, fmt::format("tensor 1 slab {}", channel)), "lit");
        ASSERT_TRUE(one);
        EXPECT_EQ(one->points.front(), (Point{2, 1}));
        EXPECT_EQ(one->points[2], (Point{3, 2})) << "a 1×1 kernel sees one cell of each channel";
        const Line* nine = item_of<Line>(plane_of(scene, fmt::format("tensor 0 slab {}", channel)), "lit");
        EXPECT_EQ(nine->points.front(), (Point{2, 1}));
        EXPECT_EQ(nine->points[2], (Point{5, 4})) << "and through the 3×3 before it nine";
    }
    EXPECT_EQ(item_of<Text>(plane_of(scene, "labels"), "cost")->text, "675 + 9,600 = 10,275 multiplications");
    EXPECT_EQ(item_of<Text>(plane_of(scene, "labels"), "standard cost")->text,
              "The standard layer from 3×7×7 to 128×5×5 takes 86,400; this one takes 12 % of that.");
}

TEST(Bounds, EncloseTheDrawingTightly) {
    Scene scene{100, 100, "", {}, {}};
    EXPECT_EQ(bounds(scene).width, 0);
    scene.planes = {{"a", Affine::scale_and_move(2, 10, 20), {Field{"f", {1, 1}, 1, 2, 3, {{}}, {}, {}}}},
                    {"b", {}, {Line{"l", {{50, 60}, {70, 60}}, false, {{}, 4, 0}}}}};
    const Rect box = bounds(scene);
    EXPECT_NEAR(box.x, 12, 1e-5);
    EXPECT_NEAR(box.y, 22, 1e-5);
    EXPECT_NEAR(box.right(), 72, 1e-5);
    EXPECT_NEAR(box.bottom(), 62, 1e-5);
    const Scene cut = cropped(scene, box);
    EXPECT_NEAR(cut.width, 60, 1e-4);
    EXPECT_NEAR(bounds(cut).x, 0, 1e-4);
}

// At the centre of every cell of every field, that cell is found, or one drawn over it at the same place.
TEST(Pick, FindsTheVisibleCell) {
    for (View view : {View::flat, View::stacked, View::volume}) {
        const Scene scene = scene_at(state::preset("padding_strides"), 4, view);
        int found = 0;
        for (const Plane& plane : scene.planes)
            for (const Item& item : plane.items) {
                const Field* field = std::get_if<Field>(&item);
                if (!field) continue;
                for (int r = 0; r < field->rows; ++r)
                    for (int c = 0; c < field->columns; ++c) {
                        if (!field->fill(r, c)) continue;
                        const auto picked = pick(scene, plane.to_page({field->at.x + (c + 0.5) * field->cell,
                                                                       field->at.y + (r + 0.5) * field->cell}));
                        ASSERT_TRUE(picked);
                        found += picked->plane == plane.name;
                        if (picked->plane == plane.name && picked->field == field->name) {
                            EXPECT_EQ(*picked, (Picked{plane.name, field->name, r, c}));
                        }
                    }
            }
        EXPECT_GT(found, 30) << name_of(view);
        EXPECT_FALSE(pick(scene, {2, 2}));
    }
    const Scene scene = scene_at(state::preset("padding_strides"), 0, View::flat);
    const Affine& output = plane_of(scene, "output").to_page;
    EXPECT_EQ(pick(scene, output({0.5, 0.5})), (Picked{"output", "output row", 0, 0}));
    EXPECT_FALSE(pick(scene, output({2.5, 2.5}))) << "not made yet";
}

TEST(NumberText, FormulasHaveTrueMinusSigns) {
    EXPECT_EQ(with_minus("floor((5 + 2·1 - 2·(3-1) - 1) / 2) + 1 = 2"), "floor((5 + 2·1 − 2·(3 − 1) − 1) / 2) + 1 = 2");
}

TEST(Numbers, AreReadable) {
    EXPECT_EQ(number_text(12), "12");
    EXPECT_EQ(number_text(-3), "−3");
    EXPECT_EQ(number_text(0.5f), "0.5");
    EXPECT_EQ(number_text(1 / 9.0f), "0.111");
    EXPECT_EQ(number_text(-0.0001f), "0");
    EXPECT_EQ(number_text(120), "120") << "zeros before the point stay";
    EXPECT_EQ(number_text(120, 0), "120");
    EXPECT_EQ(number_text(1.2e7f), "1.2e+07");
    EXPECT_EQ(number_text(NAN), "NaN");
}

TEST(ValueMap, SignedValuesAreCentredOnZero) {
    const Theme& theme = default_theme();
    const ValueMap plain = value_map(1, 3, theme), both = value_map(-1, 4, theme);
    EXPECT_EQ(plain.level(1), 0);
    EXPECT_EQ(plain.level(3), ValueMap::levels - 1);
    EXPECT_EQ(plain.level(99), ValueMap::levels - 1);
    EXPECT_EQ(both.low, -4);
    EXPECT_EQ(both.level(0), ValueMap::levels / 2);
    EXPECT_EQ(both.color(0), (Color{247, 247, 247, 255}));
    EXPECT_EQ(value_map(2, 2, theme).level(2), ValueMap::levels / 2);
    for (Color c : value_map(-1, 1, *theme_named("print")).palette) EXPECT_TRUE(c.r == c.g && c.g == c.b);
}

// Greys show which value is larger; signs mark values below 0 and values that are 0.
TEST(ValueMap, GreysHaveSigns) {
    state::State s = state::preset("numerical_no_padding_no_strides");
    arith::Tensor shifted = *s.input;
    int negative = 0, zero = 0;
    for (float& value : shifted.values) value -= 1, negative += value < 0, zero += value == 0;
    s.input = shifted;
    s.look.value_colors = true;
    const auto lines = [&](const char* theme, const char* name) {
        s.theme = theme;
        const Scene scene = scene_at(s, 0, View::flat);
        const std::vector<Item>& items = plane_of(scene, "input").items;
        return std::count_if(items.begin(), items.end(), [&](const Item& item) {
            const Line* line = std::get_if<Line>(&item);
            return line && line->name == name;
        });
    };
    EXPECT_EQ(lines("print", "below 0"), negative);
    EXPECT_EQ(lines("print", "at 0"), zero);
    EXPECT_EQ(lines("light", "below 0") + lines("light", "at 0"), 0);
    s.input = state::preset("numerical_no_padding_no_strides").input;
    EXPECT_EQ(lines("print", "at 0"), 0) << "values of one sign need none";
}

// With millions of products the colours still cover the range of the whole output.
TEST(ValueMap, LargeOutputsHaveAMap) {
    arith::Layer layer = arith::square_layer(28, 3, 1, 1, 1);
    layer.in_channels = 16, layer.out_channels = 32;
    const arith::Recording recording(layer, whole_numbers({16, 28, 28}, 1), whole_numbers({32, 16, 3, 3}, 2));
    ASSERT_GT(recording.step_count() * recording.tap_count(recording.step(100)), 1 << 20);
    ViewOptions options;
    options.value_colors = true;
    const ValueMaps maps = value_maps(recording, options);
    ASSERT_TRUE(maps.output);
    const arith::Tensor output = arith::reference(layer, recording.input(), recording.weight());
    const auto [low, high] = std::minmax_element(output.values.begin(), output.values.end());
    EXPECT_EQ(maps.output->high, std::max(*high, -*low));
    for (arith::Index n : {0, 77, 12000})
        EXPECT_EQ(maps.output_at(recording, n, {}), recording.value(recording.step(n)));
}

// Cells in the gaps of a dilated kernel are not highlighted; the omitted layers of a long chain are counted.
TEST(Chain, HighlightsOnlyTapsAndCountsCellsNotShown) {
    state::State s = state::preset("dilation");
    const Scene scene = scene_at(s, 4, View::chain);
    const Field& cells = *item_of<Field>(plane_of(scene, "tensor 0 slab 0"), "cells");
    for (int r = 0; r < 7; ++r)
        for (int c = 0; c < 7; ++c) {
            const bool tap = r % 2 == 1 && c % 2 == 1 && r < 6 && c < 6;
            EXPECT_EQ(*cells.fill(r, c), tap ? default_theme().covered : default_theme().input) << r << " " << c;
        }
    std::string many = "nn.Conv2d(1, 1, 3)";
    for (int n = 0; n < 9; ++n) many += "; nn.Conv2d(1, 1, 3)";
    s = state::state_of_chain(state::read_torch(many, state::read_shape("1x32x32")), "ten");
    s.shown = 5;
    const Scene part = scene_at(s, 0, View::chain);
    int tensors = 0;
    for (const Plane& plane : part.planes) tensors += plane.name.starts_with("tensor");
    const auto count = [&](const char* name) { return std::stoi(item_of<Text>(plane_of(part, "labels"), name)->text); };
    EXPECT_EQ(count("more before count") + tensors + count("more after count"), 11);
    EXPECT_NO_THROW(plane_of(part, "tensor 5 slab 0"));
    EXPECT_NO_THROW(plane_of(part, "tensor 6 slab 0"));
}

TEST(Chain, ColoursCellsByValueOnRequest) {
    state::State s = state::update(state::preset("kind_depthwise_separable"), state::ShowLayer{1}).state;
    s.look.value_colors = true;
    state::SceneMaker maker;
    s.view = View::chain;
    s.moment = {30, Moment::whole_window};
    const Scene scene = maker.scene(s);
    EXPECT_EQ(scene, scene_of(s)) << "what is kept from frame to frame changes nothing";
    const arith::Shared<arith::Tensor> input = s.input, between = stage_input(s, 1);
    const ValueMap first = map_of(*input, default_theme()), second = map_of(*between, default_theme());
    for (int channel = 0; channel < 3; ++channel) {
        const Field& a = *item_of<Field>(plane_of(scene, fmt::format("tensor 0 slab {}", channel)), "cells");
        const Field& b = *item_of<Field>(plane_of(scene, fmt::format("tensor 1 slab {}", channel)), "cells");
        for (int n = 0; n < 49; ++n)
            EXPECT_EQ(*a.fill(n / 7, n % 7), first.color(input->values[static_cast<std::size_t>(channel * 49 + n)]));
        for (int n = 0; n < 25; ++n)
            EXPECT_EQ(*b.fill(n / 5, n % 5), second.color(between->values[static_cast<std::size_t>(channel * 25 + n)]));
    }
    const Field& out = *item_of<Field>(plane_of(scene, "tensor 2 slab 1"), "cells");
    EXPECT_NE(*out.fill(1, 0), default_theme().ground) << "made";
    EXPECT_EQ(*out.fill(1, 1), default_theme().ground) << "not made yet";
    EXPECT_TRUE(item_of<Field>(plane_of(scene, "labels"), "legend of After layer 1"));
}

// The isometric figure shows the numbers of the published example, except for cells that are not computed yet.
TEST(Stacked, PrintsNumbersOnRequest) {
    state::State s = state::preset("numerical_padding_strides");
    EXPECT_THROW(plane_of(scene_at(s, 4, View::stacked), "input numbers"), std::runtime_error);
    s.look.numbers = true;
    const Scene scene = scene_at(s, 4, View::stacked);
    std::vector<std::string> inputs, outputs;
    for (const Text* text : texts_of(plane_of(scene, "input numbers"))) inputs.push_back(text->text);
    for (const Text* text : texts_of(plane_of(scene, "output numbers"))) outputs.push_back(text->text);
    EXPECT_EQ(inputs.size(), 25u);
    EXPECT_EQ(std::vector<std::string>(inputs.begin(), inputs.begin() + 5),
              (std::vector<std::string>{"3", "3", "2", "1", "0"}));
    EXPECT_EQ(outputs, (std::vector<std::string>{"6", "17", "3", "8", "17"}));
}

TEST(Flat, ColoursCellsByValueOnRequest) {
    state::State s = state::preset("numerical_padding_strides");
    s.look.value_colors = true;
    const Scene scene = scene_at(s, 4, View::flat);
    const Field& cells = *item_of<Field>(plane_of(scene, "input"), "input cells");
    const ValueMap map = value_map(0, 3, default_theme());
    for (int n = 0; n < 25; ++n)
        EXPECT_EQ(*cells.fill(n / 5, n % 5), map.color(s.input->values[static_cast<std::size_t>(n)]));
    EXPECT_NE(item_of<Field>(plane_of(scene, "labels"), "legend of Output"), nullptr);
}

TEST(Golden, ScenesAsJson) {
    expect_golden("flat.scene.json", to_json(scene_at(state::preset("numerical_padding_strides"), 4, View::flat)));
    expect_golden("flat_tap.scene.json",
                  to_json(scene_at(state::preset("numerical_no_padding_no_strides"), 4, View::flat, 4)));
    expect_golden("volume.scene.json", to_json(scene_at(state::preset("kind_2d_channels"), 4, View::volume)));
    expect_golden("signal.scene.json", to_json(scene_at(state::preset("kind_1d"), 3, View::signal)));
    expect_golden("chain.scene.json", to_json(scene_at(state::preset("kind_depthwise_separable"), 4, View::chain)));
    state::State colored = state::preset("numerical_padding_strides");
    colored.look.numbers = colored.look.value_colors = true;
    expect_golden("stacked_values.scene.json", to_json(scene_at(colored, 4, View::stacked)));
    expect_golden("stacked.scene.json", to_json(scene_at(state::preset("same_padding_no_strides"), 6, View::stacked)));
}

}  // namespace
}  // namespace convloom::tests::scene_test
