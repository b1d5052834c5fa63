// The position of a window along one axis, and the input cell under each of its kernel cells.
//
// The one idea: every layer is a kernel laid on a row of places. For a direct layer the places are the input's cells.
// For a transposed layer the input cells are `stride` places apart, with nothing between them, and the kernel is
// rotated. All code that needs window positions uses this, except the plain loops in convolve.cpp, which the tests
// compare it with.
#pragma once
#include "core/arith/layer/layer.hpp"

namespace convloom::arith {

// One kernel cell of a window along one axis.
struct AxisTap {
    Index weight = 0;        // index in the weight, 0 to kernel - 1, reversed if the layer flips its kernel
    Index at = 0;            // the input cell under it; negative or past the end in the padding
    Index source = 0;        // the input cell that supplies the value; -1 for none, where a constant is
    bool padding = false;    // `at` lies outside the input
    bool has_source = true;  // `source` is valid
    float factor = 1;        // of an interpolation: the share of this cell along this axis
};

// A window along one axis. With `spacing` 1 the places are the input cells; otherwise input cell n is at place
// n·spacing. Place 0 is the first input cell, so places in the padding before it are negative.
struct Window {
    Index begin = 0;      // the place under the first kernel cell as it lies
    Index step = 1;       // places from one kernel cell to the next: the dilation, at least 1
    Index count = 1;      // number of kernel cells, at least 1; 0 for a place that no cell of an unpooling reaches
    Index spacing = 1;    // places from one input cell to the next, at least 1
    bool turned = false;  // the kernel lies reversed: its cell n is at count - 1 - n

    Index size = 1;  // of the input, in cells
    Index end = 1;   // cells from here on are ignored: they are past a pooling's padding
    bool flip = false;
    PaddingMode mode = PaddingMode::zeros;
    float factors[2] = {1, 1};  // of an interpolation, whose windows have one or two cells

    // The first input cell at or after `begin`; may be negative.
    Index first_cell() const { return begin >= 0 ? (begin + spacing - 1) / spacing : -(-begin / spacing); }

    // Converts between a kernel cell and its position in the kernel as it lies; both are 0 to count - 1.
    Index lies(Index n) const { return turned ? count - 1 - n : n; }

    // Sets `tap` for kernel cell n, 0 to count - 1, in the order of accumulation. Returns false if there is no tap:
    // between input cells that are spaced apart, past the borders of such an input, or past a pooling's padding.
    // `tap.at` is then the last input cell at or before the place, or -1, and the other members are unspecified.
    bool tap(Index n, AxisTap& tap) const {
        tap.weight = flip ? count - 1 - n : n;
        tap.factor = factors[n == 1];
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

// The window of output cell `output`, 0 to output_size - 1, along axis `axis`, 0 to rank - 1, of a layer without
// problems.
Window window_of(const Layer& layer, int axis, Index output);

}  // namespace convloom::arith
