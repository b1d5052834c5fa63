#include "core/scene/views/taking_part.hpp"

#include "core/arith/steps/window.hpp"

namespace convloom::scene {
namespace {

using arith::Index;

// The input cells along one axis that these output cells use.
PlacesTaken behind_axis(const arith::Layer& layer, int axis, const PlacesTaken& out) {
    const Index size = layer.axes[static_cast<std::size_t>(axis)].size;
    std::vector<bool> reached(static_cast<std::size_t>(size));
    for (const Index o : out.at) {
        const arith::Window window = arith::window_of(layer, axis, o);
        arith::AxisTap tap;
        for (Index k = 0; k < window.count; ++k)
            if (window.tap(k, tap) && !tap.padding) reached[static_cast<std::size_t>(tap.at)] = true;
    }
    PlacesTaken in;
    for (Index n = 0; n < size; ++n)
        if (reached[static_cast<std::size_t>(n)]) in.at.push_back(n);
    return in;
}

}  // namespace

TakingPart behind(const arith::Layer& layer, const TakingPart& out) {
    TakingPart in;
    in.channels = {layer.first_in_channel(out.channels.from),
                   layer.first_in_channel(out.channels.to) + layer.group_in() - 1};
    in.columns = behind_axis(layer, layer.rank() - 1, out.columns);
    in.rows = layer.rank() > 1 ? behind_axis(layer, 0, out.rows) : PlacesTaken{{0}};
    return in;
}

}  // namespace convloom::scene
