// Maps a point of a view's page to the cell of the layer's tensors shown there, and highlights the cells connected to
// it in the same picture.
//
// It reads the planes of the Scene that is drawn, so pointing always agrees with the picture. The role of a plane says
// what it shows and whether it can be pointed at; the meaning of a place on it follows from the layer.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/arith/chain/chain.hpp"
#include "core/arith/steps/ties.hpp"
#include "core/scene/looks/view.hpp"

namespace convloom::scene {

struct Pointed {
    arith::CellName cell;
    // For the input: a place around it, or an inserted zero between the cells of a transposed layer.
    bool padding = false, put_in = false;
    friend bool operator==(const Pointed&, const Pointed&) = default;
};

// The layer and moment that a Scene shows.
struct Shown {
    arith::Layer layer;
    Moment moment;
    int number = 0;  // of the layer in its chain
};

// The cell at a point; nothing outside the planes that can be pointed at.
std::optional<Pointed> pointed(const Scene& scene, const Shown& shown, Point page);

// The box on the page of the cell at a point.
std::optional<Rect> box_of_pointed(const Scene& scene, const Shown& shown, Point page);

// A plane whose cells can be pointed at: those of the rows and columns that it shows, in units of its own.
struct PointablePlane {
    const Plane* plane = nullptr;
    int left = 0, top = 0, rows = 0, columns = 0;
    std::function<std::optional<Pointed>(int row, int column)> at;
};
// From front to back. Valid as long as the Scene and what it shows.
std::vector<PointablePlane> pointable_planes(const Scene& scene, const Shown& shown);

// In views that show all tensors of a chain, the tensor and cell at a point, whichever layer is current. Tensor n is
// the input of link n; the last one is the chain's output.
struct ChainCell {
    int tensor = 0;
    arith::Index channel = 0;
    arith::Cell at{};
    friend bool operator==(const ChainCell&, const ChainCell&) = default;
};
std::optional<ChainCell> pointed_in_chain(const Scene& scene, const arith::Chain& chain, Point page);

// The Scene with the cells of the sets highlighted and the pointed cell outlined.
Scene lit(Scene scene, const Shown& shown, const Pointed& at, const Theme& theme);

// Texts such as "Input channel 1 (2, 3) = 4" and, about its connections, "reaches 9 outputs".
struct PointedWords {
    std::string cell, ties;
};
// "Output channel 1 (2, 3)".
std::string output_place(const arith::Layer& layer, const Pointed& at, Language language);
PointedWords words(const arith::Recording& recording, const Moment& moment, const Pointed& at,
                   Language language = Language::english);

}  // namespace convloom::scene
