#include "core/arith/layer/padding_modes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>
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

// The mirror that repeats the edge: its period is 2n, not 2(n - 1).
Index repeated_mirror_source(Index at, Index size) {
    const Index folded = round_source(at, 2 * size);
    return folded < size ? folded : 2 * size - 1 - folded;
}

constexpr LibraryInfo library_table[] = {
    {Library::pytorch, "pytorch", "torch", "PyTorch", ""}, {Library::numpy, "numpy", "np", "NumPy", ""},
    {Library::scipy, "scipy", "ndimage", "SciPy", ""},     {Library::opencv, "opencv", "cv2", "OpenCV", "BORDER_"},
    {Library::onnx, "onnx", "onnxruntime", "ONNX", ""},    {Library::matlab, "matlab", "padarray", "MATLAB", ""},
};
static_assert(std::size(library_table) == library_count);

constexpr PaddingModeInfo mode_table[] = {
    {.mode = PaddingMode::zeros,
     .name = "zeros",
     .torch = "zeros",
     .title = "Zeros",
     .says = "0 all around",
     .called = {"zeros", "constant", "constant, grid-constant", "CONSTANT", "constant", "0"},
     .source = zero_source,
     .widest = any_width},
    {.mode = PaddingMode::reflect,
     .name = "reflect",
     .torch = "reflect",
     .title = "Reflect",
     .says = "mirrored, edge once",
     .called = {"reflect", "reflect", "mirror", "REFLECT_101, DEFAULT, REFLECT101", "reflect", ""},
     .source = mirrored_source,
     .widest = [](Index size) { return size - 1; }},
    {.mode = PaddingMode::replicate,
     .name = "replicate",
     .torch = "replicate",
     .title = "Replicate",
     .says = "the edge repeated",
     .called = {"replicate", "edge", "nearest", "REPLICATE", "edge", "replicate"},
     .source = edge_source,
     .widest = any_width},
    {.mode = PaddingMode::circular,
     .name = "circular",
     .torch = "circular",
     .title = "Circular",
     .says = "from the other side",
     .called = {"circular", "wrap", "wrap, grid-wrap", "WRAP", "wrap", "circular"},
     .source = round_source,
     .widest = [](Index size) { return size; }},
    {.mode = PaddingMode::symmetric,
     .name = "symmetric",
     .torch = "",
     .title = "Symmetric",
     .says = "mirrored, edge twice",
     .called = {"", "symmetric", "reflect, grid-mirror", "REFLECT", "", "symmetric"},
     .source = repeated_mirror_source,
     .widest = any_width},
    {.mode = PaddingMode::constant,
     .name = "constant",
     .torch = "",
     .title = "Constant",
     .says = "a number all around",
     .called = {"constant", "constant", "constant, grid-constant", "CONSTANT", "constant", ""},
     .source = zero_source,
     .widest = any_width},
};

// The index of a mode's row. Has no default, so that the compiler reports a mode without a row.
constexpr std::size_t row_of(PaddingMode mode) {
    switch (mode) {
        case PaddingMode::zeros:
        case PaddingMode::reflect:
        case PaddingMode::replicate:
        case PaddingMode::circular:
        case PaddingMode::symmetric:
        case PaddingMode::constant:
            return static_cast<std::size_t>(mode);
    }
    std::abort();
}
static_assert(std::all_of(std::begin(mode_table), std::end(mode_table),
                          [](const PaddingModeInfo& row) { return &mode_table[row_of(row.mode)] == &row; }));

bool is_same_word(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

bool has_word(std::string_view words, std::string_view word) {
    while (!words.empty()) {
        const std::string_view one = words.substr(0, words.find(','));
        if (is_same_word(one, word)) return true;
        words.remove_prefix(std::min(words.size(), one.size() + 2));
    }
    return false;
}

const LibraryInfo* library_named(std::string_view name) {
    for (const LibraryInfo& one : library_table)
        if (is_same_word(name, one.key) || is_same_word(name, one.alias)) return &one;
    return nullptr;
}

bool is_called(const PaddingModeInfo& mode, const LibraryInfo& library, std::string_view word) {
    return has_word(mode.called[static_cast<std::size_t>(library.library)], word);
}

// A name in one library; without the library in front its prefix is needed.
std::optional<AskedPadding> asked_of(const LibraryInfo& library, std::string_view word, bool bare) {
    const std::string_view prefix = library.prefix;
    const bool has_prefix = word.size() > prefix.size() && is_same_word(word.substr(0, prefix.size()), prefix);
    if (has_prefix)
        word.remove_prefix(prefix.size());
    else if (bare)
        return std::nullopt;
    for (const PaddingModeInfo& mode : mode_table)
        if (is_called(mode, library, word))
            return AskedPadding{
                mode.mode, library.library != Library::pytorch,
                mode.mode == PaddingMode::zeros && is_called(mode_table[row_of(PaddingMode::constant)], library, word)};
    return std::nullopt;
}

}  // namespace

std::span<const LibraryInfo> libraries() {
    return library_table;
}

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
        if (!one.torch.empty() && one.torch == word) return one.mode;
    return std::nullopt;
}

std::string padding_mode_names(std::string_view last) {
    std::vector<std::string_view> names;
    for (const PaddingModeInfo& one : mode_table) names.push_back(one.name);
    return listed(names, last);
}

std::string torch_padding_mode_names(std::string_view last) {
    std::vector<std::string_view> names;
    for (const PaddingModeInfo& one : mode_table)
        if (!one.torch.empty()) names.push_back(one.torch);
    return listed(names, last);
}

std::optional<AskedPadding> padding_mode_asked(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon != std::string_view::npos) {
        const LibraryInfo* library = library_named(text.substr(0, colon));
        return library ? asked_of(*library, text.substr(colon + 1), false) : std::nullopt;
    }
    for (const PaddingModeInfo& one : mode_table)
        if (is_same_word(one.name, text)) return AskedPadding{one.mode, false, false};
    for (const LibraryInfo& library : library_table)
        if (const auto asked = asked_of(library, text, true)) return asked;
    return std::nullopt;
}

std::string padding_modes_instead(std::string_view text) {
    std::vector<std::string_view> names;
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos)
        return fmt::format("the modes are {}, or a library's name such as scipy:mirror", padding_mode_names(" and "));
    const LibraryInfo* library = library_named(text.substr(0, colon));
    if (!library) {
        for (const LibraryInfo& one : library_table) names.push_back(one.key);
        return fmt::format("the libraries are {}", listed(names, " and "));
    }
    std::vector<std::string> whole;
    for (const PaddingModeInfo& mode : mode_table) {
        std::string_view words = mode.called[static_cast<std::size_t>(library->library)];
        while (!words.empty()) {
            const std::string_view one = words.substr(0, words.find(','));
            std::string name = fmt::format("{}{}", library->prefix, one);
            if (std::find(whole.begin(), whole.end(), name) == whole.end()) whole.push_back(std::move(name));
            words.remove_prefix(std::min(words.size(), one.size() + 2));
        }
    }
    names.assign(whole.begin(), whole.end());
    return fmt::format("{}'s modes are {}", library->title, listed(names, " and "));
}

Index padding_source(Index at, Index size, PaddingMode mode) {
    return at >= 0 && at < size ? at : info_of(mode).source(at, size);
}

}  // namespace convloom::arith
