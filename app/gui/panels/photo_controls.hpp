// The controls of the photo's selected filter, its parameters, its kernel cell by cell, its options; and how the photo
// is looked at.
#pragma once
#include <functional>

#include "app/gui/base/style.hpp"
#include "app/gui/store/store.hpp"

namespace convloom::gui {

// A slider with its label; one drag is one step of undo. With the focus Left and Right move it, and Enter types into
// it.
struct SliderRow {
    const char* place;
    const char* label;
    double value, least, most;
    const char* format = "%.3g";
    bool whole = false;
    const char* zero = nullptr;  // a whole number's format where it is 0
    bool small_first = false;    // a wide range, of which the small values are mostly wanted
    double key_step = 0;         // of Left and Right; 0 for what suits the range
};
void slider_row(Store& store, const Style& style, const SliderRow& row,
                const std::function<state::Action(double)>& action);

// How the photo is looked at, and which part: the whole, its own pixels about where one looks, or few of them with
// their numbers.
void choose_look(Store& store, const Style& style, const char* place);
void choose_part(Store& store, const Style& style, const char* place);
// In one line.
float look_choice_width(const Style& style);
float part_choice_width(const Style& style);

void draw_parameters(Store& store, const Style& style);
void draw_kernel(Store& store, const Style& style);
void draw_pass_options(Store& store, const Style& style);

}  // namespace convloom::gui
