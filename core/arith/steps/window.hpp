// Where a window stands along one axis, and which input cell each of its kernel cells meets.
//
// The one idea: every layer is a kernel laid on a row of places. A direct layer's places are the input's cells; a
// transposed one's input has its cells set a stride apart with nothing between them, and its kernel lies turned. All
// that asks where a window stands asks here; only the plain loops (convolve.cpp), which this is tested against, do not.
#pragma once
#include "core/arith/layer/layer.hpp"

namespace convloom::arith {

// One kernel cell of a window along one axis.
struct AxisTap {
    Index weight = 0;        // the weight's cell, 0 to kernel - 1, turned where the layer flips its kernel
    Index at = 0;            // the input cell under it, from 0; negative or beyond the input in the padding
    Index source = 0;        // the input cell that the value comes from; -1 for none, as in padding of zeros
    bool padding = false;    // `at` lies outside the input
    bool has_source = true;  // there is a source
};

// Along one axis. Places are those of the input's cells where `spacing` is 1, else of the input set apart: cell n lies
// at place n·spacing. They are counted from the input's first cell, so that those of the padding are negative.
struct Window {
    Index begin = 0;      // the place under the kernel's first cell as it lies
    Index step = 1;       // from one kernel cell to the next, in places; the dilation, at least 1
    Index count = 1;      // kernel cells, at least 1
    Index spacing = 1;    // from one input cell to the next, in places, at least 1
    bool turned = false;  // the kernel lies turned: its cell n is the one at count - 1 - n

    Index size = 1;  // of the input, in cells
    Index end = 1;   // cells from here on are no padding but nothing: beyond a pooling's padding
    bool flip = false;
    PaddingMode mode = PaddingMode::zeros;

    // The first input cell at or after `begin`; may be negative.
    Index first_cell() const { return begin >= 0 ? (begin + spacing - 1) / spacing : -(-begin / spacing); }

    // Which cell of the kernel as it lies is kernel cell n, and back; n is 0 to count - 1.
    Index lies(Index n) const { return turned ? count - 1 - n : n; }

    // The tap of kernel cell n, 0 to count - 1, in the order in which taps are added. False where it has none: between
    // the cells of an input set apart, past its borders, beyond a pooling's padding. Then `at` is the last cell at or
    // before it, or -1 before the first, and the rest means nothing.
    bool tap(Index n, AxisTap& tap) const {
        tap.weight = flip ? count - 1 - n : n;
        const Index place = begin + lies(n) * step;
        if (spacing > 1 || turned) {
            tap.at = tap.source = place >= 0 ? place / spacing : -1;
            tap.padding = false;
            tap.has_source = true;
            return place >= 0 && place % spacing == 0 && tap.at < size;
        }
        tap.at = tap.source = place;
        tap.padding = place < 0 || place >= size;
        tap.has_source = true;
        if (!tap.padding) return true;
        if (place >= end) return false;
        tap.source = padding_source(place, size, mode);
        tap.has_source = tap.source >= 0;
        return true;
    }
};

// The window of an output cell, 0 to output_size - 1, along an axis, 0 to rank - 1, of a layer without problems.
Window window_of(const Layer& layer, int axis, Index output);

}  // namespace convloom::arith
