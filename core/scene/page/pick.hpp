// From a point of the page to the cell that is seen there. Reads the same Scene that is drawn, so that pointing cannot
// disagree with the picture.
#pragma once
#include <optional>
#include <string>

#include "core/scene/page/scene.hpp"

namespace convloom::scene {

struct Picked {
    std::string plane, field;  // names, as "input" and "input cells"
    int row = 0, column = 0;   // in that field
    friend bool operator==(const Picked&, const Picked&) = default;
};

// The foremost filled cell under the point; nothing where there is none.
std::optional<Picked> pick(const Scene& scene, Point page);

}  // namespace convloom::scene
