// The taps of the kinds of layer whose values need more than a window along each axis, and what they come from.
//
// The first two have one tap for each kernel cell and input channel, in PyTorch's order, and Tap::at is the regular
// place of the kernel cell; the others have the cells of the window. So the number of taps does not depend on the data.
//
//   deformable   x is sampled at that place plus its offset, bilinearly from four neighbours, with 0 outside the input
//   partial      x is 0 in a hole of the mask and in the padding, where the tap has no source
//   unpooling    w is 1 where the index of the input cell is the output cell, else 0, and the tap has no source; of
//                several such cells the last one counts, as it would overwrite the others
//   unfold       the one cell of the window that the output channel stands for
//   fold         the windows that have the output cell, each in the channel of its kernel cell, which is Tap::kernel
#pragma once
#include <array>
#include <vector>

#include "core/arith/steps/recording.hpp"
#include "core/arith/steps/ties.hpp"

namespace convloom::arith {

// Where a tap of a deformable convolution reads the input. Positions are in cells: 2.25 is a quarter of the way from
// cell 2 to cell 3.
struct Sample {
    struct Neighbour {
        Cell at{};  // may lie outside the input, where the value is 0
        bool inside = false;
        float weight = 0;  // the four add up to 1
        float value = 0;
    };
    float down = 0, right = 0;            // the offset
    float row = 0, column = 0;            // the position
    std::array<Neighbour, 4> neighbours;  // upper left, upper right, lower left, lower right
    float value = 0;
    bool outside = false;  // more than a cell away from the input: there are no neighbours
};
// Without values the recording needs no input, and those of the sample and its neighbours stay 0.
Sample sample_of(const Recording& recording, const Step& step, const Tap& tap, bool with_values = true);

// What ties() gives for layers with regular windows, for a deformable convolution: one set for each cell.
std::vector<CellSet> sampled_ties(const Recording& recording, const CellName& cell);

// The cells of a window of a partial convolution, in one channel.
struct Coverage {
    Index valid = 0;   // in the input and not in a hole
    Index window = 0;  // all, or without count_include_pad those in the input
    float ratio() const { return static_cast<float>(window) / static_cast<float>(valid); }
};
Coverage coverage_of(const Recording& recording, const Step& step);

// Whether an input cell is in a hole of a partial convolution's mask.
bool is_hole(const Recording& recording, const Cell& at);

}  // namespace convloom::arith
