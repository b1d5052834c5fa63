#include "core/state/json/layer_reader.hpp"

#include "core/arith/layer/layer_switches.hpp"

namespace convloom::state {

arith::Op read_op(const JsonReader& in) {
    const auto op = arith::op_of_json_name(in.text("op"));
    if (op) return *op;
    std::vector<std::string_view> names;
    for (const arith::Op one : arith::ops()) names.push_back(arith::kind_of(one).json);
    in.fail("op", "is none of " + arith::listed(names, ", "));
}

void read_axes(const JsonReader& in, arith::Layer& layer, const arith::LayerNumber& number) {
    const auto rank = layer.axes.size();
    if (!number.after) {
        const auto values = in.wholes(number.key, static_cast<int>(rank));
        for (std::size_t a = 0; a < rank; ++a) layer.axes[a].*number.of_axis = values[a];
        return;
    }
    const Json& sides = in.list(number.key);
    if (sides.size() != rank) in.fail_of_size(number.key, sides, static_cast<arith::Index>(rank));
    for (std::size_t a = 0; a < rank; ++a) {
        if (!sides[a].is_array() || sides[a].size() != 2) in.fail(number.key, "is not a list of [before, after]");
        layer.axes[a].*number.of_axis = in.whole(number.key, sides[a][0]);
        layer.axes[a].*number.after = in.whole(number.key, sides[a][1]);
    }
}

namespace {

void read_padding_mode(const JsonReader& in, arith::Layer& layer, LayerFile file) {
    if (!in.has("padding_mode")) return;
    const std::string name = in.text("padding_mode");
    if (file == LayerFile::cases) {
        auto asked = arith::padding_mode_asked(name);
        if (!asked) in.fail("padding_mode", fmt::format("is “{}”; {}", name, arith::padding_modes_instead(name)));
        if (asked->takes_value && layer.padding_value != 0) asked->mode = arith::PaddingMode::constant;
        return arith::set_padding_mode(layer, *asked);
    }
    const auto mode = arith::padding_mode_named(name);
    if (!mode) in.fail("padding_mode", "is none of " + arith::padding_mode_names(", "));
    layer.padding_mode = *mode;
}

}  // namespace

void read_options(const JsonReader& in, arith::Layer& layer, LayerFile file) {
    if (in.has("padding_value")) layer.padding_value = in.number("padding_value");
    read_padding_mode(in, layer, file);
    for (const arith::LayerSwitch& one : arith::layer_switches()) layer.*one.on = in.flag_or(one.key, layer.*one.on);
    for (const arith::LayerNumber& one : arith::layer_numbers()) {
        if (one.written != arith::LayerNumber::Written::where_set || !in.has(one.key)) continue;
        if (one.of_axis) {
            read_axes(in, layer, one);
            continue;
        }
        layer.*one.of_layer = in.whole(one.key);
        if (one.zero_refused && layer.*one.of_layer == 0 && file == LayerFile::cases)
            in.fail(one.key, fmt::format("is 0; {}", one.zero_refused));
    }
    layer.bias = in.has("bias");
}

}  // namespace convloom::state
