// Internals of the volume view: the three axes of a layer as the view shows them, and the layout of its figure.
//
// Input, kernel and output are each drawn as a stack of slabs (volume_slabs.cpp) or as a solid block
// (volume_blocks.cpp). Both read this Volume and do no layout. Only compose_volume.cpp and these two files include
// this.
#pragma once
#include <string>
#include <vector>

#include "core/arith/steps/ties.hpp"
#include "core/scene/layout/block.hpp"
#include "core/scene/layout/sliding.hpp"
#include "core/scene/layout/stack.hpp"
#include "core/scene/looks/value_map.hpp"
#include "core/scene/looks/view.hpp"

namespace convloom::scene {

// The three axes of the picture. For a layer of rank below 3 the first axis is the channels, of which the window covers
// one group.
struct Volume {
    const arith::Recording& recording;
    arith::Step step;
    std::vector<arith::Tap> taps;
    const arith::Tap* now;
    SlidingAxis deep, high, wide;
    arith::Index channel;  // the input channel shown, for a layer of rank 3
    bool turned;

    Volume(const arith::Recording& r, const Moment& moment);
    Volume(const Volume&) = delete;  // because `now` points into `taps`

    const arith::Layer& layer() const { return recording.layer(); }
    bool voxels() const { return layer().rank() == 3; }
    arith::Cell cell(arith::Index slab, arith::Index row, arith::Index column) const;
    Spot spot(arith::Index channel_number, const arith::Cell& c) const;
    Spot output() const { return spot(step.channel, step.output); }
    // The first place of the window, and the box of all its places, gaps included.
    Spot window() const;
    Box window_box() const { return {window(), deep.extent(), high.extent(), wide.extent()}; }
    Spot place(const arith::Tap& tap) const;
    // The kernel cell, as the kernel lies, on a place under the window; -1 along axes where the place is in a gap.
    Spot kernel_spot(const Spot& place) const;
    bool covers(int slab) const { return deep.kernel_cell(window().slab, slab) >= 0; }
    bool is_input(const Spot& at) const {
        return deep.on_input(at.slab) && high.on_input(at.row) && wide.on_input(at.column);
    }
    bool is_unused(const Spot& at) const {
        return at.slab >= deep.reached || at.row >= high.reached || at.column >= wide.reached;
    }
    bool has_zeros() const { return deep.spacing > 1 || high.spacing > 1 || wide.spacing > 1; }
    float input(const Spot& at) const;
    float weight(const Spot& q) const;
    arith::Index output_number(const Spot& at) const {
        return recording.step_at(voxels() ? step.channel : at.slab, cell(at.slab, at.row, at.column));
    }
    // "padded to 7×7": what the plane contains besides the input.
    std::string input_words(bool solid, Language language) const;
};

// One of the three columns with its position.
struct VolumeColumn {
    std::string name, title, says, more;  // `more` has a line of its own
    bool solid = false;
    Stack pile;    // the slabs, unless solid
    Box whole;     // the solid block, padding included
    Rect bounds;   // in cells, with (0, 0, 0) at the origin
    Point origin;  // on the page
    double cell_px = 1;
};

constexpr double least_edged_cell_px = 4;

struct VolumeFigure {
    const Volume& v;
    const Moment& moment;
    const ViewOptions& options;
    const Theme& theme;
    const ValueMaps& maps;
    Projection projection;
    VolumeColumn input, kernel, output;

    Affine plane(const VolumeColumn& column, double z) const {
        return projection.plane(z, column.cell_px, column.origin);
    }
    Block block(const VolumeColumn& column) const {
        return {projection, column.cell_px, column.origin, column.whole.slabs};
    }
    // The edges of a column's cells; edges of very small cells would hide the fill.
    Stroke edge(const VolumeColumn& column, bool dashed = false) const {
        return {dashed ? theme.muted : theme.grid, column.cell_px < least_edged_cell_px ? 0 : thin_px,
                dashed ? dash_px * 0.8 : 0};
    }
    Field grid(std::string name, int row, int column, int rows, int columns, std::vector<Color> palette,
               Stroke stroke) const;
    // The colour of the channel that a slab of the input shows, when cells are not coloured by value.
    Color input_hue(int slab) const;
    // The value of an output cell; during a step, the running sum.
    float made(arith::Index number) const { return maps.output_at(v.recording, number, moment); }
};

// Adds planes from back to front.
void add_slabs(Scene& scene, const VolumeFigure& figure, arith::Part part);
void add_block(Scene& scene, const VolumeFigure& figure, arith::Part part);

// Adds the numbers of the slabs beside a stack or a block, and the ellipses of a stack. With `per_group` slabs per
// group the group's letter is added; 0 for no groups.
void add_slab_labels(Plane& page, const VolumeFigure& figure, const VolumeColumn& column, arith::Index per_group);
void add_depth_labels(Plane& page, const VolumeFigure& figure, const VolumeColumn& column);

}  // namespace convloom::scene
