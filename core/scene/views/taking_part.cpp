#include "core/scene/views/taking_part.hpp"

namespace convloom::scene {
namespace {

using arith::Index;

// The input cells along one axis that these output cells use.
PlacesTaken behind(const arith::Axis& axis, bool transposed, const PlacesTaken& out) {
    std::vector<bool> reached(static_cast<std::size_t>(axis.size));
    for (const Index o : out.at)
        for (Index k = 0; k < axis.kernel; ++k) {
            const Index spread = transposed ? o + axis.pad_before - k * axis.dilation
                                            : o * axis.stride - axis.pad_before + k * axis.dilation;
            if (spread < 0 || (transposed && spread % axis.stride != 0)) continue;
            const Index at = transposed ? spread / axis.stride : spread;
            if (at < axis.size) reached[static_cast<std::size_t>(at)] = true;
        }
    PlacesTaken in;
    for (Index n = 0; n < axis.size; ++n)
        if (reached[static_cast<std::size_t>(n)]) in.at.push_back(n);
    return in;
}

}  // namespace

TakingPart behind(const arith::Layer& layer, const TakingPart& out) {
    TakingPart in;
    in.channels = {layer.first_in_channel(out.channels.from),
                   layer.first_in_channel(out.channels.to) + layer.group_in() - 1};
    in.columns = behind(layer.axes.back(), layer.is_transposed(), out.columns);
    in.rows = layer.rank() > 1 ? behind(layer.axes[0], layer.is_transposed(), out.rows) : PlacesTaken{{0}};
    return in;
}

}  // namespace convloom::scene
