// Reads sliding layers as the operators of ONNX: Conv, ConvTranspose, MaxPool, AveragePool, with their attributes
// and the shape of their weight W.
#pragma once
#include <string>
#include <string_view>

#include "core/arith/layer/layer.hpp"
#include "core/state/frameworks/arguments.hpp"

namespace convloom::state {

struct OnnxLayer {
    std::string_view name;
    arith::Op op;
    std::string_view attributes;
};

const OnnxLayer* onnx_layer_named(std::string_view name);
std::vector<std::string> onnx_layer_names();

// The rank that the attributes and the weight state; `otherwise` if they state none.
int onnx_rank(const Module& call, int otherwise);
Arguments onnx_arguments(const Module& call, const OnnxLayer& kind, int rank, ReadingNotes& notes);

// The name by which the weight of the nth convolution, from 1, is asked for: "W", "W2".
std::string onnx_weight_name(int number);
// `weight` is its shape as given elsewhere; empty if it is not.
arith::Layer read_onnx_layer(const Arguments& in, const OnnxLayer& kind, const arith::Shape& coming,
                             const Value* weight, int number);

}  // namespace convloom::state
