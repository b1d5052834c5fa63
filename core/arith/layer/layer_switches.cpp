#include "core/arith/layer/layer_switches.hpp"

#include <stdexcept>

namespace convloom::arith {
namespace {

bool of_pooling(Op op) {
    return kind_of(op).pooling;
}
bool of_counting(Op op) {
    return op == Op::average_pooling || op == Op::partial_convolution;
}
bool of_linear(Op op) {
    return op == Op::upsample_linear;
}
bool never(Op) {
    return false;
}
bool of_flipped(Op op) {
    return kind_of(op).weight && kind_of(op).windowed;
}
bool of_modulated(Op op) {
    return op == Op::deformable_convolution;
}
bool of_padding_modes(Op op) {
    return kind_of(op).has_padding_modes;
}

constexpr LayerSwitch table[] = {
    {.on = &Layer::flip,
     .key = "flip",
     .by_default = false,
     .belongs_to = of_flipped,
     .always_written = of_flipped,
     .comment = "kernel flipped",
     .help = "true convolution: the kernel rotated by 180 degrees",
     .kinds = "convolutions and transposed convolutions",
     .title = "Flip the kernel (true convolution)",
     .change = "Flipped kernel",
     .refusal = "Only a convolution or a transposed convolution can flip its kernel.",
     .field = LayerField::kernel},
    {.on = &Layer::ceil_mode,
     .key = "ceil_mode",
     .by_default = false,
     .belongs_to = of_pooling,
     .always_written = of_pooling,
     .help = "pooling: round the output's size up",
     .kinds = "pooling layers",
     .title = "Round the size up (ceil_mode)",
     .refusal = "Only a pooling layer can round its size up."},
    {.on = &Layer::count_include_pad,
     .key = "count_include_pad",
     .by_default = true,
     .belongs_to = of_counting,
     .always_written = of_pooling,
     .help = "average pooling and partial convolution: count the cells in the input only",
     .kinds = "average pooling and partial convolutions",
     .title = "Count the padding (count_include_pad)",
     .refusal = "Only average pooling and a partial convolution can count their padding."},
    {.on = &Layer::wide_padding,
     .key = "wide_padding",
     .by_default = false,
     .belongs_to = of_padding_modes,
     .always_written = never,
     .comment = "wide padding as in NumPy",
     .help = "padding wider than PyTorch allows goes on mirroring or repeating, as in NumPy",
     .kinds = "convolutions",
     .title = "Wide padding goes on, as in NumPy",
     .change = "Wide padding",
     .refusal = "Only a convolution's padding can go on as in NumPy.",
     .field = LayerField::padding},
    {.on = &Layer::align_corners,
     .key = "align_corners",
     .by_default = false,
     .belongs_to = of_linear,
     .always_written = never,
     .help = "linear upsampling: the corner cells keep their values",
     .kinds = "linear upsampling",
     .title = "Keep the corners (align_corners)",
     .change = "Kept corners",
     .refusal = "Only a linear upsampling can keep its corners.",
     .field = LayerField::output_size},
    {.on = &Layer::modulated,
     .key = "modulated",
     .by_default = false,
     .belongs_to = of_modulated,
     .always_written = of_modulated,
     .comment = "modulated",
     .help = "deformable: multiply each sample by a number of the mask (version 2)",
     .kinds = "deformable convolutions",
     .title = "Modulate the samples (version 2)",
     .change = "Modulation",
     .refusal = "Only a deformable convolution can modulate its samples.",
     .field = LayerField::kernel},
};

}  // namespace

std::span<const LayerSwitch> layer_switches() {
    return table;
}

const LayerSwitch& switch_of(bool Layer::*on) {
    for (const LayerSwitch& one : table)
        if (one.on == on) return one;
    throw std::logic_error("A switch of a layer is not in the table.");
}

}  // namespace convloom::arith
