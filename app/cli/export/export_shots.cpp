#include "app/cli/export/export_shots.hpp"
#include "app/cli/base/caret.hpp"
#include "app/cli/base/options.hpp"
#include "app/cli/base/output.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>

#include "app/cli/export/export_layer.hpp"
#include "app/exporting/page_options.hpp"
#include "app/files/decimal.hpp"
#include "app/files/files.hpp"
#include "app/paint/png.hpp"
#include "core/scene/views/view_table.hpp"
#include "core/state/base/error.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/model/comparison.hpp"
#include "core/state/update/update.hpp"
#include "core/state/words/filter_words.hpp"

namespace convloom::cli {
namespace {

using arith::Index;

void set_layer(state::State& state, int layer) {
    if (layer == 0) return;
    state::Outcome outcome = state::update(state, state::ShowLayer{layer - 1});
    if (!outcome.problems.empty()) throw Error(fmt::format("--layer {}: {}", layer, outcome.problems.front().sentence));
    state = std::move(outcome.state);
}

void set_looks(state::State& state, const ExportWords& words) {
    if (!words.view.empty()) {
        const auto view = scene::view_named(words.view);
        if (!view || (*view == scene::View::photo && !state.photo))
            throw Error(
                fmt::format("--view {}: the views are {}.", words.view, scene::view_names(state.photo.has_value())));
        show_view(state, *view);
    }
    set_colors(state, words.palette, words.theme);
    for (std::size_t n = 0; n < words.angles.size(); ++n) {
        const scene::LookAngle& angle = scene::look_angles()[n];
        if (!words.angles[n]) continue;
        if (!(*words.angles[n] >= angle.least && *words.angles[n] <= angle.most))
            throw Error(fmt::format("{} {}: it must be from {} to {} degrees.", scene::flag_of(angle.key),
                                    *words.angles[n], angle.least, angle.most));
        state.look.*angle.degrees = *words.angles[n];
    }
    if (const auto language = language_of(words.language)) state.language = *language;
    for (std::size_t n = 0; n < words.switches.size(); ++n)
        if (words.switches[n]) state.look.*scene::look_switches()[n].on = *words.switches[n];
}

// "0:3,4": of tensor 0, the input, the cell in row 3 and column 4.
void choose_cell(state::State& state, const std::string& text, const std::string& steps) {
    if (text.empty()) return;
    if (!steps.empty()) throw Error("Give either --cell or --steps, not both: a cell is computed in one step.");
    const auto fail = [&](const std::string& why) { return Error(fmt::format("--cell {}: {}", text, why)); };
    if (state.view != scene::View::receptive && state.view != scene::View::chain)
        throw fail("only the receptive and the chain view follow a chosen cell.");
    state::ChooseCell choice{0, 0, {}};
    const char *at = text.data(), *end = at + text.size();
    const auto number = [&](auto& to) {
        const auto [next, error] = std::from_chars(at, end, to);
        at = next;
        return error == std::errc{};
    };
    const int rank = state.layer().rank();
    bool read = number(choice.tensor) && at != end && *at++ == ':';
    for (int a = 0; read && a < rank; ++a)
        read = (a == 0 || (at != end && *at++ == ',')) && number(choice.at[static_cast<std::size_t>(a)]);
    if (!read || at != end)
        throw fail(rank == 1 ? "give a tensor, where 0 is the input, and a position, such as 0:3."
                             : "give a tensor, where 0 is the input, and row and column, such as 0:3,4.");
    state::Outcome outcome = state::update(state, choice);
    if (!outcome.problems.empty()) throw fail(outcome.problems.front().sentence);
    state = std::move(outcome.state);
}

}  // namespace

// "7", "0..8" or "0,4-8", within the recording's steps.
exporting::Steps steps_of(const std::string& text, Index count, const char* flag) {
    if (text.empty()) return exporting::Range{0, count - 1};
    const auto steps = exporting::steps_written(text);
    if (!steps)
        throw Error(
            fmt::format("{} {}: give one step such as 4 or a range such as 0..8, or several of them such as 0,4,8-11.",
                        flag, text));
    if (!exporting::are_steps(*steps, count))
        throw Error(fmt::format("{} {}: this layer has the steps 0..{}{}.", flag, text, count - 1,
                                steps->last() < count ? ", to be given in ascending order, each once" : ""));
    return *steps;
}

bool is_piped(const ExportWords& words) {
    return words.output == "-";
}

const exporting::Format& format_of(const ExportWords& words) {
    const auto all = [](const exporting::Format&) { return true; };
    if (!is_piped(words)) {
        if (!words.format.empty())
            throw Error(fmt::format("--format {}: it is for -o -; the extension of {} gives the format.", words.format,
                                    words.output));
        if (const exporting::Format* format = exporting::format_of(words.output)) return *format;
        throw Error(fmt::format("{}: the file name must end in {}.", words.output, exporting::listed(all, " or ")));
    }
    if (words.format.empty()) throw Error("-o -: name the format with --format, such as --format svg.");
    if (const exporting::Format* format = exporting::format_of("." + words.format)) return *format;
    std::string names = exporting::listed(all, " or ");
    std::erase(names, '.');
    throw Error(fmt::format("--format {}: it must be {}.", words.format, names));
}

namespace {

std::string flag_with(std::string_view key, const std::string& text) {
    constexpr std::size_t most_shown = 60;
    const bool shown = text.find_first_not_of(" \t\n") != std::string::npos && text.size() <= most_shown;
    return fmt::format("--{}{}{}", key, shown ? " " : "", shown ? text : "");
}

}  // namespace

exporting::PageLook page_look(const ExportWords& words) {
    exporting::PageLook look;
    for (std::size_t n = 0; n < words.page.size(); ++n) {
        const exporting::PageOption& option = exporting::page_options()[n];
        for (const std::string& text : words.page[n]) try {
                option.read(look, text, 0);
            } catch (const Error& error) {
                throw Error(fmt::format("{}: {}", flag_with(option.key, text), error.what()));
            }
    }
    return look;
}

std::string page_flag(const ExportWords& words, std::string_view key) {
    for (std::size_t n = 0; n < words.page.size(); ++n)
        if (exporting::page_options()[n].key == key && !words.page[n].empty())
            return flag_with(key, words.page[n].back());
    return flag_with(key, "");
}

void set_tap(state::State& state, const std::optional<long long>& tap) {
    if (!tap) return;
    const arith::Recording places = places_of(state);
    const arith::Index taps = places.tap_count(places.step(state.moment.step));
    if (*tap < 0 || *tap >= taps)
        throw Error(fmt::format("--tap {}: this step has the products 0 to {}.", *tap, taps - 1));
    state.moment.tap = *tap;
}

paint::FrameOptions frame_options(const ExportWords& words) {
    paint::FrameOptions options;
    options.transparent = words.transparent;
    options.outlines = words.outlines;
    options.animated = words.animated ? words.fps : 0;
    if (words.dpi != 0 && !(words.dpi >= 10 && words.dpi <= 10000))
        throw Error(fmt::format("--dpi {}: it must be from 10 to 10000 dots per inch.", words.dpi));
    // "1920x1080", or on paper "12x6.75cm", which needs the dots per inch.
    double width = 0, height = 0;
    const char *at = words.size.data(), *end = at + words.size.size();
    auto number = [&](double& to) {
        const std::size_t length = files::read_decimal({at, static_cast<std::size_t>(end - at)}, to);
        at += length;
        return length > 0;
    };
    const bool read = number(width) && at != end && *at++ == 'x' && number(height);
    const std::string_view unit(at, static_cast<std::size_t>(end - at));
    const double inch = unit == "in" ? 1 : unit == "cm" ? 1 / 2.54 : unit == "mm" ? 1 / 25.4 : 0;
    if (!read || (inch == 0 && !unit.empty() && unit != "px"))
        throw Error(fmt::format(
            "--size {}: give pixels such as 1920x1080, or a size on paper such as 12x6.75cm, in cm, mm or in.",
            words.size));
    options.dpi = words.dpi;
    if (inch > 0) {
        if (options.dpi == 0) options.dpi = 300;
        options.on_paper = true;
        width = std::round(width * inch * options.dpi);
        height = std::round(height * inch * options.dpi);
    }
    if (!(width >= 16 && height >= 16 && width * height <= paint::most_pixels) || width != std::floor(width) ||
        height != std::floor(height))
        throw Error(
            fmt::format("--size {}: give whole pixels such as 1920x1080, each side at least 16 and at most {} million "
                        "pixels in all.",
                        words.size, paint::most_pixels / 1'000'000));
    options.width = static_cast<int>(width);
    options.height = static_cast<int>(height);
    return options;
}

// A photo with the named filters.
state::State with_photo(const ExportWords& words) {
    const image::Stack stack = stack_of(words.stack);
    state::State state = state::preset(state::opening_preset);
    auto take = [&](const state::Action& action) {
        state::Outcome outcome = state::update(state, action);
        if (!outcome.problems.empty()) throw Error(outcome.problems.front().sentence);
        state = std::move(outcome.state);
    };
    take(state::OpenPhoto{words.photo, files::load_image(words.photo)});
    if (stack.empty()) return state;
    take(state::SetFilterStack{stack});
    take(state::SelectFilter{static_cast<int>(stack.size()) - 1});
    take(state::SetShownAs{usual_shown_as(stack)});
    return state;
}

// "480x270+1200+830": width, height, and where its upper left corner stands.
image::Box part_of(const std::string& text) {
    image::Box box;
    int read = 0;
    if (std::sscanf(text.c_str(), "%6dx%6d+%6d+%6d%n", &box.width, &box.height, &box.x, &box.y, &read) != 4 ||
        read != static_cast<int>(text.size()))
        throw Error(
            fmt::format("--part {}: give width, height, left and top in pixels, such as 480x270+1200+830.", text));
    return box;
}

void set_photo_look(state::State& state, const ExportWords& words) {
    if (!words.part.empty()) {
        if (!state.photo) throw Error("--part needs a photo; give one with --photo.");
        state::Outcome outcome = state::update(state, state::SetPhotoPart{part_of(words.part)});
        if (!outcome.problems.empty())
            throw Error(fmt::format("--part {}: {}", words.part, outcome.problems.front().sentence));
        state = std::move(outcome.state);
    }
    if (words.look.empty()) return;
    const auto look = scene::photo_look_named(words.look);
    if (!look) throw Error(fmt::format("--look {}: it must be side-by-side, wipe, difference or step.", words.look));
    if (!state.photo) throw Error("--look needs a photo; give one with --photo.");
    state::Outcome outcome = state::update(state, state::SetPhotoLook{*look});
    if (!outcome.problems.empty())
        throw Error(fmt::format("--look {}: {}", words.look, outcome.problems.front().sentence));
    state = std::move(outcome.state);
}

void set_title(state::State& state, const ExportWords& words) {
    if (!words.title) return;
    if (words.title->empty()) throw Error("--title: the title is empty.");
    state::Outcome outcome = state::update(state, state::SetTitle{*words.title});
    if (!outcome.problems.empty()) throw Error(fmt::format("--title: {}", outcome.problems.front().sentence));
    state = std::move(outcome.state);
}

state::State export_state(const ExportWords& words) {
    const bool network = shows_network(words), photo = !words.photo.empty() && !network;
    const LayerWords layer = photo ? words.own : layer_words(words);
    check_sources(words, layer);
    state::State state = photo ? with_photo(words) : layer_state(words, layer);
    set_layer(state, words.layer);
    if (!photo && !network && layer.layers.empty() && !layer.by_flags())
        set_own_numbers(state, own_numbers(layer), true);
    set_looks(state, words);
    choose_cell(state, words.cell, words.steps);
    if (!network) set_photo_look(state, words);
    set_title(state, words);
    set_compared(state, words);
    if (words.unlimited_compare) return state;
    if (const std::string why = scene::undrawable(state.layer(), state.view); !why.empty()) throw Error(why);
    return state;
}

std::optional<std::string> theme_of(const std::string& given) {
    if (given.empty()) return std::nullopt;
    if (scene::theme_named(given)) return given;
    std::string names;
    for (const scene::Theme& theme : scene::themes())
        names += fmt::format("{}{}", names.empty() ? "" : ", ", theme.name);
    throw Error(fmt::format("--theme {}: the themes are {}.", given, names));
}

void set_colors(state::State& state, const std::string& palette, const std::string& theme) {
    if (const auto named = theme_of(theme)) {
        state.theme = *named;
        state.palette = {};
    }
    if (palette.empty()) return;
    if (!theme.empty()) throw Error("Give either --theme or --palette: a palette names its theme as based_on.");
    state.palette = files::load_palette(palette);
    state.theme = state.palette->based_on;
    for (const scene::PaletteFault& fault : scene::faults_of(*state.palette))
        complain("{}: {}.", palette, fault.sentence);
}

std::optional<scene::Language> language_of(const std::string& given) {
    if (given.empty()) return std::nullopt;
    const auto language = scene::language_named(given);
    if (!language) throw Error(fmt::format("--language {}: the languages are en and zh-CN.", given));
    return language;
}

std::size_t checked_count(const state::State& state, const exporting::Steps& steps, bool taps) {
    const std::size_t count = exporting::moment_count(state, steps, taps);
    if (count > exporting::most_frames)
        throw Error(fmt::format("More than {} frames; choose a range with --steps.", exporting::most_frames));
    return count;
}

void add_draw_refused(CLI::App& command, ExportWords& words) {
    words.can_draw_refused = true;
    command.add_flag("--draw-refused", words.draw_refused,
                     "if the layer cannot be computed, write a picture that shows why; the exit status stays 2");
}

void add_palette(CLI::App& command, std::string& palette) {
    command.add_option(
        "--palette", palette,
        "your own colours instead of a theme's: a JSON file such as {\"based_on\": \"light\", \"colours\": "
        "{\"kernel\": \"#f6c76b\"}}");
}

void add_state_options(CLI::App& command, ExportWords& words) {
    command.add_option(
        "layers", words.own.layers,
        "layers as PyTorch code, with --input, instead of a preset; or a layer of a network, model.onnx:NODE, "
        "with --photo or --data as the network's input");
    command.add_option("--input", words.own.input, "their input's shape, such as 1x5x5");
    command.add_option("--preset", words.preset, "a preset's name; `convloom list` shows all");
    command.add_option("--state", words.state_file, "a state file or a link (#v1?…) instead");
    command.add_option("--layer", words.layer, "which layer of a chain to step through, counted from 1");
    command.add_option("--view", words.view, scene::view_names(false) + "; by default the preset's own");
    command.add_option(
        "--cell", words.cell,
        "the cell that the receptive or chain view follows, such as 0:3,4: row 3 and column 4 of tensor 0, the input");
    command.add_option("--compare", words.compare,
                       "another layer for the compare view: PyTorch code, or a convention such as same_lower");
    command.add_option("--photo", words.photo,
                       "a photo instead, with the filters of --filter and --kernel; or a network's input");
    add_photo_input_options(command, words.network);
    add_stack_options(command, words.stack);
    add_layer_flags(command, words.own, true);
    command.add_option(
        "--part", words.part,
        "a part of the photo, WIDTHxHEIGHT+LEFT+TOP in pixels, instead of the whole; or of a network's layer, "
        "channels, rows and columns of its output as in Python, such as 3,40:46,50:56");
    command.add_option("--look", words.look, "how a photo is shown: side-by-side, wipe, difference or step");
    command.add_option("--title", words.title, "the page's title, instead of the name of the layer or photo");
    command.add_option("--theme", words.theme, "light, dark, conv_arithmetic, colour_blind_safe or print");
    add_palette(command, words.palette);
    command.add_option("--language", words.language, "language of the texts: en or zh-CN");
    words.switches.resize(scene::look_switches().size());
    for (std::size_t n = 0; n < words.switches.size(); ++n) {
        const scene::LookSwitch& one = scene::look_switches()[n];
        const std::string flag = scene::flag_of(one.key);
        command.add_flag_function(
            flag + ",!--no-" + flag.substr(2), [&words, n](std::int64_t times) { words.switches[n] = times > 0; },
            one.says);
    }
    words.angles.resize(scene::look_angles().size());
    for (std::size_t n = 0; n < words.angles.size(); ++n) {
        const scene::LookAngle& angle = scene::look_angles()[n];
        as_number(command.add_option(scene::flag_of(angle.key), words.angles[n], angle.says));
    }
}

}  // namespace convloom::cli
