// From a point of a view's page to the cell of the layer's tensors that is seen there, and back: the cells that it is
// tied to, lit in the same picture.
//
// Reads the planes of the Scene that is drawn, so that pointing cannot disagree with the picture. A plane's role says
// what it shows, and whether it can be pointed at; what a place on it means follows from the layer.
#pragma once
#include <optional>
#include <string>

#include "core/arith/layer/chain.hpp"
#include "core/arith/steps/ties.hpp"
#include "core/scene/looks/view.hpp"

namespace convloom::scene {

struct Pointed {
    arith::CellName cell;
    // Of the input: a place around it, or between its cells, where a transposed layer has a zero put in.
    bool padding = false, put_in = false;
    friend bool operator==(const Pointed&, const Pointed&) = default;
};

// What a Scene is a picture of.
struct Shown {
    arith::Layer layer;
    Moment moment;
    int number = 0;  // of the layer in its chain
};

// What the Scene shows at a point. Nothing beside the planes that can be pointed at.
std::optional<Pointed> pointed(const Scene& scene, const Shown& shown, Point page);

// The box on the page around the cell that is seen there.
std::optional<Rect> box_of_pointed(const Scene& scene, const Shown& shown, Point page);

// Where a chain's tensors stand side by side, the tensor and the cell of it that is seen at a point, whichever layer is
// stepped through. Tensor n goes into link n; the last comes out of the chain.
struct ChainCell {
    int tensor = 0;
    arith::Index channel = 0;
    arith::Cell at{};
    friend bool operator==(const ChainCell&, const ChainCell&) = default;
};
std::optional<ChainCell> pointed_in_chain(const Scene& scene, const arith::Chain& chain, Point page);

// The Scene with the sets' cells lit and the pointed one outlined.
Scene lit(Scene scene, const Shown& shown, const Pointed& at, const Theme& theme);

// "Input channel 1 (2, 3) = 4", and what it is tied to: "reaches 9 outputs".
struct PointedWords {
    std::string cell, ties;
};
PointedWords words(const arith::Recording& recording, const Moment& moment, const Pointed& at,
                   Language language = Language::english);

}  // namespace convloom::scene
