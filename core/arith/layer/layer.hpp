// A layer: the numbers that fix every shape and every step, and the checks on them. A convolution, its
// transpose, or a pooling, of rank 1 to 3; 1x1, depthwise, dilated and grouped are settings of these.
//
// One Axis per spatial axis, so that nothing is square by assumption. Terms and defaults are PyTorch's:
// cross-correlation (the kernel is not flipped), weight (C_out, C_in/groups, *kernel), transposed
// (C_in, C_out/groups, *kernel), dilation 1 means no gap. A Layer holds no data; a wrong one is not an
// exception but a list of Problems to show.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/arith/layer/layer_kinds.hpp"
#include "core/arith/layer/padding_modes.hpp"
#include "core/arith/layer/shape.hpp"

namespace convloom::arith {

// One spatial axis, all in cells.
struct Axis {
    Index size = 1;  // of the input
    Index kernel = 1;
    Index stride = 1;
    Index pad_before = 0;  // of a transposed convolution: what it crops from its output
    Index pad_after = 0;
    Index dilation = 1;
    Index output_padding = 0;  // transposed only: more cells computed at the end, not zeros added

    friend bool operator==(const Axis&, const Axis&) = default;
};

struct Layer {
    std::vector<Axis> axes;  // 1 to 3; for rank 2: height, width
    Index in_channels = 1;
    Index out_channels = 1;
    Index groups = 1;
    bool bias = false;
    PaddingMode padding_mode = PaddingMode::zeros;
    Op op = Op::convolution;
    bool flip = false;              // true convolution: the kernel turned round in every axis
    bool ceil_mode = false;         // pooling: the output size is rounded up
    bool count_include_pad = true;  // average pooling: padding counts in the divisor
    Index divisor_override = 0;     // average pooling: the divisor, which may be negative; 0 for none

    // What its kind has, from the table of kinds.
    const LayerKind& kind() const { return kind_of(op); }
    bool is_pooling() const { return kind().pooling; }
    bool is_transposed() const { return kind().transposed; }
    bool has_weight() const { return kind().weight; }
    bool mixes_channels() const { return kind().mixes_channels; }
    Reduction reduction() const { return kind().reduction; }
    // Input channels that one output cell is made from, output channels that one of them goes to.
    Index group_in() const { return mixes_channels() ? in_channels / groups : 1; }
    Index group_out() const { return mixes_channels() ? out_channels / groups : 1; }
    // The first of the input channels that an output channel is made from.
    Index first_in_channel(Index out_channel) const {
        return mixes_channels() ? out_channel / group_out() * group_in() : out_channel;
    }
    int rank() const { return static_cast<int>(axes.size()); }
    friend bool operator==(const Layer&, const Layer&) = default;
};

// The fields of a layer that a problem can name.
enum class LayerField {
    rank,
    channels,
    groups,
    size,
    kernel,
    stride,
    padding,
    dilation,
    output_padding,
    pooling,
    memory
};

// What is wrong with a layer, as one sentence with the numbers in it.
struct Problem {
    LayerField field = LayerField::size;
    int axis = -1;  // -1: not of one axis
    std::string sentence;
    std::optional<Index> nearest;  // the nearest value of the field that works, where there is one

    friend bool operator==(const Problem&, const Problem&) = default;
};

// "kernel", "output_padding": the field's name.
std::string_view name_of(LayerField field);

// Everything that is wrong with the layer; empty for one that runs. Equal problems of several axes are
// reported once, with axis -1.
std::vector<Problem> check(const Layer& layer);

// Sizes beyond this are no layer; it also keeps every product of two of them inside 63 bits.
constexpr Index max_field = Index{1} << 30;

// No tensor of a layer may be larger than this.
constexpr Index max_tensor_bytes = Index{4} << 30;

// "convolution", "transposed convolution", "average pooling", "max pooling".
std::string_view name_of(Op op);

// The cells the kernel covers, gaps included: d(k-1)+1.
Index kernel_extent(const Axis& axis);
// i + padding on both sides.
Index padded_size(const Axis& axis);

// A square layer on one channel, the shape of conv_arithmetic's figures.
Layer square_layer(Index size, Index kernel, Index stride, Index padding, Index dilation);

// "height" and "width" for rank 2; "length" for 1; "depth", "height", "width" for 3.
std::string_view axis_name(int rank, int axis);

}  // namespace convloom::arith
