// Reads layers as people write and paste them: lines of code, whole classes, what print(model) writes, in the words of
// PyTorch, Keras and ONNX.
//
// The layers are put in a row. Where data takes a second way, as around a residual block, the row is the main way, and
// what was passed over is said in the remarks.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/arith/chain/chain.hpp"
#include "core/state/code/evaluate.hpp"
#include "core/state/frameworks/arguments.hpp"

namespace convloom::state {

// Where the text states a layer: its name and its arguments.
struct LayerPlaces {
    TextSpan name;
    std::vector<std::pair<std::string, TextSpan>> arguments;
};

struct Reading {
    arith::Shape input;
    arith::Chain chain;                                      // empty if no layer slides
    arith::Betweens alone;                                   // the betweens, if the chain is empty
    std::vector<LayerPlaces> places;                         // of each link
    std::vector<std::string> remarks;                        // a sentence each
    arith::Framework framework = arith::Framework::pytorch;  // of the first layer
};

// The layers for an input (C, *spatial). A layer that leaves its channels open takes those that it receives. `given`
// are names that the code uses without setting them. Throws a NamesOpen if there are others, and a CodeFault of one
// sentence for code that is not understood, an invalid argument (with its name and numbers) and a rank other than the
// input's. Layers that cannot be computed are not refused here; check(chain) finds them.
Reading read_layers(std::string_view text, const arith::Shape& input, const std::vector<NameGiven>& given = {});

// The position of the cause of a problem found by check(): the argument, or else the layer's name.
TextSpan place_of(const Reading& reading, int link, arith::LayerField field);

}  // namespace convloom::state
