// How a layer is drawn: the table of switches and angles.
//
// State files, the command line, the inspector, the export dialog and the help read the table, so a new switch is a
// field of Look, a row in look.cpp and the view that reads it. Nothing here draws.
#pragma once
#include <span>
#include <string>
#include <string_view>

namespace convloom::scene {

enum class View;

// The direction of the volume view: around the upright axis, and from above.
constexpr double default_turn_deg = 30, default_tilt_deg = 25, most_turn_deg = 60, most_tilt_deg = 60;

struct Look {
    bool labels = true;         // texts around the figure
    bool numbers = false;       // in the stacked view's cells; the other views print them if there is room
    bool value_colors = false;  // cells take the colours of their values (value_map.hpp) instead of their roles'
    bool slices = false;        // the volume view shows a layer of rank 3 as separate slices instead of solid blocks
    bool all_at_once = false;   // the channels view: all channels in one sum instead of one after the other
    bool one_scale = false;     // the maps view: all maps in one scale of colours instead of each in its own
    bool by_strength = false;   // the maps view: the strongest maps first instead of in the order of their channels
    double turn_deg = default_turn_deg, tilt_deg = default_tilt_deg;  // of the volume view
    friend bool operator==(const Look&, const Look&) = default;
};

struct LookSwitch {
    bool Look::*on;
    const char* key;                       // "all_at_once" in state files, "--all-at-once" on the command line
    const char* title;                     // beside its control
    const char* says;                      // for the help of the command line
    bool always_written;                   // in state files; otherwise only if it is not the default
    bool in_export;                        // also offered by the export dialog
    bool (*changes)(View view, int rank);  // whether it changes this view of a layer of this rank
};
// In the order in which they are offered.
std::span<const LookSwitch> look_switches();

struct LookAngle {
    double Look::*degrees;
    const char* key;    // on the command line "--turn"
    const char* title;  // "Turn {}°"
    const char* says;   // in the help
    double least, most;
};
std::span<const LookAngle> look_angles();

// "--all-at-once" for "all_at_once".
std::string flag_of(std::string_view key);

}  // namespace convloom::scene
