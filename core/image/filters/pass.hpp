// A stack of filters: passes over the picture one after the other, each with its options, each with its own on/off
// switch.
//
// Nothing is rounded or clamped between passes; only the last result is converted to the requested depth.
#pragma once
#include <string>
#include <vector>

#include "core/arith/layer/layer.hpp"
#include "core/image/filters/filter.hpp"

namespace convloom::image {

enum class Channels {
    each,      // every colour channel on its own
    luminance  // the picture is converted to grey first; the result has one channel
};

struct PassOptions {
    arith::PaddingMode padding = arith::PaddingMode::reflect;
    int stride = 1, dilation = 1;
    Channels channels = Channels::each;
    bool linear_light = false;   // computed on linear light rather than on stored sRGB values
    float gain = 1, offset = 0;  // applied to the sum; 1 is full brightness
    bool absolute = false;       // applied after gain and offset
    // Whether colours are filtered as stored and alpha is kept. Otherwise colours are weighted by their alpha, and
    // alpha is filtered too.
    bool straight_alpha = false;
    friend bool operator==(const PassOptions&, const PassOptions&) = default;
};

struct Pass {
    std::string filter = "gaussian";  // a name of named_filters(), or own_kernel_name
    std::vector<double> parameters;   // the filter's; empty for the defaults
    std::vector<Kernel> own;          // for own_kernel_name: one, or one per colour channel; all of one side
    PassOptions options;
    bool on = true;
    friend bool operator==(const Pass&, const Pass&) = default;
};

// The parameters of its filter; those that are not given have their usual values.
std::vector<double> values_of(const Pass& pass, const NamedFilter& filter);

// A named filter with its default parameters.
Pass usual_pass(std::string_view name);

using Stack = std::vector<Pass>;

constexpr int most_stride = 32, most_dilation = 32, most_passes = 32;
constexpr int most_extent = 1024;  // pixels per side under a kernel, including the gaps of its dilation

// The kernels that a pass applies.
struct PassKernels {
    Kind kind = Kind::one_kernel;
    std::vector<Kernel> kernels;  // one; one per channel for custom kernels; two for a magnitude; none for pooling
    int side = 1, stride = 1, dilation = 1;
    bool is_pooling() const { return kind == Kind::max_pooling || kind == Kind::average_pooling; }
};
PassKernels kernels_of(const Pass& pass);
// The same without the weights, which take a while to compute for a wide kernel.
PassKernels shape_of(const Pass& pass);

// How a result is shown and written by default: edge filters, whose sums have either sign, as absolute values;
// Laplacian of Gaussian, difference of Gaussians and Gabor signed; all others clamped.
ShownAs usual_shown_as(const Stack& stack);

// Empty if the pass can run on a picture with these channels, else the reason, as one sentence.
std::string fault_of(const Pass& pass, int colour_channels);

// The length of a side after one pass, and the picture's size after all passes that are on.
int size_after(const Pass& pass, int size);

}  // namespace convloom::image
