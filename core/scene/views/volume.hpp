// The volume view's insides: a layer's three axes as that view shows them, and where its figure stands on the page.
//
// Input, kernel and output each stand as a stack of slabs (volume_slabs.cpp) or as a solid block (volume_blocks.cpp);
// both draw from the one Volume here and lay nothing out. Only compose_volume.cpp and these two include this.
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

// The three axes of the picture. For a layer of rank below 3 the first is the channels, which the window covers a
// group at a time.
struct Volume {
    const arith::Recording& recording;
    arith::Step step;
    std::vector<arith::Tap> taps;
    const arith::Tap* now;
    SlidingAxis deep, high, wide;
    arith::Index channel;  // of the input, shown by a layer of rank 3
    bool turned;

    Volume(const arith::Recording& r, const Moment& moment);
    Volume(const Volume&) = delete;  // now points into taps

    const arith::Layer& layer() const { return recording.layer(); }
    bool voxels() const { return layer().rank() == 3; }
    arith::Cell cell(arith::Index slab, arith::Index row, arith::Index column) const;
    Spot spot(arith::Index channel_number, const arith::Cell& c) const;
    Spot output() const { return spot(step.channel, step.output); }
    // The window's first place, and the box of all its places, gaps included.
    Spot window() const;
    Box window_box() const { return {window(), deep.extent(), high.extent(), wide.extent()}; }
    Spot place(const arith::Tap& tap) const;
    // The kernel's cell, as it lies, on a place under the window; a place of -1 in a gap.
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
    // "padded to 7×7": what the plane has beside the input.
    std::string input_words(bool solid, Language language) const;
};

// One of the three, where it stands.
struct VolumeColumn {
    std::string name, title, says, more;  // `more` in a line of its own
    bool solid = false;
    Stack pile;    // of slabs
    Box whole;     // of a solid block, padding included
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
    // Of a column's cells; of small ones edges would be all there is to see.
    Stroke edge(const VolumeColumn& column, bool dashed = false) const {
        return {dashed ? theme.muted : theme.grid, column.cell_px < least_edged_cell_px ? 0 : thin_px,
                dashed ? dash_px * 0.8 : 0};
    }
    Field grid(std::string name, int row, int column, int rows, int columns, std::vector<Color> palette,
               Stroke stroke) const;
    // The hue of the channel that a slab of the input shows, without its values.
    Color input_hue(int slab) const;
    // Of an output that is made; at a tap the running sum.
    float made(arith::Index number) const { return maps.output_at(v.recording, number, moment); }
};

// Planes from back to front.
void add_slabs(Scene& scene, const VolumeFigure& figure, arith::Part part);
void add_block(Scene& scene, const VolumeFigure& figure, arith::Part part);

// The numbers of the slabs beside a stack or a block, and a stack's ellipses. With `per_group` slabs a group also the
// group's letter; 0 for none.
void add_slab_labels(Plane& page, const VolumeFigure& figure, const VolumeColumn& column, arith::Index per_group);
void add_depth_labels(Plane& page, const VolumeFigure& figure, const VolumeColumn& column);

}  // namespace convloom::scene
