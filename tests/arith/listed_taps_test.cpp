// Layers that list their taps: the recording against the plain loop, and what they equal where their second tensor has
// no effect or a simple one.
#include "core/arith/steps/listed_taps.hpp"

#include <fmt/format.h>

#include <cmath>
#include <functional>

#include "core/arith/compute/convolve.hpp"
#include "core/arith/compute/fast.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::listed_taps_test {
namespace {

using namespace arith;

Layer layer_of(Op op, Index i, Index k, Index s, Index p, Index d) {
    Layer layer;
    layer.op = op;
    layer.axes = {{i, k, s, p, p, d}, {i + 1, k, s, p, p, d}};
    return layer;
}

// Every small valid layer of one channel, then one of several channels and groups.
void for_small_layers(Op op, const std::function<void(const Layer&)>& visit) {
    for (Index i = 1; i <= 4; ++i)
        for (Index k = 1; k <= 3; ++k)
            for (Index s = 1; s <= 2; ++s)
                for (Index p = 0; p <= 2; ++p)
                    for (Index d = 1; d <= 2; ++d)
                        for (const bool other : {false, true}) {
                            Layer layer = layer_of(op, i, k, s, p, d);
                            if (op == Op::deformable_convolution)
                                layer.modulated = other;
                            else
                                layer.count_include_pad = other;
                            if (!check(layer).empty()) continue;
                            visit(layer);
                            layer.in_channels = 4;
                            layer.out_channels = 2;
                            layer.groups = 2;
                            layer.bias = true;
                            if (op == Op::deformable_convolution) layer.offset_groups = 4;
                            visit(layer);
                        }
}

// Numbers in quarters, or zeros and ones for a mask of a partial convolution.
SideTensors sides_for(const Layer& layer, unsigned seed) {
    SideTensors sides;
    std::size_t n = 0;
    for (const SideTensor& side : side_tensors(layer)) {
        Tensor tensor = whole_numbers(side.shape, seed + static_cast<unsigned>(n));
        for (float& value : tensor.values)
            value = layer.op == Op::partial_convolution ? (value > -2 ? 1.0f : 0.0f) : value * 0.75f;
        sides[n++] = std::move(tensor);
    }
    return sides;
}

struct Data {
    Tensor input, weight, bias;
    explicit Data(const Layer& layer)
        : input(whole_numbers(input_shape(layer), 1)), weight(whole_numbers(weight_shape(layer), 2)),
          bias(whole_numbers({layer.out_channels}, 3)) {}
};

constexpr Op both[] = {Op::deformable_convolution, Op::partial_convolution};

TEST(ListedTaps, RecordingIsThePlainLoop) {
    unsigned seed = 1;
    int layers = 0;
    for (const Op op : both)
        for_small_layers(op, [&](const Layer& layer) {
            const Data data(layer);
            const Tensor* bias = layer.bias ? &data.bias : nullptr;
            const SideTensors sides = sides_for(layer, seed += 7);
            const Tensor wanted = reference(layer, data.input, data.weight, bias, sides);
            ASSERT_EQ(fast(layer, data.input, data.weight, bias, {}, sides), wanted);
            const Recording recording(layer, data.input, data.weight, bias ? Shared<Tensor>(*bias) : Shared<Tensor>(),
                                      sides);
            Index all = 0;
            for (Index n = 0; n < recording.step_count(); ++n) {
                const Step step = recording.step(n);
                ASSERT_EQ(recording.value(step), wanted.values[static_cast<std::size_t>(n)]);
                ASSERT_EQ(static_cast<Index>(recording.taps(step).size()), recording.tap_count(step));
                all += recording.tap_count(step);
            }
            ASSERT_EQ(recording.all_tap_count(), all);
            ++layers;
        });
    EXPECT_GT(layers, 200);
}

// Without effect, or without the tensor at all, the layer is the plain one to the last bit.
TEST(ListedTaps, ZeroOffsetsAndFullMasksAreThePlainLayer) {
    for (const Op op : both)
        for_small_layers(op, [&](const Layer& layer) {
            const Axis& axis = layer.axes[0];
            // A partial convolution counts the padding as holes, unless it is told not to; and a window that lies in
            // the padding altogether has no valid cell.
            if (op == Op::partial_convolution && axis.pad_before > 0 &&
                (layer.count_include_pad || axis.pad_before >= axis.kernel || axis.dilation > 1))
                return;
            Layer plain = layer;
            plain.op = Op::convolution;
            plain.modulated = false;
            plain.count_include_pad = true;
            plain.offset_groups = 1;
            const Data data(layer);
            const Tensor* bias = layer.bias ? &data.bias : nullptr;
            SideTensors neutral;
            std::size_t n = 0;
            for (const SideTensor& side : side_tensors(layer))
                neutral[n++] =
                    Tensor{side.shape, std::vector<float>(static_cast<std::size_t>(*element_count(side.shape)),
                                                          std::string(side.name.key) == "mask" ? 1.0f : 0.0f)};
            const Tensor wanted = reference(plain, data.input, data.weight, bias);
            ASSERT_EQ(reference(layer, data.input, data.weight, bias, neutral), wanted);
            ASSERT_EQ(reference(layer, data.input, data.weight, bias), wanted);
        });
}

// With whole offsets every tap reads one cell, or 0 outside.
TEST(ListedTaps, WholeOffsetsAreAGather) {
    for_small_layers(Op::deformable_convolution, [](const Layer& layer) {
        if (layer.in_channels > 1 || layer.modulated) return;
        const Data data(layer);
        const Extents e(layer);
        SideTensors sides;
        sides[0] = whole_numbers(side_tensors(layer)[0].shape, 11);
        const Tensor output = reference(layer, data.input, data.weight, nullptr, sides);
        for (Index o = 0; o < e.out_volume; ++o) {
            float sum = 0;
            for (Index k = 0; k < e.kernel_volume; ++k) {
                const Cell cell = cell_at(k, e.kernel, 2), out = cell_at(o, e.out, 2);
                Index at[2];
                for (int a = 0; a < 2; ++a)
                    at[a] =
                        out[a] * layer.axes[a].stride - layer.axes[a].pad_before + cell[a] * layer.axes[a].dilation +
                        static_cast<Index>(sides[0]->values[static_cast<std::size_t>((2 * k + a) * e.out_volume + o)]);
                if (at[0] < 0 || at[1] < 0 || at[0] >= e.in[0] || at[1] >= e.in[1]) continue;
                sum += data.input.values[static_cast<std::size_t>(at[0] * e.in[1] + at[1])] *
                       data.weight.values[static_cast<std::size_t>(k)];
            }
            ASSERT_EQ(output.values[static_cast<std::size_t>(o)], sum);
        }
    });
}

TEST(ListedTaps, NeighboursShareTheSampleByArea) {
    Layer layer = layer_of(Op::deformable_convolution, 4, 3, 1, 1, 1);
    const SideTensors sides = sides_for(layer, 5);
    const Data data(layer);
    const Recording recording(layer, data.input, data.weight, {}, sides);
    for (Index n = 0; n < recording.step_count(); ++n) {
        const Step step = recording.step(n);
        recording.visit_taps(step, [&](const Tap& tap) {
            const Sample sample = sample_of(recording, step, tap);
            if (sample.outside) {
                EXPECT_EQ(tap.x, 0);
                return;
            }
            float sum = 0, weights = 0;
            for (const Sample::Neighbour& one : sample.neighbours) {
                weights += one.weight;
                sum += one.weight * one.value;
                // The overlap of the square of a cell around the sample with the neighbour.
                const float down = 1 - std::abs(sample.row - static_cast<float>(one.at[0])),
                            right = 1 - std::abs(sample.column - static_cast<float>(one.at[1]));
                EXPECT_EQ(one.weight, down * right);
            }
            EXPECT_EQ(weights, 1);
            EXPECT_EQ(sum, tap.x);
        });
    }
}

TEST(ListedTaps, HolesShrink) {
    Layer layer = layer_of(Op::partial_convolution, 6, 3, 1, 0, 1);
    layer.bias = true;
    Tensor mask{{1, 6, 7}, std::vector<float>(42, 1.0f)};
    for (int r = 1; r <= 4; ++r)
        for (int c = 1; c <= 3; ++c) mask.values[static_cast<std::size_t>(r * 7 + c)] = 0;
    const Data data(layer);
    const SideTensors sides{Shared<Tensor>(mask), {}};
    const Tensor output = reference(layer, data.input, data.weight, &data.bias, sides),
                 updated = updated_mask(layer, sides);
    EXPECT_EQ(updated.shape, (Shape{1, 4, 5}));
    int holes = 0;
    for (std::size_t n = 0; n < updated.values.size(); ++n)
        if (updated.values[n] == 0) {
            ++holes;
            EXPECT_EQ(output.values[n], 0) << "without the bias";
        }
    EXPECT_EQ(holes, 2) << "of twelve";
}

TEST(ListedTaps, NumbersThatAreNoPlaceAreOutside) {
    Layer layer = layer_of(Op::deformable_convolution, 3, 1, 1, 0, 1);
    const Data data(layer);
    for (const float far : {1e30f, -1e30f, std::nanf("")}) {
        SideTensors sides;
        sides[0] = Tensor{side_tensors(layer)[0].shape, std::vector<float>(24, far)};
        for (const float value : reference(layer, data.input, data.weight, nullptr, sides).values) EXPECT_EQ(value, 0);
        EXPECT_EQ(Recording(layer, data.input, data.weight, {}, sides).taps({}).front().x, 0);
    }
}

TEST(ListedTaps, AreOfRank2) {
    for (const Op op : both) {
        Layer layer = layer_of(op, 5, 3, 1, 0, 1);
        layer.axes.pop_back();
        ASSERT_EQ(check(layer).size(), 1u);
        EXPECT_EQ(check(layer)[0].sentence, fmt::format("A {} has 2 spatial axes here, not 1.", name_of(op)));
    }
    Layer layer = layer_of(Op::deformable_convolution, 5, 3, 1, 0, 1);
    layer.in_channels = 3;
    layer.offset_groups = 2;
    ASSERT_EQ(check(layer).size(), 1u);
    EXPECT_EQ(check(layer)[0].sentence, "in_channels is 3, which is not divisible by offset_groups 2.");
}

}  // namespace
}  // namespace convloom::tests::listed_taps_test
