#include "core/state/json/cases.hpp"

#include "core/arith/layer/counts.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/state/code/fault.hpp"
#include "core/state/json/layer_reader.hpp"

namespace convloom::state {
namespace {

using arith::Index;

constexpr std::string_view not_cases = "This is not a file of cases";

void read_case_axes(const JsonReader& in, arith::Layer& layer, int rank, const std::vector<Index>& input_shape) {
    layer.axes.resize(rank);
    if (arith::number_of(&arith::Axis::kernel).belongs_to(layer.op)) {
        const auto kernel = layer.has_weight() ? in.wholes("weight_shape", rank + 2) : in.wholes("kernel", rank);
        const int first = layer.has_weight() ? 2 : 0;
        for (int a = 0; a < rank; ++a) layer.axes[a].kernel = kernel[a + first];
    }
    for (int a = 0; a < rank; ++a) layer.axes[a].size = input_shape[a + 2];
    // Numbers with one value per axis come first, then those with two. Size and kernel follow from the shapes.
    for (const bool sides : {false, true})
        for (const arith::LayerNumber& one : arith::layer_numbers())
            if (one.of_axis && (one.after != nullptr) == sides && one.of_axis != &arith::Axis::size &&
                one.of_axis != &arith::Axis::kernel && one.written != arith::LayerNumber::Written::where_set &&
                in.has(one.key))
                read_axes(in, layer, one);
}

void read_channels(const JsonReader& in, arith::Layer& layer, const std::vector<Index>& input_shape) {
    layer.in_channels = input_shape[1];
    layer.out_channels = layer.out_channels_for(layer.in_channels);
    for (const arith::LayerNumber& one : arith::layer_numbers())
        if (one.of_layer && one.written != arith::LayerNumber::Written::where_set)
            layer.*one.of_layer = in.whole_or(one.key, one.by_default);
    if (!layer.has_weight()) return;
    const auto weight_shape = in.wholes("weight_shape");
    if (layer.groups < 1) in.fail("groups", fmt::format("is {}; it must be at least 1", layer.groups));
    if (weight_shape[1] < 0 || weight_shape[1] > (Index{1} << 30) || layer.groups > (Index{1} << 30))
        in.fail("weight_shape", "is too large");
    const Index channels = layer.is_transposed() ? weight_shape[0] : weight_shape[1] * layer.groups;
    if (channels != layer.in_channels)
        in.fail("weight_shape", arith::counting({{channels, "input channel"}, {layer.groups, "group"}},
                                                "is for {} input channels in {} groups, but the input has {}", channels,
                                                layer.groups, layer.in_channels));
    layer.out_channels = layer.is_transposed() ? weight_shape[1] * layer.groups : weight_shape[0];
}

void read_case(const JsonReader& in, Case& c) {
    arith::Layer layer;
    layer.op = read_op(in);
    const Index rank = in.whole("rank");
    if (rank < 1 || rank > arith::max_rank) in.fail("rank", fmt::format("is {}; it must be 1, 2 or 3", rank));
    const auto input_shape = in.wholes("input_shape", static_cast<int>(rank) + 2);
    read_case_axes(in, layer, static_cast<int>(rank), input_shape);
    read_channels(in, layer, input_shape);
    read_options(in, layer, LayerFile::cases);
    const auto problems = arith::check(layer);
    if (!problems.empty()) throw Error(problems.front().sentence);

    // The values have been read already, so only their number can be wrong.
    const auto per_sample = *arith::element_count(arith::input_shape(layer));
    Index count = 0;
    if (input_shape[0] < 1 || __builtin_mul_overflow(per_sample, input_shape[0], &count))
        in.fail("input_shape", fmt::format("has {} samples", input_shape[0]));
    const auto values = in.numbers("input", count);
    for (Index n = 0; n < input_shape[0]; ++n)
        c.inputs.push_back(arith::Tensor{arith::input_shape(layer),
                                         {values.begin() + n * per_sample, values.begin() + (n + 1) * per_sample}});
    const auto weight_shape = arith::weight_shape(layer);
    c.weight =
        arith::Tensor{weight_shape, layer.has_weight() ? in.numbers("weight", *arith::element_count(weight_shape))
                                                       : std::vector<float>()};
    if (layer.bias) c.bias = arith::Tensor{{layer.out_channels}, in.numbers("bias", layer.out_channels)};
    std::size_t number = 0;
    for (arith::SideTensor& side : arith::side_tensors(layer)) {
        const auto side_count = *arith::element_count(side.shape);
        if (in.has(side.name.key))
            c.sides[number] = arith::Tensor{std::move(side.shape), in.numbers(side.name.key, side_count)};
        if (c.sides[number])
            if (const std::string why = arith::side_problem(layer, *c.sides[number]); !why.empty()) throw Error(why);
        ++number;
    }
    c.samples = input_shape[0];
    c.layer = std::move(layer);
}

// Python writes NaN and Infinity into JSON, which knows neither.
[[noreturn]] void fail_not_json(std::string_view text) {
    bool in_text = false;
    for (std::size_t n = 0; n < text.size(); ++n) {
        if (text[n] == '"' && (n == 0 || text[n - 1] != '\\')) in_text = !in_text;
        if (in_text) continue;
        for (const std::string_view word : {"NaN", "nan", "Infinity", "inf"})
            if (text.substr(n).starts_with(word)) {
                const TextPlace place = place_of(text, n);
                throw Error(fmt::format("{}: it contains {} in line {}, column {}, and JSON has finite numbers only.",
                                        not_cases, word, place.line, place.column));
            }
    }
    throw Error(fmt::format("{}: it is not JSON.", not_cases));
}

}  // namespace

std::vector<Case> read_cases(std::string_view text) {
    const Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded()) fail_not_json(text);
    const JsonReader file(json, not_cases);
    std::vector<Case> cases;
    for (const Json& object : file.list("cases")) {
        Case c;
        if (!object.is_object() || !object.contains("name") || !object["name"].is_string())
            throw Error(fmt::format("{}: case {} has no name.", not_cases, cases.size() + 1));
        c.name = object["name"].get<std::string>();
        try {
            read_case(JsonReader(object, c.name), c);
        } catch (const Error& error) {
            c = Case{c.name, error.what(), {}, 1, {}, {}, {}, {}};
        }
        cases.push_back(std::move(c));
    }
    return cases;
}

}  // namespace convloom::state
