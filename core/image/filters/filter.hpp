// The named filters: kernels computed from a few parameters, pairs of kernels whose responses are combined, and
// pooling.
//
// A kernel is applied as written (cross-correlation, as in a layer). Weights are computed in double and rounded once,
// so that a name and its parameters give the same kernel everywhere.
#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "core/image/filters/kernel.hpp"
#include "core/image/picture/image.hpp"

namespace convloom::image {

// A number that a filter takes as a parameter.
struct Parameter {
    std::string_view name;  // as typed: "sigma"
    double usual, least, most;
    bool whole = false;
    std::string_view says;
    std::vector<std::string_view> names = {};  // of the values 0, 1, … where each has one: "scipy"
    bool is_later = false;  // came after files were written without it: they say it only where it is not the usual
};

enum class Kind {
    one_kernel,  // each pixel becomes the weighted sum of its neighbours
    magnitude,   // two kernels; each pixel becomes the square root of the sum of their squared results
    max_pooling,
    average_pooling
};

struct NamedFilter {
    std::string_view name;   // as typed: "sobel-x"
    std::string_view title;  // as shown: "Sobel x"
    std::string_view says;
    Kind kind = Kind::one_kernel;
    ShownAs shown_as = ShownAs::clamped;
    std::vector<Parameter> parameters;
    // One kernel, two for a magnitude, none for pooling; one value per parameter, within its bounds.
    std::vector<Kernel> (*kernels)(std::span<const double> values) = nullptr;
    int (*side)(std::span<const double> values) = nullptr;  // the side of these kernels, or of a pooling window

    bool is_pooling() const { return kind == Kind::max_pooling || kind == Kind::average_pooling; }
    std::vector<double> usual_values() const;
    std::vector<Kernel> usual_kernels() const { return kernels(usual_values()); }
};

// The same for custom weights: their name and description.
constexpr std::string_view own_kernel_says = "Each pixel becomes the sum of its neighbours times these weights.";
constexpr std::string_view own_kernel_name = "custom";

const std::vector<NamedFilter>& named_filters();
const NamedFilter* filter_named(std::string_view name);  // null if there is none

// The side of the kernel for a Gaussian of this sigma: three sigmas to each side.
int side_for(double sigma);

// How far a Gaussian reaches: three sigmas rounded up; SciPy's gaussian_filter, which takes four; OpenCV's GaussianBlur
// of 8 bits, which takes three and rounds its side to the nearest odd number.
enum class SigmaReach { ours, scipy, opencv };
int side_like(SigmaReach like, double sigma);

}  // namespace convloom::image
