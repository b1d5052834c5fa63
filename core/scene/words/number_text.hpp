// Numbers as text for cells and sums: whole numbers plain, others with few decimals, with a typographic minus.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "core/arith/layer/shape.hpp"

namespace convloom::scene {

// 12, −3, 0.5, 0.111, 1.7; at most `decimals` places, without trailing zeros; 1.2e+07 if that is shorter.
std::string number_text(float value, int decimals = 3);

// An ASCII formula with typographic minus signs: "1·(3 − 1)" for "1·(3-1)".
std::string with_minus(std::string_view formula);

// 86,400.
std::string count_text(std::int64_t count);

// "an average pooling", "a convolution": an English noun with its article.
std::string with_article(std::string_view noun);

// "(−1, 2)": a cell's position in a layer of this rank.
std::string cell_text(int rank, const arith::Cell& cell);

}  // namespace convloom::scene
