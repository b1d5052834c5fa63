// The planes of a layer of rank 1 or 2, one channel a plane: the input with its padding and the window, the kernel as
// it lies, the output as far as it is made. Views that show a layer in several small pictures put them where they want.
//
// A layer of rank 1 has one row. Planes have the number of their channel in role and name: "input slab 2". Only
// compose_*.cpp include this.
#pragma once
#include "core/scene/layout/sliding.hpp"
#include "core/scene/looks/value_map.hpp"
#include "core/scene/looks/view.hpp"
#include "core/scene/pieces/sheet.hpp"

namespace convloom::scene {

class LayerPlanes {
  public:
    // What is drawn may be one channel of a larger layer, whose channels then number the planes.
    struct Numbers {
        arith::Index input = 0, kernel = 0, output = 0;  // of the first plane of each
    };

    LayerPlanes(const arith::Recording& recording, const Moment& moment, const ViewOptions& options,
                const Numbers& numbers);
    LayerPlanes(const arith::Recording& r, const Moment& m, const ViewOptions& o) : LayerPlanes(r, m, o, Numbers{}) {}
    LayerPlanes(const LayerPlanes&) = delete;  // now points into taps

    const arith::Recording& recording;
    const arith::Layer& layer;
    const Moment& moment;
    const Theme& theme;
    Language language;
    ValueMaps maps;  // of the layer's tensors, where cells are coloured by value
    SlidingAxis high, wide;
    bool turned;
    arith::Step step;
    std::vector<arith::Tap> taps;  // of this step
    const arith::Tap* now;         // of this moment; null for the whole window
    arith::Index group, first_in;  // of this step: its group, and the first input channel that it sees
    Numbers numbers;

    arith::Index channel_now() const { return now ? now->in_channel : first_in; }
    Place window() const;  // of this step, its first cell among the padded
    Place output() const;  // the cell of this step
    Place place(const arith::Cell& at) const {
        return {layer.rank() > 1 ? static_cast<int>(at[0]) : 0, static_cast<int>(at[layer.rank() - 1])};
    }
    arith::Cell cell(int row, int column) const {
        return layer.rank() > 1 ? arith::Cell{row, column, 0} : arith::Cell{column, 0, 0};
    }
    // Where an input cell is among the padded.
    Place padded_place(const arith::Cell& at) const;
    Place in_kernel(const arith::Tap& tap) const;  // as the kernel lies

    float padded_value(arith::Index channel, int row, int column) const;
    float weight(arith::Index in_group, int row,
                 int column) const;                               // as the kernel lies, of this step's output channel
    float made(arith::Index channel, int row, int column) const;  // the output's value at this moment
    bool is_made(arith::Index channel, int row, int column) const;

    // With `window` the cells under the kernel are lit and outlined.
    Plane input(arith::Index channel, const SheetBox& box, bool window = true) const;
    Plane kernel(arith::Index in_channel, const SheetBox& box) const;
    Plane output(arith::Index channel, const SheetBox& box, Aspect aspect = Aspect::cells) const;

    // The edges of the input's own cells on a plane that has padding and zeros put in too.
    void add_input_edges(Plane& plane, double cell_px) const;
    Stroke edge() const { return {theme.grid, thin_px}; }
};

}  // namespace convloom::scene
