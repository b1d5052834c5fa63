// Scene -> pixels -> PNG, drawn by Cairo, encoded by libpng. The same scene gives the same bytes.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/scene/page/scene.hpp"

namespace convloom::paint {

struct PngOptions {
    int width = 1920, height = 1080;  // in pixels; the page is fitted and centred in it
    bool transparent = false;
    double dpi = 0;  // written into the file; 0 for none
};

// No picture may have more pixels than this.
constexpr long most_pixels = 200'000'000;

scene::Pixels to_pixels(const scene::Scene& scene, const PngOptions& options = {});
std::string to_png(const scene::Scene& scene, const PngOptions& options = {});

// A picture row by row: red, green and blue of each pixel if it is opaque, else straight RGBA.
struct PixelRows {
    int width = 0, height = 0;
    bool opaque = true;
    std::function<void(int y, std::uint8_t* to)> row;
};
std::string encode_png(const PixelRows& rows, double dpi = 0);

// PNG bytes of RGBA pixels; without an alpha channel if every pixel is opaque.
std::string encode_png(const scene::Pixels& pixels, double dpi = 0);

// Whether every pixel is opaque.
bool is_opaque(const scene::Pixels& pixels);

// One pixel per cell, in the cell's fill; unfilled ones are transparent.
scene::Pixels pixels_of(const scene::Field& field);

// A shape of any kind as a polygon in its plane's units, with square corners.
std::vector<scene::Point> outline(const scene::Shape& shape);

}  // namespace convloom::paint
