// The padding modes in one table: their names in files and in PyTorch code, and the function that maps a place outside
// the input to the input cell that supplies its value.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/arith/layer/shape.hpp"

namespace convloom::arith {

enum class PaddingMode { zeros, reflect, replicate, circular };

struct PaddingModeInfo {
    PaddingMode mode;
    std::string_view name;   // in files and flags
    std::string_view torch;  // PyTorch's name
    const char* title;       // in the list of modes
    const char* says;        // a short description for the padding view
    // The input cell for a place `at` outside an input of `size` cells, both counted from 0; -1 for a zero. The place
    // may be any distance outside.
    Index (*source)(Index at, Index size);
    // The widest padding on one side that is valid for an input of this size.
    Index (*widest)(Index size);
};

// One row per mode, in the order of PaddingMode.
std::span<const PaddingModeInfo> padding_modes();
const PaddingModeInfo& info_of(PaddingMode mode);

std::string_view name_of(PaddingMode mode);
std::optional<PaddingMode> padding_mode_named(std::string_view name);
std::optional<PaddingMode> padding_mode_of_torch(std::string_view word);

// "zeros, reflect, replicate and circular", where `last` is " and ".
std::string padding_mode_names(std::string_view last);

// The input cell that supplies the value at position `at`, which may lie outside; -1 for a zero.
Index padding_source(Index at, Index size, PaddingMode mode);

}  // namespace convloom::arith
