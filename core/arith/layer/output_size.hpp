// The shapes of a layer's tensors, and the formula for the output size, as a number and as text.
//
//   direct      o = floor((i + padding - d(k-1) - 1) / s) + 1
//   pooling     the same, or with ceil where ceil_mode is on; a last window that would begin in the padding
//               after the input is dropped
//   transposed  o = s(i-1) + d(k-1) + 1 - padding + output_padding
//   adaptive    o is chosen; window n covers the cells floor(n·i / o) to ceil((n+1)·i / o) - 1
//   upsampling  o = s·i with the scale factor s, or o is chosen
//   unpooling   o = s(i-1) + k - padding, or o is chosen
//   fold        o = s(i-1) + d(k-1) + 1 - padding, or o is chosen
//
// Sources: PyTorch's Conv2d, MaxPool2d and ConvTranspose2d pages; relationships 15, 7 and 14 of Dumoulin and Visin, "A
// guide to convolution arithmetic for deep learning". `padding` is the sum of both sides. All functions except
// output_size expect a layer without problems.
#pragma once
#include <string>
#include <string_view>

#include "core/arith/layer/layer.hpp"

namespace convloom::arith {

Index output_size(const Layer& layer, int axis);
Index output_size(const Axis& axis);    // of a direct convolution
Index restored_size(const Axis& axis);  // of an unpooling or a fold

// The formula with the numbers of this axis: "floor((5 + 2·1 - 2·(3-1) - 1) / 2) + 1 = 2".
std::string output_size_formula(const Layer& layer, int axis);
std::string output_size_formula(const Axis& axis);  // of a direct convolution

// The formula in letters: "o = floor((i + 2p − d(k − 1) − 1) / s) + 1".
std::string_view output_size_law(const Layer& layer);

// The cells of the largest window along an axis: the kernel size, or what follows from the sizes.
Index largest_window(const Layer& layer, int axis);
// The cells of all windows along an axis together, those in the padding included; saturates.
Index all_windows(const Layer& layer, int axis);

// Whether the size is rounded down, so that the last cells may be unused.
bool rounds_down(const Layer& layer);
// The cells at the end of the padded axis that no window reaches, because the size is rounded down.
Index unused_cells(const Axis& axis);

Shape input_shape(const Layer& layer);   // (C_in, *input)
Shape weight_shape(const Layer& layer);  // (C_out, C_in/groups, *kernel), transposed (C_in, C_out/groups, *kernel);
                                         // (0) for a pooling
Shape output_shape(const Layer& layer);  // (C_out, *output)

// The extents of all three tensors and the number of cells of each, computed once for loops over a layer.
struct Extents {
    explicit Extents(const Layer& layer);
    Cell in, kernel, out;
    Index in_volume = 1, kernel_volume = 1, out_volume = 1;
};

Cell input_extents(const Layer& layer);
Cell kernel_extents(const Layer& layer);
Cell output_extents(const Layer& layer);

}  // namespace convloom::arith
