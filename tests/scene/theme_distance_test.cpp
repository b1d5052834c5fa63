// Colours that meet within one plane can be told apart with every colour vision: the cells under the window, the tap of
// this moment, the kernel's cells, the input's and the bare page.
#include <gtest/gtest.h>

#include "core/scene/looks/color_distance.hpp"

namespace convloom::scene {
namespace {

TEST(ThemeDistance, IsTheOneOfThePublishedPairs) {
    EXPECT_NEAR(ciede2000({50, 2.6772, -79.7751}, {50, 0, -82.7485}), 2.0425, 1e-4);
    EXPECT_NEAR(ciede2000({50, -1, 2}, {50, 0, 0}), 2.3669, 1e-4);
    EXPECT_NEAR(ciede2000({50, 2.5, 0}, {50, 0, -2.5}), 4.3065, 1e-4);
    EXPECT_NEAR(ciede2000({50, 2.5, 0}, {73, 25, -18}), 27.1492, 1e-4);
    EXPECT_NEAR(ciede2000({60.2574, -34.0099, 36.2677}, {60.4626, -34.1751, 39.4387}), 1.2644, 1e-4);
    EXPECT_NEAR(ciede2000({63.0109, -31.0961, -5.8663}, {62.8187, -29.7946, -4.0864}), 1.2630, 1e-4);
}

TEST(ThemeDistance, ColoursOfOnePlaneAreToldApartWithEveryVision) {
    for (const Theme& theme : themes()) {
        // Their covered cells are a light shade of the kernel's colour, and the window around them is thick and black.
        const bool shaded = theme.name == "light" || theme.name == "colour_blind_safe";
        const struct {
            const char* what;
            Color a, b;
            double least;
        } pairs[] = {
            {"covered cells and the kernel's", theme.covered, theme.kernel, shaded ? 7.0 : 12.0},
            {"covered cells and a matrix's entries", theme.covered, theme.one_ink ? theme.output : theme.kernel,
             shaded ? 7.0 : 12.0},
            {"covered cells and the input's", theme.covered, theme.input, 12},
            {"covered padding and the page", theme.covered, theme.ground, 12},
            {"covered cells and the tap", theme.covered, theme.tap, 20},
            {"the kernel and the tap", theme.kernel, theme.tap, 20},
            {"the input and the tap", theme.input, theme.tap, 20},
            {"the output and the tap", theme.output, theme.tap, 20},
        };
        for (const auto& pair : pairs)
            for (const ColorVision& vision : color_visions())
                EXPECT_GE(ciede2000(lab_of(pair.a, vision), lab_of(pair.b, vision)), pair.least)
                    << theme.name << ": " << pair.what << " with " << vision.name;
    }
}

}  // namespace
}  // namespace convloom::scene
