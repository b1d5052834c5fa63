// Every colour, line width and text size that the views use.
//
// A view never names a colour; it names a role. The contrast of each text role against its background is at least 4.5:1
// (WCAG); a test computes this for every theme.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/scene/page/scene.hpp"

namespace convloom::scene {

struct Theme {
    std::string_view name;
    bool one_ink = false;  // greys only, for values too

    Color ground;       // page
    Color panel;        // surfaces beside the page
    Color hairline;     // separators, empty edges
    Color text, muted;  // on ground and on panel
    Color accent, on_accent;
    Color refused;  // refused values, on panel

    Color input, output, kernel;        // cell fills
    Color input_second, input_third;    // for the second and third of every three groups of channels
    Color on_cell;                      // numbers in those cells
    Color on_kernel_hint;               // small weights in the corner of input cells
    Color tap, on_tap;                  // the tap of this moment
    Color grid;                         // cell edges
    Color hatch;                        // over cells that no window reaches
    Color shade;                        // drawn over covered cells; translucent
    Color covered;                      // fill of a covered input cell that shows a number
    Color window;                       // outline of the window and of the current output cell
    std::optional<Color> padding = {};  // edges of padding, if a palette sets them

    // The edge of padding in a view that draws it in one of the other colours.
    Color padding_edge(Color usual) const { return padding.value_or(usual); }
};

// Line widths and text sizes on a page of page_height units; everything is a multiple of the unit.
constexpr double page_width = 960, page_height = 540;
constexpr double unit_px = 8;
constexpr double thin_px = 1, thick_px = 2, window_px = 3, dash_px = 5;
constexpr double title_size = 20, label_size = 15, small_size = 12, least_size = page_height / 60;

std::span<const Theme> themes();
const Theme& default_theme();
const Theme* theme_named(std::string_view name);  // null if there is none

// An sRGB channel in linear light, 0 to 1.
double linear_light(std::uint8_t channel);
// WCAG 2 contrast ratio of two opaque colours, 1 to 21.
double contrast(Color a, Color b);
// The colour of `over` blended onto an opaque colour.
Color blend(Color under, Color over);

}  // namespace convloom::scene
