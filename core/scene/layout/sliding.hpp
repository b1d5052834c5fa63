// The plane that a layer's window slides over, as figures show it: the input's cells, the padding around them and, for
// a transposed layer, the zeros inserted between them.
//
// A direct layer slides by its stride over the padded input. A transposed layer is shown as the equivalent direct layer
// of stride 1 (arith/relationship.hpp): its cells are s apart, with p' = d(k-1)-p cells of padding around them, and the
// kernel is rotated by 180°. A layer of rank 1 has its channels as rows. The windows of an adaptive pooling or an
// upsampling differ from step to step; show() sets the size of the one that is drawn.
#pragma once
#include <optional>

#include "core/arith/steps/recording.hpp"

namespace convloom::scene {

// One axis of the plane, in cells counted from its first cell, padding included.
struct SlidingAxis {
    int input = 1;    // cells of the input
    int spacing = 1;  // from one input cell to the next
    int before = 0;   // place of the first input cell
    int total = 1;    // size of the plane
    int kernel = 1, dilation = 1;
    int step = 1;   // how far the window moves per output cell
    int first = 0;  // where the window of output cell 0 begins
    int output = 1;
    int reached = 1;  // cells from the start that some window reaches
    int padding = 0;  // p' of a transposed layer, p before the input of a direct one; negative if it crops
    std::optional<arith::Layer> sized;  // this axis alone, if its windows follow from the sizes; `kernel` is then the
                                        // largest one until show() is called

    int extent() const { return kernel > 0 ? dilation * (kernel - 1) + 1 : 0; }
    int window(arith::Index cell) const {
        return sized ? static_cast<int>(arith::window_of(*sized, 0, cell).begin)
                     : first + static_cast<int>(cell) * step;
    }
    // Makes `kernel` that of the window of an output cell.
    void show(arith::Index cell) {
        if (sized) kernel = static_cast<int>(arith::window_of(*sized, 0, cell).count);
    }
    // Where an output cell belongs along the plane, and how wide it is there: below the middle of its window.
    double output_place(arith::Index cell) const;
    double output_width() const;
    // The kernel cell on a place while the window begins at `from`; -1 if there is none.
    int kernel_cell(int from, int place) const {
        const int cell = (place - from) / dilation;
        return place >= from && (place - from) % dilation == 0 && cell < kernel ? cell : -1;
    }
    int place(arith::Index cell) const { return before + static_cast<int>(cell) * spacing; }
    // Size of the input with the inserted zeros.
    int stretched() const { return spacing * (input - 1) + 1; }
    // The input cell at a place. In the padding of a direct layer it lies outside the input.
    arith::Index cell(int place) const { return (place - before) / spacing; }
    bool on_input(int place) const {
        return place >= before && place < before + stretched() && (place - before) % spacing == 0;
    }
    bool between_input(int place) const {
        return place > before && place < before + stretched() && (place - before) % spacing != 0;
    }
};

SlidingAxis sliding_axis(const arith::Layer& layer, int axis);

struct Place {
    int row = 0, column = 0;
};

// The two axes of a flat picture of a layer of rank 1 or 2.
struct Sliding {
    SlidingAxis high, wide;
    bool turned = false;  // the kernel lies rotated by 180°
    int rank = 2;

    bool has_padding() const { return high.total > high.stretched() || wide.total > wide.stretched(); }
    bool has_zeros() const { return high.stretched() > high.input || wide.stretched() > wide.input; }
    // Whether a place is a cell of the input.
    bool on_input(int row, int column) const { return high.on_input(row) && wide.on_input(column); }
    Place window(const arith::Step& step) const;
    void show(const arith::Step& step);
    Place output(const arith::Step& step) const;
    // The place of a tap in the kernel as it lies.
    Place in_kernel(const arith::Step& step, const arith::Tap& tap) const;
    // The value at a place; 0 between input cells.
    float value(const arith::Recording& recording, Place at) const;
    // The weight at a place of the kernel as it lies, for the output channel of a step.
    float weight(const arith::Recording& recording, const arith::Step& step, Place at) const;
};

bool kernel_turned(const arith::Layer& layer);
Sliding sliding(const arith::Layer& layer);

}  // namespace convloom::scene
