// Draws which input channels each filter of a layer sees, as lines or bands from a column of channels to a column of
// filters, with the filter of this step highlighted. For the channels view.
#pragma once
#include "core/scene/pieces/layer_planes.hpp"

namespace convloom::scene {

struct ChannelLinks {
    const LayerPlanes& p;
    arith::Index in, out;  // channels, filters
    double left, right;    // x positions of the two columns
    double top_y = 158, height = 230;

    void add(Plane& page) const;

  private:
    double in_y(double n) const { return top_y + height * n / static_cast<double>(in); }
    double out_y(double n) const { return top_y + height * n / static_cast<double>(out); }
    Color hue(arith::Index group) const;
    void add_link(Plane& page, arith::Index channel, arith::Index filter, Stroke stroke) const;
    void add_nodes(Plane& page, const char* name, arith::Index count, double x, bool is_input, bool all) const;
};

}  // namespace convloom::scene
