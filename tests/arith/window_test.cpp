// Window positions, compared with the plain loops, which do not use them. The cell that each kernel cell meets is read
// from the outputs for inputs and kernels that identify the cell.
#include "core/arith/steps/window.hpp"

#include <functional>

#include "core/arith/compute/convolve.hpp"
#include "core/arith/layer/output_size.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::window_test {
namespace {

using namespace arith;

// Every valid layer of rank 1 of a kind with small numbers. Rank 1 is enough because the axes are independent.
void for_small_layers(Op op, const std::function<void(const Layer&)>& visit) {
    if (kind_of(op).sized_windows) return for_small_sized_layers(op, 1, visit);
    const bool transposed = kind_of(op).transposed, pooling = kind_of(op).pooling;
    for (Index i = 1; i <= 6; ++i)
        for (Index k = 1; k <= 4; ++k)
            for (Index s = 1; s <= 3; ++s)
                for (Index before = 0; before <= 3; ++before)
                    for (Index after = 0; after <= 3; ++after)
                        for (Index d = 1; d <= 3; ++d)
                            for (Index more = 0; more <= (transposed ? 2 : 0); ++more)
                                for (const bool ceil : {false, true}) {
                                    if (ceil && !pooling) continue;
                                    Layer layer;
                                    layer.op = op;
                                    layer.ceil_mode = ceil;
                                    layer.axes = {{i, k, s, before, after, d, more}};
                                    if (check(layer).empty()) visit(layer);
                                }
}

// The input cell that kernel cell n meets in the window of an output cell; -1 for none.
Index source_of(const Layer& layer, Index output, Index n) {
    AxisTap tap;
    return window_of(layer, 0, output).tap(n, tap) && tap.has_source ? tap.source : -1;
}

// The input is 1, 2, 3 and so on, and one weight is 1, so each output is the number of the cell it meets.
int expect_convolution_agrees(const Layer& layer) {
    Tensor input{input_shape(layer), {}};
    for (Index n = 0; n < layer.axes[0].size; ++n) input.values.push_back(static_cast<float>(n + 1));
    for (Index n = 0; n < layer.axes[0].kernel; ++n) {
        Tensor weight{weight_shape(layer), std::vector<float>(static_cast<std::size_t>(layer.axes[0].kernel), 0.0f)};
        weight.values[static_cast<std::size_t>(layer.flip ? layer.axes[0].kernel - 1 - n : n)] = 1;
        const Tensor wanted = reference(layer, input, weight);
        for (std::size_t o = 0; o < wanted.values.size(); ++o)
            EXPECT_EQ(source_of(layer, static_cast<Index>(o), n) + 1, static_cast<Index>(wanted.values[o]));
    }
    return 1;
}

// One input cell is 1, so an output other than 0 has that cell in its window, once.
int expect_pooling_agrees(const Layer& layer) {
    for (Index cell = 0; cell < layer.axes[0].size; ++cell) {
        Tensor input{input_shape(layer), std::vector<float>(static_cast<std::size_t>(layer.axes[0].size), 0.0f)};
        input.values[static_cast<std::size_t>(cell)] = 1;
        const Tensor wanted = reference(layer, input, {{0}, {}});
        for (std::size_t o = 0; o < wanted.values.size(); ++o) {
            int meets = 0;
            for (Index n = 0; n < window_of(layer, 0, static_cast<Index>(o)).count; ++n)
                meets += source_of(layer, static_cast<Index>(o), n) == cell;
            EXPECT_EQ(meets, wanted.values[o] > 0 ? 1 : 0);
        }
    }
    return 1;
}

TEST(Window, MeetsTheSameCellsAsThePlainLoops) {
    int layers = 0;
    for (const Op op : ops())
        for_small_layers(op, [&](Layer layer) {
            if (layer.kind().gathers) return;  // its values depend on indices; unpooling_test.cpp
            if (::testing::Test::HasFailure()) return;
            if (!layer.has_weight()) {
                layers += expect_pooling_agrees(layer);
                return;
            }
            for (const bool flip : {false, true})
                for (const PaddingModeInfo& mode : padding_modes()) {
                    layer.flip = flip;
                    layer.padding_mode = mode.mode;
                    if (check(layer).empty()) layers += expect_convolution_agrees(layer);
                }
        });
    EXPECT_GT(layers, 10'000);
}

// The divisor of an average counts the input and, if requested, the padding, but nothing past it.
TEST(Window, CountsPaddingForAverages) {
    for_small_layers(Op::average_pooling, [&](Layer layer) {
        const Tensor ones{input_shape(layer), std::vector<float>(static_cast<std::size_t>(layer.axes[0].size), 1.0f)};
        const Tensor wanted = reference(layer, ones, {{0}, {}});
        for (std::size_t o = 0; o < wanted.values.size(); ++o) {
            const Window window = window_of(layer, 0, static_cast<Index>(o));
            float inside = 0, counted = 0;
            AxisTap tap;
            for (Index n = 0; n < window.count; ++n)
                if (window.tap(n, tap)) ++counted, inside += tap.padding ? 0 : 1;
            ASSERT_EQ(wanted.values[o], inside / counted);
        }
    });
}

TEST(Window, MatchesTheOrientationOfItsKernel) {
    for (const Op op : ops())
        for_small_layers(op, [&](const Layer& layer) {
            for (Index o = 0; o < output_size(layer, 0); ++o) {
                const Window window = window_of(layer, 0, o);
                AxisTap tap;
                for (Index n = 0; n < window.count; ++n) {
                    ASSERT_EQ(window.lies(window.lies(n)), n);
                    const bool meets = window.tap(n, tap);
                    // Cells that are met lie where the window says, and none before its first cell.
                    if (!meets) continue;
                    ASSERT_EQ(tap.at * window.spacing, window.begin + window.lies(n) * window.step);
                    ASSERT_GE(tap.at, window.first_cell());
                }
            }
        });
}

}  // namespace
}  // namespace convloom::tests::window_test
