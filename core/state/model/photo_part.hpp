// Which part of a photo is shown, and what is taken of the file to show it: the part with as much around it as its
// filters see, so that no border stands where the photo goes on.
#pragma once
#include <optional>

#include "core/image/filters/pass.hpp"

namespace convloom::state {

struct PhotoRegion {
    image::Box taken;  // of the file
    int factor = 1;    // pixels of the file, a side, that one of the taken picture is the mean of
    image::Box seen;   // the part, in pixels of the taken picture
    friend bool operator==(const PhotoRegion&, const PhotoRegion&) = default;
};

// The longest side of a part before it is reduced: one of two pictures on a 1920-pixel page.
constexpr int working_side_px = 960;
// The least side of a part: its pixels stand beside one another with their numbers.
constexpr int least_part_px = 4;

// Nothing for all of the photo. The part lies inside a photo of this size.
PhotoRegion region_of(int width, int height, const std::optional<image::Box>& part, const image::Stack& stack);

// What the filters that are on make of `seen`, in pixels of a result of this size.
image::Box seen_after(const image::Box& seen, const image::Stack& stack, int width, int height);

// How many pixels of the picture, a side, lie between two neighbours of what comes out of the first `count` filters.
int stride_of(const image::Stack& stack, std::size_t count);

// Nearer by `factor`, so that what lies at (u, v) of the part, from 0 to 1, stays there. Nothing where that shows all.
std::optional<image::Box> zoomed(const std::optional<image::Box>& part, int width, int height, double factor, double u,
                                 double v);
// Of this width, in the photo's proportions, about a pixel, as far as the photo goes.
image::Box part_around(int width, int height, int part_width, int x, int y);

}  // namespace convloom::state
