// The padding modes in one table: their names in files and in six libraries, and the function that maps a place outside
// the input to the input cell that supplies its value.
//
// Only our own names are written, in files as in sentences. A user may ask for a mode in a library's word, with the
// library in front: "scipy:mirror". A bare name has PyTorch's meaning where libraries disagree, as with "reflect".
#pragma once
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/arith/layer/shape.hpp"

namespace convloom::arith {

enum class PaddingMode { zeros, reflect, replicate, circular, symmetric, constant };

// The libraries whose names are understood, in the order of PaddingModeInfo::called.
enum class Library { pytorch, numpy, scipy, opencv, onnx, matlab };
inline constexpr std::size_t library_count = 6;

struct LibraryInfo {
    Library library;
    std::string_view key;     // in front of a name: "scipy"
    std::string_view alias;   // another one: "cv2"
    const char* title;        // "SciPy"
    std::string_view prefix;  // that all its names begin with, and that may be left out: "BORDER_"
};
std::span<const LibraryInfo> libraries();

struct PaddingModeInfo {
    PaddingMode mode;
    std::string_view name;   // in files and flags
    std::string_view torch;  // for padding_mode of PyTorch's layers; empty if they lack the mode
    const char* title;       // in the list of modes
    const char* says;        // a short description for the padding view
    // The library's names without its prefix, the usual one first, separated by ", "; empty if it lacks the mode.
    std::array<std::string_view, library_count> called;
    // The input cell for a place `at` outside an input of `size` cells, both counted from 0; -1 for the constant, which
    // is 0 unless the mode has a value. The place may be any distance outside.
    Index (*source)(Index at, Index size);
    // The widest padding on one side that PyTorch allows for an input of this size.
    Index (*widest)(Index size);
};

// One row per mode, in the order of PaddingMode.
std::span<const PaddingModeInfo> padding_modes();
const PaddingModeInfo& info_of(PaddingMode mode);

std::string_view name_of(PaddingMode mode);
std::optional<PaddingMode> padding_mode_named(std::string_view name);
std::optional<PaddingMode> padding_mode_of_torch(std::string_view word);

// "zeros, reflect and replicate", where `last` is " and ". The second lists those of PyTorch's layers.
std::string padding_mode_names(std::string_view last);
std::string torch_padding_mode_names(std::string_view last);

// A mode as a user asked for it.
struct AskedPadding {
    PaddingMode mode = PaddingMode::zeros;
    // The word is another library's than PyTorch: padding wider than PyTorch allows is wanted too.
    bool is_wide = false;
    // The word stands for zeros or for any other constant, as "numpy:constant".
    bool takes_value = false;
};

// "reflect", "scipy:mirror", "BORDER_REFLECT_101"; upper and lower case are the same. Nothing if it is unknown.
std::optional<AskedPadding> padding_mode_asked(std::string_view text);
// What could have been asked for instead, as the end of a sentence: "NumPy's modes are constant, reflect, ...".
std::string padding_modes_instead(std::string_view text);

// The input cell that supplies the value at position `at`, which may lie outside; -1 for the constant.
Index padding_source(Index at, Index size, PaddingMode mode);

}  // namespace convloom::arith
