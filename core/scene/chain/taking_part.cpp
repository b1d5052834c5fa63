#include "core/scene/chain/taking_part.hpp"

#include <algorithm>

#include "core/arith/layer/output_size.hpp"

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

TakingPart through(const arith::Link& link, const TakingPart& out) {
    if (link.after.empty()) return out;
    std::vector<arith::Shape> shapes{arith::output_shape(link.layer)};
    for (arith::Shape& shape : arith::shapes_after(link)) shapes.push_back(std::move(shape));
    TakingPart part = out;
    const int rank = link.layer.rank();
    for (std::size_t n = link.after.size(); n-- > 0;) {
        auto earlier = [&](int axis, const PlacesTaken& places) {
            PlacesTaken found;
            for (const Index at : places.at)
                for (const Index source : arith::sources(link.after[n], shapes[n], axis, at))
                    found.at.push_back(source);
            std::sort(found.at.begin(), found.at.end());
            found.at.erase(std::unique(found.at.begin(), found.at.end()), found.at.end());
            return found;
        };
        PlacesTaken channels;
        for (Index c = part.channels.from; c <= part.channels.to; ++c) channels.at.push_back(c);
        channels = earlier(0, channels);
        part.channels = channels.at.empty() ? ChannelSpan{} : ChannelSpan{channels.at.front(), channels.at.back()};
        if (rank > 1) part.rows = earlier(1, part.rows);
        part.columns = earlier(rank, part.columns);
    }
    return part;
}

std::vector<Index> origins(const arith::Link& link, int axis) {
    const arith::Shape own = arith::output_shape(link.layer);
    std::vector<Index> places(static_cast<std::size_t>(own[static_cast<std::size_t>(axis)]));
    for (std::size_t n = 0; n < places.size(); ++n) places[n] = static_cast<Index>(n);
    arith::Shape shape = own;
    for (const arith::Between& between : link.after) {
        arith::Shape after = arith::shape_after(between, shape).shape;
        std::vector<Index> next;
        for (Index n = 0; n < after[static_cast<std::size_t>(axis)]; ++n) {
            Index last = -1;
            for (const Index source : arith::sources(between, shape, axis, n))
                last = std::max(last, places[static_cast<std::size_t>(source)]);
            next.push_back(last);
        }
        places = std::move(next);
        shape = std::move(after);
    }
    return places;
}

TakingPart behind(const arith::Layer& layer, const TakingPart& out) {
    TakingPart in;
    in.channels = {layer.first_in_channel(out.channels.from),
                   layer.first_in_channel(out.channels.to) + layer.group_in() - 1};
    in.columns = behind_axis(layer, layer.rank() - 1, out.columns);
    in.rows = layer.rank() > 1 ? behind_axis(layer, 0, out.rows) : PlacesTaken{{0}};
    return in;
}

}  // namespace convloom::scene
