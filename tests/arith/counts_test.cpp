// Counts before nouns in sentences.
#include "core/arith/layer/counts.hpp"

#include <gtest/gtest.h>

#include "core/arith/layer/layer.hpp"
#include "core/scene/words/language.hpp"

namespace convloom::arith::counts_test {
namespace {

using scene::Language;

TEST(Counts, UseThePluralExceptForOne) {
    for (const auto& [one, many] : {std::pair{"cell", "cells"},
                                    {"output channel", "output channels"},
                                    {"axis", "axes"},
                                    {"entry", "entries"},
                                    {"tray", "trays"},
                                    {"pass", "passes"},
                                    {"box", "boxes"},
                                    {"batch", "batches"}})
        EXPECT_EQ(plural_of(one), many);
    EXPECT_EQ(counted(0, "frame"), "0 frames");
    EXPECT_EQ(counted(1, "frame"), "1 frame");
    EXPECT_EQ(counted(2, "frame"), "2 frames");
    EXPECT_EQ(counted(1, "axis"), "1 axis");
}

TEST(Counts, ChangeNounsToTheSingularForOne) {
    const auto says = [](Index a, Index b) {
        return counting({{a, "output"}, {b, "group"}}, "{} outputs in {} groups, outputs of {}", a, b, 7);
    };
    EXPECT_EQ(says(3, 2), "3 outputs in 2 groups, outputs of 7");
    EXPECT_EQ(says(1, 2), "1 output in 2 groups, outputs of 7");
    EXPECT_EQ(says(1, 1), "1 output in 1 group, outputs of 7");
    EXPECT_EQ(says(0, 1), "0 outputs in 1 group, outputs of 7");
}

TEST(Counts, ChineseNeedsNoPlural) {
    for (const Index n : {1, 2})
        EXPECT_EQ(trn(Language::chinese, {{n, "output"}}, "reaches {} outputs", n), fmt::format("影响 {} 个输出", n));
    EXPECT_EQ(trn(Language::english, {{1, "output"}}, "reaches {} outputs", 1), "reaches 1 output");
}

// The sentence is English with a singular noun; its translation is found by the plural form.
TEST(Counts, SingularSentencesAreTranslated) {
    Layer layer = square_layer(4, 1, 1, 1, 1);
    layer.op = Op::max_pooling;
    layer.out_channels = 2;
    const std::vector<Problem> problems = check(layer);
    ASSERT_FALSE(problems.empty());
    const std::string& english = problems.front().sentence;
    EXPECT_EQ(english, "out_channels is 2, but this kind of layer keeps its 1 channel.");
    EXPECT_EQ(scene::tr_sentence(Language::chinese, english), "out_channels 为 2，但这种层保持 1 个通道不变。");
    EXPECT_EQ(scene::tr_sentence(Language::chinese, "There is no layer 3; the chain has 1 layer."),
              "没有第 3 层；共有 1 层。");
    EXPECT_EQ(scene::tr_sentence(Language::chinese, "There is no filter 3; the stack has 12 filters."),
              "没有第 3 个滤波器；共有 12 个。");
}

}  // namespace
}  // namespace convloom::arith::counts_test
