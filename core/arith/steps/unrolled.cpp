#include "core/arith/steps/unrolled.hpp"

namespace convloom::arith {

Unrolled unrolled(const Recording& recording) {
    const Extents extents(recording.layer());
    Unrolled m;
    m.rows = recording.step_count();
    m.columns = recording.layer().in_channels * extents.in_volume;
    m.values.resize(static_cast<std::size_t>(m.rows * m.columns));
    m.taps.resize(m.values.size());
    for (Index row = 0; row < m.rows; ++row) {
        const Step step = recording.step(row);
        const float divisor = recording.divisor(step);
        recording.visit_taps(step, [&](const Tap& tap) {
            if (!tap.has_source) return;
            const Index column =
                tap.in_channel * extents.in_volume + index_of(tap.source, extents.in, recording.layer().rank());
            const auto place = static_cast<std::size_t>(row * m.columns + column);
            m.values[place] += tap.w / divisor;
            ++m.taps[place];
        });
    }
    return m;
}

std::vector<float> times(const Unrolled& matrix, const std::vector<float>& x) {
    std::vector<float> y(static_cast<std::size_t>(matrix.rows));
    for (Index row = 0; row < matrix.rows; ++row) {
        float sum = 0;
        for (Index column = 0; column < matrix.columns; ++column)
            sum += matrix.at(row, column) * x[static_cast<std::size_t>(column)];
        y[static_cast<std::size_t>(row)] = sum;
    }
    return y;
}

Unrolled transposed(const Unrolled& matrix) {
    Unrolled t{matrix.columns, matrix.rows, {}, {}};
    for (Index row = 0; row < t.rows; ++row)
        for (Index column = 0; column < t.columns; ++column) {
            t.values.push_back(matrix.at(column, row));
            t.taps.push_back(matrix.taps_at(column, row));
        }
    return t;
}

// The kernel lies rotated for a transposed layer or a true convolution, but not for both together.
Cell kernel_lying_at(const Layer& layer, Cell lies) {
    if (layer.is_transposed() != layer.flip)
        for (int a = 0; a < layer.rank(); ++a) lies[a] = layer.axes[a].kernel - 1 - lies[a];
    return lies;
}

namespace {

// The input cell under a kernel cell as it lies; returns false outside the input and between spaced cells.
bool falls_on(const Layer& layer, int axis, Index output, Index lies, Index& at) {
    const Window window = window_of(layer, axis, output);
    AxisTap tap;
    const bool meets = window.tap(window.lies(lies), tap);
    at = tap.at;
    return meets && !tap.padding;
}

}  // namespace

Columns columns_of(const Recording& recording, Index group) {
    const Layer& layer = recording.layer();
    const Extents extents(layer);
    const Index channels = layer.group_in();
    Columns c;
    c.rows = channels * extents.kernel_volume;
    c.columns = extents.out_volume;
    for (Index row = 0; row < c.rows; ++row) {
        const Index channel = group * channels + row / extents.kernel_volume;
        const Cell lies = cell_at(row % extents.kernel_volume, extents.kernel, layer.rank());
        for (Index column = 0; column < c.columns; ++column) {
            const Cell output = cell_at(column, extents.out, layer.rank());
            Cell at{};
            bool on_input = true;
            for (int a = 0; a < layer.rank(); ++a) on_input &= falls_on(layer, a, output[a], lies[a], at[a]);
            c.values.push_back(on_input                ? recording.input_value(channel, at)
                               : layer.is_transposed() ? 0
                                                       : recording.padded_value(channel, at));
            c.at.push_back(at);
            c.on_input.push_back(on_input);
        }
    }
    return c;
}

std::optional<Cell> kernel_between(const Layer& layer, const Cell& input, const Cell& output) {
    Cell kernel{};
    for (int a = 0; a < layer.rank(); ++a) {
        const Window window = window_of(layer, a, output[a]);
        Index lies = 0;
        AxisTap tap;
        for (; lies < window.count; ++lies)
            if (window.tap(window.lies(lies), tap) && tap.has_source && tap.source == input[a]) break;
        if (lies == window.count) return std::nullopt;
        kernel[a] = lies;
    }
    return kernel_lying_at(layer, kernel);
}

std::vector<float> filter_row(const Recording& recording, Index out_channel) {
    const Layer& layer = recording.layer();
    const Extents extents(layer);
    std::vector<float> row;
    for (Index n = 0; n < layer.group_in() * extents.kernel_volume; ++n) {
        const Index in = n / extents.kernel_volume;
        const Cell cell = kernel_lying_at(layer, cell_at(n % extents.kernel_volume, extents.kernel, layer.rank()));
        row.push_back(layer.is_transposed() ? recording.weight_value(layer.first_in_channel(out_channel) + in,
                                                                     out_channel % layer.group_out(), cell)
                                            : recording.weight_value(out_channel, in, cell));
    }
    return row;
}

}  // namespace convloom::arith
