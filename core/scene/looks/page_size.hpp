// The size of the page that a figure is laid out on.
//
// A picture is its page, scaled as a whole. So that a picture of any shape is filled, its page has the same proportion;
// its texts keep their sizes in units.
#pragma once
#include "core/scene/looks/theme.hpp"

namespace convloom::scene {

struct PageSize {
    double width = page_width, height = page_height;
    // How much wider and higher it is than a slide; negative if it is less.
    double wider() const { return width - page_width; }
    double higher() const { return height - page_height; }
    bool is_slide() const { return *this == PageSize{}; }
    bool is_narrow() const { return width < page_width; }
    bool operator==(const PageSize&) const = default;
};

// The page for a picture with sides in this proportion: about as large in area as a slide, which is the page for 16:9,
// and at most so high that a text of small_size is 1/60 of the height. The proportion is kept from 2:3 to 5:2; beyond
// that the page is the nearest, and the picture has empty bands.
PageSize page_for(double width, double height);

}  // namespace convloom::scene
