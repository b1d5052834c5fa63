// The relationship of Dumoulin and Visin's guide (1 to 15) that applies to an axis, the padding conventions, and the
// direct convolution that is equivalent to a transposed one.
#pragma once
#include <string_view>
#include <utility>

#include "core/arith/layer/layer.hpp"

namespace convloom::arith {

struct Relationship {
    int number = 0;            // 1 to 15; 0 if none applies, as with unequal padding
    std::string_view formula;  // "o = floor((i + 2p - k) / s) + 1"
    std::string_view says;     // "any padding, any strides"
};

// The most specific relationship that applies.
Relationship relationship(const Layer& layer, int axis);

// Padding conventions. An odd cell of padding goes after the input or before it, as stated.
enum class PaddingRule {
    valid,       // no padding
    same,        // PyTorch: output as large as the input, stride 1 only; odd cell after
    same_upper,  // ONNX, TensorFlow: output ceil(i/s), transposed i·s; odd cell after
    same_lower,  // ONNX: the same; odd cell before
    full         // every window that overlaps the input
};

// The padding [before, after] of a direct layer for an axis whose size, kernel, stride and dilation are set; {0, 0} if
// check() rejects these numbers.
std::pair<Index, Index> padding_for(PaddingRule rule, const Axis& axis);

// Sets the padding of every axis by the rule, for any kind of layer. A transposed layer is cropped to i·s under each of
// the three `same` rules, as in ONNX's ConvTranspose and Keras's Conv2DTranspose (PyTorch has no such rule); output
// padding is added if its windows cover fewer cells than that.
void set_padding(Layer& layer, PaddingRule rule);

// A transposed convolution along one axis as zeros inserted between the input cells and a direct convolution of stride
// 1 over them, with the kernel rotated by 180° and its channel axes swapped.
struct EquivalentDirect {
    Index zeros_between = 0;  // s-1 between neighbouring cells
    Index stretched = 0;      // the size of the input with these zeros, s(i-1)+1
    Index pad_before = 0;     // p' = d(k-1)-p; negative if it crops
    Index pad_after = 0;      // p' + a
    Index extra = 0;          // a: the extra rows at the end, output_padding
};
EquivalentDirect equivalent_direct(const Axis& axis);

}  // namespace convloom::arith
