// A photo before and after its filters, as data for compose_photo.cpp, and one window over it, stepped like any other
// layer, for compose_photo_step.cpp.
#pragma once
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/image/picture/image.hpp"
#include "core/scene/looks/value_map.hpp"
#include "core/scene/looks/view.hpp"

namespace convloom::scene {

// What the page shows of the photo.
enum class PhotoLook {
    side_by_side,
    wipe,        // one over the other, divided by a line
    difference,  // what the filters add or subtract, by colour
    step         // the window over the photo, its pixels, the kernel, the products and the sum
};
std::string_view name_of(PhotoLook look);
std::optional<PhotoLook> photo_look_named(std::string_view name);

using Histogram = std::array<float, 64>;  // fractions of the pixels, from black to white

// The numbers of a picture with few pixels, interleaved.
struct PixelValues {
    int channels = 0;  // 0 if they are not shown
    std::vector<float> values;
    int decimals = 2;
};

struct PhotoFigure {
    std::string file_name;
    arith::Shared<Pixels> before, after;  // after: the result, or for a difference its map
    int width = 0, height = 0;            // of the photo in its file; before and after may be smaller
    std::optional<image::Box> part;       // of the file, if only a part is shown
    int factor = 1;                       // each pixel of `before` is the mean of factor² pixels of the file
    std::array<PixelValues, 2> values;    // of before and after
    PhotoLook look = PhotoLook::side_by_side;
    double wipe = 0.5;           // position of the line, from the left
    std::string filters;         // the filters that are on: "Gaussian blur, then Sobel x"
    std::string filters_before;  // for a window over the photo: the filters before the one shown; empty for none
    std::string filter_name, filter_says;  // of the filter whose kernel is shown
    std::string notes;                     // its options, what a separable kernel saves, how values are shown
    int kernel_side = 0;                   // 0 for pooling
    std::vector<float> kernel;             // row-major, as many as are drawn: kernel_side², or fewer for a large one
    std::vector<float> second_kernel;      // for a magnitude, if both are shown
    std::optional<ValueMap> map;           // for a signed result
    std::optional<std::array<Histogram, 2>> histograms;  // before and after
};
Scene compose_photo(const PhotoFigure& figure, const ViewOptions& options);

// "4000×3000 pixels, filtered at 1000×750", or the part that is shown.
std::string size_words(const PhotoFigure& figure, Language language);

// One channel of the photo as a layer with the filter's kernel. `before` and `after` of the figure are this filter's
// input and output.
struct PhotoStep {
    const PhotoFigure& figure;
    const arith::Recording& recording;
    std::string channel;      // "Red"
    int column = 0, row = 0;  // the window's position in the file
    // For a magnitude: which kernel is stepped through, and the other kernel's result for this pixel.
    struct Joined {
        int kernel;
        float other;
    };
    std::optional<Joined> joined = {};
    float low = 0, high = 255;  // the recording's values for black and white
};
Scene compose_photo_step(const PhotoStep& step, const Moment& moment, const ViewOptions& options);

// For pointing: where on a photo's page a picture stands (before, after, photo, result), and where in a picture a point
// lies, from 0 to 1.
std::optional<Rect> picture_box(const Scene& scene, Mark picture);
std::optional<Point> place_in_picture(const Scene& scene, Point page);

}  // namespace convloom::scene
