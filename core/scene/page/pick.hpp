// Finds the cell at a point of the page. It reads the Scene that is drawn, so that pointing always agrees with the
// picture.
#pragma once
#include <optional>
#include <string>

#include "core/scene/page/scene.hpp"

namespace convloom::scene {

struct Picked {
    std::string plane, field;  // names, such as "input" and "input cells"
    int row = 0, column = 0;   // in that field
    friend bool operator==(const Picked&, const Picked&) = default;
};

// The foremost filled cell under the point, or nothing.
std::optional<Picked> pick(const Scene& scene, Point page);

}  // namespace convloom::scene
