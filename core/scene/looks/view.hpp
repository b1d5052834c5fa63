// What a view draws: a pure function (recording, moment, options) -> Scene. One compose_*.cpp a view.
//
// Every view lays its figure out on the same page, page_width by page_height (theme.hpp), and computes the
// place of each plane from the layer alone, so that nothing moves from step to step but what is meant to.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/arith/layer/chain.hpp"
#include "core/arith/steps/recording.hpp"
#include "core/scene/looks/look.hpp"
#include "core/scene/looks/moment.hpp"
#include "core/scene/looks/theme.hpp"
#include "core/scene/page/scene.hpp"
#include "core/scene/words/language.hpp"

namespace convloom::scene {

// What is known of each stands in view_table.hpp.
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
    cost
};

std::string_view name_of(View view);
std::optional<View> view_named(std::string_view name);

// A page of another shape, no smaller than a slide either way.
struct Room {
    double width = page_width, height = page_height;
    bool operator==(const Room&) const = default;
};

struct ViewOptions : Look {
    const Theme* theme = &default_theme();
    Language language = Language::english;  // of all that is written; the title comes in it
    std::string title;                      // heads the page where labels are on
    arith::Shared<arith::Tensor> output;    // the recording's, where it has been computed for the colours already
    bool own_title = false;                 // given by hand: it heads a photo too
    std::optional<Room> room;               // of a photo on a canvas, which the page then fills; else it is a slide
};

// Empty where the view can draw the layer, else why not, as one sentence.
std::string undrawable(const arith::Layer& layer, View view);

// A page that says something instead of drawing it.
Scene compose_message(const std::string& sentence, const ViewOptions& options);

// conv_arithmetic's isometric figure: the output plane over the input plane, beams from the footprint.
// Expects a layer that is not undrawable() in it.
Scene compose_stacked(const arith::Recording& recording, const Moment& moment, const ViewOptions& options);

// Input, kernel and output side by side with their numbers, the sum of this step written out below.
// Expects a layer that is not undrawable() in it.
Scene compose_flat(const arith::Recording& recording, const Moment& moment, const ViewOptions& options);

// Input, kernel and output in an orthographic projection: stacks of slabs, one a channel, or of a layer of rank 3 solid
// blocks of voxels; where its slices are asked for, and where zeros stand between the input's cells, one slab a slice.
// Draws every layer; what does not fit is shown by an ellipsis and its count.
Scene compose_volume(const arith::Recording& recording, const Moment& moment, const ViewOptions& options);

// A layer of rank 1 as stems over one axis, the kernel where it lies, the products as bars.
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
