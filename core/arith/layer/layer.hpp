// A layer: the numbers that determine all shapes and steps, and the checks on them.
//
// A layer is a convolution, a transposed convolution, a pooling or an upsampling of rank 1 to 3; 1x1, depthwise,
// dilated and grouped convolutions are settings of these. Each spatial axis has its own Axis, so no layer is assumed to
// be square. Terms and defaults are PyTorch's: cross-correlation (the kernel is not flipped), weight (C_out,
// C_in/groups, *kernel), transposed (C_in, C_out/groups, *kernel), dilation 1 means no gap. A Layer holds no data. An
// invalid layer throws nothing: check() returns a list of Problems to display.
#pragma once
#include <algorithm>
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
    Index pad_before = 0;  // of a transposed convolution: the cells cropped from its output
    Index pad_after = 0;
    Index dilation = 1;
    Index output_padding = 0;  // transposed only: extra cells computed at the end, not added zeros
    Index output_size = 0;     // adaptive pooling: of its output; 0 keeps the size
    Index scale_factor = 1;    // upsampling: output cells for each input cell
    Index upsample_size = 0;   // upsampling: of its output, instead of a factor; 0: not set
    Index restored_size = 0;   // unpooling and fold: of their output; 0: what the other numbers give

    friend bool operator==(const Axis&, const Axis&) = default;
};

struct Layer {
    std::vector<Axis> axes;  // 1 to 3; for rank 2: height, width
    Index in_channels = 1;
    Index out_channels = 1;
    Index groups = 1;
    bool bias = false;
    PaddingMode padding_mode = PaddingMode::zeros;
    float padding_value = 0;    // of PaddingMode::constant
    bool wide_padding = false;  // a mirror or a circle goes on past what PyTorch allows, as in NumPy
    Op op = Op::convolution;
    bool flip = false;              // true convolution: the kernel is rotated by 180°
    bool ceil_mode = false;         // pooling: the output size is rounded up
    bool count_include_pad = true;  // average pooling: padding counts in the divisor; partial: as cells of the window
    Index divisor_override = 0;     // average pooling: the divisor, which may be negative; 0: not set
    Index norm_type = 2;            // LP pooling: the power of its taps and the root of their sum
    bool align_corners = false;     // linear upsampling: the corner cells keep their values
    bool modulated = false;         // deformable: each sample is multiplied by a number of the mask
    Index offset_groups = 1;        // deformable: groups of input channels with offsets of their own

    // Properties of its kind, from the table in layer_kinds.hpp.
    const LayerKind& kind() const { return kind_of(op); }
    bool is_pooling() const { return kind().pooling; }
    bool is_transposed() const { return kind().transposed; }
    bool has_weight() const { return kind().weight; }
    bool has_sized_windows() const { return kind().sized_windows; }
    bool has_differing_windows() const { return kind().sized_windows || kind().gathers; }
    // The products of its taps differ from the values under the window.
    bool has_products() const { return kind().weight || has_factors() || kind().reduction == Reduction::norm; }
    // It has no weights, but its taps are multiplied by numbers that follow from their position or another tensor.
    bool has_factors() const { return kind().interpolates || op == Op::max_unpooling; }
    bool mixes_channels() const { return kind().mixes_channels; }
    bool changes_channels() const { return kind().unfolds || kind().folds; }  // by the cells of the window
    Reduction reduction() const { return kind().reduction; }
    // The cells of the window; saturates.
    Index window_cells() const;
    // The output channels that as many input channels give, where they are not free.
    Index out_channels_for(Index in) const;
    // Parts of the channels that do not touch each other.
    Index channel_groups() const {
        return mixes_channels() ? groups : std::max<Index>(std::min(in_channels, out_channels), 1);
    }
    // The input channels that one output cell depends on, and the output channels that one input cell feeds.
    Index group_in() const { return in_channels / channel_groups(); }
    Index group_out() const { return out_channels / channel_groups(); }
    // The first input channel that an output channel depends on.
    Index first_in_channel(Index out_channel) const { return out_channel / group_out() * group_in(); }
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
    memory,
    output_size,
    between  // what stands after the layer
};

// What is wrong with a layer, as one sentence with the numbers in it.
struct Problem {
    LayerField field = LayerField::size;
    int axis = -1;  // -1 for a problem that does not belong to one axis
    std::string sentence;
    std::optional<Index> nearest;  // the nearest valid value of the field, if there is one

    friend bool operator==(const Problem&, const Problem&) = default;
};

// The field's name: "kernel", "output_padding".
std::string_view name_of(LayerField field);

// All problems of the layer; empty if it is valid. A problem that is the same on several axes is reported once, with
// axis -1.
std::vector<Problem> check(const Layer& layer);

// The largest value of a field. It keeps the product of any two fields within 63 bits.
constexpr Index max_field = Index{1} << 30;

// The largest size of any tensor of a layer.
constexpr Index max_tensor_bytes = Index{4} << 30;

// "convolution", "average pooling".
std::string_view name_of(Op op);

// The cells that the kernel spans, gaps included: d(k-1)+1.
Index kernel_extent(const Axis& axis);
// i plus the padding on both sides.
Index padded_size(const Axis& axis);

// Sets the mode. Padding that PyTorch refuses makes it wide if the word that the user chose is another library's.
void set_padding_mode(Layer& layer, const AskedPadding& asked);

// A square layer with one channel, as in the figures of conv_arithmetic.
Layer square_layer(Index size, Index kernel, Index stride, Index padding, Index dilation);

// "height" and "width" for rank 2; "length" for 1; "depth", "height", "width" for 3.
std::string_view axis_name(int rank, int axis);

}  // namespace convloom::arith
