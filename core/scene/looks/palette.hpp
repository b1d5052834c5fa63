// A palette: somebody's own colours for some roles of a theme, such as those of a university, and which of them are
// hard to tell apart.
//
// What is not given follows: a covered cell is a shade of the kernel's colour, and texts on cells are dark or light as
// their cells need.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "core/scene/looks/theme.hpp"

namespace convloom::scene {

struct PaletteRole {
    const char* key;  // in files
    const char* says;
};
std::span<const PaletteRole> palette_roles();

// A colour for each role that is given, with the role's name, in the order of the file.
using PaletteColors = std::vector<std::pair<std::string, Color>>;

struct Palette {
    std::string name;  // for people; may be empty
    std::string based_on;
    PaletteColors given;
    Theme theme;  // the theme that follows
    friend bool operator==(const Palette& a, const Palette& b) {
        return std::tie(a.name, a.based_on, a.given) == std::tie(b.name, b.based_on, b.given);
    }
};
// Of a theme and roles that there are.
Palette palette_of(std::string name, const Theme& base, PaletteColors given);

// Two colours of a figure that are hard to tell apart, as one sentence with the numbers.
struct PaletteFault {
    std::string sentence;
    bool unreadable = false;  // a text that cannot be read at all
};
std::vector<PaletteFault> faults_of(const Palette& palette);

// "#1f77b4" or "#17b"; nothing if it is not written like that.
std::optional<Color> color_written(std::string_view text);

}  // namespace convloom::scene
