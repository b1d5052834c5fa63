#include "app/cli/export/export_network.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <string_view>
#include <utility>
#include <vector>

#include "app/cli/base/cli.hpp"
#include "app/cli/base/output.hpp"
#include "app/exporting/export.hpp"
#include "app/exporting/page_options.hpp"
#include "app/files/files.hpp"
#include "app/networks/network_file.hpp"
#include "core/scene/graph/compose_graph.hpp"
#include "core/scene/measure/bounds.hpp"
#include "core/scene/slide/figure.hpp"
#include "core/scene/slide/grid_page.hpp"
#include "core/state/base/error.hpp"

namespace convloom::cli {
namespace {

using arith::Index;

// The options that go with a layer, as they were given; the first is named.
void check_layer_options(const ExportWords& words) {
    std::vector<std::pair<std::string, bool>> given = {
        {"--preset", !words.preset.empty()},
        {"--state", !words.state_file.empty()},
        {"--layer", words.layer != 0},
        {"--view", !words.view.empty()},
        {"--cell", !words.cell.empty()},
        {"--compare", !words.compare.empty()},
        {words.output.empty() ? "--step" : "--steps", !words.steps.empty()},
        {"--tap", words.tap.has_value()},
        {"--taps", words.taps},
        {"--part", !words.part.empty()},
        {"--look", !words.look.empty()},
        {"--filter", !words.stack.filters.empty()},
        {"--kernel", !words.stack.kernels.empty()},
        {"--smooth", words.smooth != 0},
        {"--loop", words.loop.has_value()},
        {"--animated", words.animated},
        {"--beside", !words.beside.empty()},
        {"--weights", !words.own.weights.empty()},
        {"--bias", !words.own.bias.empty()},
        {"--normalize", !words.network.normalisation.empty()},
        {"--draw-refused", words.draw_refused},
        {"--padding-mode", !words.stack.padding_mode.empty()}};
    constexpr std::string_view taken[] = {"crop", "hide", "caption"};
    for (std::size_t n = 0; n < words.page.size(); ++n)
        if (const std::string_view key = exporting::page_options()[n].key;
            std::find(std::begin(taken), std::end(taken), key) == std::end(taken))
            given.emplace_back(fmt::format("--{}", key), !words.page[n].empty());
    for (const std::string& flag : words.own.flags) given.emplace_back(flag, true);
    for (std::size_t n = 0; n < words.switches.size(); ++n)
        given.emplace_back(scene::flag_of(scene::look_switches()[n].key),
                           words.switches[n] && scene::look_switches()[n].on != &scene::Look::labels);
    for (std::size_t n = 0; n < words.angles.size(); ++n)
        given.emplace_back(scene::flag_of(scene::look_angles()[n].key), words.angles[n].has_value());
    for (const auto& [flag, is_given] : given)
        if (is_given)
            throw Error(fmt::format("{}: it goes with a layer of the network, such as {}:NODE with --photo or --data.",
                                    flag, words.own.layers));
}

// "2", "1-3,7" or "all".
void read_opened(const std::string& text, scene::GraphOptions& options) {
    if (text.empty()) return;
    options.all_open = text == "all";
    if (options.all_open) return;
    const auto numbers = exporting::steps_written(text);
    if (!numbers) throw Error(fmt::format("--expand {}: give the numbers of blocks such as 2 or 1-3,7, or all.", text));
    constexpr Index most = 100'000;
    for (const exporting::Range& run : numbers->runs)
        for (Index n = run.first; n <= std::min(run.last, most); ++n) options.opened.blocks.insert(static_cast<int>(n));
}

}  // namespace

void add_network_picture_options(CLI::App& command, ExportWords& words) {
    command
        .add_option("--expand", words.expand,
                    "blocks of the network's picture that are opened, such as 2 or 1-3,7, or all of them: all")
        ->group("A network");
    command
        .add_flag("--apart", words.apart,
                  "activations, normalizations and the like as boxes of their own in the network's picture")
        ->group("A network");
}

bool asks_network_picture(const ExportWords& words) {
    const bool asks = networks::names_network(words.own.layers) && words.photo.empty() && words.own.data.empty();
    if (asks) {
        check_layer_options(words);
        return true;
    }
    const char* flag = !words.expand.empty() ? "--expand" : words.apart ? "--apart" : nullptr;
    if (flag != nullptr)
        throw Error(fmt::format("{}: it goes with the picture of a network, model.onnx without a layer.", flag));
    return false;
}

namespace {

scene::Scene picture_in(const ExportWords& words, const scene::Theme& theme) {
    const networks::NetworkFacts facts = networks::read_network(words.own.layers, words.own.input);
    const paint::FrameOptions frame = frame_options(words);
    scene::GraphOptions options;
    options.page.page = scene::page_for(frame.width, frame.height);
    options.page.theme = &theme;
    options.page.language = language_of(words.language).value_or(options.page.language);
    if (words.title && words.title->empty()) throw Error("--title: the title is empty.");
    options.page.title = words.title.value_or(std::filesystem::path(facts.file).filename().string());
    for (std::size_t n = 0; n < words.switches.size(); ++n)
        if (words.switches[n]) options.page.*scene::look_switches()[n].on = *words.switches[n];
    options.apart = words.apart;
    read_opened(words.expand, options);
    scene::GraphPicture picture = compose_graph({facts.graph, facts.inference, facts.summary}, options);
    if (!options.opened.blocks.empty() && *options.opened.blocks.rbegin() > picture.blocks)
        throw Error(
            picture.blocks == 0
                ? fmt::format("--expand {}: this network has no blocks that repeat.", words.expand)
                : fmt::format("--expand {}: this network has the blocks 1 to {}.", words.expand, picture.blocks));
    return std::move(picture.scene);
}

state::State given_colors(const ExportWords& words) {
    state::State colors;
    set_colors(colors, words.palette, words.theme);
    return colors;
}

}  // namespace

scene::Scene network_picture(const ExportWords& words) {
    return picture_in(words, colors_of(given_colors(words)));
}

int export_network_picture(const ExportWords& words) {
    const exporting::Format& format = format_of(words);
    if (exporting::is_animated(format))
        throw Error(fmt::format("{}: the picture of a network does not move; write it as {}.", words.output,
                                exporting::listed([](const exporting::Format& f) { return !is_animated(f); }, " or ")));
    exporting::ExportOptions options;
    static_cast<exporting::PageLook&>(options) = page_look(words);
    options.format = &format;
    options.frame = frame_options(words);
    if (const auto refusal = exporting::refusal_of(options)) throw Error(refusal->sentence);
    const state::State colors = given_colors(words);
    const scene::Theme& theme = colors_of(colors);
    scene::Scene picture = picture_in(words, theme);
    picture = scene::without_marks(std::move(picture), [&](scene::Mark mark) {
        return (options.hide_title && mark == scene::Mark::title) ||
               (options.hide_parameters && mark == scene::Mark::parameters);
    });
    if (options.crop) {
        const scene::Rect box = bounds(picture);
        picture = scene::captioned_below(
            scene::cropped(std::move(picture), {box.x - scene::unit_px, box.y - scene::unit_px,
                                                box.width + 2 * scene::unit_px, box.height + 2 * scene::unit_px}),
            options.caption, theme);
    } else {
        picture = scene::captioned(std::move(picture), options.caption, theme);
    }
    const std::string bytes = exporting::frame(format, picture, options.frame);
    if (is_piped(words)) {
        files::put(bytes);
        return done;
    }
    const files::fs::path path = files::Sequence(words.output).at(0);
    files::write(path, bytes);
    print("Wrote {}.\n", path.string());
    return done;
}

}  // namespace convloom::cli
