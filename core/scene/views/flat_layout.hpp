// Where the flat view's planes stand: side by side, or on a page without the room for that with the kernel and the
// output below the input.
#pragma once
#include <string>

#include "core/scene/layout/sliding.hpp"
#include "core/scene/looks/view.hpp"

namespace convloom::scene::flat_view {

constexpr double margin = 5 * unit_px;

struct Grid {
    int rows, columns;
    std::string shape() const;
};

struct FlatLayout {
    Sliding sliding;
    Grid padded, input, kernel, output;
    Grid reached;  // the part of the padded input that some window reaches
    std::string kernel_name, kernel_says, sign;
    bool pooling;
    double cell;
    Point input_at, kernel_at, output_at;  // the corners of the planes
    Point star_at, equals_at;              // the centres of the operator signs
    double sum_top;
    Language language;

    std::string input_shape() const;
};

FlatLayout lay_out_flat(const arith::Layer& layer, const ViewOptions& options, const std::string& parameters);

}  // namespace convloom::scene::flat_view
