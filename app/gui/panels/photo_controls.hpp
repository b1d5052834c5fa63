// The controls of the photo's selected filter (parameters, kernel weights, options), and how the photo is shown.
#pragma once
#include <functional>

#include "app/gui/base/style.hpp"
#include "app/gui/store/store.hpp"

namespace convloom::gui {

// A slider with its label; undo takes back a whole drag. With the focus, Left and Right move it, and Enter starts
// typing.
struct SliderRow {
    const char* place;
    const char* label;
    double value, least, most;
    const char* format = "%.3g";
    bool whole = false;
    const char* zero = nullptr;  // the format of a whole number that is 0
    bool small_first = false;    // a wide range with more room for small values
    double key_step = 0;         // step of Left and Right; 0 for one that suits the range
};
void slider_row(Store& store, const Style& style, const SliderRow& row,
                const std::function<state::Action(double)>& action);

// How the photo is shown, and which part: the whole, the file's pixels around the current position, or a few of them
// with their numbers.
void choose_look(Store& store, const Style& style, const char* place);
void choose_part(Store& store, const Style& style, const char* place);
// In one line.
float look_choice_width(const Style& style);
float part_choice_width(const Style& style);

void draw_parameters(Store& store, const Style& style);
void draw_kernel(Store& store, const Style& style);
void draw_pass_options(Store& store, const Style& style);

}  // namespace convloom::gui
