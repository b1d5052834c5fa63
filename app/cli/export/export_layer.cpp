#include "app/cli/export/export_layer.hpp"

#include <fmt/format.h>

#include "app/exporting/formats.hpp"
#include "app/files/files.hpp"
#include "app/files/link.hpp"
#include "app/files/standard_output.hpp"
#include "core/arith/contrast/contrast.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/scene/compare/compose_refused.hpp"
#include "core/scene/page/scene_json.hpp"
#include "core/state/base/error.hpp"
#include "core/state/data/build.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/model/comparison.hpp"
#include "core/state/update/update.hpp"
#include "core/state/words/torch_words.hpp"

namespace convloom::cli {
namespace {

// Where it was written: the first layer of the chain that cannot be computed, as one frame.
std::string draw_refused(const ExportWords& words, const arith::Chain& chain) {
    const std::vector<arith::ChainProblem> problems = arith::check(chain);
    std::vector<arith::Problem> of_layer;
    for (const arith::ChainProblem& one : problems)
        if (one.link == problems.front().link) of_layer.push_back(one.problem);
    scene::ViewOptions options;
    state::State colors;
    set_colors(colors, words.palette, words.theme);
    options.theme = &colors_of(colors);
    options.language = language_of(words.language).value_or(options.language);
    options.title = words.title.value_or(words.own.layers);
    const scene::Scene scene =
        compose_refused(chain[static_cast<std::size_t>(problems.front().link)].layer, of_layer, options);
    if (words.output.empty()) {
        files::put(to_json(scene));
        return "the JSON on standard output";
    }
    const exporting::Format* format = exporting::format_of(words.output);
    if (!format || exporting::is_animated(*format))
        throw Error(fmt::format("{}: the picture of a layer that cannot be computed is one frame, such as a .png.",
                                words.output));
    const files::fs::path path = files::Sequence(words.output).at(0);
    files::write(path, exporting::frame(*format, scene, frame_options(words)));
    return path.string();
}

// A layer that cannot be computed is drawn if --draw-refused is given; otherwise the sentence names that flag.
void check_computable(const ExportWords& words, const arith::Chain& chain) {
    const auto problems = arith::check(chain);
    if (problems.empty()) return;
    std::string sentence = problems.front().problem.sentence;
    if (words.draw_refused)
        sentence += fmt::format(" A picture that shows why is in {}.", draw_refused(words, chain));
    else if (words.can_draw_refused)
        sentence += " --draw-refused writes a picture that shows why.";
    throw Error(sentence);
}

}  // namespace

// --kernel and --padding-mode are a photo's or a layer's.
LayerWords layer_words(const ExportWords& words) {
    LayerWords layer = words.own;
    const std::vector<std::string>& kernels = words.stack.kernels;
    if (kernels.size() > 1) throw Error("--kernel: a layer has one kernel; its channels are divided by |.");
    if (!kernels.empty()) {
        layer.of(arith::number_of(&arith::Axis::kernel)).of_axes = kernels.front();
        layer.flags.emplace_back("--kernel");
    }
    layer.padding_mode = words.stack.padding_mode;
    if (!layer.padding_mode.empty()) layer.flags.emplace_back("--padding-mode");
    layer.has_other_layer = !words.preset.empty() || !words.state_file.empty();
    return layer;
}

bool shows_network(const ExportWords& words) {
    return names_network_layer(words.own.layers);
}

void check_sources(const ExportWords& words, const LayerWords& layer) {
    const bool other = !words.preset.empty() || !words.state_file.empty();
    if (shows_network(words)) {
        if (other) throw Error("Give only one of: a network's layer, --preset, --state.");
        if (!layer.flags.empty() || !layer.bias.empty())
            throw Error(fmt::format("{}: a network's layer has its own numbers.",
                                    layer.flags.empty() ? "--bias" : layer.flags.front()));
        if (!words.stack.filters.empty()) throw Error("--filter: a network's layer takes no filters.");
        return;
    }
    if (!words.photo.empty()) {
        if (other || !words.own.layers.empty()) throw Error("Give either --photo or a layer, not both.");
        if (words.own.given()) throw Error(fmt::format("{} goes with a layer, not with a photo.", words.own.first()));
        return;
    }
    if (!words.stack.filters.empty()) throw Error("--filter needs a photo; give one with --photo.");
    if (!layer.layers.empty() + !words.preset.empty() + !words.state_file.empty() > 1)
        throw Error(layer.layers.empty() ? "Give either --preset or --state, not both."
                                         : "Give only one of: layers as PyTorch code, --preset, --state.");
    check_flags_apply(layer);
    if (other && !layer.input.empty())
        throw Error("--input goes with PyTorch code or flags; a preset or a state has its own input.");
}

state::State layer_state(const ExportWords& words, const LayerWords& layer) {
    if (shows_network(words)) {
        DoorWords door;
        static_cast<networks::InputWords&>(door) = words.network;
        door.sizes = layer.input;
        door.photo = words.photo;
        door.data = layer.data;
        door.part = words.part;
        return network_layer(words.own.layers, door);
    }
    if (!layer.layers.empty() || layer.by_flags()) {
        check_flags_apply(layer);
        const state::OwnNumbers own = own_numbers(layer);
        const arith::Chain chain = chain_of(layer, own);
        check_computable(words, chain);
        state::State state = state_of(layer, chain);
        set_own_numbers(state, own, false);
        return state;
    }
    return !words.state_file.empty() ? files::load_state_or_link(words.state_file)
                                     : state::preset(words.preset.empty() ? state::opening_preset : words.preset);
}

// The other layer of the compare view: a convention's name or code. For the numbers alone it may be of any size.
void set_compared(state::State& state, const ExportWords& words) {
    if (words.compare.empty()) return;
    if (state.view == scene::View::photo) throw Error("--compare needs a layer, not a photo.");
    std::optional<arith::Layer> layer = arith::contrast_named(state.layer(), words.compare);
    if (!layer && words.compare.find_first_not_of("abcdefghijklmnopqrstuvwxyz_0123456789") == std::string::npos) {
        std::string names;
        for (const arith::Contrast& one : arith::contrasts(state.layer()))
            names += fmt::format("{}{}", names.empty() ? "" : ", ", one.name);
        throw Error(fmt::format("--compare {}: give PyTorch code, or for this layer one of {}.", words.compare, names));
    }
    if (!layer) {
        const arith::Chain chain = state::read_torch(words.compare, arith::input_shape(state.layer()));
        if (const auto problems = arith::check(chain); !problems.empty())
            throw Error("The second layer: " + problems.front().problem.sentence);
        if (chain.size() != 1) throw Error("--compare: give one layer.");
        layer = chain.front().layer;
    }
    const std::string why =
        words.unlimited_compare ? arith::not_comparable(state.layer(), *layer) : state::not_shown_beside(state, *layer);
    if (!why.empty()) throw Error(why);
    if (const std::string large = state::too_large({{*layer, {}, {}, {}}}); !large.empty())
        throw Error(fmt::format("The layers {}.", large));
    const state::State before = state;
    state.compared = std::move(layer);
    state.view = scene::View::compare;
    keep_cell(state, before);
}

}  // namespace convloom::cli
