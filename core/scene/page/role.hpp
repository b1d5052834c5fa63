// What the planes and items of a Scene are, as data. Whatever points at a picture, slides from one to the next or takes
// a part out of it asks for roles; the names of planes and items are for people, for SVG and for the JSON dump alone.
//
// Planes of a Scene that show different things have different roles, so that a role finds its plane in another Scene of
// the same view.
#pragma once
#include <cstdint>

namespace convloom::scene {

// What a plane shows.
enum class Content : std::uint8_t {
    other,
    // Of the layer that is stepped, in cells that can be pointed at.
    input,
    kernel,
    output,
    tensor,  // one of a chain's: the role says which
    // The matrices that a layer can be drawn as: the flattened tensors and the unrolled matrix, or the windows as
    // columns, the filters as rows and their products.
    flat_input,
    flat_output,
    unrolled,
    columns,
    filters,
    products,
    // What is drawn beside them in cells, and stands for no cell of the layer.
    transpose,
    scaled_kernel,
    direct_input,
    direct_output,
    padding_mode,
    padding_strip,
    color_scale,
    // Pictures: a photo and what its filters make of it; the photo under the window, and the result as far as it is
    // made.
    before,
    after,
    photo,
    result,
    wipe,
    // Lines and words.
    window,
    beams,
    curves,
    uses,
    numbers,
    slab_labels,
    labels,
    slide
};

// What of it, where a page shows it more than once.
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

// How a plane lies: across the depth, its rows down; level, its rows from back to front; upright along the depth, its
// columns from front to back where it is seen from the right, else from back to front. Its cells all have one number
// along the axis that the plane stands across.
enum class Lie : std::uint8_t { slab, level, right, left };

struct PlaneRole {
    Content content = Content::other;
    Aspect aspect = Aspect::cells;
    int number = -1;  // of its channel, or of the slab, row or column of a block; -1 where one plane shows all
    int nth = 0;      // of several alike, such as the maps of many channels
    int tensor = 0;   // of a chain
    Lie lie = Lie::slab;
    bool padded = true;     // of an input: its places count the padding and the zeros put in
    bool pointable = true;  // false where its places are not the layer's, as those of a part of it
    friend bool operator==(const PlaneRole&, const PlaneRole&) = default;
};

// The plane of one channel, or of one slice of depth.
template <class Number>
constexpr PlaneRole slab_role(Content content, Number number, Aspect aspect = Aspect::cells, int nth = 0) {
    return {.content = content, .aspect = aspect, .number = static_cast<int>(number), .nth = nth};
}

// One channel of a chain's tensor: tensor n goes into link n, the last comes out of the chain.
template <class Number>
constexpr PlaneRole tensor_role(int tensor, Number channel, bool pointable = true) {
    return {.content = Content::tensor, .number = static_cast<int>(channel), .tensor = tensor, .pointable = pointable};
}

// What an item is, where somebody looks for it.
enum class Mark : std::uint8_t {
    none,
    window,       // of this step, wherever it is shown
    output_cell,  // that this step makes
    filter,       // the row of a matrix that makes it
    beam,         // from a window to what it makes
    tied_cells,   // that pointing has lit
    weight,       // the number on a kernel's cell, counted along its rows
    bias,         // a text in which the bias stands
    // The head of a page.
    title,
    parameters,
    moment,
    // Pictures of a photo.
    before,
    after,
    photo,
    result
};

struct ItemRole {
    Mark mark = Mark::none;
    int number = 0;       // of several alike in a plane
    bool border = false;  // the border around such a mark, in the ground's colour
    friend bool operator==(const ItemRole&, const ItemRole&) = default;
};

}  // namespace convloom::scene
