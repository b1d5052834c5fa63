// Arrays as text, and how the user's own numbers give the shapes of a layer.
#include "core/state/numbers/own_numbers.hpp"

#include "core/arith/layer/output_size.hpp"
#include "core/state/base/error.hpp"
#include "core/state/words/words_state.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::own_numbers_test {
namespace {

using namespace state;
using arith::Shape;

std::string refusal(const auto& what) {
    try {
        what();
    } catch (const Error& error) {
        return error.what();
    }
    return "";
}

TEST(OwnNumbers, ArraysOfEveryDepthAreRead) {
    EXPECT_EQ(read_array("1 2 3").shape, (Shape{3}));
    EXPECT_EQ(read_array("1,2;3,4").shape, (Shape{2, 2}));
    EXPECT_EQ(read_array("1 2; 3 4 | 5 6; 7 8").shape, (Shape{2, 2, 2}));
    EXPECT_EQ(read_array("1 2 | 3 4 | 5 6").shape, (Shape{3, 2}));
    EXPECT_TRUE(read_array("1 2 | 3 4").has_planes);
    EXPECT_EQ(read_array("[[[1, 2, 3]], [[4, 5, 6]]]").shape, (Shape{2, 1, 3}));
    EXPECT_EQ(read_array("tensor([[.5, -1e2]], dtype=float)").values, (std::vector<float>{0.5f, -100}));
    EXPECT_EQ(read_array("[1, 2]").shape, (Shape{2}));
    for (const char* wrong : {"", "|", "1 2 |", "1 2; 3", "1 2 | 3", "[", "]", "[1", "[[1, 2], [3]]", "[1, [2]]",
                              "[[1], 2]", "[]", "[[]]", "[a]", "[[[[[[1]]]]]]", "[1][2, 3]", "1 nan", "[inf]"})
        EXPECT_NE(refusal([&] { read_array(wrong); }), "") << wrong;
}

TEST(OwnNumbers, ShapesFollowFromTheArrays) {
    const auto rank = [](const char* data, const char* kernel) {
        OwnNumbers own;
        if (*data) own.data = read_array(data);
        if (*kernel) own.kernel = read_array(kernel);
        return rank_of(own);
    };
    EXPECT_EQ(rank("1 2 3", ""), 1);
    EXPECT_EQ(rank("1 2 3", "1 2; 3 4"), 2);
    EXPECT_EQ(rank("1 2; 3 4", "1 2"), 2);
    EXPECT_EQ(rank("1 2 | 3 4", "1 | 2"), 1);
    EXPECT_EQ(rank("[[[[1, 2]]]]", ""), 2);  // one sample
    EXPECT_EQ(rank("[[[[1]]], [[[2]]]]", ""), 3);
    EXPECT_EQ(input_shape_of(read_array("1 2; 3 4"), 2), (Shape{1, 2, 2}));
    EXPECT_EQ(input_shape_of(read_array("1 2; 3 4"), 1), (Shape{2, 2}));
    EXPECT_EQ(input_shape_of(read_array("1 2 3"), 2), (Shape{1, 1, 3}));
    EXPECT_EQ(input_shape_of(read_array("1 2 | 3 4"), 2), (Shape{2, 1, 2}));
    // A leading axis counts input channels where there are as many, else filters.
    EXPECT_EQ(weight_shape_of(read_array("1 2; 3 4 | 1 2; 3 4"), 2, 2, false), (Shape{1, 2, 2, 2}));
    EXPECT_EQ(weight_shape_of(read_array("1 2; 3 4 | 1 2; 3 4"), 2, 1, false), (Shape{2, 1, 2, 2}));
    EXPECT_EQ(weight_shape_of(read_array("1 2; 3 4 | 1 2; 3 4"), 2, 2, true), (Shape{2, 1, 2, 2}));
    EXPECT_EQ(refusal([] { input_shape_of(read_array("[[[[1]], [[2]]], [[[3]], [[4]]]]"), 2); }),
              "--data is 2×2×1×1; an input has channels and 2 sizes, and one sample.");
}

TEST(OwnNumbers, ReplaceThoseOfALayerThatTheyFit) {
    State state = state_of_words("nn.Conv2d(1, 1, 3, padding=1)", {1, 2, 2});
    OwnNumbers own;
    own.data = read_array("1 2; 3 4");
    own.kernel = read_array("0 0 0; 0 2 0; 0 0 0");
    set_own_numbers(state, own, false);
    const arith::Recording r = recording_of(state);
    EXPECT_EQ(r.value(r.step(3)), 8);  // and no bias that nobody gave
    own = {};
    own.bias = read_array("[[3]]");
    set_own_numbers(state, own, true);
    EXPECT_EQ(recording_of(state).value(r.step(3)), 11);
    own.kernel = read_array("1 2 3");
    EXPECT_EQ(refusal([&] { set_own_numbers(state, own, true); }), "--kernel is 3, but the layer's weight is 1×1×3×3.");
    own = {};
    own.data = read_array("1 2 3 4");
    EXPECT_EQ(refusal([&] { set_own_numbers(state, own, true); }), "--data is 4, but the layer's input is 1×2×2.");
}

}  // namespace
}  // namespace convloom::tests::own_numbers_test
