// Which of the fifteen relationships of Dumoulin and Visin's guide holds for an axis, what the conventions of
// padding ask for, and a transposed convolution as the direct one that computes the same.
#pragma once
#include <string_view>
#include <utility>

#include "core/arith/layer/layer.hpp"

namespace convloom::arith {

struct Relationship {
    int number = 0;            // 1 to 15; 0 where none covers the numbers, as with unequal padding
    std::string_view formula;  // "o = floor((i + 2p - k) / s) + 1"
    std::string_view says;     // "any padding, any strides"
};

// The most special one that holds.
Relationship relationship(const Layer& layer, int axis);

// The conventions of padding.
enum class PaddingRule {
    valid,       // none
    same,        // PyTorch's: the output as large as the input, strides of 1; the odd cell after
    same_upper,  // ONNX, TensorFlow: output ceil(i/s), of a transposed layer i·s; the odd cell after
    same_lower,  // ONNX: the same, the odd cell before
    full         // every window that touches the input
};

// Of a direct layer: [before, after] for an axis whose size, kernel, stride and dilation are set. None for one whose
// numbers check() refuses.
std::pair<Index, Index> padding_for(PaddingRule rule, const Axis& axis);

// Pads every axis of any layer by the rule. A transposed layer is cropped to i·s under each rule of the same padding
// (ONNX's ConvTranspose, Keras's Conv2DTranspose; PyTorch has none); where its windows leave fewer cells than that,
// output padding makes up for them.
void set_padding(Layer& layer, PaddingRule rule);

// A transposed convolution along one axis, as zeros put between the input cells and a direct convolution of unit
// stride over them with the kernel turned round (and its channel axes swapped).
struct EquivalentDirect {
    Index zeros_between = 0;  // s-1 between each two cells
    Index stretched = 0;      // the input's size with them, s(i-1)+1
    Index pad_before = 0;     // p' = d(k-1)-p; negative where it crops
    Index pad_after = 0;      // p' + a
    Index extra = 0;          // a: the more rows at the end, output_padding
};
EquivalentDirect equivalent_direct(const Axis& axis);

}  // namespace convloom::arith
