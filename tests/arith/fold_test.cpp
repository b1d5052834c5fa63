// Unfold and fold: the law that a fold of an unfold counts the windows over each cell, the recording against the plain
// loop, and what they equal among convolutions.
#include <functional>

#include "core/arith/compute/convolve.hpp"
#include "core/arith/compute/fast.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/arith/steps/listed_taps.hpp"
#include "core/arith/steps/unrolled.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::fold_test {
namespace {

using namespace arith;

void for_small_unfolds(const std::function<void(const Layer&)>& visit) {
    for (Index i = 1; i <= 5; ++i)
        for (Index k = 1; k <= 3; ++k)
            for (Index s = 1; s <= 3; ++s)
                for (Index p = 0; p <= 2; ++p)
                    for (Index d = 1; d <= 3; ++d)
                        for (const Index channels : {1, 2}) {
                            Layer layer;
                            layer.op = Op::unfold;
                            layer.axes = {{i, k, s, p, p, d}, {i + 1, std::min<Index>(k, 2), s, p, p, d}};
                            layer.in_channels = channels;
                            layer.out_channels = layer.out_channels_for(channels);
                            if (check(layer).empty()) visit(layer);
                        }
}

// The fold that takes what an unfold gives and restores its input's size.
Layer fold_of(const Layer& unfold) {
    Layer layer = unfold;
    layer.op = Op::fold;
    layer.in_channels = unfold.out_channels;
    layer.out_channels = unfold.in_channels;
    for (int a = 0; a < 2; ++a) {
        layer.axes[a].size = output_size(unfold, a);
        layer.axes[a].restored_size = unfold.axes[a].size;
    }
    return layer;
}

TEST(Fold, OfAnUnfoldIsTheInputTimesTheWindowsOverEachCell) {
    int layers = 0;
    for_small_unfolds([&](const Layer& unfold_layer) {
        const Layer fold_layer = fold_of(unfold_layer);
        ASSERT_TRUE(check(fold_layer).empty()) << check(fold_layer).front().sentence;
        const Tensor input = whole_numbers(input_shape(unfold_layer), 3);
        const Tensor columns = reference(unfold_layer, input, {{0}, {}}),
                     back = reference(fold_layer, columns, {{0}, {}});
        ASSERT_EQ(back.shape, input.shape);
        const Recording recording(fold_layer, columns, Tensor{{0}, {}});
        for (Index n = 0; n < recording.step_count(); ++n) {
            const Step step = recording.step(n);
            // Counted from the definition: along each axis, the places and kernel cells that meet the cell.
            Index windows = 1;
            for (int a = 0; a < 2; ++a) {
                const Axis& axis = unfold_layer.axes[a];
                Index along = 0;
                for (Index place = 0; place < output_size(unfold_layer, a); ++place)
                    for (Index k = 0; k < axis.kernel; ++k)
                        along += place * axis.stride - axis.pad_before + k * axis.dilation == step.output[a];
                windows *= along;
            }
            ASSERT_EQ(recording.tap_count(step), windows);
            const auto at = static_cast<std::size_t>(n);
            ASSERT_EQ(back.values[at], static_cast<float>(windows) * input.values[at]);
        }
        ++layers;
    });
    EXPECT_GT(layers, 200);
}

TEST(Fold, RecordingsAreThePlainLoops) {
    for_small_unfolds([&](const Layer& unfold_layer) {
        for (const Layer& layer : {unfold_layer, fold_of(unfold_layer)}) {
            const Tensor input = whole_numbers(input_shape(layer), 5);
            const Tensor wanted = reference(layer, input, {{0}, {}});
            ASSERT_EQ(fast(layer, input, {{0}, {}}), wanted);
            const Recording recording(layer, input, Tensor{{0}, {}});
            ASSERT_EQ(times(unrolled(recording), input.values), wanted.values);
            Index all = 0;
            for (Index n = 0; n < recording.step_count(); ++n) {
                const Step step = recording.step(n);
                ASSERT_EQ(recording.value(step), wanted.values[static_cast<std::size_t>(n)]);
                const std::vector<Tap> taps = recording.taps(step);
                ASSERT_EQ(static_cast<Index>(taps.size()), recording.tap_count(step));
                ASSERT_EQ(recording.taps_before(n), all);
                all += recording.tap_count(step);
                // Every tap lies in the window along each axis.
                for (const Tap& tap : taps)
                    for (int a = 0; a < 2; ++a) {
                        const Window window = window_of(layer, a, step.output[a]);
                        ASSERT_LE(window.count, largest_window(layer, a));
                        const Index from = tap.at[a] - window.begin;
                        ASSERT_TRUE(from >= 0 && from % window.step == 0 && from / window.step < window.count);
                    }
            }
            ASSERT_EQ(recording.all_tap_count(), all);
        }
    });
}

// A convolution is its filters times the columns of an unfold.
TEST(Fold, AnUnfoldGivesTheColumnsOfIm2col) {
    for_small_unfolds([&](const Layer& unfold_layer) {
        Layer plain = unfold_layer;
        plain.op = Op::convolution;
        plain.out_channels = 1;
        const Tensor input = whole_numbers(input_shape(plain), 7);
        const Recording recording(plain, input, whole_numbers(weight_shape(plain), 9));
        ASSERT_EQ(reference(unfold_layer, input, {{0}, {}}).values, columns_of(recording, 0).values);
    });
}

TEST(Fold, RefusesWhatDoesNotFit) {
    const auto first = [](const Layer& layer) {
        const auto problems = check(layer);
        return problems.empty() ? "" : problems.front().sentence;
    };
    Layer layer;
    layer.op = Op::fold;
    layer.axes = {{.size = 3, .kernel = 2}, {.size = 3, .kernel = 2}};
    layer.in_channels = 6;
    EXPECT_EQ(first(layer),
              "in_channels is 6, but a fold takes 4 channels for each output channel, one a cell of the window.");
    layer.in_channels = 4;
    EXPECT_EQ(first(layer), "");
    EXPECT_EQ(output_shape(layer), (Shape{1, 4, 4}));
    for (Axis& axis : layer.axes) axis.restored_size = 6;
    EXPECT_EQ(first(layer), "An output of 6 has 5 windows of 2 cells, but the input has 3 along this axis.");
    layer.op = Op::unfold;
    for (Axis& axis : layer.axes) axis.restored_size = 0;
    layer.in_channels = layer.out_channels = 2;
    EXPECT_EQ(first(layer), "out_channels is 2, but 2 channels with windows of 4 cells give 8.");
}

}  // namespace
}  // namespace convloom::tests::fold_test
