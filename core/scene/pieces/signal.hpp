// The signal view's insides: functions over one axis, each a row of samples one place wide, and how they are drawn:
// bars to zero, the staircase over them, a strip of cells with their numbers. Only compose_signal.cpp and signal.cpp
// include it.
#pragma once
#include <string>
#include <vector>

#include "core/scene/looks/theme.hpp"
#include "core/scene/page/scene.hpp"

namespace convloom::scene {

struct Sample {
    double left = 0, right = 0;  // on the page
    double value = 0;
    Color fill;
};

// A band of the page with room for values from `least` to `most`, 0 among them.
struct Plot {
    double top = 0, height = 0, least = 0, most = 1;
    double scale() const { return height / (most - least); }
    double zero() const { return top + most * scale(); }
    double y(double value) const { return zero() - value * scale(); }
    double bottom() const { return top + height; }
};

// A plot's range, opened for more values.
void open_for(Plot& plot, double value);

// Samples too narrow to be seen by themselves are put together: of each run the one furthest from 0.
std::vector<Sample> thinned(std::vector<Sample> samples);

void add_bars(Plane& plane, const std::string& name, const std::vector<Sample>& samples, const Plot& plot);
// What lies under both of two functions of one plot, whose samples begin at the same places.
void add_overlap(Plane& plane, const std::string& name, const std::vector<Sample>& first, const Plot& first_plot,
                 const std::vector<Sample>& second, const Plot& second_plot, Color fill);
// Down to zero at its ends and where samples are missing.
void add_staircase(Plane& plane, const std::string& name, const std::vector<Sample>& samples, const Plot& plot,
                   Stroke stroke);

}  // namespace convloom::scene
