// The table of views, and a property of all views that show a layer as several small pictures: the number printed in a
// cell is the value of the cell that pointing finds there.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <set>

#include "core/arith/compute/convolve.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/arith/steps/gradient.hpp"
#include "core/arith/steps/scatter.hpp"
#include "core/arith/steps/unrolled.hpp"
#include "core/arith/steps/uses.hpp"
#include "core/scene/measure/bounds.hpp"
#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/page/scene_json.hpp"
#include "core/scene/pointing/pointing.hpp"
#include "core/scene/views/view_table.hpp"
#include "core/scene/words/number_text.hpp"
#include "core/state/base/error.hpp"
#include "core/state/data/build.hpp"
#include "core/state/json/json.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/shown/scene_of.hpp"
#include "core/state/update/history.hpp"
#include "core/state/update/update.hpp"
#include "core/state/words/torch_words.hpp"
#include "core/state/words/words_state.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::views_test {
namespace {

using namespace scene;
using arith::Index;

Scene scene_at(state::State s, Index step, View view, Index tap = Moment::whole_window) {
    s.view = view;
    s.moment = {step, tap};
    return scene_of(s);
}

const Plane* plane_named(const Scene& scene, const std::string& name) {
    for (const Plane& plane : scene.planes)
        if (plane.name == name) return &plane;
    return nullptr;
}

std::string text_of(const Plane& plane, const std::string& name) {
    for (const Item& item : plane.items)
        if (const Text* text = std::get_if<Text>(&item); text && text->name == name) return text->text;
    return "";
}

std::string number_at(const Scene& scene, const std::string& plane, int row, int column) {
    const Plane* found = plane_named(scene, plane);
    return found ? text_of(*found, fmt::format("number {} {}", row, column)) : "no plane " + plane;
}

TEST(ViewTable, NamesEveryViewOnce) {
    std::set<std::string_view> names, titles;
    for (const ViewInfo& info : view_infos()) {
        EXPECT_TRUE(names.insert(info.name).second && titles.insert(info.title).second) << info.name;
        EXPECT_EQ(view_named(info.name), info.view);
        EXPECT_EQ(name_of(info.view), info.name);
        EXPECT_EQ(&info_of(info.view), &info);
        EXPECT_FALSE(info.short_title.empty());
        EXPECT_TRUE(info.says.ends_with('.')) << info.says;
        EXPECT_EQ(info.compose == nullptr, info.view == View::photo);
        EXPECT_NE(view_names(true).find(info.name), std::string::npos);
    }
    EXPECT_EQ(view_named("sideways"), std::nullopt);
    EXPECT_EQ(view_names(false).find("photo"), std::string::npos);
    // A state in each view is read back unchanged.
    state::State s = state::preset("kind_transposed");
    for (const ViewInfo& info : view_infos()) {
        if (info.view == View::photo || !undrawable(s.layer(), info.view).empty()) continue;
        s.view = info.view;
        s.look.all_at_once = !s.look.all_at_once;
        EXPECT_EQ(state::from_json(state::to_json(s)), s) << info.name;
    }
}

// A refusal is one sentence that names the view.
TEST(ViewTable, RefusesWithOneSentence) {
    arith::Layer deep;
    deep.axes.assign(3, {.size = 5, .kernel = 3});
    arith::Layer huge = arith::square_layer(arith::max_field, 3, 1, 0, 1);
    arith::Layer maximum = arith::square_layer(5, 3, 1, 0, 1);
    maximum.op = arith::Op::max_pooling;
    for (const ViewInfo& info : view_infos())
        for (const arith::Layer& layer : {deep, huge, maximum}) {
            const std::string why = undrawable(layer, info.view);
            if (why.empty()) continue;
            EXPECT_NE(why.find(fmt::format("The {} view", info.name)), std::string::npos) << why;
            EXPECT_TRUE(why.ends_with('.')) << why;
        }
    for (View view : {View::matrix, View::im2col}) {
        EXPECT_FALSE(undrawable(deep, view).empty());
        EXPECT_FALSE(undrawable(huge, view).empty());
        EXPECT_FALSE(undrawable(maximum, view).empty());
    }
}

constexpr View of_several_sheets[] = {View::matrix,   View::im2col,  View::readings,
                                      View::channels, View::padding, View::gradient};

std::string value_text(const arith::Recording& r, const Moment& moment, const Pointed& p) {
    const arith::CellName& c = p.cell;
    if (p.put_in || (p.padding && r.layer().is_transposed())) return "0";
    switch (c.part) {
        case arith::Part::input:
            return number_text(r.padded_value(c.channel, c.at), 2);
        case arith::Part::kernel:
            return number_text(r.weight_value(c.channel, c.second, c.at), 2);
        case arith::Part::output:
            break;
    }
    return number_text(value_at(r, r.step(r.step_at(c.channel, c.at)), moment), 2);
}

// Cells are coloured by value: on a plane of the input equal numbers have the same colour and different numbers
// different ones. A legend explains the colours.
TEST(Sheets, AreColouredByValueOnRequest) {
    for (View view : of_several_sheets) {
        state::State s =
            state::preset(view == View::readings ? "no_padding_strides_transposed" : "numerical_padding_strides");
        s.look.value_colors = true;
        const Scene scene = scene_at(s, 4, view);
        // The gradient view has five scales; the page has room for the last one.
        EXPECT_NE(
            text_of(*plane_named(scene, "labels"), view == View::gradient ? "legend Input's gradient" : "legend Input"),
            "")
            << name_of(view);
        const ValueMap map = map_of(*s.input, default_theme());
        int coloured = 0;
        for (const Plane& plane : scene.planes) {
            if (!plane.name.starts_with("input slab") && plane.name != "flat input" && plane.name != "columns")
                continue;
            if (plane.name.ends_with("gradient")) continue;
            const auto* cells = std::get_if<Field>(&plane.items.front());
            ASSERT_TRUE(cells);
            for (const std::uint8_t n : cells->cells)
                if (n != Field::unfilled) {
                    ++coloured;
                    EXPECT_NE(std::find(map.palette.begin(), map.palette.end(), cells->palette[n]), map.palette.end())
                        << name_of(view) << " " << plane.name;
                }
        }
        EXPECT_GE(coloured, 4) << name_of(view);
    }
}

// Numbers on planes whose cells have other values than the layer's: gradients so far, the part of a sum from one
// channel, the sum without the bias.
std::string other_value_text(const arith::Recording& r, Index step, const Pointed& p, const std::string& plane) {
    const arith::CellName& c = p.cell;
    const arith::Layer& layer = r.layer();
    if (const auto map = plane.find(", map "); map != plane.npos) {
        const Index channel = std::stoll(plane.substr(map + 6)),
                    first = c.channel / layer.group_out() * layer.group_in();
        return number_text(
            r.channel_subtotals(r.step(r.step_at(c.channel, c.at)))[static_cast<std::size_t>(channel - first)], 2);
    }
    if (plane.ends_with(", sum"))
        return number_text(r.value(r.step(r.step_at(c.channel, c.at))) - r.bias(r.step(r.step_at(c.channel, c.at))), 2);
    const arith::Extents extents(layer);
    const arith::Tensor given = arith::given_gradient(layer);
    const arith::Gradients grown = arith::gradients_after(r, given, step + 1);
    const auto at = [&](const arith::Tensor& tensor, Index row, Index volume, const arith::Cell& sizes) {
        return number_text(
            tensor.values[static_cast<std::size_t>(row * volume + arith::index_of(c.at, sizes, layer.rank()))], 2);
    };
    if (c.part == arith::Part::input) return at(grown.input, c.channel, extents.in_volume, arith::input_extents(layer));
    if (c.part == arith::Part::output) return at(given, c.channel, extents.out_volume, arith::output_extents(layer));
    return at(grown.weight, c.channel * (layer.is_transposed() ? layer.group_out() : layer.group_in()) + c.second,
              extents.kernel_volume, arith::kernel_extents(layer));
}

TEST(Sheets, PointingFindsThePrintedCell) {
    int found = 0, others = 0;
    for (const std::string& name : state::preset_names())
        for (View view : of_several_sheets) {
            state::State s = state::preset(name);
            if (!undrawable(s.layer(), view).empty()) continue;
            const arith::Recording r = recording_of(s);
            for (Index step : {Index{0}, r.step_count() / 2, r.step_count() - 1}) {
                const Scene scene = scene_at(s, step, view);
                const Shown shown{s.layer(), {step, Moment::whole_window}, s.shown};
                for (const Plane& plane : scene.planes) {
                    if (plane.name.ends_with(", reach")) continue;  // these are counts, not values
                    for (const Item& item : plane.items) {
                        const Text* text = std::get_if<Text>(&item);
                        if (!text || !text->name.starts_with("number ")) continue;
                        const auto p =
                            pointed(scene, shown, plane.to_page({text->at.x, text->at.y - 0.2 * text->size}));
                        if (!p) continue;
                        const bool other = plane.name.ends_with(", gradient") || plane.name.ends_with(", sum") ||
                                           plane.name.find(", map ") != plane.name.npos;
                        ++(other ? others : found);
                        EXPECT_EQ(other ? other_value_text(r, step, *p, plane.name)
                                        : value_text(r, {step, Moment::whole_window}, *p),
                                  text->text)
                            << name << " " << info_of(view).name << " " << plane.name << " " << text->name;
                    }
                }
                // For every cell, its connected cells can be highlighted.
                for (const Plane& plane : scene.planes)
                    if (const auto p = pointed(scene, shown, plane.to_page({0.5, 0.5}))) {
                        const Scene marked = lit(scene, shown, *p, default_theme());
                        EXPECT_NE(marked, scene) << name << " " << plane.name;
                    }
            }
        }
    EXPECT_GT(others, 1000);
    EXPECT_GT(found, 5000);
}

TEST(MatrixView, RowsTimesInputAreTheOutput) {
    const Scene scene = scene_at(state::preset("kind_2d"), 4, View::matrix);
    // Row 4 contains the rows of the kernel, five columns apart.
    std::string row;
    for (int c = 0; c < 25; ++c)
        row += number_at(scene, "unrolled", 4, c).empty() ? "." : number_at(scene, "unrolled", 4, c);
    EXPECT_EQ(row, "......012..220..012......");
    EXPECT_EQ(number_at(scene, "flat output", 4, 0), "17");
    EXPECT_EQ(number_at(scene, "flat output", 5, 0), "") << "not made yet";
    const Scene im2col = scene_at(state::preset("kind_2d"), 4, View::im2col);
    EXPECT_EQ(number_at(im2col, "products", 0, 4), "17");
}

// The output as computed by the windows, the stamps and the matrix, and as printed by each.
TEST(Readings, GiveTheSameOutput) {
    for (arith::Layer layer : small_layers()) {
        layer.op = arith::Op::transposed_convolution;
        for (arith::Axis& axis : layer.axes) axis.output_padding = axis.stride - 1;
        if (!arith::check(layer).empty()) continue;
        const arith::Recording r(layer, whole_numbers(arith::input_shape(layer), 1),
                                 whole_numbers(arith::weight_shape(layer), 2));
        const arith::Tensor stamped = arith::Scatter(layer, r.input(), r.weight()).output();
        EXPECT_EQ(arith::times(arith::unrolled(r), r.input().values), stamped.values);
        for (Index n = 0; n < r.step_count(); ++n)
            ASSERT_EQ(r.value(r.step(n)), stamped.values[static_cast<std::size_t>(n)]);
        if (layer.axes[0].size > 3 || !undrawable(layer, View::readings).empty()) continue;
        const arith::Chain chain{{layer, {}, {}, {}}};
        const Index last = r.step_count() - 1;
        const Scene scene = info_of(View::readings).compose({r, {chain, 0}}, {last, Moment::whole_window}, {});
        const int columns = static_cast<int>(arith::output_size(layer, 1));
        for (int n = 0; n <= last; ++n) {
            const std::string value = number_text(stamped.values[static_cast<std::size_t>(n)], 2);
            const std::string printed = number_at(scene, "output slab 0, stamped", n / columns, n % columns),
                              flat = number_at(scene, "flat output", n, 0);
            EXPECT_TRUE(printed.empty() || printed == value) << printed << " " << value;
            EXPECT_TRUE(flat.empty() || flat == value);
        }
    }
}

// A 3×3 kernel at stride 2 reaches cells 1, 2 or 4 times; a 2×2 kernel reaches each cell once.
TEST(Readings, CountOverlappingStamps) {
    state::State s = state::preset("no_padding_strides_transposed");
    const Scene uneven = scene_at(s, 0, View::readings);
    std::string counts;
    for (int r = 0; r < 5; ++r)
        for (int c = 0; c < 5; ++c) counts += number_at(uneven, "output slab 0, reach", r, c);
    EXPECT_EQ(counts, "1121111211224221121111211");
    s = state::update(s, state::SetKernel{2}).state;
    const Scene even = scene_at(s, 0, View::readings);
    for (int r = 0; r < 4; ++r)
        for (int c = 0; c < 4; ++c) EXPECT_EQ(number_at(even, "output slab 0, reach", r, c), "1");
    // The direct layer restores the shape.
    EXPECT_FALSE(number_at(even, "direct output", 1, 1).empty());
}

// The article's two steps: a map per kernel, then their sum plus the bias. With both steps at once there are no maps.
TEST(ChannelsView, AddsUpTheMaps) {
    state::State s = state::preset("kind_2d_channels");
    const arith::Recording r = recording_of(s);
    const Scene scene = scene_at(s, 8, View::channels);
    for (int n = 0; n < 9; ++n) {
        const std::vector<float> subtotals = r.channel_subtotals(r.step(n));
        float sum = 0;
        for (int channel = 0; channel < 3; ++channel) {
            sum += subtotals[static_cast<std::size_t>(channel)];
            EXPECT_EQ(number_at(scene, fmt::format("output slab 0, map {}", channel), n / 3, n % 3),
                      number_text(subtotals[static_cast<std::size_t>(channel)], 2));
        }
        EXPECT_EQ(number_at(scene, "output slab 0, sum", n / 3, n % 3), number_text(sum, 2));
        EXPECT_EQ(number_at(scene, "output slab 0", n / 3, n % 3), number_text(sum + 1, 2)) << "the bias is 1";
    }
    // During the products of the second channel, the first map has its cell, the third does not, and there is no sum
    // yet.
    const Scene tap = scene_at(s, 4, View::channels, 12);
    EXPECT_EQ(number_at(tap, "output slab 0, map 0", 1, 1), number_text(r.channel_subtotals(r.step(4))[0], 2));
    EXPECT_NE(number_at(tap, "output slab 0, map 1", 1, 1), "");
    EXPECT_EQ(number_at(tap, "output slab 0, map 2", 1, 1), "");
    EXPECT_EQ(number_at(tap, "output slab 0, sum", 1, 1), "");
    EXPECT_EQ(number_at(tap, "output slab 0", 1, 1), "");
    s = state::update(s, state::SetSwitch{&scene::Look::all_at_once, true}).state;
    const Scene whole = scene_at(s, 4, View::channels);
    EXPECT_EQ(plane_named(whole, "output slab 0, map 0"), nullptr);
    EXPECT_EQ(number_at(whole, "output slab 0", 1, 1), number_text(r.value(r.step(4)), 2));
}

// There is a line from each channel to each filter that sees it, and no other; the weight's shape is beside it.
TEST(ChannelsView, LinksFiltersToTheChannelsTheySee) {
    state::State s = state::preset("kind_2d_channels");
    s = state::update(s, state::SetChannels{6, 4}).state;
    for (Index groups : {1, 2}) {
        s = state::update(s, state::SetGroups{groups}).state;
        ASSERT_EQ(s.layer().groups, groups);
        const Scene scene = scene_at(s, 0, View::channels);
        const Plane& labels = *plane_named(scene, "labels");
        std::set<std::string> links;
        for (const Item& item : labels.items)
            if (const Line* line = std::get_if<Line>(&item); line && line->name.starts_with("link "))
                links.insert(line->name);
        std::set<std::string> wanted;
        for (Index channel = 0; channel < 6; ++channel)
            for (Index filter = 0; filter < 4; ++filter)
                if (channel / (6 / groups) == filter / (4 / groups))
                    wanted.insert(fmt::format("link {} {}", channel, filter));
        EXPECT_EQ(links, wanted);
        EXPECT_EQ(text_of(labels, "weight shape"), groups == 1 ? "weight 4×6×3×3" : "weight 4×3×3×3");
    }
}

// With weights of 1 a cell's increase equals the number of paths to it. Every input cell is changed by 1, in chains of
// direct, strided, dilated, padded, transposed and pooling layers.
TEST(Uses, MatchPerturbations) {
    using arith::square_layer;
    const auto chain_of_layers = [](std::vector<arith::Layer> layers, Index size) {
        arith::Chain chain;
        for (arith::Layer& layer : layers) {
            for (arith::Axis& axis : layer.axes) axis.size = size;
            chain.push_back({layer, {}, {}, {}});
        }
        arith::connect(chain);
        return chain;
    };
    arith::Layer up = square_layer(1, 3, 2, 1, 1), reflect = square_layer(1, 3, 1, 2, 1),
                 average = square_layer(1, 2, 2, 0, 1);
    up.op = arith::Op::transposed_convolution;
    up.axes[1].output_padding = 1;
    reflect.padding_mode = arith::PaddingMode::reflect;
    average.op = arith::Op::average_pooling;
    const arith::Chain chains[] = {chain_of_layers({square_layer(1, 3, 1, 0, 1), square_layer(1, 3, 1, 0, 2)}, 9),
                                   chain_of_layers({square_layer(1, 3, 1, 0, 2), square_layer(1, 3, 1, 0, 2)}, 10),
                                   chain_of_layers({square_layer(1, 3, 2, 1, 1), square_layer(1, 2, 1, 1, 1), up}, 7),
                                   chain_of_layers({reflect, average, square_layer(1, 3, 1, 1, 1)}, 6)};
    for (const arith::Chain& chain : chains) {
        ASSERT_TRUE(arith::check(chain).empty());
        const auto run = [&](arith::Tensor now) {
            for (const arith::Link& link : chain) {
                arith::Tensor ones{arith::weight_shape(link.layer), {}};
                ones.values.assign(static_cast<std::size_t>(*arith::element_count(ones.shape)), 1);
                now = arith::reference(link.layer, now, ones);
                if (link.layer.op == arith::Op::average_pooling)
                    for (float& v : now.values) v *= 4;  // the sum instead of the mean
            }
            return now;
        };
        const arith::Tensor zeros{arith::input_shape(chain.front().layer),
                                  std::vector<float>(static_cast<std::size_t>(
                                      *arith::element_count(arith::input_shape(chain.front().layer))))};
        const arith::Cell in = arith::input_extents(chain.front().layer),
                          out = arith::output_extents(chain.back().layer);
        for (Index n = 0; n < in[0] * in[1]; ++n) {
            arith::Tensor changed = zeros;
            changed.values[static_cast<std::size_t>(n)] = 1;
            const arith::Tensor y = run(changed);
            const auto ahead = arith::uses(chain, 0, arith::cell_at(n, in, 2)).back();
            for (Index o = 0; o < out[0] * out[1]; ++o) {
                const auto behind =
                    arith::uses(chain, static_cast<int>(chain.size()), arith::cell_at(o, out, 2)).front();
                ASSERT_EQ(static_cast<float>(behind.at(arith::cell_at(n, in, 2), 2)),
                          y.values[static_cast<std::size_t>(o)]);
                ASSERT_EQ(static_cast<float>(ahead.at(arith::cell_at(o, out, 2), 2)),
                          y.values[static_cast<std::size_t>(o)]);
            }
        }
    }
}

// By the formula both chains see 15×15 or 13×13 cells; the second one uses only every other cell.
TEST(ReceptiveView, ShowsTheHolesOfEqualDilations) {
    const state::State grown = state::preset("more_dilations_124"), equal = state::preset("more_dilations_222");
    const auto words = [](const state::State& s) {
        return text_of(*plane_named(scene_of(s), "labels"), "field") + " | " +
               text_of(*plane_named(scene_of(s), "labels"), "uses");
    };
    EXPECT_EQ(words(grown),
              "Receptive field after layer 3: 15×15 | It uses all 225 input cells in it, up to 9 times each.");
    EXPECT_EQ(words(equal),
              "Receptive field after layer 3: 13×13 | It uses only 49 of the 169 input cells in it, up to 49 times "
              "each: the dilations leave a grid of holes.");
    const Scene scene = scene_of(equal);
    const int row = static_cast<int>(recording_of(equal).step(equal.moment.step).output[0]);
    std::string counts;
    for (int c = 0; c < 17; ++c) counts += number_at(scene, "tensor 0 slab 0", row, c) + ",";
    EXPECT_EQ(counts.substr(counts.find_first_not_of(',')).substr(0, 20), "1,,3,,6,,7,,6,,3,,1,");
}

// A beam of a chain passes below the numbers of slabs; where it crosses a number, the number has a plate.
TEST(ChainView, BeamsLeaveTheNumbersOfSlabsReadable) {
    int crossed = 0;
    for (const std::string& name : state::preset_names()) {
        const state::State s = state::preset(name);
        if (s.stages.size() < 2) continue;
        const Index last = recording_of(s).step_count() - 1;
        for (Index step : {Index{0}, last / 3, last / 2, last}) {
            const Scene scene = scene_at(s, step, View::chain);
            const Plane &beams = *plane_named(scene, "beams"), &numbers = *plane_named(scene, "slab labels");
            for (const Item& item : numbers.items) {
                const Text* text = std::get_if<Text>(&item);
                if (!text) continue;
                Rect box = text_box(*text);
                box.y = text->at.y - cap_height(text->size), box.height = cap_height(text->size);
                for (const Item& beam : beams.items) {
                    const std::vector<Point>& points = std::get<Line>(beam).points;
                    if (!crosses(points.front(), points.back(), box)) continue;
                    ++crossed;
                    EXPECT_TRUE(std::any_of(numbers.items.begin(), numbers.items.end(),
                                            [&](const Item& other) {
                                                const Shape* plate = std::get_if<Shape>(&other);
                                                return plate && &other < &item && plate->fill == scene.background &&
                                                       plate->box.x < box.x && plate->box.y < box.y &&
                                                       plate->box.right() > box.right() &&
                                                       plate->box.bottom() > box.bottom();
                                            }))
                        << name << " step " << step << ": " << text->text;
                }
            }
        }
    }
    EXPECT_GT(crossed, 0);
}

// The centre of every cell of every tensor finds that cell; choosing it shows the layer and step that compute it.
TEST(ReceptiveView, ChoosesAnyCellOfAnyLayer) {
    for (const char* name : {"more_dilations_222", "more_causal", "more_channel_shuffle"})
        for (View view : {View::receptive, View::chain}) {
            state::State s = state::preset(name);
            s.view = view;
            const arith::Chain chain = chain_of(s);
            const Scene scene = scene_of(s);
            int chosen = 0;
            for (const Plane& plane : scene.planes) {
                if (!plane.name.starts_with("tensor ")) continue;
                const auto cell = pointed_in_chain(scene, chain, plane.to_page({0.3, 0.3}));
                ASSERT_TRUE(cell);
                const state::Outcome outcome =
                    state::update(s, state::ChooseCell{cell->tensor, cell->channel, cell->at});
                EXPECT_EQ(outcome.problems.empty(), cell->tensor > 0 || view == View::receptive);
                if (cell->tensor == 0) continue;
                ++chosen;
                EXPECT_EQ(outcome.state.shown, cell->tensor - 1);
                const arith::Step step = places_of(outcome.state).step(outcome.state.moment.step);
                EXPECT_EQ(step.channel, cell->channel);
                EXPECT_EQ(step.output, cell->at);
            }
            EXPECT_GE(chosen, 3) << name;
            EXPECT_FALSE(pointed_in_chain(scene, chain, {2, 2}));
        }
    const state::State s = state::preset("more_dilations_222");
    for (const state::ChooseCell& wrong :
         {state::ChooseCell{4, 0, {}}, {-1, 0, {}}, {1, 1, {}}, {1, 0, {13, 0, 0}}, {1, 0, {0, -1, 0}}})
        EXPECT_EQ(state::update(s, wrong).state, s);
}

// The cells that an input cell feeds on the page are those outputs that change with it, which are the outputs whose
// receptive field contains it.
TEST(ReceptiveView, FollowsAnInputCellForward) {
    for (const char* name : {"more_dilations_222", "padding_strides_odd", "more_causal", "more_no_checkerboard"}) {
        state::State s = state::preset(name);
        s.view = View::receptive;
        for (state::Stage& stage : s.stages)
            stage.weight = arith::Tensor{stage.weight->shape, std::vector<float>(stage.weight->values.size(), 1)},
            stage.after.clear();
        const arith::Chain chain = chain_of(s);
        const int rank = s.layer().rank(), last = static_cast<int>(chain.size());
        const arith::Cell in = arith::input_extents(chain.front().layer),
                          out = arith::output_extents(chain.back().layer);
        const Index inputs = in[0] * (rank > 1 ? in[1] : 1), outputs = out[0] * (rank > 1 ? out[1] : 1);
        for (Index n = 0; n < inputs; n += std::max<Index>(1, inputs / 23)) {
            const arith::Cell at = arith::cell_at(n, in, rank);
            const state::State chosen = state::update(s, state::ChooseCell{0, 0, at}).state;
            ASSERT_EQ(chosen.input_cell, at);
            arith::Tensor now{s.input->shape, std::vector<float>(s.input->values.size(), 0)};
            now.values[static_cast<std::size_t>(n)] = 1;
            for (const state::Stage& stage : s.stages) now = arith::reference(stage.layer, now, *stage.weight);
            const Scene scene = scene_of(chosen);
            const std::string plane = fmt::format("tensor {} slab 0", last);
            Index fed = 0;
            for (Index o = 0; o < outputs; ++o) {
                const arith::Cell cell = arith::cell_at(o, out, rank);
                const float ways = now.values[static_cast<std::size_t>(o)];
                fed += ways > 0;
                const std::string printed = number_at(scene, plane, static_cast<int>(rank > 1 ? cell[0] : 0),
                                                      static_cast<int>(cell[static_cast<std::size_t>(rank) - 1]));
                EXPECT_EQ(printed, ways > 0 ? number_text(ways, 0) : "") << name << " " << n << " " << o;
                EXPECT_EQ(ways > 0, arith::uses(chain, last, cell).front().at(at, rank) > 0);
            }
            const std::string says = text_of(*plane_named(scene, "labels"), "uses");
            EXPECT_TRUE(fed == 0 || says.find(fmt::format("It feeds {} of the {} output cells", fed, outputs)) == 0)
                << says;
        }
    }
}

// Cells that the chosen cell feeds have dashed outlines, cells that it sees do not.
TEST(ReceptiveView, DashesCellsThatTheChosenCellFeeds) {
    state::State s = state::preset("more_dilations_222");
    s.view = View::receptive;
    s = state::update(s, state::ChooseCell{1, 0, {6, 6, 0}}).state;
    const auto dashes = [&](int tensor, const char* name) {
        const Scene drawn = scene_of(s);
        for (const Item& item : plane_named(drawn, fmt::format("tensor {} slab 0", tensor))->items)
            if (const Line* line = std::get_if<Line>(&item); line && line->name == name) return line->stroke.dash_px;
        return -1.0;
    };
    EXPECT_EQ(dashes(0, "field"), 0);
    EXPECT_EQ(dashes(1, "output cell"), 0);
    EXPECT_GT(dashes(2, "fed"), 0);
    EXPECT_GT(dashes(3, "fed"), 0);
    EXPECT_EQ(text_of(*plane_named(scene_of(s), "labels"), "fed"),
              "It feeds 9 of the 25 output cells, up to 9 times each.");
}

TEST(ReceptiveView, ClearsTheInputCellAtAStepAndSavesIt) {
    state::State s = state::preset("more_dilations_222");
    s.view = View::receptive;
    const auto after = [](const state::State& state, const state::Action& action) {
        return state::update(state, action).state;
    };
    const state::State chosen = after(s, state::ChooseCell{0, 0, {16, 2, 0}});
    ASSERT_TRUE(chosen.input_cell);
    EXPECT_EQ(state::from_json(to_json(chosen)), chosen);
    EXPECT_NE(chosen, s);
    for (const state::Action& action : std::vector<state::Action>{
             state::StepForward{}, state::TapForward{}, state::ShowLayer{0}, state::SetView{View::chain},
             state::ChooseCell{1, 0, {0, 0, 0}}, state::SetSize{15}})
        EXPECT_FALSE(after(chosen, action).input_cell) << action.index();
    EXPECT_TRUE(after(chosen, state::SetSwitch{&scene::Look::labels, false}).input_cell);
    for (const state::ChooseCell& wrong : {state::ChooseCell{0, 1, {}}, {0, 0, {17, 0, 0}}, {0, 0, {0, -1, 0}}})
        EXPECT_EQ(after(chosen, wrong), chosen);
    state::History history(chosen);
    history.apply(state::SetSwitch{&scene::Look::labels, false});
    history.apply(state::StepForward{});
    EXPECT_FALSE(history.now().input_cell);
    history.undo();
    EXPECT_EQ(history.now().input_cell, chosen.input_cell);
    for (const char* wrong : {"[1]", "[17, 0]", "[0.5, 0]", "[-1, 0]", "3"}) {
        std::string text = to_json(chosen);
        const auto from = text.find("\"input_cell\": "), to = text.find(']', from);
        text.replace(from + 14, to - from - 13, wrong);
        EXPECT_THROW(state::from_json(text), Error) << wrong;
    }
}

// The plane of each mode prints the values that a recording with that mode reads, and links each padded cell to its
// source.
TEST(PaddingView, PrintsTheSourcesOfEachMode) {
    state::State s = state::preset("arbitrary_padding_no_strides");
    for (const arith::PaddingMode mode : {arith::PaddingMode::zeros, arith::PaddingMode::reflect,
                                          arith::PaddingMode::replicate, arith::PaddingMode::circular}) {
        const Scene scene = scene_at(s, 0, View::padding);
        arith::Layer layer = s.layer();
        layer.padding_mode = mode;
        const arith::Recording r(layer, s.input, s.stages[0].weight);
        const bool own = mode == s.layer().padding_mode;
        const std::string name = own ? "input slab 0" : fmt::format("mode {}", arith::name_of(mode));
        int ties = 0;
        for (const Item& item : plane_named(scene, name)->items)
            if (const Line* line = std::get_if<Line>(&item); line && line->name.starts_with("tie ")) ++ties;
        EXPECT_EQ(ties, mode == arith::PaddingMode::zeros ? 0 : 9 * 9 - 5 * 5);
        for (int row = 0; row < 9; ++row)
            for (int column = 0; column < 9; ++column)
                EXPECT_EQ(number_at(scene, name, row, column),
                          number_text(r.padded_value(0, {row - 2, column - 2, 0}), 2));
    }
    // A mode that PyTorch lacks is drawn where it is the layer's own.
    for (const arith::PaddingMode mode : {arith::PaddingMode::symmetric, arith::PaddingMode::constant}) {
        state::State other = state::update(s, state::SetPaddingMode{mode}).state;
        if (mode == arith::PaddingMode::constant) other = state::update(other, state::SetPaddingValue{7}).state;
        const Scene drawn = scene_at(other, 0, View::padding);
        for (int row = 0; row < 9; ++row)
            for (int column = 0; column < 9; ++column)
                EXPECT_EQ(number_at(drawn, "input slab 0", row, column),
                          number_text(recording_of(other).padded_value(0, {row - 2, column - 2, 0}), 2));
    }
    // Six cells, windows of three, stride 2: without padding one cell is unused; an odd cell of padding goes after or
    // before.
    const Scene scene = scene_at(state::preset("padding_strides_odd"), 0, View::padding);
    const Plane& labels = *plane_named(scene, "labels");
    EXPECT_EQ(text_of(labels, "valid says"), "0 + 0 gives 2, 1 unused");
    EXPECT_EQ(text_of(labels, "SAME_UPPER says"), "0 + 1 gives 3");
    EXPECT_EQ(text_of(labels, "SAME_LOWER says"), "1 + 0 gives 3");
    EXPECT_NE(text_of(labels, "same says").find("refused"), std::string::npos);
}

// Every mode's row prints what a recording with that mode reads, also where PyTorch refuses the width.
// In colour the mode's title has the accent's colour; in one ink that looks like the other titles.
TEST(BordersView, MarksTheLayersModeInOneInkToo) {
    for (const View view : {View::borders, View::padding})
        for (const Theme& theme : themes()) {
            state::State s = state::preset("more_padding_modes");
            s.theme = theme.name;
            const Scene scene = scene_at(s, 0, view);
            const Plane& labels = *plane_named(scene, "labels");
            int bars = 0;
            Rect bar, title;
            for (const Item& item : labels.items) {
                if (const Shape* shape = std::get_if<Shape>(&item); shape && shape->name.ends_with(" bar"))
                    ++bars, bar = shape->box;
                if (const Text* text = std::get_if<Text>(&item); text && text->text == "reflect" && title.width == 0)
                    title = text_box(*text);
            }
            EXPECT_EQ(bars, theme.one_ink ? 1 : 0) << name_of(view) << ", " << theme.name;
            if (bars == 0) continue;
            EXPECT_LT(bar.right(), title.x);
            EXPECT_GT(bar.bottom(), title.y);
            EXPECT_LT(bar.y, title.bottom());
        }
}

TEST(BordersView, PrintsARowOfEveryMode) {
    state::State s = state::state_of_words("nn.Conv1d(1, 1, 3, padding=6)", {1, 4});
    for (const arith::PaddingModeInfo& mode : arith::padding_modes()) {
        const Scene scene = scene_at(s, 0, View::borders);
        arith::Layer layer = s.layer();
        layer.padding_mode = mode.mode;
        const arith::Recording r(layer, s.input, s.stages[0].weight);
        for (int column = 0; column < 16; ++column) {
            const bool outside = column < 6 || column >= 10;
            EXPECT_EQ(number_at(scene, fmt::format("row {}", mode.name), 0, column),
                      mode.mode == arith::PaddingMode::constant && outside
                          ? "c"
                          : number_text(r.padded_value(0, {column - 6, 0, 0}), 2));
        }
    }
    const Scene scene = scene_at(s, 0, View::borders);
    const Plane& labels = *plane_named(scene, "labels");
    EXPECT_EQ(text_of(labels, "reflect pytorch 1"), "at most 3");
    EXPECT_EQ(text_of(labels, "circular pytorch 1"), "at most 4");
    EXPECT_EQ(text_of(labels, "reflect scipy 0"), "mirror");
    EXPECT_EQ(text_of(labels, "symmetric scipy 0"), "reflect");
    EXPECT_EQ(text_of(labels, "symmetric onnx 0"), "–");
}

// After the last step the planes contain the gradients, which matrix_test compares with finite differences; at each tap
// they contain what has been sent back so far.
TEST(GradientView, EndsWithTheGradients) {
    for (const char* name : {"numerical_padding_strides", "no_padding_strides_transposed", "kind_dilated"}) {
        const state::State s = state::preset(name);
        const arith::Recording r = recording_of(s);
        const arith::Gradients whole = arith::gradients(r, arith::given_gradient(s.layer()));
        const Scene scene = scene_at(s, r.step_count() - 1, View::gradient);
        const arith::Cell in = arith::input_extents(s.layer()), k = arith::kernel_extents(s.layer());
        const int spread = s.layer().is_transposed() ? static_cast<int>(s.layer().axes[0].stride) : 1;
        const int before = s.layer().is_transposed() ? 2 : static_cast<int>(s.layer().axes[0].pad_before);
        for (int row = 0; row < in[0]; ++row)
            for (int c = 0; c < in[1]; ++c)
                EXPECT_EQ(number_at(scene, "input slab 0, gradient", before + spread * row, before + spread * c),
                          number_text(whole.input.values[static_cast<std::size_t>(row * in[1] + c)], 2))
                    << name;
        for (int row = 0; row < k[0]; ++row)
            for (int c = 0; c < k[1]; ++c) {
                const Index at = s.layer().is_transposed() ? (k[0] - 1 - row) * k[1] + k[1] - 1 - c
                                                           : row * k[1] + c;  // rotated, as it lies
                EXPECT_EQ(number_at(scene, "kernel slab 0, gradient", row, c),
                          number_text(whole.weight.values[static_cast<std::size_t>(at)], 2))
                    << name;
            }
        // The last tap of a step is the same as the step.
        const Scene last_tap = scene_at(s, 3, View::gradient, r.tap_count(r.step(3)) - 1),
                    step = scene_at(s, 3, View::gradient);
        for (int row = 0; row < in[0]; ++row)
            for (int c = 0; c < in[1]; ++c)
                EXPECT_EQ(number_at(last_tap, "input slab 0, gradient", before + spread * row, before + spread * c),
                          number_at(step, "input slab 0, gradient", before + spread * row, before + spread * c));
    }
}

// The article's layer from 7×7×3 to 5×5×128: 86,400 multiplications against 675 and 9,600, counted as the steps run.
TEST(CostView, CountsTheArticlesNumbers) {
    const state::State separable = state::preset("kind_depthwise_separable"), standard = state::preset("kind_standard");
    const auto counts = [](const Scene& scene, const std::string& bar) {
        return text_of(*plane_named(scene, "labels"), bar + " count") + " " +
               text_of(*plane_named(scene, "labels"), bar + " of");
    };
    state::State second = state::update(separable, state::ShowLayer{1}).state;
    const Scene end = scene_at(second, 3199, View::cost);
    EXPECT_EQ(counts(end, "standard"), "86,400 of 86,400");
    EXPECT_EQ(counts(end, "depthwise separable"), "10,275 of 10,275");
    EXPECT_EQ(text_of(*plane_named(end, "labels"), "depthwise separable share"), "whole: 11.9 % of standard");
    EXPECT_EQ(text_of(*plane_named(end, "labels"), "formula"),
              "filters · channels of each · kernel · output: 3·1·3·3·5·5 + 128·3·1·1·5·5 = 10,275");
    EXPECT_EQ(counts(scene_at(separable, 74, View::cost), "depthwise separable"), "675 of 10,275")
        << "the first layer is done";
    EXPECT_EQ(counts(scene_at(second, 1599, View::cost), "depthwise separable"), "5,475 of 10,275")
        << "675 and half of 9,600";
    EXPECT_EQ(counts(scene_at(standard, 1599, View::cost), "standard"), "43,200 of 86,400");
    EXPECT_EQ(counts(scene_at(standard, 0, View::cost, 8), "standard"), "9 of 86,400")
        << "nine of the first cell's 27 products";
    EXPECT_EQ(text_of(*plane_named(scene_at(standard, 0, View::cost), "labels"), "formula"),
              "filters · channels of each · kernel · output: 128·3·3·3·5·5 = 86,400");
    // Groups halve the cost; the layer's own bar is among the alternatives.
    EXPECT_EQ(counts(scene_at(state::preset("kind_grouped"), 3199, View::cost), "2 groups"), "57,600 of 57,600");
}

// A transposed layer is compared with its grouped forms, as a direct one is.
TEST(CostView, ComparesATransposedLayer) {
    const state::State s =
        state::state_of_chain(state::read_torch("nn.ConvTranspose2d(4, 2, 3, stride=2)", {4, 5, 5}), "up");
    const Scene scene = scene_at(s, 0, View::cost);
    const Plane& page = *plane_named(scene, "labels");
    EXPECT_EQ(text_of(page, "standard of"), "of 1,800");
    EXPECT_EQ(text_of(page, "2 groups of"), "of 900");
    EXPECT_EQ(text_of(page, "2 groups share"), "whole: 50 % of standard");
}

// The values of these chains are what their names say: Sobel in two steps, pixels mixed one by one, channels shuffled,
// no use of future cells.
TEST(MorePresets, MatchTheirTitles) {
    const auto output_of = [](const state::State& s, int stage) { return *state::stage_input(s, stage); };
    {  // 3×1 then 1×3 is the 3×3 outer product.
        const state::State s = state::preset("more_spatially_separable");
        const arith::Layer whole = arith::square_layer(5, 3, 1, 0, 1);
        const arith::Tensor sobel = arith::reference(whole, *s.input, {{1, 1, 3, 3}, {-1, 0, 1, -2, 0, 2, -1, 0, 1}});
        const arith::Recording r = recording_of(s);
        for (Index n = 0; n < 9; ++n) EXPECT_EQ(r.value(r.step(n)), sobel.values[static_cast<std::size_t>(n)]);
    }
    {  // ReLU is between the two layers.
        const state::State s = state::preset("more_1x1_relu");
        const arith::Tensor before = arith::reference(s.stages[0].layer, *s.input, *s.stages[0].weight),
                            after = output_of(s, 1);
        bool any = false;
        for (std::size_t n = 0; n < before.values.size(); ++n) {
            EXPECT_EQ(after.values[n], std::max(before.values[n], 0.0f));
            any |= before.values[n] < 0;
        }
        EXPECT_TRUE(any) << "something for it to cut off";
    }
    {  // Channel 3 g + j moves to 2 j + g.
        const state::State s = state::preset("more_channel_shuffle");
        const arith::Tensor before = output_of(s, 1), after = output_of(s, 2);
        for (int g = 0; g < 2; ++g)
            for (int j = 0; j < 3; ++j)
                for (int n = 0; n < 25; ++n)
                    EXPECT_EQ(after.values[static_cast<std::size_t>(25 * (2 * j + g) + n)],
                              before.values[static_cast<std::size_t>(25 * (3 * g + j) + n)]);
    }
    {  // Cell n sees the cells up to n, and the last one all sixteen, once each.
        const arith::Chain chain = chain_of(state::preset("more_causal"));
        for (Index n = 0; n < 16; ++n) {
            const arith::Uses seen = arith::uses(chain, 4, {n, 0, 0}).front();
            EXPECT_EQ(seen.last(0), n);
            EXPECT_EQ(seen.used(1), n + 1);
        }
    }
    // Unchanged places of the clip give 0, the front of the square +3, its back -3.
    const state::State clip = state::preset("more_clip");
    const arith::Recording r = recording_of(clip);
    std::set<float> values;
    for (Index n = 0; n < r.step_count(); ++n) values.insert(r.value(r.step(n)));
    EXPECT_EQ(values, (std::set<float>{-3, 0, 3}));
    EXPECT_EQ(state::preset("more_scan").layer().rank(), 3);
}

TEST(Golden, ViewsAsJson) {
    expect_golden("matrix.scene.json", to_json(scene_at(state::preset("kind_transposed"), 5, View::matrix, 1)));
    expect_golden("im2col.scene.json", to_json(scene_at(state::preset("kind_2d"), 4, View::im2col, 3)));
    expect_golden("readings.scene.json", to_json(scene_at(state::preset("kind_transposed"), 5, View::readings, 1)));
    expect_golden("channels.scene.json", to_json(scene_at(state::preset("kind_2d_channels"), 4, View::channels, 12)));
    expect_golden("receptive.scene.json", to_json(scene_at(state::preset("kind_dilated"), 4, View::receptive)));
    expect_golden("borders.scene.json", to_json(scene_at(state::preset("more_padding_modes"), 7, View::borders)));
    expect_golden("padding.scene.json", to_json(scene_at(state::preset("padding_strides_odd"), 0, View::padding)));
    expect_golden("gradient.scene.json",
                  to_json(scene_at(state::preset("numerical_padding_strides"), 4, View::gradient, 3)));
    expect_golden("cost.scene.json", to_json(scene_at(state::preset("kind_depthwise_separable"), 40, View::cost)));
}

// Every tensor of a chain shows its cells, inner tensors as well as the output.
TEST(ChainView, EveryTensorHasAGrid) {
    const arith::Shape input{3, 32, 32};
    const arith::Chain chain = state::read_torch(
        "nn.Sequential(nn.Conv2d(3, 8, 3, padding=1), nn.MaxPool2d(2), nn.Conv2d(8, 16, 3, padding=1, stride=2))",
        input);
    state::State s = state::state_of_chain(chain, "chain");
    s.view = View::chain;
    for (int shown = 0; shown < 3; ++shown) {
        s.shown = shown;
        int fields = 0;
        for (const Plane& plane : scene_of(s).planes)
            for (const Item& item : plane.items)
                if (const Field* field = std::get_if<Field>(&item); field && plane.name.starts_with("tensor")) {
                    ++fields;
                    EXPECT_GT(field->edge.width_px, 0) << plane.name;
                }
        EXPECT_GT(fields, 4);
    }
}

}  // namespace
}  // namespace convloom::tests::views_test
