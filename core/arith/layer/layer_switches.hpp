// The on/off settings of a layer in one table.
//
// State and case files, the reader and writer of PyTorch code, the flags of `convloom info`, the inspector, the names
// of edits and the checks all read the table. A new switch therefore needs a field of Layer, a row in
// layer_switches.cpp, and the code that computes with it.
#pragma once
#include <span>

#include "core/arith/layer/layer.hpp"

namespace convloom::arith {

struct LayerSwitch {
    bool Layer::*on;
    // The name in files: "count_include_pad". The flag of `convloom info` is named after it, with "no" in front if the
    // switch is on by default: "--no-count-include-pad".
    const char* key;
    bool by_default;             // also the value that every layer of another kind must have
    bool (*belongs_to)(Op op);   // the kinds of layers that have it
    bool (*always_written)(Op);  // in state files; otherwise only if it differs from its default
    // How PyTorch code states a value that is not the default: nullptr for an argument named `key`, otherwise this
    // comment after the code.
    const char* comment = nullptr;
    const char* help;              // of the flag
    const char* kinds;             // the kinds that the flag applies to, for its error message
    const char* title;             // beside its control
    const char* change = nullptr;  // its name in the list of edits; nullptr for the common name of pooling settings
    const char* refusal;           // why another kind does not have it, as a sentence
    LayerField field = LayerField::pooling;  // decides the inspector row that shows the refusal
};
// In the order of controls and files.
std::span<const LayerSwitch> layer_switches();

const LayerSwitch& switch_of(bool Layer::*on);

inline bool is_by_default(const Layer& layer, const LayerSwitch& one) {
    return layer.*one.on == one.by_default;
}

}  // namespace convloom::arith
