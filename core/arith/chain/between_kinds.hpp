// The kinds of betweens in one table; see between.hpp.
//
// State files, reading and writing code, the layer list, the chain view and `convloom info` read the table. A new kind
// needs a row and, if it is new in kind, the functions for its shape and its values.
#pragma once
#include <limits>
#include <optional>
#include <span>
#include <string_view>

#include "core/arith/chain/between.hpp"

namespace convloom::arith {

struct BetweenSetting {
    enum class Takes { number, whole, flag, text, wholes };
    const char* key;  // in state files, and PyTorch's argument if that has one
    Takes takes = Takes::number;
    // The default. None: Python's None, or for one that is needed: no default.
    std::optional<double> by_default = {};
    std::optional<double> keras_default = {}, onnx_default = {};  // where they differ
    bool needed = false;  // in PyTorch; elsewhere it follows from the shape (take_shape)
    bool in_torch = true;
    const char* keras = nullptr;  // the argument there, if it exists there
    const char* onnx = nullptr;
    double least = -std::numeric_limits<double>::max(), most = std::numeric_limits<double>::max();
    const char* words = "";  // the texts that it takes, the first by default: "none, tanh"
    bool no_effect = false;  // on what is shown, such as `inplace`
};

enum class BetweenGroup { activation, normalization, dropout, padding, shape, linear, joint, unknown };

// Where the input cells lie that an output cell comes from, for the highlighted cells of the chain view: at the same
// place, moved by the padding, on a grid finer or coarser by a factor, or anywhere.
enum class BetweenReach { same, padded, shuffled, whole };

struct BetweenKind {
    const char* json;        // in state files: "batch_norm"
    const char* torch = "";  // the class, {} for the rank: "BatchNorm{}d"; "" if PyTorch has none
    const char* keras = "";  // several names are separated by commas
    const char* onnx = "";
    const char* aliases = "";     // other names that PyTorch code has for it
    const char* activation = "";  // the words for it as an argument
    std::span<const BetweenSetting> settings = {};
    BetweenGroup group = BetweenGroup::activation;
    // What it does, in a few words that follow its title and a colon: "max(x, 0)". May contain {}, see says_of().
    const char* says = "";
    BetweenShape (*shape)(const Between&, const Shape&) = nullptr;  // null: the shape is kept
    Tensor (*values)(const Between&, Tensor) = nullptr;             // null: see shape_only
    double (*each)(const Between&, double) = nullptr;               // instead of `values`, for one value at a time
    bool shape_only = false;                                        // its values are not known
    bool only_last = false;  // may only stand after the last layer, since no layer can follow
    BetweenReach reach = BetweenReach::same;
    Index (*parameters)(const Between&, const Shape&) = nullptr;       // null: none
    Index (*multiplications)(const Between&, const Shape&) = nullptr;  // null: none
    bool offered = false;                                              // in the short menu of the window
    bool ranked() const {
        return std::string_view(torch).find("{}") != std::string_view::npos ||
               std::string_view(keras).find("{}") != std::string_view::npos;
    }
};

// In the order of menus.
std::span<const BetweenKind> between_kinds();
const BetweenKind* between_kind_of_json(std::string_view json_name);

}  // namespace convloom::arith
