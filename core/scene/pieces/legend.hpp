// The legend of value colours: one bar per map with the values at its ends.
//
// It only reads the maps; value_map.hpp chooses their ranges and colours. Figures without value colours have no legend.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "core/scene/looks/value_map.hpp"
#include "core/scene/looks/view.hpp"

namespace convloom::scene {

// Places the bars along the bottom of the page. If there is not enough room, the first maps are omitted.
void add_legend(Plane& page, const std::vector<std::pair<std::string, const ValueMap*>>& maps, const Theme& theme,
                Language language, const PageSize& size);
void add_legend(Plane& page, const ValueMaps& maps, const ViewOptions& options);
constexpr double legend_height_px = 24;

}  // namespace convloom::scene
