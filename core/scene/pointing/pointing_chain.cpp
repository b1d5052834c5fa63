#include <cmath>

#include "core/arith/layer/output_size.hpp"
#include "core/scene/pointing/pointing.hpp"

namespace convloom::scene {

std::optional<ChainCell> pointed_in_chain(const Scene& scene, const arith::Chain& chain, Point page) {
    const int rank = chain.front().layer.rank(), count = static_cast<int>(chain.size());
    for (auto plane = scene.planes.rbegin(); plane != scene.planes.rend(); ++plane) {
        const PlaneRole& role = plane->role;
        if (role.content != Content::tensor || !role.pointable || role.tensor > count) continue;
        if (plane->to_page.determinant() == 0) continue;
        const arith::Cell extents = role.tensor < count
                                        ? arith::input_extents(chain[static_cast<std::size_t>(role.tensor)].layer)
                                        : arith::output_extents(chain.back().layer);
        const Point at = inverse(plane->to_page, page);
        const auto row = static_cast<arith::Index>(std::floor(at.y)),
                   column = static_cast<arith::Index>(std::floor(at.x));
        if (row < 0 || column < 0 || row >= (rank > 1 ? extents[0] : 1) || column >= extents[rank - 1]) continue;
        return ChainCell{role.tensor, role.number, rank > 1 ? arith::Cell{row, column, 0} : arith::Cell{column, 0, 0}};
    }
    return std::nullopt;
}

}  // namespace convloom::scene
