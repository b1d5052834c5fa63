// The roles of the planes and items of a Scene. Code for pointing, for transitions between Scenes and for extracting
// parts of a Scene uses roles; names of planes and items are only for people, for SVG and for the JSON dump.
//
// Planes of a Scene that show different things have different roles, so a role identifies a plane in another Scene of
// the same view.
#pragma once
#include <cstdint>

namespace convloom::scene {

// What a plane shows.
enum class Content : std::uint8_t {
    other,
    // Tensors of the current layer, in cells that can be pointed at.
    input,
    kernel,
    output,
    tensor,  // one of a chain's tensors; PlaneRole::tensor is its number
    // The matrices of the matrix views: the flattened tensors and the unrolled matrix; for im2col the windows as
    // columns, the filters as rows and their products.
    flat_input,
    flat_output,
    unrolled,
    columns,
    filters,
    products,
    // Grids drawn beside these whose cells are not cells of the layer.
    transpose,
    scaled_kernel,
    direct_input,
    direct_output,
    padding_mode,
    padding_strip,
    color_scale,
    // Pictures: a photo and its filtered result; in the step view the photo under the window and the result so far.
    before,
    after,
    photo,
    result,
    wipe,
    // Lines and labels.
    window,
    beams,
    curves,
    uses,
    numbers,
    slab_labels,
    labels,
    slide,
    between,  // what stands between two layers of a chain
    node      // a box of a network's picture; PlaneRole::number is its place
};

// The aspect of the content, where a page shows it more than once.
enum class Aspect : std::uint8_t {
    cells,
    // Smaller blocks inside a block, and the lines around and between them.
    window,
    tap,
    edges,
    depth,
    window_edges,
    tap_edges,
    numbers,  // on a plane over the cells
    // Other values in the same cells.
    gradient,
    reach,
    map,
    sum,
    stamping,
    stamped
};

// The orientation of a plane. `slab` is perpendicular to the depth axis, its rows run down. `level` is horizontal, its
// rows run from back to front. `right` and `left` are vertical and extend in depth, seen from that side; their columns
// run from front to back for `right`, from back to front for `left`. All cells of a plane have the same index along the
// axis perpendicular to it.
enum class Lie : std::uint8_t { slab, level, right, left };

struct PlaneRole {
    Content content = Content::other;
    Aspect aspect = Aspect::cells;
    int number = -1;  // its channel, or its slab, row or column of a block; -1 if one plane shows all
    int nth = 0;      // index among planes that are otherwise alike, such as the maps of many channels
    int tensor = 0;   // number of a chain's tensor
    Lie lie = Lie::slab;
    bool padded = true;     // of an input: its places count padding and inserted zeros
    bool pointable = true;  // false if its places are not the layer's, for example in a part of it
    friend bool operator==(const PlaneRole&, const PlaneRole&) = default;
};

// The role of a plane for one channel or one slice of depth.
template <class Number>
constexpr PlaneRole slab_role(Content content, Number number, Aspect aspect = Aspect::cells, int nth = 0) {
    return {.content = content, .aspect = aspect, .number = static_cast<int>(number), .nth = nth};
}

// The role of one channel of a chain's tensor. Tensor n is the input of link n; the last one is the chain's output.
template <class Number>
constexpr PlaneRole tensor_role(int tensor, Number channel, bool pointable = true) {
    return {.content = Content::tensor, .number = static_cast<int>(channel), .tensor = tensor, .pointable = pointable};
}

// The role of an item that other code searches for.
enum class Mark : std::uint8_t {
    none,
    window,       // of this step, wherever it is shown
    output_cell,  // computed by this step
    filter,       // the matrix row of this step's filter
    beam,         // from a window to its output
    tied_cells,   // highlighted by pointing
    weight,       // the number on a kernel cell, in row-major order
    bias,         // a text that contains the bias
    // The header of a page.
    title,
    parameters,
    moment,
    // Pictures in the image lab.
    before,
    after,
    photo,
    result
};

struct ItemRole {
    Mark mark = Mark::none;
    int number = 0;       // index among items of a plane that are otherwise alike
    bool border = false;  // the border around such a mark, in the background colour
    friend bool operator==(const ItemRole&, const ItemRole&) = default;
};

}  // namespace convloom::scene
