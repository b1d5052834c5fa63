// A layer on the command line: as PyTorch code or by flags, with its input as a shape or as numbers, and with the
// user's own kernel and bias. Used by info, compute, trace, export, scene and link.
#pragma once
#include <CLI/CLI.hpp>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "core/arith/chain/chain.hpp"
#include "core/arith/layer/layer_numbers.hpp"
#include "core/state/numbers/own_numbers.hpp"
#include "core/state/words/reading.hpp"

namespace convloom::cli {

struct LayerWords {
    std::string layers, input, data, bias, weights;
    std::string padding_mode;        // zeros if it is empty
    std::vector<std::string> flags;  // those that were given of a layer by flags
    std::string op = "conv";
    std::optional<double> padding_value;
    arith::Index in_channels = 0, out_channels = 1;
    bool no_bias = false;
    bool has_other_layer = false;  // the command has a preset or a state file, whose numbers --kernel replaces
    std::deque<bool> switches;     // whether each of arith::layer_switches() is to be other than by default
    // Of each of arith::layer_numbers(): what is said for the axes, or the number. The kernel's may be its weights. A
    // deque, since flags point into it.
    struct Number {
        std::string of_axes;
        arith::Index of_layer = 0;
    };
    std::deque<Number> numbers;

    Number& of(const arith::LayerNumber& one) { return numbers[&one - arith::layer_numbers().data()]; }
    const Number& of(const arith::LayerNumber& one) const { return numbers[&one - arith::layer_numbers().data()]; }
    // Whether a layer is given by flags: by its kernel, or by a kind that has no kernel.
    bool by_flags() const;
    // Whether anything was given at all.
    bool given() const {
        return !layers.empty() || !input.empty() || !data.empty() || !bias.empty() || !weights.empty() ||
               !flags.empty();
    }
    std::string first() const;  // of the flags that were given
};

// Adds the flags that define a layer, which cannot be combined with PyTorch code or a preset, and --data and --bias.
// With `shares_with_photos` --kernel and --padding-mode are left out; the command sets them. Keeps references to
// `words`.
void add_layer_flags(CLI::App& command, LayerWords& words, bool shares_with_photos = false);
// The same with --layers and --input, for commands whose argument is a file.
void add_layer_options(CLI::App& command, LayerWords& words);

// The numbers of --data, --kernel and --bias: text, or a .npy, .csv, .txt or .json file; and the arrays of --weights.
state::OwnNumbers own_numbers(const LayerWords& words);

// The layers as they were read; their input's shape is that of --input or of the data.
state::Reading reading_of(const LayerWords& words, const state::OwnNumbers& own);
// The same, refused if none of them has a window.
arith::Chain chain_of(const LayerWords& words, const state::OwnNumbers& own);
// These as a State with patterns of numbers; with only the words, the user's numbers are in it.
state::State state_of(const LayerWords& words, const arith::Chain& chain);
state::State state_of(const LayerWords& words);
// Refuses flags of a layer beside another way to give one.
void check_flags_apply(const LayerWords& words);

}  // namespace convloom::cli
