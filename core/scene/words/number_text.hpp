// Numbers as a reader wants to see them in a cell or a sum: whole ones plain, others with few decimals, a
// true minus sign.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "core/arith/layer/shape.hpp"

namespace convloom::scene {

// 12, −3, 0.5, 0.111, 1.7; at most `decimals` places, trailing zeros dropped; 1.2e+07 where that is shorter.
std::string number_text(float value, int decimals = 3);

// A formula that was made of ASCII, with true minus signs: "1·(3 − 1)" of "1·(3-1)".
std::string with_minus(std::string_view formula);

// 86,400.
std::string count_text(std::int64_t count);

// "(−1, 2)": a cell's place in a layer of this rank.
std::string cell_text(int rank, const arith::Cell& cell);

}  // namespace convloom::scene
