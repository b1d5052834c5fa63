// What a layer can be switched to beyond its sizes, in one table.
//
// State files, files of cases, PyTorch's words in and out, the flags of `convloom info`, the inspector, the list of
// edits and the checks read the table. So a new switch is a field of Layer, a row in layer_switches.cpp, and what
// computes with it.
#pragma once
#include <span>

#include "core/arith/layer/layer.hpp"

namespace convloom::arith {

struct LayerSwitch {
    bool Layer::*on;
    // In files "count_include_pad". The flag of `convloom info` has the same name, with "no" before it where the switch
    // is on by default: "--no-count-include-pad".
    const char* key;
    bool by_default;             // and of every layer of another kind
    bool (*belongs_to)(Op op);   // the kinds of layer that have it
    bool (*always_written)(Op);  // in state files; else only where it is not as by default
    // What PyTorch's words say where it is not as by default: nullptr for an argument of the name `key`, else this
    // comment behind them.
    const char* comment = nullptr;
    const char* help;              // of the flag
    const char* kinds;             // that the flag is for, in its refusal
    const char* title;             // beside its control
    const char* change = nullptr;  // what it is called in the list of edits; nullptr for what a pooling's are called
    const char* refusal;           // why another kind does not have it, as a sentence
    LayerField field = LayerField::pooling;  // the row of the inspector beside which that is told
};
// In the order in which they are offered and written.
std::span<const LayerSwitch> layer_switches();

const LayerSwitch& switch_of(bool Layer::*on);

// Whether it is as by default.
inline bool is_by_default(const Layer& layer, const LayerSwitch& one) {
    return layer.*one.on == one.by_default;
}

}  // namespace convloom::arith
