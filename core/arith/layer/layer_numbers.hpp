// The numeric settings of a layer in one table.
//
// State and case files, the reader and writer of PyTorch code, the flags of `convloom info`, the inspector, the names
// of edits and the checks all read the table. A new number therefore needs a field of Axis or Layer, a row in
// layer_numbers.cpp, and the code that computes with it.
#pragma once
#include <span>

#include "core/arith/layer/layer.hpp"

namespace convloom::arith {

struct LayerNumber {
    // When files contain it: always, for every kind of layer; always for the kinds that have it; or for those kinds
    // only if it differs from its default, in which case it comes after everything else.
    enum class Written { always, for_its_kinds, where_set };

    // The name in files: "output_padding". The flag of `convloom info` is named after it: "--output-padding".
    const char* key;
    // Exactly one of `of_axis` (one number per axis, in cells) and `of_layer` is set. `after` is the second number of
    // an axis that has one for each side, as padding does.
    Index Axis::*of_axis = nullptr;
    Index Axis::*after = nullptr;
    Index Layer::*of_layer = nullptr;
    Index by_default = 0;       // also the value that every layer of another kind must have
    Index least = 0;            // the largest is max_field
    bool (*belongs_to)(Op op);  // the kinds of layers that have it
    Written written = Written::always;
    const char* torch = nullptr;         // PyTorch's argument; nullptr if PyTorch code does not contain it
    bool torch_none = false;             // PyTorch requires it, and its default is None there
    bool torch_required = false;         // PyTorch code states it even if it is the default
    int least_torch_rank = 1;            // below this rank PyTorch's layer lacks the argument, and a comment states it
    const char* zero_refused = nullptr;  // for numbers where 0 means "not set": why 0 cannot be chosen
    const char* name;                    // in the message about its limits: "Kernel size"
    const char* refusal = nullptr;       // why another kind does not have it, as a format text for its value
    LayerField field;                    // the field of its problems, which decides the control they are shown at
    bool has_flag = true;                // whether `convloom info` has a flag for it
    const char* flag_default = nullptr;  // "1"; nullptr if the flag is required
    const char* help = "";               // of the flag
    const char* kinds = nullptr;         // the kinds that the flag applies to, for its error message
    const char* title = nullptr;         // beside its control and in the names of edits; nullptr if it has no control
    Index slider_most = 0;               // a larger value may be typed; 0 if the limit depends on the layer
};
// In the order of controls and files.
std::span<const LayerNumber> layer_numbers();

const LayerNumber& number_of(Index Axis::*of_axis);
const LayerNumber& number_of(Index Layer::*of_layer);

// For a number of an axis these cover all axes and both sides.
bool is_by_default(const Layer& layer, const LayerNumber& number);
void set_by_default(Layer& layer, const LayerNumber& number);

}  // namespace convloom::arith
