// The fast implementation against the reference loops: identical bits on every small layer and every conformance case,
// with any number of threads.
#include "core/arith/compute/fast.hpp"

#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <thread>

#include "core/arith/compute/convolve.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/state/json/cases.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::fast_test {
namespace {

using namespace arith;

// Fractions, so that a different order of additions changes the result.
Tensor fractions(Shape shape, unsigned seed) {
    Tensor tensor = whole_numbers(std::move(shape), seed);
    for (std::size_t n = 0; n < tensor.values.size(); ++n)
        tensor.values[n] = tensor.values[n] / 7 + static_cast<float>(n % 13) / 31;
    return tensor;
}

void expect_same(const Layer& layer, const std::string& what) {
    if (!check(layer).empty()) return;
    const Tensor input = fractions(input_shape(layer), 1), weight = fractions(weight_shape(layer), 2),
                 bias = fractions({layer.out_channels}, 3);
    const Tensor* added = layer.bias ? &bias : nullptr;
    EXPECT_EQ(fast(layer, input, weight, added), reference(layer, input, weight, added)) << what;
}

Layer with(Op op, int rank, Index in, Index out, Index groups, const Axis& axis) {
    Layer layer;
    layer.op = op;
    layer.axes.assign(static_cast<std::size_t>(rank), axis);
    layer.in_channels = in;
    layer.out_channels = out;
    layer.groups = groups;
    layer.bias = out % 2 == 0;
    return layer;
}

TEST(Fast, EqualsTheReferenceOnEverySmallLayer) {
    for (Op op : {Op::convolution, Op::transposed_convolution})
        for (int rank : {1, 2})
            for (Index i : {1, 2, 5})
                for (Index k = 1; k <= 4; ++k)
                    for (Index s = 1; s <= 3; ++s)
                        for (Index p = 0; p <= 3; ++p)
                            for (Index d = 1; d <= 3; ++d)
                                for (auto [in, out, groups] : {std::array<Index, 3>{1, 1, 1}, {2, 6, 2}, {3, 5, 1}}) {
                                    Axis axis{i, k, s, p, p, d, 0};
                                    if (op == Op::transposed_convolution)
                                        axis.output_padding = (i + k) % std::max(s, d);
                                    expect_same(with(op, rank, in, out, groups, axis),
                                                fmt::format("rank {} i {} k {} s {} p {} d {} op {} channels {}", rank,
                                                            i, k, s, p, d, static_cast<int>(op), in));
                                }
}

TEST(Fast, EqualsTheReferenceOnUnevenAxesModesAndRank3) {
    unsigned seed = 11;
    auto random = [&](Index low, Index high) {
        seed = seed * 1664525u + 1013904223u;
        return low + static_cast<Index>((seed >> 8) % static_cast<unsigned>(high - low + 1));
    };
    for (int n = 0; n < 400; ++n) {
        Layer layer = with(n % 2 ? Op::convolution : Op::transposed_convolution, 1 + n % 3, 4, 4,
                           std::array<Index, 3>{1, 2, 4}[n / 3 % 3], {});
        for (Axis& axis : layer.axes) {
            axis = {random(1, 9), random(1, 4), random(1, 3), random(0, 2), random(0, 2), random(1, 2), 0};
            if (layer.is_transposed()) axis.output_padding = random(0, std::max(axis.stride, axis.dilation) - 1);
        }
        layer.axes.back().size += 30 * (n % 4);  // wider than a tile
        layer.flip = n % 5 == 0;
        if (!layer.is_transposed()) layer.padding_mode = static_cast<PaddingMode>(n % 6);
        if (layer.padding_mode == PaddingMode::constant) layer.padding_value = 0.75f;
        expect_same(layer, fmt::format("random layer {}", n));
    }
}

TEST(Fast, EqualsTheReferenceOnEveryCase) {
    int compared = 0;
    for (const auto& file : std::filesystem::directory_iterator(tests_folder() + "/conformance")) {
        if (file.path().extension() != ".json") continue;
        for (const state::Case& c : state::read_cases(read_file(file.path()))) {
            if (!c.error.empty()) continue;
            EXPECT_EQ(fast(c.layer, *c.inputs[0], *c.weight, c.bias.get()),
                      reference(c.layer, *c.inputs[0], *c.weight, c.bias.get()))
                << c.name;
            ++compared;
        }
    }
    EXPECT_GT(compared, 200);
}

TEST(Fast, IsTheSameWithSeveralThreads) {
    const Layer layer = with(Op::convolution, 2, 8, 12, 1, {20, 3, 1, 1, 1, 1, 0});
    const Tensor input = fractions(input_shape(layer), 1), weight = fractions(weight_shape(layer), 2),
                 bias = fractions({12}, 3);
    const Tensor one = fast(layer, input, weight, &bias);
    const Tensor two = fast(layer, input, weight, &bias, [](Index count, const std::function<void(Index)>& body) {
        std::thread other([&] {
            for (Index n = 0; n < count / 2; ++n) body(n);
        });
        for (Index n = count / 2; n < count; ++n) body(n);
        other.join();
    });
    EXPECT_EQ(one, two);
}

}  // namespace
}  // namespace convloom::tests::fast_test
