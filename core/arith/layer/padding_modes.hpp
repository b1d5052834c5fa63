// Where a place outside the input takes its value from, in one table of modes: what each is called in files and
// PyTorch's words, and the function from a place to a cell.
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
    std::string_view name;   // in files, and for flags
    std::string_view torch;  // PyTorch's word
    const char* title;       // in the list of modes
    const char* says;        // in the padding view, in few words
    // The cell for a place outside an input of this size, in cells, both counted from 0; -1 for a zero. Any place is
    // answered, however far outside.
    Index (*source)(Index at, Index size);
    // The widest padding on one side that an input of this size can give.
    Index (*widest)(Index size);
};

// One row a mode, in the order of PaddingMode.
std::span<const PaddingModeInfo> padding_modes();
const PaddingModeInfo& info_of(PaddingMode mode);

std::string_view name_of(PaddingMode mode);
std::optional<PaddingMode> padding_mode_named(std::string_view name);
std::optional<PaddingMode> padding_mode_of_torch(std::string_view word);

// "zeros, reflect, replicate and circular" with " and " as what stands before the last.
std::string padding_mode_names(std::string_view last);

// The cell of an input axis that position `at` (which may lie outside) takes its value from under a padding
// mode; -1 for a zero.
Index padding_source(Index at, Index size, PaddingMode mode);

}  // namespace convloom::arith
