// Counts before nouns in English sentences: "1 cell", "5 cells".
//
// A text is written in the plural, "{} cells", which is also the key of its translation; for a count of 1 the noun is
// changed to its singular.
#pragma once
#include <fmt/format.h>

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "core/arith/layer/shape.hpp"

namespace convloom::arith {

// "cells" for "cell"; also "output channels", "axes", "entries".
std::string plural_of(std::string_view noun);

// "1 cell", "5 cells".
std::string counted(Index number, std::string_view noun);

// A noun of a text, in the singular, and its count.
struct Count {
    Index number;
    std::string_view noun;
};
using Counts = std::initializer_list<Count>;

// The text with the nouns whose count is 1 in the singular: "{} cells" becomes "{} cell". A test checks in the sources
// that every listed noun follows a placeholder of its text.
std::string in_number(Counts counts, std::string_view form);

// The text with its values filled in: counting({{n, "cell"}}, "The window covers {} cells.", n).
template <class... Args>
std::string counting(Counts counts, std::string_view form, const Args&... args) {
    return fmt::format(fmt::runtime(in_number(counts, form)), args...);
}

// The plural texts that a sentence may have been made from, for finding its translation.
std::vector<std::string> with_plurals(std::string_view sentence);

}  // namespace convloom::arith
