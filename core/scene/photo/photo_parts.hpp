// Parts shared by the pages of a photo.
#pragma once
#include <string>
#include <vector>

#include "core/scene/photo/photo_figure.hpp"

namespace convloom::scene {

// The smallest number up to 256 that makes every weight whole, or 1 if there is none: sixteenths are easier to read as
// 1 2 4 over 16.
int common_denominator(const std::vector<float>& weights);

// Page units per pixel from which on pixels are drawn as squares.
constexpr double crisp_px = 2;

// The numbers of a picture's pixels on them, a line a channel, where there is room; in the columns from `first` to
// `end`.
void add_pixel_values(Scene& scene, const std::string& name, Content of, const Rect& box, const Pixels& pixels,
                      const PixelValues& values, int first, int end, const Theme& theme);

// A kernel in a square of at most `most` units: numbers where there is room for them, else colours of their values.
// `nth` is 1 for a magnitude's second kernel. Returns its side.
double add_photo_kernel(Scene& scene, const PhotoFigure& figure, Point at, double most, const Theme& theme,
                        int nth = 0);

// "3×3, over 16".
std::string photo_kernel_words(const PhotoFigure& figure, Language language);

}  // namespace convloom::scene
