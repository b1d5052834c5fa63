#include <cmath>

#include "core/arith/layer/output_size.hpp"
#include "core/scene/pointing/pointing.hpp"

namespace convloom::scene {

namespace {

// Replaces the cell of what a link gives by the one of its own output that it comes from; false if it is padding.
bool is_own(const arith::Link& link, ChainCell& cell) {
    std::vector<arith::Shape> shapes{arith::output_shape(link.layer)};
    for (arith::Shape& shape : arith::shapes_after(link)) shapes.push_back(std::move(shape));
    for (std::size_t n = link.after.size(); n-- > 0;)
        for (int a = 0; a <= link.layer.rank(); ++a) {
            arith::Index& at = a == 0 ? cell.channel : cell.at[static_cast<std::size_t>(a) - 1];
            const std::vector<arith::Index> sources = arith::sources(link.after[n], shapes[n], a, at);
            if (sources.empty()) return false;
            at = sources.front();
        }
    return true;
}

}  // namespace

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
        ChainCell cell{role.tensor, role.number, rank > 1 ? arith::Cell{row, column, 0} : arith::Cell{column, 0, 0}};
        if (role.tensor > 0 && role.tensor < count && !is_own(chain[static_cast<std::size_t>(role.tensor) - 1], cell))
            return std::nullopt;
        return cell;
    }
    return std::nullopt;
}

}  // namespace convloom::scene
