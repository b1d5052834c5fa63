// Kernels of what resizes; what slides is a Layer (node_layer.hpp).
// Formulas: https://onnx.ai/onnx/operators/onnx__Resize.html.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/network/evaluate/kernel.hpp"

namespace convloom::network {
namespace {

struct Grid {
    Index from = 0, to = 0;  // sizes along the axis
    double scale = 1;
    std::string transform;

    double source(Index at) const {
        const auto x = static_cast<double>(at);
        if (transform == "asymmetric") return x / scale;
        if (transform == "align_corners")
            return to == 1 ? 0 : x * static_cast<double>(from - 1) / static_cast<double>(to - 1);
        if (transform == "pytorch_half_pixel" && to == 1) return 0;
        return (x + 0.5) / scale - 0.5;
    }
};

Index nearest_of(double x, const std::string& mode) {
    if (mode == "floor") return static_cast<Index>(std::floor(x));
    if (mode == "ceil") return static_cast<Index>(std::ceil(x));
    if (mode == "round_prefer_ceil") return static_cast<Index>(std::floor(x + 0.5));
    return static_cast<Index>(std::ceil(x - 0.5));
}

// Resamples along one axis.
void along(const Array& x, Array& out, std::size_t axis, const Grid& grid, bool linear, const std::string& nearest) {
    Index inner = 1, outer = 1;
    for (std::size_t n = 0; n < axis; ++n) outer *= x.sizes[n];
    for (std::size_t n = axis + 1; n < x.sizes.size(); ++n) inner *= x.sizes[n];
    for (Index at = 0; at < grid.to; ++at) {
        const double source = grid.source(at);
        if (!(std::abs(source) < 1e9)) fault("A scale of {} is not possible.", grid.scale);
        const Index low = linear ? static_cast<Index>(std::floor(source)) : nearest_of(source, nearest);
        const auto part = static_cast<float>(linear ? source - static_cast<double>(low) : 0);
        const Index a = std::clamp<Index>(low, 0, grid.from - 1), b = std::clamp<Index>(low + 1, 0, grid.from - 1);
        for (Index n = 0; n < outer; ++n) {
            const float *first = x.values.data() + (n * grid.from + a) * inner,
                        *second = x.values.data() + (n * grid.from + b) * inner;
            float* to = out.values.data() + (n * grid.to + at) * inner;
            for (Index k = 0; k < inner; ++k) to[k] = part == 0 ? first[k] : first[k] + part * (second[k] - first[k]);
        }
    }
}

void resample(const Work& work, const std::string& transform, const std::string& nearest,
              const std::vector<double>& scales) {
    const std::string mode = work.call.text("mode", "nearest");
    if (mode != "nearest" && mode != "linear") fault("“mode” {} is not computed here; nearest and linear are.", mode);
    static constexpr const char* known[] = {"half_pixel", "asymmetric", "align_corners", "pytorch_half_pixel"};
    if (std::find(std::begin(known), std::end(known), transform) == std::end(known))
        fault("“coordinate_transformation_mode” {} is not computed here.", transform);
    if (work.call.number("antialias", 0) != 0) fault("“antialias” is not computed here.");
    Array now = work.in(0);
    const Sizes& asked = work.out().sizes;
    if (element_count(asked) == 0) return;
    // Axes that shrink come first, so that nothing between is larger than both the input and the output.
    std::vector<std::size_t> order(asked.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_partition(order.begin(), order.end(), [&](std::size_t axis) { return asked[axis] < now.sizes[axis]; });
    for (const std::size_t axis : order) {
        if (asked[axis] == now.sizes[axis] && (scales.empty() || scales[axis] == 1)) continue;
        Array next{now.sizes, {}};
        next.sizes[axis] = asked[axis];
        next.values.resize(static_cast<std::size_t>(element_count(next.sizes).value_or(0)));
        const double scale =
            scales.empty() ? static_cast<double>(asked[axis]) / static_cast<double>(now.sizes[axis]) : scales[axis];
        if (now.sizes[axis] == 0) fault("An axis of size 0 cannot be resized.");
        along(now, next, axis, {now.sizes[axis], asked[axis], scale, transform}, mode == "linear", nearest);
        now = std::move(next);
    }
    work.out().values = std::move(now.values);
}

std::vector<double> as_scales(const Work& work, std::size_t input) {
    if (!work.has(input) || work.in(input).values.size() != work.out().sizes.size()) return {};
    return {work.in(input).values.begin(), work.in(input).values.end()};
}

void resize(const Work& work) {
    if (work.call.has_attribute("axes")) fault("Resize with “axes” is not computed here.");
    const bool old = work.call.opset > 0 && work.call.opset < 11;  // X, scales, as Upsample
    if (old) return resample(work, "asymmetric", "floor", as_scales(work, 1));
    resample(work, work.call.text("coordinate_transformation_mode", "half_pixel"),
             work.call.text("nearest_mode", "round_prefer_floor"), as_scales(work, 2));
}

void upsample(const Work& work) {
    const Attribute* given = work.call.node.attribute("scales");
    resample(work, "asymmetric", "floor",
             given != nullptr ? std::vector<double>(given->reals.begin(), given->reals.end()) : as_scales(work, 1));
}

constexpr NamedKernel window_kernels[] = {
    {"Resize", resize},
    {"Upsample", upsample},
};

}  // namespace

std::span<const NamedKernel> kernels_for_windows() {
    return window_kernels;
}

}  // namespace convloom::network
