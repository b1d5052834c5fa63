// The State: everything that the program shows, as one plain value. It goes to JSON and back, compares with
// ==, and undo is a list of them. Panels read it and send Actions; only update() makes a new one.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/arith/layer/chain.hpp"
#include "core/arith/layer/shared.hpp"
#include "core/arith/layer/tensor.hpp"
#include "core/arith/steps/recording.hpp"
#include "core/scene/looks/view.hpp"
#include "core/state/model/photo.hpp"

namespace convloom::state {

// One layer of a chain with its data.
struct Stage {
    arith::Layer layer = arith::square_layer(1, 1, 1, 0, 1);
    arith::Activation after = arith::Activation::none;
    arith::Shared<arith::Tensor> weight{arith::Tensor{{1, 1, 1, 1}, {0}}};
    arith::Shared<arith::Tensor> bias;  // empty where the layer has none
    friend bool operator==(const Stage&, const Stage&) = default;
};

struct State {
    std::string name;   // of the preset it began as, or of the file
    std::string title;  // heads the page while the layers are those that it was given for; empty for one made from them
    bool own_title = false;  // given by hand: it stays whatever the layers are
    arith::Shared<arith::Tensor> input{arith::Tensor{{1, 1, 1}, {0}}};
    std::vector<Stage> stages{Stage{}};  // a chain without problems, most often of one layer
    int shown = 0;                       // the stage that is stepped through
    std::uint32_t seed = 1;              // for the values of cells that a larger size brings
    scene::View view = scene::View::flat;
    std::string theme = "light";
    scene::Language language = scene::Language::english;  // of what the pictures say
    scene::Look look;
    std::optional<arith::Cell>
        input_cell;              // of the chain's input, that the receptive view follows until there is a step
    scene::Moment moment;        // of the layer shown, or in the photo's view of its window
    scene::Moment other_moment;  // of the other of the two, to go back to
    std::optional<Photo> photo;  // kept while a layer is shown, so that one can go back to it

    const arith::Layer& layer() const { return stages[shown].layer; }
    // A photo as a whole has no moments; all else that is shown has.
    bool shows_steps() const { return view != scene::View::photo || !photo || photo->look == scene::PhotoLook::step; }
    friend bool operator==(const State&, const State&) = default;
};

arith::Chain chain_of(const std::vector<Stage>& stages);
inline arith::Chain chain_of(const State& state) {
    return chain_of(state.stages);
}
// What goes into each stage up to one: the input, and that through the stages before it.
std::vector<arith::Shared<arith::Tensor>> stage_inputs(const State& state, int stage);
arith::Shared<arith::Tensor> stage_input(const State& state, int stage);
// Of the stage shown, which computes the stages before it; in the photo's view of the photo, once it has its pixels.
arith::Recording recording_of(const State& state);
// Where its steps and taps are, without the data: at once, and for all that asks for no value.
arith::Recording places_of(const State& state);

// The whole numbers 0 to 3 that fill new cells, from their place and a seed: the same at any size.
float pattern_value(std::uint32_t seed, arith::Index channel, arith::Index row, arith::Index column);

}  // namespace convloom::state
