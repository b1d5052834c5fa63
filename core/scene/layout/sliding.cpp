#include "core/scene/layout/sliding.hpp"

#include <algorithm>

#include "core/arith/layer/output_size.hpp"
#include "core/arith/layer/relationship.hpp"
#include "core/arith/steps/window.hpp"

namespace convloom::scene {

SlidingAxis sliding_axis(const arith::Layer& layer, int number) {
    const arith::Axis& axis = layer.axes[number];
    auto as_int = [](arith::Index n) { return static_cast<int>(n); };
    SlidingAxis s;
    s.input = as_int(axis.size);
    s.kernel = as_int(axis.kernel);
    s.dilation = as_int(axis.dilation);
    s.output = as_int(arith::output_size(layer, number));
    if (layer.has_differing_windows()) {
        s.kernel = as_int(arith::largest_window(layer, number));
        if (layer.kind().gathers) s.dilation = as_int(arith::window_of(layer, number, 0).step);
        s.sized = layer;
        s.sized->axes = {axis};
        s.total = s.reached = s.input;
        return s;
    }
    const arith::Window first = arith::window_of(layer, number, 0), second = arith::window_of(layer, number, 1);
    s.spacing = as_int(first.spacing);
    s.step = as_int(second.begin - first.begin);
    // If padding crops, the first window begins inside the input.
    s.padding = -as_int(first.begin);
    s.before = std::max(s.padding, 0);
    s.first = s.before - s.padding;
    if (layer.is_transposed()) {
        const arith::EquivalentDirect direct = arith::equivalent_direct(axis);
        s.total = s.before + s.stretched() + std::max(as_int(direct.pad_after), 0);
        s.reached = s.total;
        return s;
    }
    // With ceil_mode the last window of a pooling may reach past the padding.
    const int end = s.window(s.output - 1) + s.extent();
    s.total = std::max(as_int(arith::padded_size(axis)), end);
    s.reached = end;
    return s;
}

double SlidingAxis::output_width() const {
    if (!sized) return step;
    if (sized->kind().gathers) return 1.0 / static_cast<double>(sized->axes[0].stride);
    if (sized->align_corners) return output > 1 ? (input - 1.0) / (output - 1.0) : input;
    return static_cast<double>(input) / output;
}

double SlidingAxis::output_place(arith::Index cell) const {
    if (!sized) return window(cell) + (extent() - step) / 2.0;
    if (sized->kind().gathers) return static_cast<double>(cell + sized->axes[0].pad_before) * output_width();
    const double corner = sized->align_corners ? (1 - output_width()) / 2 : 0;
    return (sized->align_corners && output == 1 ? 0 : corner) + static_cast<double>(cell) * output_width();
}

bool kernel_turned(const arith::Layer& layer) {
    return layer.has_weight() && layer.is_transposed() != layer.flip;
}

Sliding sliding(const arith::Layer& layer) {
    Sliding s;
    s.turned = kernel_turned(layer);
    s.rank = layer.rank();
    s.wide = sliding_axis(layer, s.rank - 1);
    if (s.rank == 2) {
        s.high = sliding_axis(layer, 0);
        return s;
    }
    // The window covers all channels at once.
    s.high.input = s.high.total = s.high.reached = static_cast<int>(layer.in_channels);
    s.high.kernel = static_cast<int>(layer.group_in());
    s.high.output = static_cast<int>(layer.out_channels);
    s.high.step = layer.mixes_channels() || layer.changes_channels() ? 0 : 1;
    return s;
}

Place Sliding::window(const arith::Step& step) const {
    if (rank == 1) return {high.window(step.channel), wide.window(step.output[0])};
    return {high.window(step.output[0]), wide.window(step.output[1])};
}

void Sliding::show(const arith::Step& step) {
    wide.show(step.output[rank - 1]);
    if (rank == 2) high.show(step.output[0]);
}

Place Sliding::output(const arith::Step& step) const {
    if (rank == 1) return {static_cast<int>(step.channel), static_cast<int>(step.output[0])};
    return {static_cast<int>(step.output[0]), static_cast<int>(step.output[1])};
}

Place Sliding::in_kernel(const arith::Step& step, const arith::Tap& tap) const {
    const Place from = window(step);
    const int row = rank == 1 ? static_cast<int>(tap.in_channel) : high.place(tap.at[0]);
    return {(row - from.row) / high.dilation, (wide.place(tap.at[rank - 1]) - from.column) / wide.dilation};
}

float Sliding::value(const arith::Recording& recording, Place at) const {
    if (recording.layer().is_transposed() && !on_input(at.row, at.column)) return 0;  // inserted zeros and padding
    // In a direct layer the spacing is 1, so a place in the padding is a cell outside the input.
    if (rank == 1) return recording.padded_value(at.row, {wide.cell(at.column), 0, 0});
    return recording.padded_value(0, {high.cell(at.row), wide.cell(at.column), 0});
}

float Sliding::weight(const arith::Recording& recording, const arith::Step& step, Place at) const {
    const bool transposed = recording.layer().is_transposed();
    const int column = turned ? wide.kernel - 1 - at.column : at.column;
    const arith::Index in = rank == 1 ? at.row : 0, out = step.channel;
    const int row = turned ? high.kernel - 1 - at.row : at.row;
    const arith::Cell cell = rank == 1 ? arith::Cell{column, 0, 0} : arith::Cell{row, column, 0};
    return transposed ? recording.weight_value(in, out, cell) : recording.weight_value(out, in, cell);
}

}  // namespace convloom::scene
