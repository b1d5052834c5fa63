// Suggestions for mistyped names are made only if a name is similar.
#include "core/state/base/edit_distance.hpp"

#include <gtest/gtest.h>

namespace convloom::state::edit_distance_test {
namespace {

TEST(EditDistance, CountsLettersAndSwaps) {
    EXPECT_EQ(edit_distance("", ""), 0u);
    EXPECT_EQ(edit_distance("", "abc"), 3u);
    EXPECT_EQ(edit_distance("export", "export"), 0u);
    EXPECT_EQ(edit_distance("exprot", "export"), 1u);
    EXPECT_EQ(edit_distance("ba", "abc"), 2u);
    EXPECT_EQ(edit_distance("kitten", "sitting"), 3u);
    EXPECT_EQ(edit_distance("sitting", "kitten"), 3u);
}

TEST(EditDistance, SuggestsOnlySimilarNames) {
    const std::vector<std::string> names{"dilation", "kind_1d", "list", "max-pooling", "average-pooling"};
    auto guess = [&](const char* name) { return meant(name, names, "{}", "none"); };
    EXPECT_EQ(guess("dilatoin"), "dilation");
    EXPECT_EQ(guess("dilaton"), "dilation");
    EXPECT_EQ(guess("lsit"), "list");
    EXPECT_EQ(guess("kind_2d"), "kind_1d");
    EXPECT_EQ(guess("nosuch"), "none");
    EXPECT_EQ(guess("xy"), "none");
    EXPECT_EQ(guess(""), "none");
    EXPECT_EQ(guess("avg-pooling"), "none");
    EXPECT_EQ(meant("a", std::vector<std::string>{}, "{}", "none"), "none");
}

}  // namespace
}  // namespace convloom::state::edit_distance_test
