// What shows on the input of a figure where the taps of a layer read that are not a regular window: the offsets,
// samples and neighbours of a deformable convolution, the holes of a partial one.
//
// Positions are in cells of the input without its padding, as in arith::Sample; the middle of cell (1, 2) is row 1.5,
// column 2.5 of a plane. Only compose_*.cpp include this.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "core/arith/steps/listed_taps.hpp"
#include "core/scene/layout/sliding.hpp"
#include "core/scene/looks/moment.hpp"
#include "core/scene/looks/value_map.hpp"
#include "core/scene/looks/view.hpp"

namespace convloom::scene {

// Whether the taps of a layer are samples between the cells.
inline bool has_samples(const arith::Layer& layer) {
    return layer.op == arith::Op::deformable_convolution;
}

struct SampleMarks {
    const arith::Recording& recording;
    const arith::Step& step;
    const std::vector<arith::Tap>& taps;  // of this step
    const arith::Tap* now;                // the current one, or null
    const Theme& theme;
    const Sliding& sliding;

    // The samples of all taps, over the figure: a ring at each regular place, an arrow along the offset and a dot at
    // the sample, smaller the more it is modulated; around the current sample the square of a cell, whose parts in the
    // four neighbours are their weights. `to_page` maps the plane of the input, padding included.
    void add_samples(Plane& page, const Affine& to_page) const;

    // On the plane of the input: the neighbours of the current sample, and in cells that are large enough their
    // weights.
    void add_neighbours(Plane& plane) const;
    // `least` is the smallest size of the text, in cells.
    void add_weights(Plane& plane, Color ink, double least) const;
    // The values of the input in the corners of their cells, which leaves the middles to the samples.
    void add_values(Plane& plane, const std::optional<ValueMap>& map, double least) const;

    // The middle of the current sample, or of another tap's, on the plane of the input.
    Point on_plane(const arith::Sample& sample) const;

  private:
    Point place(const arith::Cell& at) const;
    bool is_shown(const arith::Cell& at) const;
    void add_sample(Plane& page, const Affine& to_page, const arith::Tap& tap) const;
};

// The holes of a partial convolution, on the plane of its input.
void add_holes(Plane& plane, const arith::Recording& recording, const Sliding& sliding, const Theme& theme,
               double stroke_px);

// How the current tap gets its value, or what the signs of the figure mean; empty for layers that list no taps.
std::string listed_words(const arith::Recording& recording, const arith::Step& step, const arith::Tap* now,
                         Language language);
// The same on the page, its last line at this height.
void add_listed_words(Plane& page, double baseline, const arith::Recording& recording, const arith::Step& step,
                      const arith::Tap* now, const ViewOptions& options);

}  // namespace convloom::scene
