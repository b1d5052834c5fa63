// The region of a photo that is read to show a part of it: the part and the surrounding pixels that its filters see, so
// that padding is only used at the borders of the photo.
#pragma once
#include <optional>

#include "core/image/filters/pass.hpp"

namespace convloom::state {

struct PhotoRegion {
    image::Box taken;  // in pixels of the file
    int factor = 1;    // each pixel of the reduced picture is the mean of factor × factor file pixels
    image::Box seen;   // the part, in pixels of the reduced picture
    friend bool operator==(const PhotoRegion&, const PhotoRegion&) = default;
};

// Longest side of a part that is not reduced: one of two pictures on a page 1920 pixels wide.
constexpr int working_side_px = 960;
// Shortest side of a part; its pixels are drawn large, with their numbers.
constexpr int least_part_px = 4;

// Without `part`, the whole photo. The part must lie inside a photo of this size.
PhotoRegion region_of(int width, int height, const std::optional<image::Box>& part, const image::Stack& stack);

// The region of the result that corresponds to `seen`, for a result of this size.
image::Box seen_after(const image::Box& seen, const image::Stack& stack, int width, int height);

// The distance in pixels of the picture between neighbouring outputs of the first `count` filters.
int stride_of(const image::Stack& stack, std::size_t count);

// Zooms in by `factor`, keeping the point (u, v) of the part, from 0 to 1, in place. Nothing if the result is the whole
// photo.
std::optional<image::Box> zoomed(const std::optional<image::Box>& part, int width, int height, double factor, double u,
                                 double v);
// A part of this width, with the photo's proportions, centred on a pixel as far as the borders allow.
image::Box part_around(int width, int height, int part_width, int x, int y);

}  // namespace convloom::state
