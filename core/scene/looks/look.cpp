#include "core/scene/looks/look.hpp"

#include <algorithm>

#include "core/scene/looks/view.hpp"

namespace convloom::scene {
namespace {

bool everywhere(View, int) {
    return true;
}

constexpr LookSwitch switches[] = {
    {&Look::labels, "labels", "Labels and shapes", "texts around the figure; without them, the figure alone", true,
     true, everywhere},
    {&Look::numbers, "numbers", "Numbers in the stacked view", "numbers in the cells of the stacked view", false, true,
     everywhere},
    {&Look::value_colors, "value_colors", "Cells coloured by value", "cells coloured by value, with a legend", false,
     true, everywhere},
    {&Look::slices, "slices", "Separate slices",
     "the volume view: layers of rank 3 as separate slices instead of solid blocks", false, false,
     [](View view, int rank) { return view == View::volume && rank == 3; }},
    {&Look::all_at_once, "all_at_once", "All channels at once",
     "the channels view: all channels in one sum instead of one after the other", false, false,
     [](View view, int) { return view == View::channels; }},
    {&Look::one_scale, "one_scale", "One scale for all maps",
     "the maps view: all maps in one scale of colours instead of each in its own", false, true,
     [](View view, int) { return view == View::maps; }},
    {&Look::by_strength, "by_strength", "Strongest maps first",
     "the maps view: the maps in the order of their mean absolute value instead of their channels", false, true,
     [](View view, int) { return view == View::maps; }},
};

constexpr LookAngle angles[] = {
    {&Look::turn_deg, "turn", "Turn {}°", "the volume view's rotation in degrees", -most_turn_deg, most_turn_deg},
    {&Look::tilt_deg, "tilt", "Tilt {}°", "the volume view's tilt in degrees", 0, most_tilt_deg},
};

}  // namespace

std::span<const LookSwitch> look_switches() {
    return switches;
}

std::span<const LookAngle> look_angles() {
    return angles;
}

std::string flag_of(std::string_view key) {
    std::string flag = "--" + std::string(key);
    std::replace(flag.begin(), flag.end(), '_', '-');
    return flag;
}

}  // namespace convloom::scene
