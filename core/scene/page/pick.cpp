#include "core/scene/page/pick.hpp"

#include <cmath>

namespace convloom::scene {
std::optional<Picked> pick(const Scene& scene, Point page) {
    for (auto plane = scene.planes.rbegin(); plane != scene.planes.rend(); ++plane) {
        if (plane->to_page.determinant() == 0) continue;
        const Point at = inverse(plane->to_page, page);
        for (auto item = plane->items.rbegin(); item != plane->items.rend(); ++item) {
            const Field* field = std::get_if<Field>(&*item);
            if (!field || field->cell <= 0) continue;
            const double row = std::floor((at.y - field->at.y) / field->cell),
                         column = std::floor((at.x - field->at.x) / field->cell);
            if (row < 0 || column < 0 || row >= field->rows || column >= field->columns) continue;
            const int r = static_cast<int>(row), c = static_cast<int>(column);
            if (field->fill(r, c)) return Picked{plane->name, field->name, r, c};
        }
    }
    return std::nullopt;
}

}  // namespace convloom::scene
