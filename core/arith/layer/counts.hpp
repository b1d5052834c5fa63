// Counts before nouns in English sentences: "1 cell", "5 cells". A text is written for many, "{} cells", which is also
// the key of its translation; where there is one, the noun is set in the singular.
#pragma once
#include <fmt/format.h>

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "core/arith/layer/shape.hpp"

namespace convloom::arith {

// "cells" of "cell", "output channels", "axes", "entries".
std::string plural_of(std::string_view noun);

// "1 cell", "5 cells".
std::string counted(Index number, std::string_view noun);

// A noun of a form, in the singular, and how many there are.
struct Count {
    Index number;
    std::string_view noun;
};
using Counts = std::initializer_list<Count>;

// The form with those nouns in the singular that there is one of: "{} cells" becomes "{} cell". A test reads the
// sources for forms without such a noun after a place.
std::string in_number(Counts counts, std::string_view form);

// The form filled in: counting({{n, "cell"}}, "The window covers {} cells.", n).
template <class... Args>
std::string counting(Counts counts, std::string_view form, const Args&... args) {
    return fmt::format(fmt::runtime(in_number(counts, form)), args...);
}

// What a sentence may have been before its nouns were set in the singular, for whoever looks for its form.
std::vector<std::string> with_plurals(std::string_view sentence);

}  // namespace convloom::arith
