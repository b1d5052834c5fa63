// Helpers of the signal view: functions over one axis as rows of samples one place wide, drawn as bars from zero or as
// a staircase. Only compose_signal.cpp and signal.cpp include this.
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

// A band of the page for values from `least` to `most`; the range includes 0.
struct Plot {
    double top = 0, height = 0, least = 0, most = 1;
    double scale() const { return height / (most - least); }
    double zero() const { return top + most * scale(); }
    double y(double value) const { return zero() - value * scale(); }
    double bottom() const { return top + height; }
};

// Extends a plot's range to include a value.
void open_for(Plot& plot, double value);

// Merges samples that are too narrow to be visible: each run is replaced by its value furthest from 0.
std::vector<Sample> thinned(std::vector<Sample> samples);

void add_bars(Plane& plane, const std::string& name, const std::vector<Sample>& samples, const Plot& plot);
// Fills the area below both of two functions of a plot whose samples begin at the same places.
void add_overlap(Plane& plane, const std::string& name, const std::vector<Sample>& first, const Plot& first_plot,
                 const std::vector<Sample>& second, const Plot& second_plot, Color fill);
// A staircase that drops to zero at its ends and where samples are missing.
void add_staircase(Plane& plane, const std::string& name, const std::vector<Sample>& samples, const Plot& plot,
                   Stroke stroke);

}  // namespace convloom::scene
