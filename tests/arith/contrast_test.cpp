// Two layers on the same data: the choices of another layer, and the settings in which two layers differ.
#include "core/arith/contrast/contrast.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/arith/layer/layer_numbers.hpp"
#include "core/arith/layer/layer_switches.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/arith/layer/relationship.hpp"
#include "core/arith/steps/recording.hpp"

namespace convloom::tests::contrast_test {
namespace {

using namespace arith;

Layer of_op(Op op, Index size, Index kernel, Index stride, Index before, Index after) {
    Layer layer = square_layer(size, kernel, stride, 0, 1);
    layer.op = op;
    for (Axis& axis : layer.axes) axis.pad_before = before, axis.pad_after = after;
    return layer;
}

std::vector<std::string> names(const Layer& layer) {
    std::vector<std::string> all;
    for (const Contrast& one : contrasts(layer)) all.push_back(one.name);
    return all;
}

// Over all small layers of every kind: each choice is a valid layer on the same input that differs, and none is offered
// twice.
TEST(Contrasts, AreValidOthersOnTheSameInput) {
    int offered = 0;
    for (const Op op : ops())
        for (Index size = 1; size <= 6; ++size)
            for (Index kernel = 1; kernel <= 4; ++kernel)
                for (Index stride = 1; stride <= 3; ++stride)
                    for (Index before = 0; before <= 2; ++before)
                        for (Index after = 0; after <= 2; ++after) {
                            const Layer layer = of_op(op, size, kernel, stride, before, after);
                            if (!check(layer).empty()) continue;
                            const std::vector<Contrast> all = contrasts(layer);
                            for (std::size_t n = 0; n < all.size(); ++n, ++offered) {
                                EXPECT_TRUE(check(all[n].layer).empty()) << all[n].name;
                                EXPECT_EQ(not_comparable(layer, all[n].layer), "") << all[n].name;
                                EXPECT_NE(all[n].layer, layer) << all[n].name;
                                EXPECT_FALSE(differing_settings(layer, all[n].layer).empty()) << all[n].name;
                                EXPECT_EQ(contrast_named(layer, all[n].name), all[n].layer);
                                for (std::size_t m = 0; m < n; ++m) {
                                    EXPECT_NE(all[m].name, all[n].name);
                                    EXPECT_NE(all[m].layer, all[n].layer);
                                }
                            }
                        }
    EXPECT_GT(offered, 5'000);
}

TEST(Contrasts, TheMostInstructiveOneIsFirst) {
    EXPECT_EQ(names(of_op(Op::convolution, 5, 2, 1, 0, 1)).front(), "same_lower");
    EXPECT_EQ(names(of_op(Op::convolution, 5, 2, 1, 1, 0)).front(), "same_upper");
    EXPECT_EQ(names(of_op(Op::convolution, 5, 3, 1, 0, 0)).front(), "flip");
    EXPECT_EQ(names(of_op(Op::max_pooling, 6, 3, 2, 0, 0)).front(), "ceil_mode") << "5 cells would give the same size";
    EXPECT_NE(names(of_op(Op::max_pooling, 5, 3, 2, 0, 0)).front(), "ceil_mode");
    EXPECT_EQ(names(of_op(Op::average_pooling, 5, 3, 1, 1, 1)).front(), "count_include_pad");
    EXPECT_FALSE(contrast_named(square_layer(5, 3, 1, 0, 1), "same_upwards"));
}

TEST(Contrasts, OfTheKernelsOriginKeepTheSize) {
    const Layer upper = of_op(Op::convolution, 5, 4, 1, 1, 2);
    const auto later = contrast_named(upper, "origin_later");
    // With stride 1 the origin one cell later is SAME_LOWER, which is offered under that name.
    EXPECT_FALSE(later);
    EXPECT_EQ(kernel_origin(upper, 0), 1);
    EXPECT_EQ(kernel_origin(*contrast_named(upper, "same_lower"), 0), 2) << "k//2, as SciPy and OpenCV";
    EXPECT_EQ(kernel_origin(*contrast_named(upper, "origin_earlier"), 0), 0);
    EXPECT_EQ(kernel_origin(*contrast_named(upper, "causal"), 0), 3) << "the last cell: nothing later is seen";
    EXPECT_EQ(output_shape(*contrast_named(upper, "origin_earlier")), output_shape(upper));
}

TEST(KernelOrigin, IsTheCellOnTheInputCellOfTheOutputsNumber) {
    for (Index kernel = 1; kernel <= 5; ++kernel)
        for (Index dilation = 1; dilation <= 3; ++dilation)
            for (Index before = 0; before <= 6; ++before) {
                Layer layer = of_op(Op::convolution, 9, kernel, 1, before, 6);
                for (Axis& axis : layer.axes) axis.dilation = dilation;
                const auto origin = kernel_origin(layer, 1);
                const Window window = window_of(layer, 1, 0);
                std::optional<Index> found;
                for (Index n = 0; n < kernel; ++n)
                    if (window.begin + n * window.step == 0) found = n;
                EXPECT_EQ(origin, found) << kernel << ' ' << dilation << ' ' << before;
            }
}

TEST(SameRule, IsNamedWhereTheTwoDiffer) {
    EXPECT_EQ(same_rule_name(of_op(Op::convolution, 5, 2, 1, 0, 1)), "SAME_UPPER");
    EXPECT_EQ(same_rule_name(of_op(Op::convolution, 5, 2, 1, 1, 0)), "SAME_LOWER");
    EXPECT_EQ(same_rule_name(of_op(Op::convolution, 5, 3, 1, 1, 1)), "") << "both rules give it";
    EXPECT_EQ(same_rule_name(of_op(Op::convolution, 5, 2, 1, 0, 0)), "");
}

TEST(Settings, ThatDifferAreGivenWithBothValues) {
    const Layer a = of_op(Op::convolution, 5, 2, 1, 0, 1);
    Layer b = of_op(Op::convolution, 5, 2, 1, 1, 0);
    b.axes[0].stride = 2;
    b.flip = true;
    b.padding_mode = PaddingMode::replicate;
    std::vector<std::string> texts;
    for (const SettingPair& pair : differing_settings(a, b)) texts.push_back(pair.key + " " + pair.a + " " + pair.b);
    EXPECT_EQ(texts, (std::vector<std::string>{"stride 1 2×1", "padding 0+1 1+0", "padding_mode zeros replicate",
                                               "flip off on"}));
    EXPECT_TRUE(differing_settings(a, a).empty());
}

// Every number and switch of the tables is noticed.
TEST(Settings, AreThoseOfTheTables) {
    for (const LayerNumber& one : layer_numbers()) {
        Layer a = square_layer(5, 3, 1, 1, 1), b = a;
        (one.of_axis ? b.axes[0].*one.of_axis : b.*one.of_layer) += 1;
        const auto pairs = differing_settings(a, b);
        ASSERT_EQ(pairs.size(), 1u) << one.key;
        EXPECT_EQ(pairs.front().key, one.key);
    }
    for (const LayerSwitch& one : layer_switches()) {
        Layer a = square_layer(5, 3, 1, 1, 1), b = a;
        b.*one.on = !(b.*one.on);
        const auto pairs = differing_settings(a, b);
        ASSERT_EQ(pairs.size(), 1u) << one.key;
        EXPECT_EQ(pairs.front().key, one.key);
    }
}

TEST(Followed, TakesOverWhatAgreed) {
    const Layer before = of_op(Op::convolution, 5, 2, 1, 0, 1);
    const Layer other = of_op(Op::convolution, 5, 2, 1, 1, 0);
    Layer after = of_op(Op::convolution, 7, 4, 2, 0, 1);
    EXPECT_EQ(followed(other, before, after), of_op(Op::convolution, 7, 4, 2, 1, 0));
    after = before;
    for (Axis& axis : after.axes) axis.pad_after = 2;
    EXPECT_EQ(followed(other, before, after), other) << "its own padding stays";
    EXPECT_EQ(followed(before, before, after), after);
}

TEST(Comparison, GoesThroughTheLargerOutput) {
    const Layer down = of_op(Op::max_pooling, 6, 3, 2, 0, 0);
    Layer up = down;
    up.ceil_mode = true;
    EXPECT_EQ(walked(down, up), up);
    EXPECT_EQ(walked(up, down), up);
    EXPECT_FALSE(walks_second(down, down));
    EXPECT_EQ(not_comparable(down, of_op(Op::max_pooling, 5, 3, 2, 0, 0)),
              "The layers take inputs of 1×6×6 and 1×5×5; two layers are compared on the same input.");
}

TEST(Values, DifferByMoreThanRounding) {
    const float nan = std::nanf(""), infinity = std::numeric_limits<float>::infinity();
    EXPECT_FALSE(values_differ(1, 1));
    EXPECT_FALSE(values_differ(1e6f, 1e6f + 0.25f));
    EXPECT_TRUE(values_differ(0, 0.001f));
    EXPECT_FALSE(values_differ(nan, nan));
    EXPECT_FALSE(values_differ(-infinity, -infinity));
    EXPECT_TRUE(values_differ(nan, 1));
    EXPECT_TRUE(values_differ(infinity, -infinity));
}

}  // namespace
}  // namespace convloom::tests::contrast_test
