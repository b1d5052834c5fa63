// Properties of the arithmetic, checked on all small layers.
#include "core/arith/compute/convolve.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/arith/steps/recording.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::arith_test {
namespace {

using namespace arith;

TEST(OutputSize, IsTheNumberOfWindowsThatFit) {
    for (const Layer& layer : small_layers()) {
        const Axis& axis = layer.axes[0];
        Index windows = 0;
        for (Index at = 0; at + kernel_extent(axis) <= padded_size(axis); at += axis.stride) ++windows;
        EXPECT_EQ(output_size(axis), windows);
        // The rest after the last window is shorter than a stride.
        const Index reached = (windows - 1) * axis.stride + kernel_extent(axis);
        EXPECT_EQ(unused_cells(axis), padded_size(axis) - reached);
    }
}

TEST(OutputSize, FormulaContainsItsNumbers) {
    EXPECT_EQ(output_size_formula({5, 3, 2, 1, 1, 2}), "floor((5 + 2·1 - 2·(3-1) - 1) / 2) + 1 = 2");
    EXPECT_EQ(output_size_formula({5, 2, 1, 0, 1, 1}), "floor((5 + 0 + 1 - 1·(2-1) - 1) / 1) + 1 = 5");
}

TEST(Recording, AgreesWithTheReferenceOnEverySmallLayer) {
    unsigned seed = 0;
    for (const Layer& layer : small_layers()) {
        const Tensor input = whole_numbers(input_shape(layer), ++seed),
                     weight = whole_numbers(weight_shape(layer), ++seed);
        const Tensor output = convolve(layer, input, weight);
        const Recording recording(layer, input, weight);
        ASSERT_EQ(recording.step_count(), static_cast<Index>(output.values.size()));
        // In reverse, because steps may be requested in any order.
        for (Index n = recording.step_count() - 1; n >= 0; --n) {
            const Step step = recording.step(n);
            ASSERT_EQ(recording.value(step), output.values[n]);
            ASSERT_EQ(recording.step_at(step.channel, step.output), n);
            float sum = 0;
            Index taps = 0;
            recording.visit_taps(step, [&](const Tap& tap) {
                ASSERT_EQ(tap.number, taps++);
                ASSERT_EQ(tap.product, tap.x * tap.w);
                sum += tap.product;
                ASSERT_EQ(tap.partial, sum);
                for (int a = 0; a < 2; ++a) {
                    const Axis& axis = layer.axes[a];
                    ASSERT_EQ(tap.at[a],
                              step.output[a] * axis.stride - axis.pad_before + tap.kernel[a] * axis.dilation);
                }
                const bool inside = tap.at[0] >= 0 && tap.at[1] >= 0 && tap.at[0] < layer.axes[0].size &&
                                    tap.at[1] < layer.axes[1].size;
                ASSERT_EQ(tap.padding, !inside);
                ASSERT_EQ(tap.x, inside ? input.values[tap.at[0] * layer.axes[1].size + tap.at[1]] : 0.0f);
                ASSERT_EQ(tap.w, weight.values[tap.kernel[0] * layer.axes[1].kernel + tap.kernel[1]]);
            });
            ASSERT_EQ(taps, recording.tap_count(step));
            ASSERT_EQ(sum, output.values[n]);
        }
    }
}

TEST(Recording, GroupsOfOneChannelAreIndependent) {
    Layer apart = square_layer(5, 3, 1, 1, 1);
    apart.in_channels = apart.out_channels = apart.groups = 3;
    const Tensor input = whole_numbers(input_shape(apart), 1), weight = whole_numbers(weight_shape(apart), 2);
    const Tensor together = convolve(apart, input, weight);
    const Layer one = square_layer(5, 3, 1, 1, 1);
    for (int c = 0; c < 3; ++c) {
        auto part = [c](const Tensor& t, std::size_t n, Shape shape) {
            return Tensor{
                std::move(shape),
                {t.values.begin() + static_cast<long>(c * n), t.values.begin() + static_cast<long>((c + 1) * n)}};
        };
        EXPECT_EQ(convolve(one, part(input, 25, {1, 5, 5}), part(weight, 9, {1, 1, 3, 3})).values,
                  part(together, 25, {25}).values);
    }
}

TEST(Padding, SourcesOfEachMode) {
    auto sources = [](PaddingMode mode) {
        std::vector<Index> all;
        for (Index at = -3; at < 8; ++at) all.push_back(padding_source(at, 5, mode));
        return all;
    };
    EXPECT_EQ(sources(PaddingMode::zeros), (std::vector<Index>{-1, -1, -1, 0, 1, 2, 3, 4, -1, -1, -1}));
    EXPECT_EQ(sources(PaddingMode::reflect), (std::vector<Index>{3, 2, 1, 0, 1, 2, 3, 4, 3, 2, 1}));
    EXPECT_EQ(sources(PaddingMode::replicate), (std::vector<Index>{0, 0, 0, 0, 1, 2, 3, 4, 4, 4, 4}));
    EXPECT_EQ(sources(PaddingMode::circular), (std::vector<Index>{2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2}));
}

TEST(Check, NamesFieldNumbersAndNearestValidValue) {
    const auto problems = check(square_layer(5, 7, 1, 0, 1));
    ASSERT_FALSE(problems.empty());
    for (const Problem& problem : problems) {
        EXPECT_EQ(problem.axis, -1) << "both axes have it";
        EXPECT_EQ(problem.sentence,
                  "The kernel covers 7 cells (k 7, d 1), but the padded input has only 5 (i 5, p 0).");
    }
}

// Every suggested value makes the layer valid, and no nearer value does.
TEST(Check, SuggestedValuesAreValid) {
    int offered = 0;
    for (Index i = 1; i <= 5; ++i)
        for (Index k = 1; k <= 8; ++k)
            for (Index p = 0; p <= 2; ++p)
                for (Index d = 1; d <= 4; ++d) {
                    const Layer layer = square_layer(i, k, 1, p, d);
                    for (const Problem& problem : check(layer)) {
                        if (!problem.nearest) continue;
                        ++offered;
                        const Index n = *problem.nearest;
                        auto with = [&](Index value) {
                            switch (problem.field) {
                                case LayerField::size:
                                    return square_layer(value, k, 1, p, d);
                                case LayerField::kernel:
                                    return square_layer(i, value, 1, p, d);
                                case LayerField::padding:
                                    return square_layer(i, k, 1, value, d);
                                default:
                                    return square_layer(i, k, 1, p, value);
                            }
                        };
                        const bool grows = problem.field == LayerField::size || problem.field == LayerField::padding;
                        EXPECT_TRUE(check(with(n)).empty()) << i << " " << k << " " << p << " " << d;
                        EXPECT_FALSE(check(with(grows ? n - 1 : n + 1)).empty())
                            << i << " " << k << " " << p << " " << d;
                    }
                }
    EXPECT_GT(offered, 100);
}

TEST(Check, RefusesLayersTooLargeForMemory) {
    const auto huge = check(square_layer(1 << 20, 3, 1, 1, 1));
    ASSERT_FALSE(huge.empty());
    EXPECT_EQ(huge[0].field, LayerField::memory);
    EXPECT_EQ(huge[0].sentence, "The input 1×1048576×1048576 needs 4096.0 GiB; the limit is 4 GiB.");
    for (Index wild : {Index{0}, Index{-1}, Index{1} << 40, INT64_MAX, INT64_MIN}) {
        EXPECT_FALSE(check(square_layer(wild, 3, 1, 1, 1)).empty());
        EXPECT_FALSE(check(square_layer(5, wild, 1, 1, 1)).empty());
        EXPECT_FALSE(check(square_layer(5, 3, wild, 1, 1)).empty());
        EXPECT_FALSE(check(square_layer(5, 3, 1, 1, wild)).empty());
        if (wild != 0) {
            EXPECT_FALSE(check(square_layer(5, 3, 1, wild, 1)).empty());
        }
    }
    Layer groups = square_layer(5, 3, 1, 1, 1);
    groups.in_channels = 3;
    groups.groups = 2;
    EXPECT_EQ(check(groups)[0].sentence, "in_channels is 3, which is not divisible by groups 2.");
    Layer none;
    EXPECT_EQ(check(none)[0].field, LayerField::rank);
}

TEST(Shape, ElementCountDetectsOverflow) {
    EXPECT_EQ(element_count({3, 224, 224}), 150528);
    EXPECT_EQ(element_count({Index{1} << 40, Index{1} << 40}), std::nullopt);
    EXPECT_EQ(to_text({3, 224, 224}), "3×224×224");
}

}  // namespace
}  // namespace convloom::tests::arith_test
