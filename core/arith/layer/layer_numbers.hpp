// The numbers of a layer, in one table.
//
// State files, files of cases, PyTorch's words in and out, the flags of `convloom info`, the inspector, the list of
// edits and the checks read the table. So a new number is a field of Axis or Layer, a row in layer_numbers.cpp, and
// what computes with it.
#pragma once
#include <span>

#include "core/arith/layer/layer.hpp"

namespace convloom::arith {

struct LayerNumber {
    // Where it stands in files: always, for every kind of layer; for the kinds that have it; or, of those, only where
    // it is not as by default, and then after everything else.
    enum class Written { always, for_its_kinds, where_set };

    // In files "output_padding". The flag of `convloom info` has the same name: "--output-padding".
    const char* key;
    // One of the two: a number an axis, in cells, or one of the layer. `after` is the other side of an axis, where it
    // has two numbers, as padding.
    Index Axis::*of_axis = nullptr;
    Index Axis::*after = nullptr;
    Index Layer::*of_layer = nullptr;
    Index by_default = 0;       // and of every layer of another kind
    Index least = 0;            // the most is max_field
    bool (*belongs_to)(Op op);  // the kinds of layer that have it
    Written written = Written::always;
    const char* torch = nullptr;         // PyTorch's argument; nullptr where its words do not say it
    int least_torch_rank = 1;            // below it PyTorch's layer has no such argument, and a comment says it
    const char* zero_refused = nullptr;  // where 0 stands for none: why one cannot ask for 0
    const char* name;                    // in the sentence about its bounds: "Kernel size"
    const char* refusal = nullptr;       // why another kind does not have it, as a sentence with its value filled in
    LayerField field;                    // what a problem with it names, and beside which control it is told
    bool has_flag = true;                // of `convloom info`
    const char* flag_default = nullptr;  // "1"; nullptr for none, as of what must be given
    const char* help = "";               // of the flag
    const char* kinds = nullptr;         // that the flag is for, in its refusal
    const char* title = nullptr;         // beside its control and in the list of edits; nullptr for none
    Index slider_most = 0;               // what is typed may be more; 0 where it follows from the layer
};
// In the order in which they are offered and written.
std::span<const LayerNumber> layer_numbers();

const LayerNumber& number_of(Index Axis::*of_axis);
const LayerNumber& number_of(Index Layer::*of_layer);

// Of every axis, on both sides, or of the layer.
bool is_by_default(const Layer& layer, const LayerNumber& number);
void set_by_default(Layer& layer, const LayerNumber& number);

}  // namespace convloom::arith
