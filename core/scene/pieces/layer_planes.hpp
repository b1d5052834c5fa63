// The planes of a layer of rank 1 or 2, one per channel: the input with its padding and the window, the kernel as it
// lies, and the output so far. Views that show a layer in several small pictures place these planes as they need.
//
// A layer of rank 1 has one row. Roles and names of planes contain the channel number: "input slab 2". Only
// compose_*.cpp include this.
#pragma once
#include "core/scene/layout/sliding.hpp"
#include "core/scene/looks/value_map.hpp"
#include "core/scene/looks/view.hpp"
#include "core/scene/pieces/sheet.hpp"

namespace convloom::scene {

class LayerPlanes {
  public:
    // Channel numbers for a layer that is one channel of a larger layer (channel_pair.hpp).
    struct Numbers {
        arith::Index input = 0, kernel = 0, output = 0;  // of the first plane of each
    };

    LayerPlanes(const arith::Recording& recording, const Moment& moment, const ViewOptions& options,
                const Numbers& numbers);
    LayerPlanes(const arith::Recording& r, const Moment& m, const ViewOptions& o) : LayerPlanes(r, m, o, Numbers{}) {}
    LayerPlanes(const LayerPlanes&) = delete;  // because `now` points into `taps`

    const arith::Recording& recording;
    const arith::Layer& layer;
    const Moment& moment;
    const Theme& theme;
    Language language;
    ValueMaps maps;  // of the layer's tensors, if cells are coloured by value
    SlidingAxis high, wide;
    bool turned;
    arith::Step step;
    std::vector<arith::Tap> taps;  // of this step
    const arith::Tap* now;         // the current tap; null for the whole window
    arith::Index group, first_in;  // of this step: its group and the first input channel that it sees
    Numbers numbers;

    arith::Index channel_now() const { return now ? now->in_channel : first_in; }
    Place window() const;  // the first cell of this step's window, in the padded input
    Place output() const;  // the output cell of this step
    Place place(const arith::Cell& at) const {
        return {layer.rank() > 1 ? static_cast<int>(at[0]) : 0, static_cast<int>(at[layer.rank() - 1])};
    }
    arith::Cell cell(int row, int column) const {
        return layer.rank() > 1 ? arith::Cell{row, column, 0} : arith::Cell{column, 0, 0};
    }
    // The place of an input cell in the padded input.
    Place padded_place(const arith::Cell& at) const;
    Place in_kernel(const arith::Tap& tap) const;  // in the kernel as it lies

    float padded_value(arith::Index channel, int row, int column) const;
    // In the kernel as it lies, for this step's output channel.
    float weight(arith::Index in_group, int row, int column) const;
    float made(arith::Index channel, int row, int column) const;  // the output's value at this moment
    bool is_made(arith::Index channel, int row, int column) const;

    // With `window` the cells under the kernel are highlighted and outlined.
    Plane input(arith::Index channel, const SheetBox& box, bool window = true) const;
    Plane kernel(arith::Index in_channel, const SheetBox& box) const;
    Plane output(arith::Index channel, const SheetBox& box, Aspect aspect = Aspect::cells) const;

    // Adds the edges of the input's own cells to a plane that also has padding and inserted zeros.
    void add_input_edges(Plane& plane, double cell_px) const;
    Stroke edge() const { return {theme.grid, thin_px}; }
};

}  // namespace convloom::scene
