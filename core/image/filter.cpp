#include "core/image/filter.hpp"

#include <algorithm>
#include <cmath>

#include "core/image/named_kernels.hpp"

namespace convloom::image {
namespace {

constexpr Parameter sigma{"sigma", 1, 0.3, 10, false, "the bell's width in pixels"};
constexpr Parameter size_for_sigma{"size", 0, 0, 31, true, "the kernel's side; 0 for what sigma needs"};
constexpr Parameter angle{"angle", 0, -180, 180, false, "in degrees, against the clock"};
constexpr Parameter window{"size", 2, 1, 31, true, "the window's side"};
constexpr Parameter window_stride{"stride", 0, 0, 32, true, "from window to window; 0 for its side"};

std::vector<NamedFilter> made_filters() {
    using enum ShownAs;
    constexpr Kind one = Kind::one_kernel, two = Kind::magnitude;
    return {
        {"identity", "Identity", "Each pixel stays what it is: the kernel that changes nothing.", one, clamped, {}, named::identity},
        {"box", "Box blur", "Each pixel becomes the plain mean of the square around it.", one, clamped,
         {{"size", 3, 1, 31, true, "the square's side"}}, named::box},
        {"gaussian", "Gaussian blur", "Each pixel becomes a weighted mean of its neighbours, the nearest counting most.", one, clamped,
         {sigma, size_for_sigma}, named::gaussian},
        {"binomial", "Binomial blur", "The smallest Gaussian, 1 2 1 across times 1 2 1 down: a soft 3×3 blur in whole numbers.", one, clamped, {}, named::binomial},
        {"sharpen", "Sharpen", "Adds to each pixel what sets it apart from its four neighbours.", one, clamped,
         {{"amount", 1, 0, 10, false, "how much is added"}}, named::sharpen},
        {"unsharp", "Unsharp mask", "Adds to each pixel what a Gaussian blur would take from it: edges of any width grow crisp.", one, clamped,
         {sigma, {"amount", 1, 0, 10, false, "how much is added"}, size_for_sigma}, named::unsharp},
        {"sobel-x", "Sobel x", "The slope from left to right: vertical edges answer, even areas give 0.", one, absolute, {}, named::sobel_x},
        {"sobel-y", "Sobel y", "The slope from top to bottom: horizontal edges answer, even areas give 0.", one, absolute, {}, named::sobel_y},
        {"sobel", "Sobel magnitude", "How steep the picture is, whichever way: the root of Sobel x squared plus Sobel y squared.", two, clamped, {}, named::sobel},
        {"prewitt-x", "Prewitt x", "The slope from left to right, all three rows counting alike.", one, absolute, {}, named::prewitt_x},
        {"prewitt-y", "Prewitt y", "The slope from top to bottom, all three columns counting alike.", one, absolute, {}, named::prewitt_y},
        {"prewitt", "Prewitt magnitude", "How steep the picture is, by Prewitt's two slopes.", two, clamped, {}, named::prewitt},
        {"scharr-x", "Scharr x", "The slope from left to right with weights 3 10 3, which treat all directions most alike.", one, absolute, {}, named::scharr_x},
        {"scharr-y", "Scharr y", "The slope from top to bottom with weights 3 10 3, which treat all directions most alike.", one, absolute, {}, named::scharr_y},
        {"scharr", "Scharr magnitude", "How steep the picture is, by Scharr's two slopes.", two, clamped, {}, named::scharr},
        {"roberts-x", "Roberts, falling diagonal", "A pixel's upper left neighbour less itself: the smallest slope there is.", one, absolute, {}, named::roberts_x},
        {"roberts-y", "Roberts, rising diagonal", "The neighbour above less the one to the left: the slope along the other diagonal.", one, absolute, {}, named::roberts_y},
        {"roberts", "Roberts cross", "How steep the picture is, from the two diagonals of 2×2 pixels: sharp edges, but noise too.", two, clamped, {}, named::roberts},
        {"laplacian", "Laplacian, 4 neighbours", "The sum of the four neighbours less four times the pixel: what bends, answers; ramps give 0.", one, absolute, {}, named::laplacian},
        {"laplacian-8", "Laplacian, 8 neighbours", "The same with the diagonal neighbours: edges of any direction answer alike.", one, absolute, {}, named::laplacian_8},
        {"log", "Laplacian of Gaussian", "Blurs and takes the Laplacian in one: edges and blobs of about sigma's size, with less noise.", one, signed_,
         {{"sigma", 1.4, 0.5, 5, false, "the bell's width in pixels"}, size_for_sigma}, named::laplacian_of_gaussian},
        {"emboss", "Emboss", "Lights the picture from the upper left, as if it were pressed into paper.", one, clamped, {}, named::emboss},
        {"outline", "Outline", "Eight times the pixel less its neighbours: what differs from around it lights up.", one, absolute, {}, named::outline},
        {"motion-blur", "Motion blur", "The mean along a line, as if the camera had moved while it looked.", one, clamped,
         {{"length", 9, 1, 31, true, "of the line in pixels"}, angle}, named::motion_blur},
        {"gabor", "Gabor", "A wave under a bell: stripes of its wavelength and direction answer, as cells of the visual cortex do.", one, signed_,
         {{"wavelength", 8, 2, 31, false, "in pixels"}, angle, {"sigma", 3, 0.5, 10, false, "the bell's width in pixels"},
          {"gamma", 0.5, 0.2, 2, false, "the bell's width over its length"}, {"phase", 90, -180, 180, false, "90 for edges, 0 for lines"}, size_for_sigma},
         named::gabor},
        {"dog", "Difference of Gaussians", "A narrow blur less a wide one: details between the two sizes remain.", one, signed_,
         {sigma, {"ratio", 1.6, 1.1, 5, false, "the wide bell's sigma over the narrow one's"}, size_for_sigma}, named::difference_of_gaussians},
        {"max-pooling", "Max pooling", "Each window's greatest value: the picture shrinks and bright details survive.", Kind::max_pooling, clamped,
         {window, window_stride}, named::none},
        {"average-pooling", "Average pooling", "Each window's mean: the picture shrinks evenly.", Kind::average_pooling, clamped, {window, window_stride}, named::none},
    };
}

}  // namespace

std::vector<double> NamedFilter::usual_values() const {
    std::vector<double> values;
    for (const Parameter& p : parameters) values.push_back(p.usual);
    return values;
}

const std::vector<NamedFilter>& named_filters() {
    static const std::vector<NamedFilter> filters = made_filters();
    return filters;
}

const NamedFilter* filter_named(std::string_view name) {
    const auto& all = named_filters();
    auto found = std::find_if(all.begin(), all.end(), [&](const NamedFilter& f) { return f.name == name; });
    return found == all.end() ? nullptr : &*found;
}

int side_for(double sigma) { return std::min(2 * static_cast<int>(std::ceil(3 * sigma)) + 1, most_kernel_side); }

}  // namespace convloom::image
