// JSON text for streams too long to build in memory: the shortest numbers that read back as the same float32, and null
// for values that are not finite.
#pragma once
#include <fmt/format.h>

#include <cmath>
#include <iterator>
#include <span>

#include "app/cli/base/output.hpp"
#include "core/arith/layer/shape.hpp"

namespace convloom::cli {

inline void add_number(fmt::memory_buffer& out, float value) {
    if (std::isfinite(value))
        fmt::format_to(std::back_inserter(out), "{}", value);
    else
        fmt::format_to(std::back_inserter(out), "null");
}

inline void add_numbers(fmt::memory_buffer& out, std::span<const float> values) {
    out.push_back('[');
    for (std::size_t n = 0; n < values.size(); ++n) {
        if (n > 0) out.push_back(',');
        add_number(out, values[n]);
    }
    out.push_back(']');
}

// "[2,0,1]": some leading numbers, then a cell's axes.
inline void add_place(fmt::memory_buffer& out, std::initializer_list<arith::Index> leading, const arith::Cell& cell,
                      int rank) {
    char before = '[';
    for (arith::Index n : leading) fmt::format_to(std::back_inserter(out), "{}{}", before, n), before = ',';
    for (int a = 0; a < rank; ++a) fmt::format_to(std::back_inserter(out), "{}{}", before, cell[a]), before = ',';
    out.push_back(']');
}

}  // namespace convloom::cli
