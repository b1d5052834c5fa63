#include "core/state/json/json.hpp"
#include "core/state/json/palette_json.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/arith/layer/layer_numbers.hpp"
#include "core/arith/layer/layer_switches.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/scene/views/view_table.hpp"
#include "core/state/data/build.hpp"
#include "core/state/data/patterns.hpp"
#include "core/state/data/side_patterns.hpp"
#include "core/state/json/between_json.hpp"
#include "core/state/json/layer_reader.hpp"
#include "core/state/json/photo_json.hpp"
#include "core/state/model/comparison.hpp"

namespace convloom::state {
namespace {

using arith::Index;
using Written = arith::LayerNumber::Written;

constexpr int version = 1;
constexpr std::string_view not_a_state = "This is not a Convloom state";
constexpr std::pair<image::ShownAs, std::string_view> shown_as_names[] = {
    {image::ShownAs::clamped, "clamped"},
    {image::ShownAs::absolute, "absolute"},
    {image::ShownAs::signed_, "signed"},
    {image::ShownAs::scaled, "scaled"},
};

// For a large tensor, the seed whose pattern it contains, if that is one of the seeds that a new State uses.
std::optional<std::uint32_t> written_seed(const State& state, const arith::Tensor& tensor) {
    constexpr std::size_t least = 1000;
    if (tensor.values.size() < least) return std::nullopt;
    return seed_of(tensor, state.seed, 1 + static_cast<std::uint32_t>(state.stages.size()));
}

Json values_json(const State& state, const arith::Tensor& tensor) {
    if (const auto seed = written_seed(state, tensor)) return {{"planes", *seed}};
    return tensor.values;
}

Json layer_json(const State& state, const Stage& stage) {
    const arith::Layer& layer = stage.layer;
    Json j = {{"op", layer.kind().json}};
    auto add = [&](const arith::LayerNumber& number) {
        if (number.of_layer) j[number.key] = layer.*number.of_layer;
        if (number.of_axis)
            for (const arith::Axis& axis : layer.axes)
                j[number.key].push_back(number.after ? Json::array({axis.*number.of_axis, axis.*number.after})
                                                     : Json(axis.*number.of_axis));
    };
    auto add_those = [&](bool of_axis, bool where_set) {
        for (const arith::LayerNumber& one : arith::layer_numbers()) {
            if ((one.of_axis != nullptr) != of_axis || (one.written == Written::where_set) != where_set) continue;
            const bool is_its =
                (one.written == Written::always && !layer.has_sized_windows()) || one.belongs_to(layer.op);
            if (is_its && (!where_set || !arith::is_by_default(layer, one))) add(one);
        }
    };
    add_those(true, false);
    j["in_channels"] = layer.in_channels;
    j["out_channels"] = layer.out_channels;
    add_those(false, false);
    if (layer.has_weight()) j["padding_mode"] = arith::name_of(layer.padding_mode);
    if (layer.padding_value != 0) j["padding_value"] = layer.padding_value;
    for (const arith::LayerSwitch& one : arith::layer_switches())
        if (one.always_written(layer.op) || !arith::is_by_default(layer, one)) j[one.key] = layer.*one.on;
    if (layer.has_weight()) j["weight"] = values_json(state, *stage.weight);
    if (layer.bias) j["bias"] = stage.bias->values;
    std::size_t side_number = 0;
    for (const arith::SideTensor& side : arith::side_tensors(layer))
        if (const auto& tensor = stage.sides[side_number++]) j[side.name.key] = values_json(state, *tensor);
    add_those(true, true);
    add_those(false, true);
    if (arith::is_relu(stage.after))
        j["activation"] = "relu";
    else if (!stage.after.empty())
        j["after"] = betweens_json(stage.after);
    return j;
}

// Without data, which is that of the current layer.
Json compared_json(const State& state) {
    Stage stage;
    stage.layer = *state.compared;
    stage.layer.bias = false;
    Json j = layer_json(state, stage);
    j.erase("weight");
    if (state.compared->bias) j["bias"] = true;
    return j;
}

void read_layer_axes(const JsonReader& in, arith::Layer& layer) {
    const auto rank = in.list("size").size();
    if (rank < 1 || rank > arith::max_rank) in.fail("size", fmt::format("has {} axes; a layer has 1 to 3", rank));
    layer.axes.resize(rank);
    // Numbers with one value per axis come first, then those with two.
    for (const bool sides : {false, true})
        for (const arith::LayerNumber& one : arith::layer_numbers())
            if (one.of_axis && (one.after != nullptr) == sides && one.written != Written::where_set &&
                ((one.written == Written::always && (!layer.has_sized_windows() || one.belongs_to(layer.op))) ||
                 in.has(one.key)))
                read_axes(in, layer, one);
}

// Reads values in full, or as integers of pattern_value: {"pattern": seed} for the same values in every plane, or
// {"planes": seed}.
arith::Tensor read_values(const JsonReader& in, const char* field, arith::Shape shape) {
    const Index count = *arith::element_count(shape);
    if (!in.at(field).is_object()) return {std::move(shape), in.numbers(field, count)};
    const JsonReader inner = in.inner(field);
    if (inner.has("planes")) return patterned(std::move(shape), static_cast<std::uint32_t>(inner.whole("planes")));
    const auto seed = static_cast<std::uint32_t>(inner.whole("pattern"));
    arith::Tensor tensor{std::move(shape), {}};
    tensor.values.reserve(static_cast<std::size_t>(count));
    const Index columns = tensor.shape.back();
    for (Index n = 0; n < count; ++n) tensor.values.push_back(pattern_value(seed, 0, n / columns, n % columns));
    return tensor;
}

arith::Layer read_layer(const JsonReader& in) {
    arith::Layer layer;
    if (in.has("op")) layer.op = read_op(in);
    read_layer_axes(in, layer);
    layer.in_channels = in.whole_or("in_channels", 1);
    layer.out_channels =
        in.whole_or("out_channels", layer.mixes_channels() ? 1 : layer.out_channels_for(layer.in_channels));
    for (const arith::LayerNumber& one : arith::layer_numbers())
        if (one.of_layer && one.written != Written::where_set)
            layer.*one.of_layer = in.whole_or(one.key, one.by_default);
    read_options(in, layer, LayerFile::state);
    // Earlier versions could write settings of average pooling for a layer that had been changed to max pooling.
    if (layer.op == arith::Op::max_pooling) layer.count_include_pad = true, layer.divisor_override = 0;
    const auto problems = arith::check(layer);
    if (!problems.empty())
        in.fail("", "does not run: " + problems.front().sentence.substr(0, problems.front().sentence.size() - 1));
    return layer;
}

void read_compared(const JsonReader& in, State& state) {
    arith::Layer layer = read_layer(in);
    if (std::string why = not_shown_beside(state, layer); !why.empty()) {
        why.pop_back();
        in.fail("", "cannot be compared: " + why);
    }
    state.compared = std::move(layer);
}

Stage read_stage(const JsonReader& in) {
    Stage stage;
    stage.layer = read_layer(in);
    const arith::Shape shape = arith::weight_shape(stage.layer);
    stage.weight = stage.layer.has_weight() ? read_values(in, "weight", shape) : arith::Tensor{shape, {}};
    if (stage.layer.bias) stage.bias = read_values(in, "bias", {stage.layer.out_channels});
    std::size_t number = 0;
    for (arith::SideTensor& side : arith::side_tensors(stage.layer)) {
        stage.sides[number] = in.has(side.name.key) ? read_values(in, side.name.key, std::move(side.shape))
                                                    : made_up_side(stage.layer, number, 1);
        if (std::string why = arith::side_problem(stage.layer, *stage.sides[number]); !why.empty())
            in.fail(side.name.key, "do not fit: " + why.substr(0, why.size() - 1));
        ++number;
    }
    const std::string activation = in.has("activation") ? in.text("activation") : "none";
    if (activation != "none" && activation != "relu") in.fail("activation", "is neither none nor relu");
    if (activation == "relu") stage.after = {arith::relu()};
    if (in.has("after")) stage.after = read_betweens(in, "after", not_a_state);
    return stage;
}

std::vector<Stage> read_stages(const JsonReader& in) {
    const Json& layers = in.list("layers");
    if (layers.empty()) in.fail("layers", "holds no layer");
    std::vector<Stage> stages;
    for (const Json& layer : layers)
        stages.push_back(read_stage(JsonReader(layer, not_a_state, fmt::format("layers[{}]", stages.size()))));
    return stages;
}

// The shape in front of "before".
arith::Shape read_given(const JsonReader& in) {
    arith::Shape shape = in.wholes("given");
    if (shape.empty() || shape.size() > arith::max_rank + 1 ||
        std::any_of(shape.begin(), shape.end(), [](Index n) { return n < 1 || n > arith::max_field; }) ||
        arith::element_count(shape).value_or(arith::max_field) >= arith::max_field)
        in.fail("given", "is no shape");
    return shape;
}

void check_chain(const JsonReader& in, const State& state) {
    const auto problems = arith::check(chain_of(state));
    if (!problems.empty())
        in.fail("layers", "do not fit: " + problems.front().problem.sentence.substr(
                                               0, problems.front().problem.sentence.size() - 1));
}

// [turn, tilt] in degrees.
void read_view_from(const JsonReader& in, State& state) {
    const std::vector<float> angles = in.numbers("view_from", 2);
    state.look.turn_deg = angles[0];
    state.look.tilt_deg = angles[1];
    if (std::abs(state.look.turn_deg) > scene::most_turn_deg ||
        !(state.look.tilt_deg >= 0 && state.look.tilt_deg <= scene::most_tilt_deg))
        in.fail("view_from", fmt::format("is {}, {}; the turn goes from −{} to {} degrees, the tilt from 0 to {}",
                                         state.look.turn_deg, state.look.tilt_deg, scene::most_turn_deg,
                                         scene::most_turn_deg, scene::most_tilt_deg));
}

arith::Cell read_input_cell(const JsonReader& in, const arith::Layer& layer) {
    const std::vector<float> at = in.numbers("input_cell", layer.rank());
    arith::Cell cell{};
    for (int a = 0; a < layer.rank(); ++a) {
        const float place = at[static_cast<std::size_t>(a)];
        if (!(place >= 0 && place < static_cast<float>(layer.axes[static_cast<std::size_t>(a)].size)) ||
            place != std::floor(place))
            in.fail("input_cell", fmt::format("has {} on axis {}; the input has the places 0 to {}", place, a,
                                              layer.axes[static_cast<std::size_t>(a)].size - 1));
        cell[a] = static_cast<Index>(place);
    }
    return cell;
}

}  // namespace

std::string_view name_of(image::ShownAs shown_as) {
    return shown_as_names[static_cast<int>(shown_as)].second;
}

std::optional<image::ShownAs> shown_as_named(std::string_view name) {
    for (auto [value, text] : shown_as_names)
        if (text == name) return value;
    return std::nullopt;
}

std::string to_json(const State& state) {
    const bool photo = state.view == scene::View::photo;
    const scene::Moment& moment = photo ? state.other_moment : state.moment;
    Json j = {{"convloom", version},
              {"name", state.name},
              {"title", state.title},
              {"input", values_json(state, *state.input)},
              {"layers", Json::array()},
              {"shown", state.shown},
              {"view", scene::name_of(state.view)},
              {"theme", state.theme},
              {"seed", state.seed},
              {"step", moment.step},
              {"tap", moment.tap}};
    if (state.language != scene::Language::english) j["language"] = scene::name_of(state.language);
    if (state.own_title) j["own_title"] = true;
    if (state.palette) j["palette"] = palette_json(*state.palette);
    for (const scene::LookSwitch& one : scene::look_switches())
        if (one.always_written || state.look.*one.on != scene::Look{}.*one.on) j[one.key] = state.look.*one.on;
    for (const Stage& stage : state.stages) j["layers"].push_back(layer_json(state, stage));
    if (!state.before.empty()) j["before"] = betweens_json(state.before);
    if (!state.given.empty()) j["given"] = state.given;
    if (state.look.turn_deg != scene::default_turn_deg || state.look.tilt_deg != scene::default_tilt_deg)
        j["view_from"] = {state.look.turn_deg, state.look.tilt_deg};
    if (state.input_cell) {
        j["input_cell"] = Json::array();
        for (int a = 0; a < state.stages.front().layer.rank(); ++a) j["input_cell"].push_back((*state.input_cell)[a]);
    }
    if (state.compared) j["compare"] = compared_json(state);
    if (state.photo) j["photo"] = photo_json(*state.photo, photo ? state.moment : state.other_moment);
    return j.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::size_t numbers_written(const State& state) {
    auto count = [&](const arith::Tensor& tensor) { return written_seed(state, tensor) ? 0 : tensor.values.size(); };
    std::size_t sum = count(*state.input);
    for (const Stage& stage : state.stages) {
        sum += count(*stage.weight) + (stage.bias ? stage.bias->values.size() : 0);
        for (const auto& side : stage.sides) sum += side ? count(*side) : 0;
    }
    return sum;
}

State from_json(std::string_view text) {
    const Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded()) throw Error("This is not a Convloom state: the file is not JSON.");
    const JsonReader in(json, not_a_state);
    if (in.whole("convloom") != version)
        in.fail("convloom", fmt::format("is {}; this program reads version {}", in.whole("convloom"), version));
    State state;
    state.name = in.text("name");
    state.title = in.text("title");
    if (in.has("own_title")) state.own_title = in.flag("own_title") && !state.title.empty();
    state.stages = read_stages(in);
    if (in.has("before")) state.before = read_betweens(in, "before", not_a_state);
    if (in.has("given")) state.given = read_given(in);
    check_chain(in, state);
    if (const std::string why = too_large(chain_of(state)); !why.empty()) in.fail("layers", why);
    state.input = read_values(in, "input", arith::input_shape(state.stages.front().layer));
    const Index shown = in.whole_or("shown", 0);
    if (shown < 0 || shown >= static_cast<Index>(state.stages.size()))
        in.fail("shown", fmt::format("is {}; there are the layers 0 to {}", shown, state.stages.size() - 1));
    state.shown = static_cast<int>(shown);
    const auto view = scene::view_named(in.text("view"));
    if (!view) in.fail("view", fmt::format("is none of {}", scene::view_names(true)));
    state.view = *view;
    if (in.has("theme")) state.theme = in.text("theme");
    if (!scene::theme_named(state.theme)) in.fail("theme", "is no theme's name");
    if (in.has("palette")) state.palette = read_palette(in.inner("palette"));
    if (in.has("language")) {
        const auto language = scene::language_named(in.text("language"));
        if (!language) in.fail("language", "is neither en nor zh-CN");
        state.language = *language;
    }
    for (const scene::LookSwitch& one : scene::look_switches())
        state.look.*one.on = in.flag_or(one.key, state.look.*one.on);
    if (in.has("view_from")) read_view_from(in, state);
    if (in.has("seed")) state.seed = static_cast<std::uint32_t>(in.whole("seed"));
    if (in.has("input_cell")) state.input_cell = read_input_cell(in, state.stages.front().layer);
    if (in.has("compare")) read_compared(in.inner("compare"), state);
    if (in.has("photo")) state.photo = read_photo(in.inner("photo"), state.other_moment);
    if (state.view == scene::View::photo && !state.photo) in.fail("photo", "is missing");
    // The first presets, which had no theme yet, named the flat view whatever they held.
    if (!in.has("theme") && state.view == scene::View::flat && !scene::undrawable(state.layer(), state.view).empty())
        state.view = best_view(chain_of(state));
    const arith::Recording recording{stepped_layer(state), {}, {}, {}};
    if (in.has("step")) state.moment.step = in.whole("step");
    if (in.has("tap")) state.moment.tap = in.whole("tap");
    if (state.moment.step < 0 || state.moment.step >= recording.step_count())
        in.fail("step",
                fmt::format("is {}; this layer has the steps 0 to {}", state.moment.step, recording.step_count() - 1));
    const Index taps = recording.tap_count(recording.step(state.moment.step));
    if (state.moment.tap < -1 || state.moment.tap >= taps)
        in.fail("tap", fmt::format("is {}; this step has the taps 0 to {}", state.moment.tap, taps - 1));
    if (state.view == scene::View::photo) std::swap(state.moment, state.other_moment);
    return state;
}

}  // namespace convloom::state
