// The filters that have names: kernels from a few parameters, pairs of kernels whose answers make one, poolings.
//
// A kernel is laid on the picture as it is (cross-correlation, as in a layer). Weights are computed in double and
// rounded once, so that a name and its parameters give the same kernel everywhere.
#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "core/image/filters/kernel.hpp"
#include "core/image/picture/image.hpp"

namespace convloom::image {

// A number that a filter takes.
struct Parameter {
    std::string_view name;  // as typed: "sigma"
    double usual, least, most;
    bool whole = false;
    std::string_view says;
};

enum class Kind {
    one_kernel,  // each pixel the weighted sum of its neighbours
    magnitude,   // two kernels; each pixel the root of the two sums' squares
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
    // One kernel, two of a magnitude, none of a pooling; one value a parameter, within its bounds.
    std::vector<Kernel> (*kernels)(std::span<const double> values) = nullptr;
    int (*side)(std::span<const double> values) = nullptr;  // of these kernels, or of a pooling's window

    bool is_pooling() const { return kind == Kind::max_pooling || kind == Kind::average_pooling; }
    std::vector<double> usual_values() const;
    std::vector<Kernel> usual_kernels() const { return kernels(usual_values()); }
};

// The same sentence for weights that are nobody's, and the name that they go by.
constexpr std::string_view own_kernel_says = "Each pixel becomes the sum of its neighbours times these weights.";
constexpr std::string_view own_kernel_name = "custom";

const std::vector<NamedFilter>& named_filters();
const NamedFilter* filter_named(std::string_view name);  // null for none

// The side that a Gaussian of this width needs: three sigmas to each side.
int side_for(double sigma);

}  // namespace convloom::image
