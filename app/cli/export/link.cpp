// convloom link: what export would show, as a link or as the text of a state file.
#include <fmt/format.h>

#include "app/cli/base/cli.hpp"
#include "app/cli/base/output.hpp"
#include "app/cli/export/export_shots.hpp"
#include "app/files/link.hpp"
#include "app/files/standard_output.hpp"
#include "core/state/base/error.hpp"
#include "core/state/json/json.hpp"

namespace convloom::cli {
namespace {

struct LinkWords {
    ExportWords shown;
    std::string base = files::page_address();
    std::vector<std::string> hide;
    bool has_base = false;  // given as a flag
    bool play = false, lock = false, json = false;
};

void set_moment(state::State& state, const LinkWords& words) {
    const std::string& step = words.shown.steps;
    if (step.empty() && !words.shown.tap) return;
    if (!words.shown.cell.empty()) throw Error("Give either a cell or a step, not both: a cell is made in one step.");
    if (!state.shows_steps()) throw Error("--step: a photo as a whole has no steps.");
    const arith::Recording places = places_of(state);
    const exporting::Steps steps = step.empty() ? exporting::Range{state.moment.step, state.moment.step}
                                                : steps_of(step, places.step_count(), "--step");
    const exporting::Range range = steps.runs.front();
    if (range.first != steps.last()) throw Error(fmt::format("--step {}: a link shows one step.", step));
    state.moment = {range.first, scene::Moment::whole_window};
    set_tap(state, words.shown.tap);
}

state::PageOptions page_options(const LinkWords& words) {
    state::PageOptions page;
    page.says_theme = !words.shown.theme.empty();
    page.language = language_of(words.shown.language);
    page.play = words.play;
    page.lock = words.lock;
    for (const std::string& name : words.hide) {
        bool found = false;
        for (const state::HiddenPanel& panel : state::hidden_panels())
            if (name == panel.key || name == "all") page.*panel.hidden = found = true;
        if (found) continue;
        std::string names;
        for (const state::HiddenPanel& panel : state::hidden_panels()) names += fmt::format("{}, ", panel.key);
        throw Error(fmt::format("--hide {}: the panels are {}or all.", name, names));
    }
    return page;
}

// A state file has no place for what only a page needs.
void check_no_page_options(const LinkWords& words) {
    const std::string flag = words.has_base        ? "--base"
                             : !words.hide.empty() ? "--hide"
                             : words.play          ? "--play"
                             : words.lock          ? "--lock"
                                                   : "";
    if (!flag.empty()) throw Error(fmt::format("{} goes with a link, not with --json.", flag));
}

int print_link(const LinkWords& words) {
    state::State state = export_state(words.shown);
    set_moment(state, words);
    if (words.json) {
        check_no_page_options(words);
        files::put(state::to_json(state));
        return done;
    }
    print("{}\n", files::with_address(words.base, files::link_of(state, page_options(words))));
    return done;
}

}  // namespace

void add_link(CLI::App& app, Run& run) {
    auto words = std::make_shared<LinkWords>();
    CLI::App* command = app.add_subcommand("link", "Write what is shown as a link");
    add_state_options(*command, words->shown);
    command->add_option("--step", words->shown.steps, "from 0; otherwise that of the preset or the state");
    command->add_option("--tap", words->shown.tap, "the product of that step, from 0; otherwise the whole window");
    command
        ->add_option("--base", words->base,
                     "the page's address, to stand before the link; otherwise CONVLOOM_PAGE of the environment")
        ->each([&has_base = words->has_base](const std::string&) { has_base = true; });
    std::string panels;
    for (const state::HiddenPanel& panel : state::hidden_panels()) panels += fmt::format("{}, ", panel.key);
    command
        ->add_option("--hide", words->hide,
                     fmt::format("panels that the page leaves out: {}or all, with commas", panels))
        ->delimiter(',');
    command->add_flag("--play", words->play, "it plays when it is opened");
    command->add_flag("--lock", words->lock, "its layer and data cannot be changed");
    command->add_flag("--json", words->json, "the text of a state file instead, whose numbers programs can replace");
    command->footer(
        "A photo's pixels are in no link; its filters are. docs/links.md has the grammar.\n\n"
        "Examples:\n"
        "  convloom link --preset dilation --view stacked --step 4\n"
        "  convloom link \"nn.Conv2d(1, 1, 3, stride=2)\" --input 1x5x5 --hide all --lock\n"
        "  convloom link --state mine.convloom.json --base https://example.org/convloom/\n"
        "  convloom link \"nn.Conv2d(1, 1, 3)\" --input 1x5x5 --json >mine.convloom.json");
    command->callback([words, &run] { run = [words] { return print_link(*words); }; });
}

}  // namespace convloom::cli
