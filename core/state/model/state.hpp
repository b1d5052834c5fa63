// The State: everything the program shows, as one plain value. It converts to and from JSON and compares with ==; undo
// is a list of States. Panels read it and send Actions; only update() creates new States.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/arith/chain/chain.hpp"
#include "core/arith/layer/shared.hpp"
#include "core/arith/layer/tensor.hpp"
#include "core/arith/steps/recording.hpp"
#include "core/scene/looks/palette.hpp"
#include "core/scene/looks/view.hpp"
#include "core/state/model/photo.hpp"

namespace convloom::state {

// A layer of the chain with its data.
struct Stage {
    arith::Layer layer = arith::square_layer(1, 1, 1, 0, 1);
    arith::Betweens after = {};  // what stands between it and the next layer, or after the last
    arith::Shared<arith::Tensor> weight{arith::Tensor{{1, 1, 1, 1}, {0}}};
    arith::Shared<arith::Tensor> bias;  // empty if the layer has none
    arith::SideTensors sides = {};      // those of arith::side_tensors(layer)
    friend bool operator==(const Stage&, const Stage&) = default;
};

struct State {
    std::string name;        // of the preset or file it was opened from
    std::string title;       // page title while the layers are those it was given for; empty: made from the layers
    bool own_title = false;  // entered by the user: kept whatever the layers are
    arith::Shared<arith::Tensor> input{arith::Tensor{{1, 1, 1}, {0}}};
    std::vector<Stage> stages{Stage{}};  // a chain without problems, usually of one layer
    arith::Betweens before = {};         // what was already applied to `input`
    arith::Shape given = {};             // the shape in front of that; empty if it changes no shape
    int shown = 0;                       // index of the current stage
    std::uint32_t seed = 1;              // for the values of cells added by a larger size
    scene::View view = scene::View::flat;
    std::string theme = "light";
    arith::Shared<scene::Palette> palette;                // colours in place of the theme's
    scene::Language language = scene::Language::english;  // of the texts in figures
    scene::Look look;
    // A cell of the chain's input, which the receptive field view follows until a step is chosen.
    std::optional<arith::Cell> input_cell;
    // The layer beside the current one in the compare view, on the same data; unset: the usual contrast of the current
    // one (comparison.hpp).
    std::optional<arith::Layer> compared;
    scene::Moment moment;        // of the current layer, or in the photo view of its window
    scene::Moment other_moment;  // of the one of these two that is not shown
    std::optional<Photo> photo;  // kept while a layer is shown, so that the user can return to it

    const arith::Layer& layer() const { return stages[shown].layer; }
    // A photo as a whole has no steps; everything else has.
    bool shows_steps() const { return view != scene::View::photo || !photo || photo->look == scene::PhotoLook::step; }
    friend bool operator==(const State&, const State&) = default;
};

// Those of its palette, or else of its theme.
const scene::Theme& colors_of(const State& state);

arith::Chain chain_of(const std::vector<Stage>& stages);
arith::Chain chain_of(const State& state);
// The inputs of the stages up to `stage`: the chain's input, and the output of each earlier stage.
std::vector<arith::Shared<arith::Tensor>> stage_inputs(const State& state, int stage);
arith::Shared<arith::Tensor> stage_input(const State& state, int stage);
// A recording of the current stage, which computes the stages before it; in the photo view, of the selected pass once
// the photo has its pixels.
arith::Recording recording_of(const State& state);
// The same without data, for step and tap positions only; computes nothing, so it is fast.
arith::Recording places_of(const State& state);

// An integer from 0 to 3 for a new cell, from its position and a seed. It does not depend on the tensor's size.
float pattern_value(std::uint32_t seed, arith::Index channel, arith::Index row, arith::Index column);

}  // namespace convloom::state
