// The kinds of layers, in one table: what each is called in files, in PyTorch's words and on pictures, and what it has.
//
// Whoever asks what a layer has (a weight, a bias, channels of its own) asks the table. Only what differs in arithmetic
// asks the Op, in a switch without a default, so that the compiler names the places that a new kind has to fill.
#pragma once
#include <cstdlib>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace convloom::arith {

enum class Op { convolution, transposed_convolution, average_pooling, max_pooling };

// What becomes of the products under a window.
enum class Reduction { sum, mean, maximum };

struct LayerKind {
    Op op;
    std::string_view name;             // in sentences: "transposed convolution"
    std::string_view json;             // in states and files of cases: "conv_transpose"
    std::string_view flag;             // of `convloom info --op`, which takes the name in files too: "transposed"
    const char* title;                 // in the list of kinds: "Transposed"
    const char* full_title;            // in titles: "Transposed convolution"
    std::string_view torch;            // PyTorch's class, {} for the rank: "ConvTranspose{}d"
    std::string_view torch_family;     // without the rank, as sentences name it: "ConvTranspose"
    std::string_view torch_arguments;  // in PyTorch's order; switches that are not named here come after them
    Reduction reduction = Reduction::sum;
    bool transposed = false;         // its input's cells are set a stride apart
    bool pooling = false;            // a window without a kernel: PyTorch's rules of padding, stride and rounding
    bool weight = false;             // a kernel, and the channels and groups that it joins
    bool bias = false;               // can have one
    bool mixes_channels = false;     // out_channels is free; else each channel is worked on alone and goes on
    bool has_padding_modes = false;  // other padding than zeros
    // Titles of special settings, as "Depthwise convolution".
    bool has_special_titles = false;
};

// In the order in which words offer them. Lists in the order of Op go by ops().
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
     .pooling = true},
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
     .pooling = true},
};

// Without a default, so that the compiler names a kind without a row.
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
    }
    std::abort();
}

// Every row stands where kind_of() looks for it.
static_assert([] {
    for (const LayerKind& kind : layer_kinds)
        if (&kind_of(kind.op) != &kind) return false;
    return true;
}());

std::vector<Op> ops();  // in their own order

std::optional<Op> op_of_json_name(std::string_view name);
std::optional<Op> op_of_flag(std::string_view name);

// "Conv2d".
std::string torch_name(const LayerKind& kind, int rank);

// "a, b and c" with " and " as what stands before the last.
std::string listed(std::span<const std::string_view> names, std::string_view last);
// Of a column of the table, row by row.
std::string listed(std::string_view LayerKind::*name, std::string_view last);

}  // namespace convloom::arith
