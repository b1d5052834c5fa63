// Tables of numbers as people copy them, and lists written for Python.
#include <gtest/gtest.h>

#include "core/state/base/error.hpp"
#include "core/state/words/table_text.hpp"

namespace convloom::state::table_text_test {
namespace {

std::string fault(std::string_view text) {
    try {
        read_table(text);
    } catch (const Error& error) {
        return error.what();
    }
    return "";
}

TEST(TableText, ReadsCopiedTables) {
    const Table square{2, 2, {1, 2, 3, -4.5f}};
    EXPECT_EQ(read_table("1\t2\n3\t-4.5\n"), square) << "a spreadsheet";
    EXPECT_EQ(read_table("1,2\r\n3,-4.5\r\n"), square) << "comma separated lines";
    EXPECT_EQ(read_table("1 2; 3 -4.5"), square) << "a matrix as MATLAB and the command line write it";
    EXPECT_EQ(read_table("[[1, 2],\n [3, -4.5]]"), square) << "a Python list";
    EXPECT_EQ(read_table("[[1. 2.]\n [3. -4.5]]"), square) << "a printed NumPy array";
    EXPECT_EQ(read_table("tensor([[1., 2.],\n        [3., -4.5]])"), square) << "a printed tensor";
    EXPECT_EQ(read_table("[[[[1, 2], [3, -4.5]]]]"), square) << "a tensor of one plane";
    EXPECT_EQ(read_table("7"), (Table{1, 1, {7}}));
    EXPECT_EQ(read_table("[1, 2e1, .5]"), (Table{1, 3, {1, 20, 0.5f}}));
}

TEST(TableText, ReportsErrors) {
    EXPECT_EQ(fault(""), "The text holds no numbers.");
    EXPECT_EQ(fault("[[]]"), "The text holds no numbers.");
    EXPECT_EQ(fault("1 2\n3 x"), "Row 2, column 2: “x” is not a finite number.");
    EXPECT_EQ(fault("1 nan"), "Row 1, column 2: “nan” is not a finite number.");
    EXPECT_EQ(fault("1e99"), "Row 1, column 1: “1e99” is not a finite number.");
    EXPECT_EQ(fault("1 2\n3"), "Row 2 has 1 number, but the rows before it have 2.");
    EXPECT_EQ(fault("[[1, 2], [3]]"), "Row 2 has 1 number, but the rows before it have 2.");
    EXPECT_EQ(fault("[[1, 2], [3, 4]"), "The list has more opening brackets than closing ones.");
    EXPECT_EQ(fault("]1["), "The list has no closing bracket.");
    EXPECT_EQ(fault("[[[1]], [[2]]]"), "There are several planes of numbers; paste one plane at a time.");
}

TEST(TableText, IsReadBack) {
    for (const Table& table : {Table{1, 3, {1, 0.1f, -7}}, Table{2, 2, {1, 2, 3, 4e20f}}, Table{3, 1, {1, 2, 3}}})
        EXPECT_EQ(read_table(list_text(table)), table) << list_text(table);
    EXPECT_EQ(list_text({2, 2, {1, 2, 3, 4}}), "[[1, 2], [3, 4]]");
}

}  // namespace
}  // namespace convloom::state::table_text_test
