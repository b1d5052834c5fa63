// A photo before and after its filters: what compose_photo.cpp draws, as data, and one window over it, stepped like any
// other layer, which compose_photo_step.cpp draws.
#pragma once
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/image/picture/image.hpp"
#include "core/scene/looks/value_map.hpp"
#include "core/scene/looks/view.hpp"

namespace convloom::scene {

// What the page shows of it.
enum class PhotoLook {
    side_by_side,
    wipe,        // one on the other, parted by a line
    difference,  // what the filters add, by colour
    step         // the window over the photo, its pixels, the kernel, the products and the sum
};
std::string_view name_of(PhotoLook look);
std::optional<PhotoLook> photo_look_named(std::string_view name);

using Histogram = std::array<float, 64>;  // shares of the pixels, from black to white

// The numbers of a picture of few pixels, interleaved as its pixels are.
struct PixelValues {
    int channels = 0;  // 0 where they are not to be shown
    std::vector<float> values;
    int decimals = 2;
};

struct PhotoFigure {
    std::string file_name;
    arith::Shared<Pixels> before, after;  // after: the result, or of a difference its map
    int width = 0, height = 0;            // of the photo in its file; before and after may be smaller
    std::optional<image::Box> part;       // of the file, where that is all that is shown
    int factor = 1;                       // pixels of the file, a side, that one of before is the mean of
    std::array<PixelValues, 2> values;    // of before and after
    PhotoLook look = PhotoLook::side_by_side;
    double wipe = 0.5;                     // where the line stands, from the left
    std::string filters;                   // those that are on: "Gaussian blur, then Sobel x"
    std::string filters_before;            // of a window over the photo: those before the one shown; empty for none
    std::string filter_name, filter_says;  // of the one whose kernel is shown
    std::string notes;                     // its options, what a separable kernel saves, how values are shown
    int kernel_side = 0;                   // 0 for a pooling
    std::vector<float> kernel;             // row-major, as many as are drawn: kernel_side², or fewer of a wide one
    std::vector<float> second_kernel;      // of a magnitude, where both are shown
    std::optional<ValueMap> map;           // of a result with signs
    std::optional<std::array<Histogram, 2>> histograms;  // before and after
};
Scene compose_photo(const PhotoFigure& figure, const ViewOptions& options);

// "4000×3000 pixels, filtered at 1000×750", or the part of them that is shown.
std::string size_words(const PhotoFigure& figure, Language language);

// One channel of the photo as the layer that the filter is to it. `before` and `after` of the figure are what goes into
// this filter and what comes out of it.
struct PhotoStep {
    const PhotoFigure& figure;
    const arith::Recording& recording;
    std::string channel;      // "Red"
    int column = 0, row = 0;  // of the file, over which the window stands
    // Of a magnitude: which of its kernels is stepped, and what the other one makes of this pixel.
    struct Joined {
        int kernel;
        float other;
    };
    std::optional<Joined> joined = {};
    float low = 0, high = 255;  // what is black and what is white in the recording's values
};
Scene compose_photo_step(const PhotoStep& step, const Moment& moment, const ViewOptions& options);

// For pointing: where on a photo's page a picture stands (before, after, photo, result), and where in a picture a point
// lies, from 0 to 1.
std::optional<Rect> picture_box(const Scene& scene, Mark picture);
std::optional<Point> place_in_picture(const Scene& scene, Point page);

}  // namespace convloom::scene
