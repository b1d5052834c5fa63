// The views: pure functions (recording, moment, options) -> Scene, one compose_*.cpp for each view.
//
// Every view lays its figure out on the page of its options, which is a slide's, page_width by page_height (theme.hpp),
// or one of another shape. It computes the position of each plane from the layer and the page alone, so that only the
// intended parts move from step to step.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/arith/chain/chain.hpp"
#include "core/arith/steps/recording.hpp"
#include "core/scene/looks/look.hpp"
#include "core/scene/looks/moment.hpp"
#include "core/scene/looks/page_size.hpp"
#include "core/scene/looks/theme.hpp"
#include "core/scene/page/scene.hpp"
#include "core/scene/words/language.hpp"

namespace convloom::scene {

// Names and descriptions are in view_table.hpp.
enum class View {
    stacked,
    flat,
    photo,
    volume,
    signal,
    chain,
    matrix,
    im2col,
    readings,
    channels,
    receptive,
    padding,
    gradient,
    cost,
    borders,
    compare,
    maps
};

std::string_view name_of(View view);
std::optional<View> view_named(std::string_view name);

// A page for a photo, at least as large as a slide in both directions.
struct Room {
    double width = page_width, height = page_height;
    bool operator==(const Room&) const = default;
};

struct MapPictures;  // core/scene/maps

struct ViewOptions : Look {
    const Theme* theme = &default_theme();
    Language language = Language::english;              // of all texts; the title is already in it
    std::string title;                                  // at the top of the page if labels are on
    arith::Shared<arith::Tensor> output;                // the recording's, if it was computed for the colours already
    std::shared_ptr<const MapPictures> maps = nullptr;  // of the maps view, if they were made already
    bool own_title = false;                             // set by the user: it is used for a photo too
    std::optional<Room> room;  // for a photo on a canvas, which the page then fills; otherwise a slide
    PageSize page;             // for every other figure
};

// Empty if the view can draw the layer, else the reason, as one sentence.
std::string undrawable(const arith::Layer& layer, View view);

// A page with a message instead of a figure.
Scene compose_message(const std::string& sentence, const ViewOptions& options);

// conv_arithmetic's isometric figure: the output plane over the input plane, with beams from the window. Expects a
// layer that the view can draw.
Scene compose_stacked(const arith::Recording& recording, const Moment& moment, const ViewOptions& options);

// Input, kernel and output side by side with their numbers, and the sum of this step below. Expects a layer that the
// view can draw.
Scene compose_flat(const arith::Recording& recording, const Moment& moment, const ViewOptions& options);

// Input, kernel and output in an orthographic projection: stacks of slabs, one per channel, or solid blocks of voxels
// for a layer of rank 3; on request, and if zeros are inserted between the input's cells, one slab per slice. Draws
// every layer; what does not fit is replaced by an ellipsis with its count.
Scene compose_volume(const arith::Recording& recording, const Moment& moment, const ViewOptions& options);

// A layer of rank 1 as stems along one axis, the kernel at its position, the products as bars.
Scene compose_signal(const arith::Recording& recording, const Moment& moment, const ViewOptions& options);

// A chain's tensors from left to right; the recording is of the layer `shown`.
struct ChainFigure {
    arith::Chain chain;
    int shown = 0;
    std::vector<arith::Shared<arith::Tensor>> made =
        {};  // what goes into each layer up to the one shown; for value colours
    std::optional<arith::Cell> input_cell =
        {};  // of the chain's input: the receptive view follows it forward, in place of the cell of this step
};
Scene compose_chain(const ChainFigure& chain, const arith::Recording& recording, const Moment& moment,
                    const ViewOptions& options);

}  // namespace convloom::scene
