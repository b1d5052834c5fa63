#include "core/state/update/layer_edits.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/arith/layer/layer_switches.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/state/data/build.hpp"
#include "core/state/data/patterns.hpp"

namespace convloom::state {

using arith::Index;
using arith::LayerField;

namespace {

arith::Problem problem(LayerField field, std::string sentence) {
    return {field, -1, std::move(sentence), {}};
}

// The place of a cell of one shape in another of the same rank; -1 where it has none.
Index place_in(const arith::Shape& from, Index at, const arith::Shape& to) {
    Index place = 0, stride = 1;
    for (std::size_t n = from.size(); n-- > 0; stride *= to[n]) {
        const Index along = at % from[n];
        at /= from[n];
        if (along >= to[n]) return -1;
        place += along * stride;
    }
    return place;
}

// The tensor at a new shape: values stay where they were, new cells get the pattern's.
arith::Shared<arith::Tensor> resized(const arith::Shared<arith::Tensor>& old, arith::Shape shape, std::uint32_t seed) {
    if (old && old->shape == shape) return old;
    const Index count = *arith::element_count(shape), columns = shape.back(),
                rows = shape.size() > 1 ? shape[shape.size() - 2] : 1;
    const bool same_rank = old && old->shape.size() == shape.size() && !old->values.empty();
    arith::Tensor tensor{std::move(shape), {}};
    tensor.values.reserve(static_cast<std::size_t>(count));
    for (Index n = 0; n < count; ++n) {
        const Index from = same_rank ? place_in(tensor.shape, n, old->shape) : -1;
        tensor.values.push_back(from >= 0 ? old->values[from]
                                          : pattern_value(seed, n / (rows * columns), n / columns % rows, n % columns));
    }
    return tensor;
}

// How new axes of the input and of the weight differ from a table's rows and columns is the layer's to say.
void set_extent(arith::Layer& layer, Index arith::Axis::*member, Index rows, Index columns) {
    const int rank = layer.rank();
    layer.axes[rank - 1].*member = columns;
    if (rank > 1) layer.axes[rank - 2].*member = rows;
}

Problems no_tensor(TensorName name) {
    return {problem(LayerField::kernel,
                    name == TensorName::bias ? "This layer has no bias." : "A pooling layer has no weights.")};
}

// What is asked for one plane of a tensor, in all of them or in that one.
Problems take_planes(arith::Shared<arith::Tensor>& tensor, arith::Tensor filled, Index cells, Index plane) {
    if (plane == every_plane) return tensor = std::move(filled), Problems{};
    const Index planes = static_cast<Index>(filled.values.size()) / cells;
    if (plane < 0 || plane >= planes)
        return {problem(LayerField::channels, fmt::format("There is no plane {}; there are {}.", plane, planes))};
    arith::Tensor changed = *tensor;
    std::copy_n(filled.values.begin() + plane * cells, cells, changed.values.begin() + plane * cells);
    tensor = std::move(changed);
    return {};
}

}  // namespace

void follow_channels(std::vector<Stage>& stages, std::size_t first, Index in) {
    for (std::size_t n = first; n < stages.size(); in = stages[n].layer.out_channels, ++n) {
        arith::Layer& layer = stages[n].layer;
        if (layer.in_channels == in) continue;
        if (layer.is_pooling()) {
            layer.out_channels = in;
        } else if (layer.groups > 1 && layer.groups == layer.in_channels) {
            layer.out_channels = layer.out_channels / layer.in_channels * in;
            layer.groups = in;
        }
        layer.in_channels = in;
    }
}

Problems take_stages(State& state, std::vector<Stage> stages) {
    arith::Chain chain = chain_of(stages);
    arith::connect(chain);
    Problems problems;
    for (const arith::ChainProblem& p : arith::check(chain)) problems.push_back(p.problem);
    if (problems.empty())
        if (const std::string why = too_large(chain); !why.empty())
            problems.push_back(problem(LayerField::memory, fmt::format("The layers {}.", why)));
    if (!problems.empty()) return problems;
    for (std::size_t n = 0; n < stages.size(); ++n) {
        Stage& stage = stages[n];
        stage.layer = chain[n].layer;
        const auto seed = state.seed + 1 + static_cast<std::uint32_t>(n);
        stage.weight = stage.layer.is_pooling() ? arith::Shared<arith::Tensor>(arith::Tensor{{0}, {}})
                                                : resized(stage.weight, arith::weight_shape(stage.layer), seed);
        stage.bias = stage.layer.bias ? resized(stage.bias, {stage.layer.out_channels}, seed + 1000)
                                      : arith::Shared<arith::Tensor>{};
    }
    state.input = resized(state.input, arith::input_shape(stages.front().layer), state.seed);
    state.stages = std::move(stages);
    state.moment = {std::min(state.moment.step, places_of(state).step_count() - 1), scene::Moment::whole_window};
    if (!scene::undrawable(state.layer(), state.view).empty()) state.view = best_view(chain_of(state));
    return {};
}

Problems set_channels(State& state, const SetChannels& wanted) {
    std::vector<Stage> stages = state.stages;
    arith::Layer& layer = stages[state.shown].layer;
    if (state.shown > 0 && wanted.in != layer.in_channels)
        return {problem(LayerField::channels, fmt::format("in_channels is {}, but the layer before gives {} channels.",
                                                          wanted.in, layer.in_channels))};
    layer.in_channels = wanted.in;
    layer.out_channels = layer.is_pooling() ? wanted.in : wanted.out;
    const Index out = layer.out_channels;
    follow_channels(stages, static_cast<std::size_t>(state.shown) + 1, out);
    return take_stages(state, std::move(stages));
}

Problems set_op(State& state, arith::Op op) {
    std::vector<Stage> stages = state.stages;
    arith::Layer& layer = stages[state.shown].layer;
    layer.op = op;
    if (op != arith::Op::convolution) layer.padding_mode = arith::PaddingMode::zeros;
    for (const arith::LayerSwitch& one : arith::layer_switches())
        if (!one.belongs_to(op)) layer.*one.on = one.by_default;
    if (op != arith::Op::average_pooling) layer.divisor_override = 0;
    if (layer.is_pooling()) {
        layer.bias = false;
        layer.groups = 1;
        layer.out_channels = layer.in_channels;
    }
    for (arith::Axis& axis : layer.axes) {
        if (!layer.is_transposed()) axis.output_padding = 0;
        if (op == arith::Op::average_pooling) axis.dilation = 1;
        if (layer.is_pooling()) {
            axis.pad_before = std::min(axis.pad_before, axis.kernel / 2);
            axis.pad_after = std::min(axis.pad_after, axis.kernel / 2);
        }
    }
    const Index out = layer.out_channels;
    follow_channels(stages, static_cast<std::size_t>(state.shown) + 1, out);
    return take_stages(state, std::move(stages));
}

Problems set_bias(State& state, bool on) {
    std::vector<Stage> stages = state.stages;
    stages[state.shown].layer.bias = on;
    return take_stages(state, std::move(stages));
}

Problems set_cells(State& state, const SetCells& wanted) {
    arith::Shared<arith::Tensor>* tensor = tensor_of(state, wanted.tensor);
    if (!tensor) return no_tensor(wanted.tensor);
    arith::Tensor changed = **tensor;
    for (const CellValue& cell : wanted.cells) {
        if (cell.at < 0 || cell.at >= static_cast<Index>(changed.values.size()))
            return {problem(LayerField::size,
                            fmt::format("There is no cell {} in {}.", cell.at, arith::to_text(changed.shape)))};
        if (!std::isfinite(cell.value)) return {problem(LayerField::size, "A cell takes a finite number.")};
        changed.values[cell.at] = cell.value;
    }
    *tensor = std::move(changed);
    return {};
}

Problems set_table(State& state, const SetTable& wanted) {
    if (wanted.tensor == TensorName::bias || !tensor_of(state, wanted.tensor)) return no_tensor(wanted.tensor);
    if (wanted.rows < 1 || wanted.columns < 1 ||
        static_cast<Index>(wanted.values.size()) != wanted.rows * wanted.columns)
        return {problem(LayerField::size, "The table has no cells.")};
    std::vector<Stage> stages = state.stages;
    const bool input = wanted.tensor == TensorName::input;
    arith::Layer& layer = input ? stages.front().layer : stages[state.shown].layer;
    if (layer.rank() == 1 && wanted.rows != 1)
        return {problem(LayerField::size,
                        fmt::format("A layer of rank 1 takes one row of numbers; there are {}.", wanted.rows))};
    set_extent(layer, input ? &arith::Axis::size : &arith::Axis::kernel, wanted.rows, wanted.columns);
    State changed = state;
    if (Problems problems = take_stages(changed, std::move(stages)); !problems.empty()) return problems;
    const Index planes =
        static_cast<Index>((*tensor_of(changed, wanted.tensor))->values.size()) / (wanted.rows * wanted.columns);
    if (wanted.plane < 0 || wanted.plane >= planes)
        return {
            problem(LayerField::channels, fmt::format("There is no plane {}; there are {}.", wanted.plane, planes))};
    SetCells cells{wanted.tensor, {}};
    for (std::size_t n = 0; n < wanted.values.size(); ++n)
        cells.cells.push_back({wanted.plane * wanted.rows * wanted.columns + static_cast<Index>(n), wanted.values[n]});
    Problems problems = set_cells(changed, cells);
    if (problems.empty()) state = std::move(changed);
    return problems;
}

Problems fill_pattern(State& state, const FillPattern& wanted) {
    arith::Shared<arith::Tensor>* tensor = tensor_of(state, wanted.tensor);
    if (!tensor) return no_tensor(wanted.tensor);
    const arith::Shape& shape = (*tensor)->shape;
    const int rank = state.layer().rank();
    const Index cells = rank > 1 && shape.size() > 2 ? shape.back() * shape[shape.size() - 2] : shape.back();
    return take_planes(*tensor, patterned(shape, rank, wanted.pattern, wanted.seed), cells, wanted.plane);
}

Problems fill_kernel(State& state, const FillKernel& wanted) {
    arith::Shared<arith::Tensor>* tensor = tensor_of(state, TensorName::weight);
    if (!tensor) return no_tensor(TensorName::weight);
    const auto& axes = state.layer().axes;
    const KernelPattern* pattern = kernel_pattern_named(wanted.filter);
    if (!pattern)
        return {problem(LayerField::kernel, fmt::format("There is no kernel “{}” among the patterns.", wanted.filter))};
    if (axes.size() != 2)
        return {problem(LayerField::kernel,
                        fmt::format("{} is a kernel with two axes; the layer has {}.", pattern->title, axes.size()))};
    const auto kernel = pattern->kernel(axes[0].kernel, axes[1].kernel);
    if (!kernel)
        return {problem(LayerField::kernel, fmt::format("{} has no kernel of {}×{}; it has {}.", pattern->title,
                                                        axes[0].kernel, axes[1].kernel, pattern->sides))};
    arith::Tensor filled{(*tensor)->shape, {}};
    const Index cells = axes[0].kernel * axes[1].kernel, count = static_cast<Index>((*tensor)->values.size());
    filled.values.reserve(static_cast<std::size_t>(count));
    for (Index n = 0; n < count; ++n) filled.values.push_back(kernel->weights[static_cast<std::size_t>(n % cells)]);
    return take_planes(*tensor, std::move(filled), cells, wanted.plane);
}

}  // namespace convloom::state
