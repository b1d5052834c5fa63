#include "core/arith/layer/padding_modes.hpp"

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "core/arith/layer/layer.hpp"

namespace convloom::arith {
namespace {

Index any_width(Index) {
    return max_field;
}

Index zero_source(Index, Index) {
    return -1;
}

Index mirrored_source(Index at, Index size) {
    if (size == 1) return 0;
    const Index period = 2 * (size - 1);
    const Index folded = std::abs(at) % period;
    return folded < size ? folded : period - folded;
}

Index edge_source(Index at, Index size) {
    return std::clamp<Index>(at, 0, size - 1);
}

Index round_source(Index at, Index size) {
    return (at % size + size) % size;
}

constexpr PaddingModeInfo mode_table[] = {
    {.mode = PaddingMode::zeros,
     .name = "zeros",
     .torch = "zeros",
     .title = "Zeros",
     .says = "0 all around",
     .source = zero_source,
     .widest = any_width},
    {.mode = PaddingMode::reflect,
     .name = "reflect",
     .torch = "reflect",
     .title = "Reflect",
     .says = "mirrored, edge once",
     .source = mirrored_source,
     .widest = [](Index size) { return size - 1; }},
    {.mode = PaddingMode::replicate,
     .name = "replicate",
     .torch = "replicate",
     .title = "Replicate",
     .says = "the edge repeated",
     .source = edge_source,
     .widest = any_width},
    {.mode = PaddingMode::circular,
     .name = "circular",
     .torch = "circular",
     .title = "Circular",
     .says = "from the other side",
     .source = round_source,
     .widest = [](Index size) { return size; }},
};

// The index of a mode's row. Has no default, so that the compiler reports a mode without a row.
constexpr std::size_t row_of(PaddingMode mode) {
    switch (mode) {
        case PaddingMode::zeros:
        case PaddingMode::reflect:
        case PaddingMode::replicate:
        case PaddingMode::circular:
            return static_cast<std::size_t>(mode);
    }
    std::abort();
}
static_assert(std::all_of(std::begin(mode_table), std::end(mode_table),
                          [](const PaddingModeInfo& row) { return &mode_table[row_of(row.mode)] == &row; }));

}  // namespace

std::span<const PaddingModeInfo> padding_modes() {
    return mode_table;
}

const PaddingModeInfo& info_of(PaddingMode mode) {
    return mode_table[row_of(mode)];
}

std::string_view name_of(PaddingMode mode) {
    return info_of(mode).name;
}

std::optional<PaddingMode> padding_mode_named(std::string_view name) {
    for (const PaddingModeInfo& one : mode_table)
        if (one.name == name) return one.mode;
    return std::nullopt;
}

std::optional<PaddingMode> padding_mode_of_torch(std::string_view word) {
    for (const PaddingModeInfo& one : mode_table)
        if (one.torch == word) return one.mode;
    return std::nullopt;
}

std::string padding_mode_names(std::string_view last) {
    std::vector<std::string_view> names;
    for (const PaddingModeInfo& one : mode_table) names.push_back(one.name);
    return listed(names, last);
}

Index padding_source(Index at, Index size, PaddingMode mode) {
    return at >= 0 && at < size ? at : info_of(mode).source(at, size);
}

}  // namespace convloom::arith
