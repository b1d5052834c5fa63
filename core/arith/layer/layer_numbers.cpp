#include "core/arith/layer/layer_numbers.hpp"

#include <algorithm>
#include <stdexcept>

namespace convloom::arith {
namespace {

bool of_every(Op) {
    return true;
}
bool of_weighted(Op op) {
    return kind_of(op).weight;
}
bool of_transposed(Op op) {
    return kind_of(op).transposed;
}
bool of_windowed(Op op) {
    return !kind_of(op).sized_windows;
}
bool of_padded(Op op) {
    return of_windowed(op) && op != Op::lp_pooling;
}
bool of_dilated(Op op) {
    return kind_of(op).weight || op == Op::max_pooling || kind_of(op).unfolds || kind_of(op).folds;
}
bool of_divided(Op op) {
    return op == Op::average_pooling;
}
bool of_adaptive(Op op) {
    return kind_of(op).sized_windows && !kind_of(op).interpolates;
}
bool of_interpolation(Op op) {
    return kind_of(op).interpolates;
}
bool of_norm(Op op) {
    return kind_of(op).reduction == Reduction::norm;
}
bool of_restoring(Op op) {
    return kind_of(op).gathers;
}
bool of_deformable(Op op) {
    return op == Op::deformable_convolution;
}

using Written = LayerNumber::Written;

constexpr LayerNumber number_table[] = {
    {.key = "size",
     .of_axis = &Axis::size,
     .by_default = 1,
     .least = 1,
     .belongs_to = of_every,
     .name = "Input size",
     .field = LayerField::size,
     .has_flag = false,
     .title = "Input size i",
     .slider_most = 16},
    {.key = "kernel",
     .of_axis = &Axis::kernel,
     .by_default = 1,
     .least = 1,
     .belongs_to = of_windowed,
     .torch = "kernel_size",
     .name = "Kernel size",
     .refusal = "Kernel size is {}, but the windows of this kind of layer follow from the sizes.",
     .field = LayerField::kernel,
     .help = "one number, or one per axis such as 3x5",
     .kinds = "layers whose windows have one size",
     .title = "Kernel size k",
     .slider_most = 9},
    {.key = "stride",
     .of_axis = &Axis::stride,
     .by_default = 1,
     .least = 1,
     .belongs_to = of_windowed,
     .torch = "stride",
     .name = "Stride",
     .refusal = "Stride is {}, but the windows of this kind of layer follow from the sizes.",
     .field = LayerField::stride,
     .flag_default = "1",
     .kinds = "layers whose windows have one size",
     .title = "Stride s",
     .slider_most = 6},
    {.key = "padding",
     .of_axis = &Axis::pad_before,
     .after = &Axis::pad_after,
     .belongs_to = of_padded,
     .torch = "padding",
     .name = "Padding",
     .refusal = "Padding is {}, but this kind of layer has none.",
     .field = LayerField::padding,
     .flag_default = "0",
     .help = "numbers, or valid, same (as in PyTorch, for stride 1), same_upper, same_lower (as in ONNX, "
             "TensorFlow), full",
     .kinds = "convolutions, max and average pooling, max unpooling, unfold and fold",
     .title = "Padding p",
     .slider_most = 6},
    {.key = "dilation",
     .of_axis = &Axis::dilation,
     .by_default = 1,
     .least = 1,
     .belongs_to = of_dilated,
     .torch = "dilation",
     .name = "Dilation",
     .refusal = "Dilation is {}, but this kind of layer has none.",
     .field = LayerField::dilation,
     .flag_default = "1",
     .kinds = "convolutions, max pooling, unfold and fold",
     .title = "Dilation d",
     .slider_most = 6},
    {.key = "output_padding",
     .of_axis = &Axis::output_padding,
     .belongs_to = of_transposed,
     .written = Written::for_its_kinds,
     .torch = "output_padding",
     .name = "Output padding",
     .refusal = "Output padding is {}, but only a transposed convolution has any.",
     .field = LayerField::output_padding,
     .flag_default = "0",
     .kinds = "transposed convolutions",
     .title = "Output padding",
     .slider_most = 5},
    {.key = "groups",
     .of_layer = &Layer::groups,
     .by_default = 1,
     .least = 1,
     .belongs_to = of_weighted,
     .written = Written::for_its_kinds,
     .torch = "groups",
     .name = "groups",
     .refusal = "groups is {}, but only convolutions have any; this layer computes each channel alone.",
     .field = LayerField::groups,
     .flag_default = "1",
     .kinds = "convolutions",
     .title = "Groups g"},
    {.key = "divisor_override",
     .of_layer = &Layer::divisor_override,
     .least = -max_field,
     .belongs_to = of_divided,
     .written = Written::where_set,
     .torch = "divisor_override",
     .least_torch_rank = 2,
     .zero_refused = "the divisor must not be 0",
     .name = "divisor_override",
     .refusal = "divisor_override is {}, but only average pooling divides.",
     .field = LayerField::pooling,
     .help = "average pooling: divide by this number instead",
     .kinds = "average pooling"},
    {.key = "output_size",
     .of_axis = &Axis::output_size,
     .belongs_to = of_adaptive,
     .written = Written::where_set,
     .torch = "output_size",
     .torch_none = true,
     .name = "Output size",
     .refusal = "The output size is set to {}, but only adaptive pooling chooses it.",
     .field = LayerField::output_size,
     .flag_default = "0",
     .help = "adaptive pooling: of the output; 0 keeps the input's size",
     .kinds = "adaptive pooling",
     .title = "Output size o (0: as the input)",
     .slider_most = 12},
    {.key = "scale_factor",
     .of_axis = &Axis::scale_factor,
     .by_default = 1,
     .least = 1,
     .belongs_to = of_interpolation,
     .written = Written::where_set,
     .torch = "scale_factor",
     .name = "Scale factor",
     .refusal = "The scale factor is {}, but only an upsampling has one.",
     .field = LayerField::output_size,
     .flag_default = "1",
     .help = "upsampling: output cells for each input cell",
     .kinds = "upsampling",
     .title = "Scale factor",
     .slider_most = 6},
    {.key = "upsample_size",
     .of_axis = &Axis::upsample_size,
     .belongs_to = of_interpolation,
     .written = Written::where_set,
     .torch = "size",
     .name = "Output size",
     .refusal = "The upsampled size is set to {}, but only an upsampling has one.",
     .field = LayerField::output_size,
     .flag_default = "0",
     .help = "upsampling: the output's size, instead of a scale factor",
     .kinds = "upsampling",
     .title = "Output size (0: by the factor)",
     .slider_most = 24},
    {.key = "restored_size",
     .of_axis = &Axis::restored_size,
     .belongs_to = of_restoring,
     .written = Written::where_set,
     .name = "Output size",
     .refusal = "The restored size is set to {}, but only a max unpooling and a fold have one.",
     .field = LayerField::output_size,
     .flag_default = "0",
     .help = "max unpooling and fold: the output's size, for inputs whose last cells no window reached",
     .kinds = "max unpooling and fold",
     .title = "Output size (0: by the window)",
     .slider_most = 24},
    {.key = "norm_type",
     .of_layer = &Layer::norm_type,
     .by_default = 2,
     .least = 1,
     .belongs_to = of_norm,
     .written = Written::where_set,
     .torch = "norm_type",
     .torch_required = true,
     .name = "norm_type",
     .refusal = "norm_type is {}, but only LP pooling has one.",
     .field = LayerField::pooling,
     .help = "LP pooling: the power of the values and the root of their sum",
     .kinds = "LP pooling",
     .title = "Power (norm_type)",
     .slider_most = 8},
    {.key = "offset_groups",
     .of_layer = &Layer::offset_groups,
     .by_default = 1,
     .least = 1,
     .belongs_to = of_deformable,
     .written = Written::where_set,
     .name = "offset_groups",
     .refusal = "offset_groups is {}, but only a deformable convolution has offsets.",
     .field = LayerField::groups,
     .flag_default = "1",
     .help = "deformable: groups of input channels with offsets of their own",
     .kinds = "deformable convolutions",
     .title = "Offset groups"},
};

}  // namespace

std::span<const LayerNumber> layer_numbers() {
    return number_table;
}

const LayerNumber& number_of(Index Axis::*of_axis) {
    for (const LayerNumber& one : number_table)
        if (one.of_axis == of_axis) return one;
    throw std::logic_error("A number of an axis is not in the table.");
}

const LayerNumber& number_of(Index Layer::*of_layer) {
    for (const LayerNumber& one : number_table)
        if (one.of_layer == of_layer) return one;
    throw std::logic_error("A number of a layer is not in the table.");
}

bool is_by_default(const Layer& layer, const LayerNumber& number) {
    if (number.of_layer) return layer.*number.of_layer == number.by_default;
    return std::all_of(layer.axes.begin(), layer.axes.end(), [&](const Axis& axis) {
        return axis.*number.of_axis == number.by_default && (!number.after || axis.*number.after == number.by_default);
    });
}

void set_by_default(Layer& layer, const LayerNumber& number) {
    if (number.of_layer) layer.*number.of_layer = number.by_default;
    if (number.of_axis)
        for (Axis& axis : layer.axes) axis.*number.of_axis = number.by_default;
    if (number.after)
        for (Axis& axis : layer.axes) axis.*number.after = number.by_default;
}

}  // namespace convloom::arith
