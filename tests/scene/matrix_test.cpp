// Layers as matrices and backward passes, compared with the recording, with each other and with finite differences.
#include <gtest/gtest.h>

#include "core/arith/compute/fast.hpp"
#include "core/arith/steps/gradient.hpp"
#include "core/arith/steps/unrolled.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::matrix_test {
namespace {

using namespace arith;

// The data are integers, so sums are exact in any order.
Recording recording_of(const Layer& layer) {
    return {layer, whole_numbers(input_shape(layer), 1), whole_numbers(weight_shape(layer), 2),
            layer.bias ? Shared<Tensor>(whole_numbers({layer.out_channels}, 3)) : Shared<Tensor>{}};
}

// Small direct and transposed layers, and some with channels, groups, other padding modes, unequal axes and rank 1.
std::vector<Layer> layers() {
    std::vector<Layer> all = small_layers();
    for (Layer layer : small_layers()) {
        layer.op = Op::transposed_convolution;
        for (Axis& axis : layer.axes) axis.output_padding = axis.stride > 1 ? 1 : 0;
        if (check(layer).empty()) all.push_back(layer);
    }
    Layer grouped = square_layer(4, 3, 1, 1, 1);
    grouped.in_channels = 4, grouped.out_channels = 6, grouped.groups = 2, grouped.bias = true;
    Layer sequence;
    sequence.axes = {{.size = 7, .kernel = 3, .stride = 2, .pad_before = 2, .pad_after = 1}};
    sequence.in_channels = 2, sequence.out_channels = 3;
    for (Layer layer : {grouped, sequence}) {
        all.push_back(layer);
        layer.flip = true;
        all.push_back(layer);
        for (PaddingMode mode : {PaddingMode::reflect, PaddingMode::replicate, PaddingMode::circular}) {
            layer.padding_mode = mode;
            all.push_back(layer);
        }
        layer.padding_mode = PaddingMode::zeros;
        layer.op = Op::transposed_convolution;
        all.push_back(layer);
    }
    return all;
}

TEST(Unrolled, MatrixTimesInputIsTheRecording) {
    for (const Layer& layer : layers()) {
        ASSERT_TRUE(check(layer).empty());
        const Recording recording = recording_of(layer);
        const std::vector<float> y = times(unrolled(recording), recording.input().values);
        for (Index n = 0; n < recording.step_count(); ++n)
            ASSERT_EQ(y[static_cast<std::size_t>(n)] + recording.bias(recording.step(n)),
                      recording.value(recording.step(n)))
                << name_of(layer.op) << " " << n;
    }
    Layer average = square_layer(5, 2, 2, 0, 1);
    average.op = Op::average_pooling;
    const Recording recording = recording_of(average);
    const std::vector<float> y = times(unrolled(recording), recording.input().values);
    for (Index n = 0; n < recording.step_count(); ++n)
        EXPECT_FLOAT_EQ(y[static_cast<std::size_t>(n)], recording.value(recording.step(n)));
}

// An entry has a weight exactly if the matrix has taps there; with a single tap the weight is the entry.
TEST(Unrolled, EntriesAreWeights) {
    for (const Layer& layer : layers()) {
        if (layer.axes[0].size > 4) continue;
        const Recording recording = recording_of(layer);
        const Unrolled matrix = unrolled(recording);
        const Extents e(layer);
        for (Index row = 0; row < matrix.rows; ++row)
            for (Index column = 0; column < matrix.columns; ++column) {
                const Index out = row / e.out_volume, in = column / e.in_volume;
                if (out / layer.group_out() != in / layer.group_in()) continue;
                const auto kernel = kernel_between(layer, cell_at(column % e.in_volume, e.in, layer.rank()),
                                                   cell_at(row % e.out_volume, e.out, layer.rank()));
                ASSERT_EQ(kernel.has_value(), matrix.taps_at(row, column) > 0);
                if (matrix.taps_at(row, column) != 1) continue;
                const Index first = layer.is_transposed() ? in : out,
                            second = layer.is_transposed() ? out % layer.group_out() : in % layer.group_in();
                ASSERT_EQ(recording.weight_value(first, second, *kernel), matrix.at(row, column));
            }
    }
}

// The same weights for a direct layer and the transposed layer that goes back from its output.
TEST(Unrolled, ATransposedLayersMatrixIsTheTranspose) {
    for (const Layer& layer : layers()) {
        if (layer.is_transposed() || layer.padding_mode != PaddingMode::zeros) continue;
        const Layer back = backward_layer(layer);
        if (!check(back).empty()) continue;
        const Tensor weight = whole_numbers(weight_shape(layer), 2);
        ASSERT_EQ(weight_shape(back), weight.shape);
        const Recording there(layer, whole_numbers(input_shape(layer), 1), weight,
                              layer.bias ? Shared<Tensor>(whole_numbers({layer.out_channels}, 3)) : Shared<Tensor>{});
        const Recording again(back, whole_numbers(input_shape(back), 1), weight);
        ASSERT_EQ(transposed(unrolled(there)).values, unrolled(again).values)
            << layer.axes[0].size << " " << layer.axes[0].kernel;
    }
}

TEST(Im2col, FiltersTimesColumnsIsTheRecording) {
    for (const Layer& layer : layers()) {
        const Recording recording = recording_of(layer);
        for (Index group = 0; group < layer.groups; ++group) {
            const Columns columns = columns_of(recording, group);
            for (Index channel = group * layer.group_out(); channel < (group + 1) * layer.group_out(); ++channel) {
                const std::vector<float> filter = filter_row(recording, channel);
                ASSERT_EQ(static_cast<Index>(filter.size()), columns.rows);
                for (Index column = 0; column < columns.columns; ++column) {
                    float sum = 0;
                    for (Index row = 0; row < columns.rows; ++row)
                        sum += filter[static_cast<std::size_t>(row)] * columns.values[columns.place(row, column)];
                    const Step step = recording.step(channel * columns.columns + column);
                    ASSERT_EQ(sum + recording.bias(step), recording.value(step)) << name_of(layer.op);
                }
            }
        }
    }
}

// The gradient is how much the loss Σ g·y, whose gradient by y is g, grows with each cell of the input and the weight.
TEST(Gradient, MatchesFiniteDifferences) {
    auto loss = [](const Layer& layer, const Tensor& input, const Tensor& weight, const Tensor& g) {
        const Tensor y = fast(layer, input, weight, nullptr);
        double sum = 0;
        for (std::size_t n = 0; n < y.values.size(); ++n) sum += static_cast<double>(g.values[n]) * y.values[n];
        return sum;
    };
    for (Layer layer : layers()) {
        if (layer.axes[0].size > 4 && layer.rank() == 2) continue;
        layer.bias = false;
        const Recording recording = recording_of(layer);
        const Tensor g = given_gradient(layer);
        const Gradients grown = gradients(recording, g);
        const double before = loss(layer, recording.input(), recording.weight(), g);
        // The loss is linear in each cell, so a step of 1 is exact.
        for (std::size_t n = 0; n < grown.input.values.size(); ++n) {
            Tensor input = recording.input();
            input.values[n] += 1;
            ASSERT_EQ(loss(layer, input, recording.weight(), g) - before, grown.input.values[n]) << name_of(layer.op);
        }
        for (std::size_t n = 0; n < grown.weight.values.size(); ++n) {
            Tensor weight = recording.weight();
            weight.values[n] += 1;
            ASSERT_EQ(loss(layer, recording.input(), weight, g) - before, grown.weight.values[n]) << name_of(layer.op);
        }
    }
}

TEST(Gradient, OfTheInputIsATransposedConvolution) {
    for (Layer layer : layers()) {
        layer.bias = false;
        if (layer.padding_mode != PaddingMode::zeros) continue;
        const Layer back = backward_layer(layer);
        if (!check(back).empty()) continue;
        const Recording recording = recording_of(layer);
        const Tensor g = given_gradient(layer);
        ASSERT_EQ(fast(back, g, recording.weight(), nullptr), gradients(recording, g).input);
    }
}

}  // namespace
}  // namespace convloom::tests::matrix_test
