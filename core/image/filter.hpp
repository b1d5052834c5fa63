// Filters on pictures: a square kernel with an odd side slides over each colour channel (cross-correlation, as
// in a layer), alpha is kept, and the picture keeps its size because the border is padded.
#pragma once
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/arith/layer.hpp"
#include "core/image/image.hpp"

namespace convloom::image {

struct Kernel {
    int side = 3;                  // odd
    std::vector<float> weights;    // row-major, side²
    friend bool operator==(const Kernel&, const Kernel&) = default;
};

// A kernel known by name, with one sentence on what it does.
struct NamedFilter {
    std::string_view name;    // as typed: "sobel-x"
    std::string_view title;   // as shown: "Sobel x"
    std::string_view says;
    Kernel kernel;
    ShownAs shown_as = ShownAs::clamped;
};

// The same sentence for weights that are nobody's.
constexpr std::string_view own_kernel_says = "Each pixel becomes the sum of its neighbours times these weights.";

const std::vector<NamedFilter>& named_filters();
const NamedFilter* filter_named(std::string_view name);   // null for none

// The picture filtered. The sums are taken in the order of the reference loops (kernel rows, then columns),
// so the result is theirs to the last bit. Values are not clamped.
Image filtered(const Image& image, const Kernel& kernel, arith::PaddingMode border);

}  // namespace convloom::image
