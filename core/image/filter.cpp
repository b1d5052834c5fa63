#include "core/image/filter.hpp"

#include <algorithm>

#include "core/arith/convolve.hpp"

namespace convloom::image {

const std::vector<NamedFilter>& named_filters() {
    static const std::vector<NamedFilter> filters = {
        {"gaussian", "Gaussian blur", "Each pixel becomes a weighted mean of its neighbours, the nearest counting most.",
         {3, {1 / 16.f, 2 / 16.f, 1 / 16.f, 2 / 16.f, 4 / 16.f, 2 / 16.f, 1 / 16.f, 2 / 16.f, 1 / 16.f}}},
        {"sharpen", "Sharpen", "Adds to each pixel what sets it apart from its four neighbours.",
         {3, {0, -1, 0, -1, 5, -1, 0, -1, 0}}},
        {"sobel-x", "Sobel x", "The slope from left to right: vertical edges answer, even areas give 0.",
         {3, {-1, 0, 1, -2, 0, 2, -1, 0, 1}}, ShownAs::absolute},
        {"laplacian", "Laplacian", "How far a pixel lies from the mean of its eight neighbours: edges of any direction.",
         {3, {-1, -1, -1, -1, 8, -1, -1, -1, -1}}, ShownAs::absolute},
        {"emboss", "Emboss", "Lights the picture from the upper left, as if it were pressed into paper.",
         {3, {-2, -1, 0, -1, 1, 1, 0, 1, 2}}},
    };
    return filters;
}

const NamedFilter* filter_named(std::string_view name) {
    const auto& all = named_filters();
    auto found = std::find_if(all.begin(), all.end(), [&](const NamedFilter& f) { return f.name == name; });
    return found == all.end() ? nullptr : &*found;
}

namespace {

// One channel with its border around it, so that the inner loops need no test.
std::vector<float> padded_plane(const float* plane, int width, int height, int border, arith::PaddingMode mode) {
    const int stride = width + 2 * border;
    std::vector<float> padded(static_cast<std::size_t>(stride) * (height + 2 * border), 0.0f);
    for (int y = -border; y < height + border; ++y) {
        const auto row = arith::padding_source(y, height, mode);
        if (row < 0) continue;
        const float* from = plane + static_cast<std::size_t>(row) * width;
        float* to = padded.data() + static_cast<std::size_t>(y + border) * stride;
        std::copy(from, from + width, to + border);
        for (int n = 1; n <= border; ++n) {
            const auto left = arith::padding_source(-n, width, mode);
            const auto right = arith::padding_source(width - 1 + n, width, mode);
            if (left >= 0) to[border - n] = from[left];
            if (right >= 0) to[border + width - 1 + n] = from[right];
        }
    }
    return padded;
}

}  // namespace

Image filtered(const Image& image, const Kernel& kernel, arith::PaddingMode border) {
    Image result{image.width, image.height, image.channels, std::vector<float>(image.values.size(), 0.0f)};
    const int half = kernel.side / 2, stride = image.width + 2 * half;
    for (int c = 0; c < image.colour_channels(); ++c) {
        const std::size_t start = image.plane_size() * c;
        const auto padded = padded_plane(image.values.data() + start, image.width, image.height, half, border);
        for (int y = 0; y < image.height; ++y) {
            float* out = result.values.data() + start + static_cast<std::size_t>(y) * image.width;
            for (int r = 0; r < kernel.side; ++r)
                for (int k = 0; k < kernel.side; ++k) {
                    const float weight = kernel.weights[static_cast<std::size_t>(r) * kernel.side + k];
                    const float* in = padded.data() + static_cast<std::size_t>(y + r) * stride + k;
                    for (int x = 0; x < image.width; ++x) out[x] += in[x] * weight;
                }
        }
    }
    if (image.has_alpha()) {
        const std::size_t start = image.plane_size() * image.colour_channels();
        std::copy(image.values.begin() + static_cast<std::ptrdiff_t>(start), image.values.end(),
                  result.values.begin() + static_cast<std::ptrdiff_t>(start));
    }
    return result;
}

}  // namespace convloom::image
