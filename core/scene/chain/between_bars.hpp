// What stands between the layers of a chain, as narrow upright bars with their texts along them.
#pragma once
#include <string>
#include <vector>

#include "core/arith/chain/chain.hpp"
#include "core/scene/looks/theme.hpp"
#include "core/scene/page/scene.hpp"
#include "core/scene/words/language.hpp"

namespace convloom::scene {

struct BetweenBar {
    std::string text;
    bool is_known = true;
};

// The bars of several betweens that follow each other, for an input of this shape. Of more than `most` the last ones
// are replaced by one bar with their number.
std::vector<BetweenBar> bars_of(const arith::Betweens& betweens, const arith::Shape& shape, std::size_t most,
                                Language language);

// The room of so many bars side by side, with the distance to what stands beside them; 0 for none.
double bars_width(std::size_t bars);
// The height of all bars of a page: that of the longest text, within limits.
double bars_height(const std::vector<std::vector<BetweenBar>>& bars);

// One plane for each bar, the first at `left`, with their middle at y. `tensor` is the number of the one behind them.
std::vector<Plane> bar_planes(const std::vector<BetweenBar>& bars, int tensor, double left, double y, double height,
                              const Theme& theme);

}  // namespace convloom::scene
