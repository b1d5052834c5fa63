// convloom scene: the picture of one step as data.
#include "app/cli/base/cli.hpp"
#include "app/cli/base/json_text.hpp"
#include "app/cli/export/export_layer.hpp"
#include "app/cli/export/export_network.hpp"
#include "app/cli/export/export_shots.hpp"
#include "app/files/standard_output.hpp"
#include "core/scene/page/scene_json.hpp"
#include "core/state/base/error.hpp"
#include "core/state/shown/scene_of.hpp"

namespace convloom::cli {
namespace {

int write_scene(const ExportWords& words) {
    if (asks_network_picture(words)) {
        files::put(to_json(network_picture(words)));
        return done;
    }
    state::State state = export_state(words);
    if (state.shows_steps() && words.cell.empty() && (!shows_network(words) || !words.steps.empty())) {
        const exporting::Steps steps =
            steps_of(words.steps.empty() ? "0" : words.steps, places_of(state).step_count(), "--step");
        state.moment = {steps.runs.front().first, scene::Moment::whole_window};
        set_tap(state, words.tap);
    } else if (shows_network(words)) {  // at the step of the largest value
        set_tap(state, words.tap);
    } else if (words.tap) {
        throw Error("--tap: only a step of a layer has products; give --step, not --cell.");
    }
    fmt::memory_buffer out;
    const paint::FrameOptions size = frame_options(words);
    out.append(to_json(scene_of(state, exporting::layout_page_of(size, state.view))));
    flush(out);
    return done;
}

}  // namespace

void add_scene(CLI::App& app, Run& run) {
    auto words = std::make_shared<ExportWords>();
    CLI::App* command = app.add_subcommand("scene", "Write the picture of one step as JSON");
    add_state_options(*command, *words);
    add_draw_refused(*command, *words);
    add_network_picture_options(*command, *words);
    command->add_option("--step", words->steps, "counted from 0; the first by default");
    command->add_option("--tap", words->tap, "the product of that step, from 0; otherwise the whole window");
    command->add_option("--size", words->size, "of a picture, such as 600x600: the page has its shape");
    command->footer(
        "Planes from back to front, each with its map to the page, which has 960 by 540 units for a slide, and its "
        "items.\n\nExample:\n  "
        "convloom scene --preset dilation --step 4 | jq '.planes[].name'");
    command->callback([words, &run] { run = [words] { return write_scene(*words); }; });
}

}  // namespace convloom::cli
