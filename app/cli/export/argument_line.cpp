#include "app/cli/export/argument_line.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/cli/base/cli.hpp"
#include "app/cli/export/export_layer.hpp"
#include "app/files/link.hpp"
#include "core/state/base/error.hpp"
#include "core/state/json/presets.hpp"

namespace convloom::cli {

std::vector<std::string> words_of_line(const std::string& line) {
    std::vector<std::string> words;
    std::string word;
    bool any = false;  // an empty word in quotes is one too
    for (std::size_t n = 0; n < line.size(); ++n) {
        const char c = line[n];
        if (c == ' ' || c == '\t' || c == '\r') {
            if (any) words.push_back(std::move(word));
            word.clear();
            any = false;
        } else if (c == '#' && !any) {
            break;
        } else if (c == '"' || c == '\'') {
            any = true;
            for (++n; n < line.size() && line[n] != c; ++n) {
                if (c == '"' && line[n] == '\\' && n + 1 < line.size() && (line[n + 1] == '"' || line[n + 1] == '\\'))
                    ++n;
                word += line[n];
            }
            if (n >= line.size()) throw Error(fmt::format("the quote {} is not closed.", c));
        } else {
            word += c;
            any = true;
        }
    }
    if (any) words.push_back(std::move(word));
    return words;
}

std::shared_ptr<ExportWords> export_words(const std::string& line, LineOptions options) {
    auto words = std::make_shared<ExportWords>();
    CLI::App command{"", "convloom export"};
    command.set_help_flag();
    if (options == LineOptions::all)
        add_line_options(command, *words);
    else {
        add_state_options(command, *words);
        command.add_option("--steps", words->steps);
    }
    std::vector<std::string> given = words_of_line(line);
    std::reverse(given.begin(), given.end());  // as the parser takes them
    parse_words(command, std::move(given));
    return words;
}

namespace {

bool is_preset(const std::string& name) {
    const std::vector<std::string> names = state::preset_names();
    return std::find(names.begin(), names.end(), name) != names.end();
}

// Code without numbers of its own is shown with those of the first figure, as far as they fit, so that only what
// differs in the code differs in the figures.
void take_numbers(state::State& state, const state::State& from) {
    if (!from.shows_steps() || from.view == scene::View::photo) return;
    if (state.input->shape == from.input->shape) state.input = from.input;
    for (std::size_t n = 0; n < std::min(state.stages.size(), from.stages.size()); ++n) {
        state::Stage& stage = state.stages[n];
        const state::Stage& other = from.stages[n];
        if (!stage.layer.has_weight() || !other.layer.has_weight()) continue;
        if (stage.weight->shape == other.weight->shape) stage.weight = other.weight;
        if (stage.bias && other.bias && stage.bias->shape == other.bias->shape) stage.bias = other.bias;
    }
}

exporting::Beside figure_beside(const ExportWords& first, const state::State& shown, const std::string& text) {
    // Also without options of its own, since the options have their defaults from being parsed.
    const bool has_options = text.starts_with("-");
    const std::shared_ptr<ExportWords> words = export_words(has_options ? text : "", LineOptions::state);
    if (!has_options) {
        if (is_preset(text)) {
            words->preset = text;
        } else if (files::is_link(text) || text.ends_with(".json")) {
            words->state_file = text;
        } else {
            words->own.layers = text;
            words->own.input = arith::to_text(shown.input->shape);
        }
        words->switches = first.switches;
        words->angles = first.angles;
    }
    // The look is that of the first figure where nothing else is said.
    if (words->view.empty()) words->view = first.view;
    if (words->language.empty()) words->language = first.language;
    exporting::Beside beside{export_state(*words), {}};
    if (words->own.layers == text) take_numbers(beside.state, shown);
    if (beside.state.view == scene::View::photo) throw Error("a photo is not put beside a figure of a layer.");
    if (!words->steps.empty()) {
        const exporting::Steps steps = steps_of(words->steps, places_of(beside.state).step_count());
        if (steps.runs.front().first != steps.last()) throw Error("its --steps is one step, the one that it shows.");
        beside.step = steps.last();
    }
    return beside;
}

}  // namespace

std::vector<exporting::Beside> figures_beside(const ExportWords& words, const state::State& shown) {
    std::vector<exporting::Beside> figures;
    for (const std::string& text : words.beside) try {
            figures.push_back(figure_beside(words, shown, text));
        } catch (const Failure&) {
            throw;
        } catch (const Error& error) {
            throw Error(fmt::format("--beside: {}", error.what()));
        }
    return figures;
}

}  // namespace convloom::cli
