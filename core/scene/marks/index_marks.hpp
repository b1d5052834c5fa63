// What shows in a figure where the values of a max unpooling go: an arrow from each input cell under the window to the
// output cell of its index, and around it the cells that its window has.
//
// Only compose_*.cpp include this.
#pragma once
#include <string>
#include <vector>

#include "core/arith/steps/recording.hpp"
#include "core/scene/layout/sliding.hpp"
#include "core/scene/looks/view.hpp"
#include "core/scene/page/scene.hpp"

namespace convloom::scene {

inline bool has_indices(const arith::Layer& layer) {
    return layer.op == arith::Op::max_unpooling;
}

struct IndexMarks {
    const arith::Recording& recording;
    const std::vector<arith::Tap>& taps;  // of the step
    const arith::Tap* now;                // the current one, or null for all
    const Theme& theme;
    const Sliding& sliding;

    // The arrows; dashed to the cells of other steps. `input` and `output` map the planes to the page, and `anchor` is
    // the place in a cell where arrows begin and end.
    void add_arrows(Plane& page, const Affine& input, const Affine& output, Point anchor) const;
    // The outlines of the windows in the plane of the output.
    void add_windows(Plane& output) const;
    // "→5" in the corners of the input's cells.
    void add_numbers(Plane& input, double least, Color ink) const;

  private:
    arith::Cell target(const arith::Tap& tap) const;
    Place place(const arith::Cell& cell, arith::Index channel) const;
};

// Where the values under the window go, and what the step's cell gets from them.
std::string index_words(const arith::Recording& recording, const arith::Step& step, const arith::Tap* now,
                        Language language);

}  // namespace convloom::scene
