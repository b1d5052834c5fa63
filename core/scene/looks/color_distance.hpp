// How different two colours look, with full colour vision and with each kind of colour blindness.
//
// The difference is CIEDE2000 (Sharma, Wu and Dalal 2005); colour blindness is simulated by the matrices of Machado,
// Oliveira and Fernandes (2009) for full protanopia, deuteranopia and tritanopia, in linear light.
#pragma once
#include <array>
#include <span>

#include "core/scene/looks/theme.hpp"

namespace convloom::scene {

struct ColorVision {
    const char* name;
    std::array<std::array<double, 3>, 3> seen;  // linear red, green and blue as seen, from those of the colour
};
std::span<const ColorVision> color_visions();

// CIE L*a*b* under D65.
using Lab = std::array<double, 3>;
Lab lab_of(Color color, const ColorVision& vision);
double ciede2000(const Lab& first, const Lab& second);

}  // namespace convloom::scene
