#include "core/state/words/filter_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "core/state/base/edit_distance.hpp"
#include "core/state/base/error.hpp"

namespace convloom::state {
namespace {

constexpr FilterAlias aliases[] = {{"none", "identity"},
                                   {"mean", "box"},
                                   {"average", "box"},
                                   {"mean-filter", "box"},
                                   {"mean-blur", "box"},
                                   {"boxblur", "box"},
                                   {"uniform", "box"},
                                   {"blur", "gaussian"},
                                   {"gauss", "gaussian"},
                                   {"gaussian-filter", "gaussian"},
                                   {"gaussianblur", "gaussian"},
                                   {"gauss-blur", "gaussian"},
                                   {"sharp", "sharpen"},
                                   {"sharpening", "sharpen"},
                                   {"unsharp-masking", "unsharp"},
                                   {"unsharpen", "unsharp"},
                                   {"usm", "unsharp"},
                                   {"sobel-horizontal", "sobel-y"},
                                   {"sobel-vertical", "sobel-x"},
                                   {"gradient", "sobel"},
                                   {"laplace", "laplacian"},
                                   {"laplacian-4", "laplacian"},
                                   {"laplace-8", "laplacian-8"},
                                   {"laplacian-of-gaussian", "log"},
                                   {"gaussian-laplace", "log"},
                                   {"mexican-hat", "log"},
                                   {"marr-hildreth", "log"},
                                   {"difference-of-gaussian", "dog"},
                                   {"bokeh", "disk"},
                                   {"pillbox", "disk"},
                                   {"defocus", "disk"},
                                   {"lens-blur", "disk"},
                                   {"disk-blur", "disk"},
                                   {"highpass", "high-pass"},
                                   {"derivative-of-gaussian", "gaussian-derivative"},
                                   {"gaussian-gradient-magnitude", "gaussian-gradient"},
                                   {"freichen", "frei-chen"},
                                   {"savgol", "savitzky-golay"},
                                   {"motion", "motion-blur"},
                                   {"gabor-filter", "gabor"},
                                   {"max-pool", "max-pooling"},
                                   {"maxpool", "max-pooling"},
                                   {"maxpooling", "max-pooling"},
                                   {"maximum-pooling", "max-pooling"},
                                   {"avg-pooling", "average-pooling"},
                                   {"avg-pool", "average-pooling"},
                                   {"avgpool", "average-pooling"},
                                   {"average-pool", "average-pooling"},
                                   {"averagepooling", "average-pooling"},
                                   {"mean-pooling", "average-pooling"},
                                   {"mean-pool", "average-pooling"}};

constexpr std::string_view sorts = "it sorts the pixels under its window",
                           thresholds = "it compares values with bounds";

// Filters that are not weighted sums of neighbours: the reason, and the nearest filter available here.
struct Other {
    std::string_view name, why, nearest;
};
constexpr Other others[] = {
    {"median", sorts, "gaussian"},
    {"median-blur", sorts, "gaussian"},
    {"median-filter", sorts, "gaussian"},
    {"percentile", sorts, "gaussian"},
    {"rank", sorts, "gaussian"},
    {"mode", "it counts the pixels under its window", "gaussian"},
    {"bilateral", "its weights depend on the pixels' values", "gaussian"},
    {"bilateral-filter", "its weights depend on the pixels' values", "gaussian"},
    {"guided", "its weights depend on the pixels' values", "gaussian"},
    {"guided-filter", "its weights depend on the pixels' values", "gaussian"},
    {"nlm", "its weights depend on the pixels' values", "gaussian"},
    {"non-local-means", "its weights depend on the pixels' values", "gaussian"},
    {"anisotropic-diffusion", "its weights depend on the pixels' values", "gaussian"},
    {"kuwahara", "it chooses among the windows around a pixel", "gaussian"},
    {"wiener", "its weights depend on the pixels' values", "gaussian"},
    {"denoise", "its weights depend on the pixels' values", "gaussian"},
    {"canny", "it thins edges and follows them between two bounds after a Gaussian and Sobel", "sobel"},
    {"harris", "it joins products of slopes", "sobel"},
    {"hough", "it counts lines", "sobel"},
    {"erode", "it takes the smallest value under its window", "max-pooling"},
    {"erosion", "it takes the smallest value under its window", "max-pooling"},
    {"min", "it takes the smallest value under its window", "max-pooling"},
    {"minimum", "it takes the smallest value under its window", "max-pooling"},
    {"min-pooling", "it takes the smallest value under its window", "max-pooling"},
    {"min-pool", "it takes the smallest value under its window", "max-pooling"},
    {"dilate", "it takes the largest value under its window", "max-pooling"},
    {"dilation", "it takes the largest value under its window", "max-pooling"},
    {"max", "it takes the largest value under its window", "max-pooling"},
    {"maximum", "it takes the largest value under its window", "max-pooling"},
    {"open", "it takes smallest values and then largest ones", "max-pooling"},
    {"opening", "it takes smallest values and then largest ones", "max-pooling"},
    {"close", "it takes largest values and then smallest ones", "max-pooling"},
    {"closing", "it takes largest values and then smallest ones", "max-pooling"},
    {"top-hat", "it takes the smallest and largest values under its window", "max-pooling"},
    {"tophat", "it takes the smallest and largest values under its window", "max-pooling"},
    {"morphological-gradient", "it takes the smallest and largest values under its window", "sobel"},
    {"threshold", thresholds, "sharpen"},
    {"otsu", thresholds, "sharpen"},
    {"equalize", "it counts the values of the whole picture", "sharpen"},
    {"histogram-equalization", "it counts the values of the whole picture", "sharpen"},
    {"clahe", "it counts the values of parts of the picture", "unsharp"},
    {"global-max-pooling", "its window is the whole picture", "max-pooling"},
    {"global-average-pooling", "its window is the whole picture", "average-pooling"}};

// "Gaussian Blur" and "gaussian_blur" in the form in which names are typed: "gaussian-blur".
std::string as_typed(std::string_view name) {
    std::string typed;
    for (char c : name) {
        const bool letter = c >= 'A' && c <= 'Z';
        typed += letter ? static_cast<char>(c - 'A' + 'a') : c == ' ' || c == '_' ? '-' : c;
    }
    return typed;
}

const image::NamedFilter* known(std::string_view name) {
    for (const image::NamedFilter& filter : image::named_filters())
        if (name == filter.name || name == as_typed(filter.title)) return &filter;
    for (const FilterAlias& alias : aliases)
        if (name == alias.name) return image::filter_named(alias.filter);
    return nullptr;
}

// Whether a name may be mistyped: at most a third of its letters is wrong, and not the first one, which often is the
// only difference between short names.
bool is_slip(std::string_view name, std::string_view meant) {
    const std::size_t apart = edit_distance(name, meant), letters = std::min(name.size(), meant.size());
    return apart <= letters / 3 && (name.front() == meant.front() || (apart == 1 && letters > 4));
}

std::string guess(std::string_view name) {
    std::string_view best;
    auto take = [&](std::string_view candidate, std::string_view filter, std::size_t& least) {
        const std::size_t apart = edit_distance(name, candidate);
        if (apart < least && is_slip(name, candidate)) best = filter, least = apart;
    };
    std::size_t least = name.size() + 1;
    for (const image::NamedFilter& filter : image::named_filters()) take(filter.name, filter.name, least);
    for (const FilterAlias& alias : aliases) take(alias.name, alias.filter, least);
    return std::string(best);
}

}  // namespace

std::span<const FilterAlias> filter_aliases() {
    return aliases;
}

const image::NamedFilter& find_filter(std::string_view name) {
    const std::string typed = as_typed(name);
    if (const image::NamedFilter* filter = known(typed)) return *filter;
    for (const Other& other : others)
        if (typed == other.name)
            throw Error(fmt::format("“{}” is not a convolution: {}; the nearest filter here is “{}”.", name, other.why,
                                    other.nearest));
    const std::string meant = typed.empty() ? "" : guess(typed);
    throw Error(fmt::format("There is no filter “{}”; {}`convloom filter --list` shows all.", name,
                            meant.empty() ? "" : fmt::format("the nearest is “{}”, ", meant)));
}

}  // namespace convloom::state
