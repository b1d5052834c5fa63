#include <cmath>

#include "core/arith/layer/output_size.hpp"
#include "core/scene/pointing/pointing.hpp"

namespace convloom::scene {
namespace {

// The numbers in "tensor 2 slab 5".
std::optional<ChainCell> tensor_named(std::string_view name) {
    ChainCell cell;
    auto number = [&](std::string_view word) -> std::optional<int> {
        if (!name.starts_with(word)) return std::nullopt;
        name.remove_prefix(word.size());
        int n = 0, digits = 0;
        for (; !name.empty() && name.front() >= '0' && name.front() <= '9' && digits < 8;
             name.remove_prefix(1), ++digits)
            n = 10 * n + (name.front() - '0');
        return digits > 0 ? std::optional(n) : std::nullopt;
    };
    const auto tensor = number("tensor ");
    const auto slab = tensor ? number(" slab ") : std::nullopt;
    if (!slab || !name.empty()) return std::nullopt;
    cell.tensor = *tensor;
    cell.channel = *slab;
    return cell;
}

}  // namespace

std::optional<ChainCell> pointed_in_chain(const Scene& scene, const arith::Chain& chain, Point page) {
    const int rank = chain.front().layer.rank(), count = static_cast<int>(chain.size());
    for (auto plane = scene.planes.rbegin(); plane != scene.planes.rend(); ++plane) {
        auto cell = tensor_named(plane->name);
        // A tensor too long to be drawn in cells stands on the page's own plane.
        if (!cell || cell->tensor > count || plane->to_page == Affine{} || plane->to_page.determinant() == 0) continue;
        const arith::Cell extents = cell->tensor < count
                                        ? arith::input_extents(chain[static_cast<std::size_t>(cell->tensor)].layer)
                                        : arith::output_extents(chain.back().layer);
        const Point at = inverse(plane->to_page, page);
        const auto row = static_cast<arith::Index>(std::floor(at.y)),
                   column = static_cast<arith::Index>(std::floor(at.x));
        if (row < 0 || column < 0 || row >= (rank > 1 ? extents[0] : 1) || column >= extents[rank - 1]) continue;
        cell->at = rank > 1 ? arith::Cell{row, column, 0} : arith::Cell{column, 0, 0};
        return cell;
    }
    return std::nullopt;
}

}  // namespace convloom::scene
