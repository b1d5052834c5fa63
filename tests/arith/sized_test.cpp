// Layers whose windows follow from the sizes of input and output, and LP pooling: their windows, and what they compute
// in cases where another layer or a formula gives the same.
#include <cmath>

#include "core/arith/chain/cost.hpp"
#include "core/arith/compute/convolve.hpp"
#include "core/arith/layer/norm.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/arith/steps/recording.hpp"
#include "core/arith/steps/unrolled.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::sized_test {
namespace {

using namespace arith;

std::vector<Op> sized_ops() {
    std::vector<Op> found;
    for (const Op op : ops())
        if (kind_of(op).sized_windows) found.push_back(op);
    return found;
}

Layer row(Op op, Index size) {
    Layer layer;
    layer.op = op;
    layer.axes = {{.size = size}};
    return layer;
}

Tensor ramp(const Layer& layer) {
    Tensor tensor{input_shape(layer), {}};
    for (Index n = 0; n < *element_count(tensor.shape); ++n) tensor.values.push_back(static_cast<float>(n * n % 7 - n));
    return tensor;
}

TEST(Sized, AdaptiveWindowsCoverTheInputInOrder) {
    int layers = 0;
    for (const Op op : {Op::adaptive_average_pooling, Op::adaptive_max_pooling})
        for_small_sized_layers(op, 1, [&](const Layer& layer) {
            const Index i = layer.axes[0].size, o = output_size(layer, 0);
            Index end = 0;
            for (Index n = 0; n < o; ++n) {
                const Window window = window_of(layer, 0, n);
                ASSERT_GE(window.count, 1);
                ASSERT_LE(window.begin, end) << "no cell is left out";
                ASSERT_GE(window.begin, std::max<Index>(end - 1, 0)) << "neighbours share at most one cell";
                end = window.begin + window.count;
            }
            ASSERT_EQ(end, i);
            ++layers;
        });
    EXPECT_GT(layers, 300);
}

TEST(Sized, CountsTheCellsOfItsWindows) {
    for (const Op op : sized_ops())
        for_small_sized_layers(op, 1, [&](const Layer& layer) {
            Index most = 0, all = 0;
            for (Index n = 0; n < output_size(layer, 0); ++n) {
                const Window window = window_of(layer, 0, n);
                most = std::max(most, window.count);
                all += window.count;
                ASSERT_GE(window.begin, 0);
                ASSERT_LE(window.begin + window.count, layer.axes[0].size);
            }
            ASSERT_EQ(largest_window(layer, 0), most) << layer.axes[0].size << " to " << output_size(layer, 0);
            // For a linear upsampling that is a bound.
            if (op == Op::upsample_linear)
                ASSERT_GE(all_windows(layer, 0), all);
            else
                ASSERT_EQ(all_windows(layer, 0), all);
        });
}

TEST(Sized, AdaptivePoolingIsPlainPoolingWhereTheSizeIsAMultiple) {
    for (const auto& [adaptive, plain] : {std::pair{Op::adaptive_average_pooling, Op::average_pooling},
                                          std::pair{Op::adaptive_max_pooling, Op::max_pooling}})
        for (Index o = 1; o <= 4; ++o)
            for (Index k = 1; k <= 4; ++k) {
                Layer layer;
                layer.op = adaptive;
                layer.in_channels = layer.out_channels = 2;
                layer.axes = {{.size = o * k, .output_size = o}, {.size = (o + 1) * k, .output_size = o + 1}};
                Layer pool = layer;
                pool.op = plain;
                pool.axes = {{.size = o * k, .kernel = k, .stride = k},
                             {.size = (o + 1) * k, .kernel = k, .stride = k}};
                ASSERT_TRUE(check(layer).empty() && check(pool).empty());
                ASSERT_EQ(reference(layer, ramp(layer), {}), reference(pool, ramp(pool), {}));
                ASSERT_EQ(cost(layer).additions, cost(pool).additions);
            }
}

TEST(Sized, WithoutAnOutputSizeKeepsTheInput) {
    for (const Op op : sized_ops()) {
        const Layer layer = row(op, 7);
        ASSERT_TRUE(check(layer).empty());
        EXPECT_EQ(reference(layer, ramp(layer), {}).values, ramp(layer).values);
    }
}

TEST(Sized, ANearestUpsamplingRepeatsCells) {
    Layer layer = row(Op::upsample_nearest, 3);
    layer.axes[0].scale_factor = 3;
    EXPECT_EQ(reference(layer, {{1, 3}, {5, 7, 2}}, {}).values, (std::vector<float>{5, 5, 5, 7, 7, 7, 2, 2, 2}));
}

// The weights of a step add up to 1, and with kept corners a ramp stays one.
TEST(Sized, ALinearUpsamplingInterpolates) {
    for (const int rank : {1, 2})
        for_small_sized_layers(Op::upsample_linear, rank, [&](const Layer& layer) {
            Tensor input{input_shape(layer), {}};
            const Index columns = layer.axes.back().size;
            for (Index n = 0; n < *element_count(input.shape); ++n)
                input.values.push_back(static_cast<float>(n % columns));
            const Recording recording(layer, input, Tensor{});
            for (Index n = 0; n < recording.step_count(); ++n) {
                const Step step = recording.step(n);
                float sum = 0;
                recording.visit_taps(step, [&](const Tap& tap) {
                    sum += tap.w;
                    ASSERT_GT(tap.w, 0);
                });
                ASSERT_NEAR(sum, 1, 1e-6);
                const Index o = output_size(layer, rank - 1), at = step.output[rank - 1];
                if (layer.align_corners && o > 1) {
                    ASSERT_NEAR(recording.value(step),
                                static_cast<double>(at * (columns - 1)) / static_cast<double>(o - 1), 1e-5);
                }
            }
        });
}

// Known values: PyTorch's F.interpolate of 0, 1 by 2, and with align_corners.
TEST(Sized, CornersAreKeptOnlyIfAsked) {
    Layer layer = row(Op::upsample_linear, 2);
    layer.axes[0].scale_factor = 2;
    EXPECT_EQ(reference(layer, {{1, 2}, {0, 4}}, {}).values, (std::vector<float>{0, 1, 3, 4}));
    layer.align_corners = true;
    const std::vector<float> kept = reference(layer, {{1, 2}, {0, 3}}, {}).values;
    for (std::size_t n = 0; n < 4; ++n) EXPECT_NEAR(kept[n], static_cast<float>(n), 1e-6);
}

TEST(Sized, AnUpsamplingTakesAFactorOrASize) {
    Layer layer;
    layer.op = Op::upsample_nearest;
    layer.axes = {{.size = 3, .scale_factor = 2, .upsample_size = 5}, {.size = 3, .upsample_size = 5}};
    ASSERT_EQ(check(layer).size(), 1u);
    EXPECT_EQ(check(layer)[0].sentence,
              "The output size 5 and the scale factor 2 are both set; an upsampling takes one of them.");
    layer.axes[0].scale_factor = 1;
    EXPECT_TRUE(check(layer).empty());
    layer.axes[1].upsample_size = 0;
    EXPECT_EQ(check(layer)[0].sentence, "An upsampling takes an output size for every axis or for none.");
}

// The matrix of an upsampling or an adaptive average times the input is the output.
TEST(Sized, HaveAMatrix) {
    for (const Op op : {Op::adaptive_average_pooling, Op::upsample_nearest, Op::upsample_linear})
        for_small_sized_layers(op, 1, [&](const Layer& layer) {
            const Tensor input = ramp(layer);
            const std::vector<float> wanted = reference(layer, input, {}).values,
                                     got = times(unrolled(Recording(layer, input, Tensor{})), input.values);
            for (std::size_t n = 0; n < wanted.size(); ++n) ASSERT_NEAR(got[n], wanted[n], 1e-4);
        });
}

TEST(Norm, IsTheRootOfASumOfPowers) {
    Layer layer = row(Op::lp_pooling, 4);
    layer.axes[0].kernel = layer.axes[0].stride = 2;
    const Tensor input{{1, 4}, {3, -4, 1, 2}};
    EXPECT_EQ(reference(layer, input, {}).values, (std::vector<float>{5, std::sqrt(5.0f)}));
    layer.norm_type = 1;
    EXPECT_EQ(reference(layer, input, {}).values, (std::vector<float>{-1, 3}));
    layer.norm_type = 3;
    const std::vector<float> cube = reference(layer, input, {}).values;
    EXPECT_TRUE(std::isnan(cube[0])) << "27 - 64 has no root, as in PyTorch";
    EXPECT_NEAR(cube[1], std::cbrt(9.0), 1e-6);
}

TEST(Norm, PowersBySquaring) {
    for (Index p = 1; p <= 12; ++p) EXPECT_EQ(power(-3, p), static_cast<float>(std::pow(-3.0, p)));
    EXPECT_EQ(power(0.5f, max_field), 0);
    EXPECT_TRUE(std::isinf(power(2, max_field)));
}

// Windows in nothing but padding: a maximum is -infinity, an average 0 whether or not the padding counts.
TEST(Pooling, WindowsOfNothingButPaddingAreDefined) {
    Layer layer = row(Op::max_pooling, 2);
    layer.axes[0].kernel = 2;
    layer.axes[0].pad_before = layer.axes[0].pad_after = 3;
    ASSERT_TRUE(check(layer).empty());
    const Tensor input{{1, 2}, {-1, 3}};
    const float none = -std::numeric_limits<float>::infinity();
    const auto values = [&] {
        const Recording recording(layer, input, Tensor{});
        const Tensor wanted = reference(layer, input, {});
        for (Index n = 0; n < recording.step_count(); ++n)
            EXPECT_EQ(recording.value(recording.step(n)), wanted.values[static_cast<std::size_t>(n)]);
        return wanted.values;
    };
    EXPECT_EQ(values(), (std::vector<float>{none, none, -1, 3, 3, none, none}));
    layer.op = Op::average_pooling;
    EXPECT_EQ(values(), (std::vector<float>{0, 0, -0.5f, 1, 1.5f, 0, 0}));
    layer.count_include_pad = false;
    EXPECT_EQ(values(), (std::vector<float>{0, 0, -1, 1, 3, 0, 0}));
}

}  // namespace
}  // namespace convloom::tests::sized_test
