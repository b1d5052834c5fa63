// The kinds of layers in one table: their names in files, in PyTorch code and in figures, and their properties.
//
// Code that asks whether a layer has a weight, a bias or its own number of output channels reads the table. Only code
// whose arithmetic differs by kind switches on Op, without a default, so that the compiler reports every place that a
// new kind has to fill.
#pragma once
#include <array>
#include <cstdlib>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace convloom::arith {

enum class Op {
    convolution,
    transposed_convolution,
    average_pooling,
    max_pooling,
    adaptive_average_pooling,
    adaptive_max_pooling,
    lp_pooling,
    upsample_nearest,
    upsample_linear,
    deformable_convolution,
    partial_convolution,
    max_unpooling,
    unfold,
    fold
};

// How the products under a window are combined.
enum class Reduction { sum, mean, maximum, norm };

// A tensor that a kind of layer takes beside its input; side_tensors.hpp has its shape.
struct SideName {
    const char* key;     // in files: "offset"
    const char* title;   // in panels: "Offsets"
    const char* change;  // in the list of edits: "Numbers of the offsets"
};
constexpr int most_side_tensors = 2;

struct LayerKind {
    Op op;
    std::string_view name;          // in sentences: "transposed convolution"
    std::string_view json;          // in state and case files: "conv_transpose"
    std::string_view flag;          // of `convloom info --op`, which also accepts the name used in files: "transposed"
    const char* title;              // in the list of kinds: "Transposed"
    const char* full_title;         // in titles: "Transposed convolution"
    std::string_view torch;         // PyTorch's class, {} for the rank: "ConvTranspose{}d"
    std::string_view torch_family;  // the same without the rank, for sentences: "ConvTranspose"
    std::string_view torch_arguments;  // in PyTorch's order; switches not named here follow them
    Reduction reduction = Reduction::sum;
    bool transposed = false;         // its input cells are `stride` cells apart
    bool pooling = false;            // PyTorch's rules for the padding, stride and rounding of poolings apply
    bool weight = false;             // has a kernel, and so out_channels and groups
    bool bias = false;               // can have a bias
    bool mixes_channels = false;     // out_channels is free; otherwise each channel is processed on its own
    bool has_padding_modes = false;  // padding other than zeros is possible
    // Its windows follow from the sizes of input and output, and may differ from step to step; it has no kernel size,
    // stride, padding or dilation.
    bool sized_windows = false;
    bool interpolates = false;  // its taps have weights that follow from their position
    // PyTorch's `mode` for ranks 1 to 3; empty if its class has no such argument.
    std::array<std::string_view, 3> torch_modes{};
    // Special settings have titles of their own, such as "Depthwise convolution".
    bool has_special_titles = false;
    // Whether its taps lie in the window along each axis, so that every view can draw it.
    bool windowed = true;
    // Its taps need more than the window and the weight, so that it lists them (steps/listed_taps.hpp).
    bool lists_taps = false;
    // Its window is the input cells that may reach an output cell, so that its size differs from step to step.
    bool gathers = false;
    bool stride_is_kernel = false;  // PyTorch's stride is the kernel's size unless given
    // Each cell of the window has a channel of its own: unfold gives as many times the input's channels, fold takes
    // them.
    bool unfolds = false, folds = false;
    int only_rank = 0;                      // the only number of spatial axes that it has; 0: any
    std::string_view torch_module = "nn.";  // in front of the class in PyTorch code
    std::array<SideName, most_side_tensors> side_tensors = {};
};

// In the order of menus. Use ops() for the order of Op.
inline constexpr LayerKind layer_kinds[] = {
    {.op = Op::convolution,
     .name = "convolution",
     .json = "conv",
     .flag = "conv",
     .title = "Convolution",
     .full_title = "Convolution",
     .torch = "Conv{}d",
     .torch_family = "Conv",
     .torch_arguments = "in_channels, out_channels, kernel_size, stride, padding, dilation, groups, bias, padding_mode",
     .weight = true,
     .bias = true,
     .mixes_channels = true,
     .has_padding_modes = true,
     .has_special_titles = true},
    {.op = Op::transposed_convolution,
     .name = "transposed convolution",
     .json = "conv_transpose",
     .flag = "transposed",
     .title = "Transposed",
     .full_title = "Transposed convolution",
     .torch = "ConvTranspose{}d",
     .torch_family = "ConvTranspose",
     .torch_arguments = "in_channels, out_channels, kernel_size, stride, padding, output_padding, groups, bias, "
                        "dilation, padding_mode",
     .transposed = true,
     .weight = true,
     .bias = true,
     .mixes_channels = true},
    {.op = Op::max_pooling,
     .name = "max pooling",
     .json = "max_pool",
     .flag = "max_pool",
     .title = "Max pooling",
     .full_title = "Max pooling",
     .torch = "MaxPool{}d",
     .torch_family = "MaxPool",
     .torch_arguments = "kernel_size, stride, padding, dilation, return_indices, ceil_mode",
     .reduction = Reduction::maximum,
     .pooling = true,
     .stride_is_kernel = true},
    {.op = Op::average_pooling,
     .name = "average pooling",
     .json = "avg_pool",
     .flag = "avg_pool",
     .title = "Average pooling",
     .full_title = "Average pooling",
     .torch = "AvgPool{}d",
     .torch_family = "AvgPool",
     .torch_arguments = "kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override",
     .reduction = Reduction::mean,
     .pooling = true,
     .stride_is_kernel = true},
    {.op = Op::adaptive_average_pooling,
     .name = "adaptive average pooling",
     .json = "adaptive_avg_pool",
     .flag = "adaptive_avg_pool",
     .title = "Adaptive average",
     .full_title = "Adaptive average pooling",
     .torch = "AdaptiveAvgPool{}d",
     .torch_family = "AdaptiveAvgPool",
     .torch_arguments = "output_size",
     .reduction = Reduction::mean,
     .sized_windows = true},
    {.op = Op::adaptive_max_pooling,
     .name = "adaptive max pooling",
     .json = "adaptive_max_pool",
     .flag = "adaptive_max_pool",
     .title = "Adaptive max",
     .full_title = "Adaptive max pooling",
     .torch = "AdaptiveMaxPool{}d",
     .torch_family = "AdaptiveMaxPool",
     .torch_arguments = "output_size, return_indices",
     .reduction = Reduction::maximum,
     .sized_windows = true},
    {.op = Op::lp_pooling,
     .name = "LP pooling",
     .json = "lp_pool",
     .flag = "lp_pool",
     .title = "LP pooling",
     .full_title = "LP pooling",
     .torch = "LPPool{}d",
     .torch_family = "LPPool",
     .torch_arguments = "norm_type, kernel_size, stride, ceil_mode",
     .reduction = Reduction::norm,
     .pooling = true,
     .stride_is_kernel = true},
    {.op = Op::upsample_nearest,
     .name = "nearest upsampling",
     .json = "upsample_nearest",
     .flag = "upsample_nearest",
     .title = "Upsample, nearest",
     .full_title = "Nearest upsampling",
     .torch = "Upsample",
     .torch_family = "Upsample",
     .torch_arguments = "size, scale_factor, mode, align_corners",
     .sized_windows = true,
     .interpolates = true,
     .torch_modes = {"nearest", "nearest", "nearest"}},
    {.op = Op::upsample_linear,
     .name = "linear upsampling",
     .json = "upsample_linear",
     .flag = "upsample_linear",
     .title = "Upsample, linear",
     .full_title = "Linear upsampling",
     .torch = "Upsample",
     .torch_family = "Upsample",
     .torch_arguments = "size, scale_factor, mode, align_corners",
     .sized_windows = true,
     .interpolates = true,
     .torch_modes = {"linear", "bilinear", "trilinear"}},
    // torchvision.ops.DeformConv2d; with the switch `modulated` its second version (Zhu et al. 2018).
    {.op = Op::deformable_convolution,
     .name = "deformable convolution",
     .json = "deform_conv",
     .flag = "deformable",
     .title = "Deformable",
     .full_title = "Deformable convolution",
     .torch = "DeformConv{}d",
     .torch_family = "DeformConv",
     .torch_arguments = "in_channels, out_channels, kernel_size, stride, padding, dilation, groups, bias",
     .weight = true,
     .bias = true,
     .mixes_channels = true,
     .windowed = false,
     .lists_taps = true,
     .only_rank = 2,
     .torch_module = "torchvision.ops.",
     .side_tensors = {{{.key = "offset", .title = "Offsets", .change = "Numbers of the offsets"},
                       {.key = "mask", .title = "Modulation", .change = "Numbers of the modulation"}}}},
    // Liu et al. 2018, with the names of its authors' code.
    {.op = Op::partial_convolution,
     .name = "partial convolution",
     .json = "partial_conv",
     .flag = "partial",
     .title = "Partial",
     .full_title = "Partial convolution",
     .torch = "PartialConv{}d",
     .torch_family = "PartialConv",
     .torch_arguments = "in_channels, out_channels, kernel_size, stride, padding, dilation, groups, bias",
     .weight = true,
     .bias = true,
     .mixes_channels = true,
     .windowed = false,
     .lists_taps = true,
     .only_rank = 2,
     .torch_module = "",
     .side_tensors = {{{.key = "mask", .title = "Mask", .change = "Numbers of the mask"}, {}}}},
    // Puts each value back where the max pooling that gave the indices found it.
    {.op = Op::max_unpooling,
     .name = "max unpooling",
     .json = "max_unpool",
     .flag = "max_unpool",
     .title = "Max unpooling",
     .full_title = "Max unpooling",
     .torch = "MaxUnpool{}d",
     .torch_family = "MaxUnpool",
     .torch_arguments = "kernel_size, stride, padding",
     .lists_taps = true,
     .gathers = true,
     .stride_is_kernel = true,
     .side_tensors = {{{.key = "indices", .title = "Indices", .change = "Numbers of the indices"}, {}}}},
    // PyTorch joins the places of the windows to one axis, L; here they keep theirs.
    {.op = Op::unfold,
     .name = "unfold",
     .json = "unfold",
     .flag = "unfold",
     .title = "Unfold",
     .full_title = "Unfold",
     .torch = "Unfold",
     .torch_family = "Unfold",
     .torch_arguments = "kernel_size, dilation, padding, stride",
     .lists_taps = true,
     .unfolds = true,
     .only_rank = 2},
    {.op = Op::fold,
     .name = "fold",
     .json = "fold",
     .flag = "fold",
     .title = "Fold",
     .full_title = "Fold",
     .torch = "Fold",
     .torch_family = "Fold",
     .torch_arguments = "output_size, kernel_size, dilation, padding, stride",
     .lists_taps = true,
     .gathers = true,
     .folds = true,
     .only_rank = 2},
};

// Has no default, so that the compiler reports a kind without a row.
constexpr const LayerKind& kind_of(Op op) {
    switch (op) {
        case Op::convolution:
            return layer_kinds[0];
        case Op::transposed_convolution:
            return layer_kinds[1];
        case Op::average_pooling:
            return layer_kinds[3];
        case Op::max_pooling:
            return layer_kinds[2];
        case Op::adaptive_average_pooling:
            return layer_kinds[4];
        case Op::adaptive_max_pooling:
            return layer_kinds[5];
        case Op::lp_pooling:
            return layer_kinds[6];
        case Op::upsample_nearest:
            return layer_kinds[7];
        case Op::upsample_linear:
            return layer_kinds[8];
        case Op::deformable_convolution:
            return layer_kinds[9];
        case Op::partial_convolution:
            return layer_kinds[10];
        case Op::max_unpooling:
            return layer_kinds[11];
        case Op::unfold:
            return layer_kinds[12];
        case Op::fold:
            return layer_kinds[13];
    }
    std::abort();
}

// Checks that every row is at the index that kind_of() uses.
static_assert([] {
    for (const LayerKind& kind : layer_kinds)
        if (&kind_of(kind.op) != &kind) return false;
    return true;
}());

std::vector<Op> ops();  // in the order of Op

std::optional<Op> op_of_json_name(std::string_view name);
std::optional<Op> op_of_flag(std::string_view name);

// The name of the class: "Conv2d".
std::string torch_name(const LayerKind& kind, int rank);

// "a, b and c", where `last` is " and ".
std::string listed(std::span<const std::string_view> names, std::string_view last);
// The same for one column of the table.
std::string listed(std::string_view LayerKind::*name, std::string_view last);

}  // namespace convloom::arith
