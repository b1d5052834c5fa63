#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/arith/layer/counts.hpp"
#include "core/state/data/patterns.hpp"
#include "core/state/data/side_patterns.hpp"
#include "core/state/model/pool_indices.hpp"
#include "core/state/update/groups.hpp"
#include "core/state/update/stages.hpp"

namespace convloom::state {
namespace {

using arith::Index;
using arith::LayerField;

// Sets the extent of the axes from a table's rows and columns. A layer of rank 1 has no rows of its own.
void set_extent(arith::Layer& layer, Index arith::Axis::*member, Index rows, Index columns) {
    const int rank = layer.rank();
    layer.axes[rank - 1].*member = columns;
    if (rank > 1) layer.axes[rank - 2].*member = rows;
}

Problems no_tensor(TensorName name) {
    return refused(LayerField::kernel, side_number(name) >= 0     ? "This layer takes no such tensor beside its input."
                                       : name == TensorName::bias ? "This layer has no bias."
                                                                  : "Only a convolution has weights.");
}

// Returns no problem if the plane exists.
Problems check_plane(Index plane, Index planes) {
    if (plane >= 0 && plane < planes) return {};
    return refused(
        LayerField::channels,
        arith::counting({{planes, "plane"}}, "There is no plane {}; the tensor has {} planes.", plane, planes));
}

// Copies the values of `filled` to one plane of the tensor or to all planes.
Problems take_planes(arith::Shared<arith::Tensor>& tensor, arith::Tensor filled, Index cells, Index plane) {
    if (plane == every_plane) return tensor = std::move(filled), Problems{};
    const Index planes = static_cast<Index>(filled.values.size()) / cells;
    if (Problems problems = check_plane(plane, planes); !problems.empty()) return problems;
    arith::Tensor changed = *tensor;
    std::copy_n(filled.values.begin() + plane * cells, cells, changed.values.begin() + plane * cells);
    tensor = std::move(changed);
    return {};
}

struct DataUpdate {
    State& state;

    // Indices that follow from an earlier layer cannot be set.
    Problems indices_of_pool() const {
        const int pool = pool_of(state.stages, state.shown);
        if (state.layer().op != arith::Op::max_unpooling || pool < 0) return {};
        return refused(LayerField::size,
                       fmt::format("These indices are those of the maxima that layer {} finds.", pool + 1));
    }

    Problems operator()(const SetCells& wanted) const {
        arith::Shared<arith::Tensor>* tensor = tensor_of(state, wanted.tensor);
        if (!tensor) return no_tensor(wanted.tensor);
        arith::Tensor changed = **tensor;
        for (const CellValue& cell : wanted.cells) {
            if (cell.at < 0 || cell.at >= static_cast<Index>(changed.values.size()))
                return refused(LayerField::size,
                               fmt::format("There is no cell {} in {}.", cell.at, arith::to_text(changed.shape)));
            if (!std::isfinite(cell.value)) return refused(LayerField::size, "A cell takes a finite number.");
            changed.values[cell.at] = cell.value;
        }
        if (side_number(wanted.tensor) >= 0) {
            if (Problems problems = indices_of_pool(); !problems.empty()) return problems;
            if (std::string why = arith::side_problem(state.layer(), changed); !why.empty())
                return refused(LayerField::size, std::move(why));
        }
        *tensor = std::move(changed);
        return {};
    }

    Problems operator()(const SetTable& wanted) const {
        if (wanted.tensor == TensorName::bias || !tensor_of(state, wanted.tensor)) return no_tensor(wanted.tensor);
        if (wanted.rows < 1 || wanted.columns < 1 ||
            static_cast<Index>(wanted.values.size()) != wanted.rows * wanted.columns)
            return refused(LayerField::size, "The table has no cells.");
        if (side_number(wanted.tensor) >= 0) return set_side_plane(wanted);
        std::vector<Stage> stages = state.stages;
        const bool input = wanted.tensor == TensorName::input;
        arith::Layer& layer = input ? stages.front().layer : stages[state.shown].layer;
        if (layer.rank() == 1 && wanted.rows != 1)
            return refused(LayerField::size,
                           fmt::format("A layer of rank 1 takes one row of numbers, not {}.", wanted.rows));
        set_extent(layer, input ? &arith::Axis::size : &arith::Axis::kernel, wanted.rows, wanted.columns);
        State changed = state;
        if (Problems problems = take_stages(changed, std::move(stages)); !problems.empty()) return problems;
        const Index planes =
            static_cast<Index>((*tensor_of(changed, wanted.tensor))->values.size()) / (wanted.rows * wanted.columns);
        if (Problems problems = check_plane(wanted.plane, planes); !problems.empty()) return problems;
        SetCells cells{wanted.tensor, {}};
        for (std::size_t n = 0; n < wanted.values.size(); ++n)
            cells.cells.push_back(
                {wanted.plane * wanted.rows * wanted.columns + static_cast<Index>(n), wanted.values[n]});
        Problems problems = DataUpdate{changed}(cells);
        if (problems.empty()) state = std::move(changed);
        return problems;
    }

    Problems set_side_plane(const SetTable& wanted) const {
        const arith::Shape& shape = (*tensor_of(state, wanted.tensor))->shape;
        const Index rows = shape.size() > 2 ? shape[shape.size() - 2] : 1, columns = shape.back();
        if (wanted.rows != rows || wanted.columns != columns)
            return refused(LayerField::size,
                           fmt::format("The table has {}×{} numbers; a plane of this tensor has {}×{}.", wanted.rows,
                                       wanted.columns, rows, columns));
        const Index planes = *arith::element_count(shape) / (rows * columns);
        if (Problems problems = check_plane(wanted.plane, planes); !problems.empty()) return problems;
        SetCells cells{wanted.tensor, {}};
        for (std::size_t n = 0; n < wanted.values.size(); ++n)
            cells.cells.push_back({wanted.plane * rows * columns + static_cast<Index>(n), wanted.values[n]});
        return (*this)(cells);
    }

    Problems operator()(const FillPattern& wanted) const {
        arith::Shared<arith::Tensor>* tensor = tensor_of(state, wanted.tensor);
        if (!tensor) return no_tensor(wanted.tensor);
        const arith::Shape& shape = (*tensor)->shape;
        const int rank = state.layer().rank();
        const Index cells = rank > 1 && shape.size() > 2 ? shape.back() * shape[shape.size() - 2] : shape.back();
        const int side = side_number(wanted.tensor);
        if (side >= 0)
            if (Problems problems = indices_of_pool(); !problems.empty()) return problems;
        return take_planes(
            *tensor,
            side < 0 ? patterned(shape, rank, wanted.pattern, wanted.seed)
                     : patterned_side(state.layer(), static_cast<std::size_t>(side), wanted.pattern, wanted.seed),
            cells, wanted.plane);
    }

    Problems operator()(const FillKernel& wanted) const {
        arith::Shared<arith::Tensor>* tensor = tensor_of(state, TensorName::weight);
        if (!tensor) return no_tensor(TensorName::weight);
        const auto& axes = state.layer().axes;
        const KernelPattern* pattern = kernel_pattern_named(wanted.filter);
        if (!pattern)
            return refused(LayerField::kernel,
                           fmt::format("There is no kernel “{}” among the patterns.", wanted.filter));
        if (axes.size() != 2)
            return refused(LayerField::kernel,
                           fmt::format("{} is a kernel with two axes; the layer has {}.", pattern->title, axes.size()));
        const auto kernel = pattern->kernel(axes[0].kernel, axes[1].kernel);
        if (!kernel)
            return refused(LayerField::kernel, fmt::format("{} has no kernel of {}×{}; it has {}.", pattern->title,
                                                           axes[0].kernel, axes[1].kernel, pattern->sides));
        arith::Tensor filled{(*tensor)->shape, {}};
        const Index cells = axes[0].kernel * axes[1].kernel, count = static_cast<Index>((*tensor)->values.size());
        filled.values.reserve(static_cast<std::size_t>(count));
        for (Index n = 0; n < count; ++n) filled.values.push_back(kernel->weights[static_cast<std::size_t>(n % cells)]);
        return take_planes(*tensor, std::move(filled), cells, wanted.plane);
    }
};

}  // namespace

Problems carry_out(State& state, const DataAction& action) {
    return std::visit(DataUpdate{state}, action);
}

}  // namespace convloom::state
