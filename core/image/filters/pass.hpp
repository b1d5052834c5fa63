// A stack of filters: passes over the picture one after the other, each with its options, each to be switched off
// alone.
//
// Between passes nothing is rounded or cut; only the last result is brought to the depth that is wanted.
#pragma once
#include <string>
#include <vector>

#include "core/arith/layer/layer.hpp"
#include "core/image/filters/filter.hpp"

namespace convloom::image {

enum class Channels {
    each,      // every colour channel by itself
    luminance  // the picture turned to grey first; the result has one channel
};

struct PassOptions {
    arith::PaddingMode padding = arith::PaddingMode::reflect;
    int stride = 1, dilation = 1;
    Channels channels = Channels::each;
    bool linear_light = false;   // computed on light rather than on stored sRGB values
    float gain = 1, offset = 0;  // of the sum; 1 is full brightness
    bool absolute = false;       // after gain and offset
    // Whether colours are filtered as they are stored and alpha is kept. Otherwise a colour counts as much as its alpha
    // says, and alpha is filtered too.
    bool straight_alpha = false;
    friend bool operator==(const PassOptions&, const PassOptions&) = default;
};

struct Pass {
    std::string filter = "gaussian";  // a name of named_filters(), or own_kernel_name
    std::vector<double> parameters;   // the filter's; empty for the usual ones
    std::vector<Kernel> own;          // of own_kernel_name: one, or one a colour channel; of one side
    PassOptions options;
    bool on = true;
    friend bool operator==(const Pass&, const Pass&) = default;
};

// A named filter with its usual parameters.
Pass usual_pass(std::string_view name);

using Stack = std::vector<Pass>;

constexpr int most_stride = 32, most_dilation = 32, most_passes = 32;
constexpr int most_extent = 1024;  // pixels a side under a kernel, the gaps of its dilation included

// What a pass lays on the picture.
struct PassKernels {
    Kind kind = Kind::one_kernel;
    std::vector<Kernel> kernels;  // one; one a channel of own; two of a magnitude; none of a pooling
    int side = 1, stride = 1, dilation = 1;
    bool is_pooling() const { return kind == Kind::max_pooling || kind == Kind::average_pooling; }
};
PassKernels kernels_of(const Pass& pass);
// The same without the weights, which take a while to compute where a kernel is wide.
PassKernels shape_of(const Pass& pass);

// How a result is shown and written where nobody says otherwise. Of edges, whose sums have either sign, the sign is
// dropped; Laplacian of Gaussian, difference of Gaussians and Gabor are shown with it; all else is clamped.
ShownAs usual_shown_as(const Stack& stack);

// Empty for a pass that can be run on a picture of these channels, else why not, as one sentence.
std::string fault_of(const Pass& pass, int colour_channels);

// Of a side of the picture after one pass, and of the picture after all that are on.
int size_after(const Pass& pass, int size);

}  // namespace convloom::image
