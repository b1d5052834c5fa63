// The State: everything that the program shows, as one plain value. It goes to JSON and back, compares with
// ==, and undo is a list of them. Panels read it and send Actions; only update() makes a new one.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/arith/chain.hpp"
#include "core/arith/recording.hpp"
#include "core/arith/shared.hpp"
#include "core/arith/tensor.hpp"
#include "core/image/filter.hpp"
#include "core/scene/view.hpp"

namespace convloom::state {

// A photo under the filter. The pixels come from the file `path`; the JSON keeps only the path.
struct Photo {
    std::string path;
    arith::Shared<image::Image> image;
    // The picture that is filtered and shown: `image` reduced until a 3x3 kernel's work can be seen at the
    // size of a page. Follows from image.
    arith::Shared<image::Image> working;
    std::string filter = "gaussian";   // a name of named_filters(), or "custom" once a weight is edited
    image::Kernel kernel = image::filter_named("gaussian")->usual_kernels().front();
    image::ShownAs shown_as = image::ShownAs::clamped;
    friend bool operator==(const Photo&, const Photo&) = default;
};

// One layer of a chain with its data.
struct Stage {
    arith::Layer layer = arith::square_layer(1, 1, 1, 0, 1);
    arith::Activation after = arith::Activation::none;
    arith::Shared<arith::Tensor> weight{arith::Tensor{{1, 1, 1, 1}, {0}}};
    arith::Shared<arith::Tensor> bias;   // empty where the layer has none
    friend bool operator==(const Stage&, const Stage&) = default;
};

struct State {
    std::string name;    // of the preset it began as, or of the file
    std::string title;   // heads the page
    arith::Shared<arith::Tensor> input{arith::Tensor{{1, 1, 1}, {0}}};
    std::vector<Stage> stages{Stage{}};   // a chain without problems, most often of one layer
    int shown = 0;                        // the stage that is stepped through
    std::uint32_t seed = 1;     // for the values of cells that a larger size brings
    scene::View view = scene::View::flat;
    std::string theme = "light";
    bool labels = true;
    scene::Language language = scene::Language::english;   // of what the pictures say
    bool numbers = false, value_colors = false, slices = false, all_at_once = false;   // as of scene::ViewOptions
    double turn_deg = scene::default_turn_deg, tilt_deg = scene::default_tilt_deg;   // of the volume view
    scene::Moment moment;
    std::optional<Photo> photo;   // kept while a layer is shown, so that one can go back to it

    const arith::Layer& layer() const { return stages[shown].layer; }
    friend bool operator==(const State&, const State&) = default;
};

// The longest side of a working picture: one of two pictures on a 1920-pixel page.
constexpr int working_side_px = 960;

arith::Chain chain_of(const std::vector<Stage>& stages);
inline arith::Chain chain_of(const State& state) { return chain_of(state.stages); }
// What goes into each stage up to one: the input, and that through the stages before it.
std::vector<arith::Shared<arith::Tensor>> stage_inputs(const State& state, int stage);
arith::Shared<arith::Tensor> stage_input(const State& state, int stage);
// Of the stage shown. Computes the stages before it.
arith::Recording recording_of(const State& state);
// Where its steps and taps are, without the data: at once, and for all that asks for no value.
arith::Recording places_of(const State& state);
scene::ViewOptions view_options_of(const State& state);

// The whole numbers 0 to 3 that fill new cells, from their place and a seed: the same at any size.
float pattern_value(std::uint32_t seed, arith::Index channel, arith::Index row, arith::Index column);

}  // namespace convloom::state
