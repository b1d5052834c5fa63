// The kinds of betweens in one table; see between.hpp.
//
// State files, reading and writing code, the layer list, the chain view and `convloom info` read the table. A new kind
// needs a row and, if it is new in kind, the functions for its shape and its values.
#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string_view>

#include "core/arith/chain/between.hpp"

namespace convloom::arith {

struct BetweenSetting {
    enum class Takes { number, whole, flag, text, wholes };
    // What PyTorch code has to state, and what may be left open where another framework takes it from the shape.
    enum class Open { has_default, needed, channels, last_size, last_sizes };
    // What it changes: values, shape or parameters; training alone; nothing, so it is read and forgotten.
    enum class Changes { something, training, nothing };
    const char* key;  // in state files, and PyTorch's argument if that has one
    Takes takes = Takes::number;
    std::optional<double> by_default = {};                        // none: Python's None
    std::optional<double> keras_default = {}, onnx_default = {};  // where they differ
    Open open = Open::has_default;
    Changes changes = Changes::something;
    bool in_torch = true;
    bool one_or_channels = false;  // more than 1 is the number of channels
    bool in_title = false;         // named in the title even if it has its default
    const char* keras = "";        // the argument there, if it exists there; several are separated by commas
    const char* onnx = "";
    double least = -max_setting, most = max_setting;
    double start = 1;        // of one that has no default, when it is added in the window
    const char* words = "";  // the texts that it takes, the first by default: "none, tanh"

    static constexpr double max_setting = 1e30;
};

enum class BetweenGroup { activation, normalization, dropout, padding, shape, linear, joint, unknown };

// A function of one value.
using EachValue = std::function<double(double)>;

struct BetweenKind {
    const char* json;        // in state files: "batch_norm"
    const char* torch = "";  // the class, {} for the rank: "BatchNorm{}d"; "" if PyTorch has none
    const char* keras = "";  // several names are separated by commas
    const char* onnx = "";
    const char* aliases = "";     // other names that PyTorch code has for it
    const char* activation = "";  // the words for it as an argument
    std::span<const BetweenSetting> settings = {};
    BetweenGroup group = BetweenGroup::activation;
    // What it does, in a few words that follow its title and a colon: "max(x, 0)".
    const char* says = "";
    // The code for it in PyTorch, where that has no class of this name: "AdaptiveAvgPool{}d(1)".
    const char* torch_instead = "";
    BetweenShape (*shape)(const Between&, const Shape&) = nullptr;  // null: every shape, which is kept
    // The values, or one value at a time. Neither: they pass unchanged.
    Tensor (*values)(const Between&, Tensor) = nullptr;
    EachValue (*each)(const Between&) = nullptr;
    bool shape_only = false;                                                // its values are not known
    BetweenGrid (*grid)(const Between&, const Shape&, int axis) = nullptr;  // null: each cell comes from the same place
    Index (*parameters)(const Between&, const Shape&) = nullptr;            // null: none
    Index (*multiplications)(const Between&, const Shape&) = nullptr;       // null: none
    bool offered = false;                                                   // in the short menu of the window
    bool ranked() const {
        return std::string_view(torch).find("{}") != std::string_view::npos ||
               std::string_view(keras).find("{}") != std::string_view::npos;
    }
};

// In the order of menus.
std::span<const BetweenKind> between_kinds();
const BetweenKind* between_kind_of_json(std::string_view json_name);

}  // namespace convloom::arith
