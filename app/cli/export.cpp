// convloom export: the steps of a preset or a state file as frames.
#include <fmt/format.h>
#include <unistd.h>

#include "app/cli/cli.hpp"
#include "app/files/files.hpp"
#include "app/paint/frame.hpp"
#include "app/paint/png.hpp"
#include "core/state/error.hpp"
#include "core/state/presets.hpp"
#include "core/state/scene_of.hpp"

namespace convloom::cli {
namespace {

using arith::Index;

struct Words {
    std::string preset, state_file, view, theme, steps, size = "1920x1080", output;
    bool transparent = false, no_labels = false;
};

struct Range {
    Index first, last;
};

// "7" or "0..8", within the recording's steps.
Range steps_of(const std::string& text, Index count) {
    if (text.empty()) return {0, count - 1};
    const auto dots = text.find("..");
    const std::string from = text.substr(0, dots), to = dots == std::string::npos ? from : text.substr(dots + 2);
    auto number = [&](const std::string& part) {
        const bool digits = !part.empty() && part.size() < 18 && part.find_first_not_of("0123456789") == std::string::npos;
        if (!digits) throw Error(fmt::format("--steps {}: give one step as 4 or a range as 0..8.", text));
        return static_cast<Index>(std::stoll(part));
    };
    const Range range{number(from), number(to)};
    if (range.first > range.last || range.last >= count)
        throw Error(fmt::format("--steps {}: this layer has the steps 0..{}.", text, count - 1));
    return range;
}

paint::FrameOptions frame_options(const Words& words) {
    paint::FrameOptions options;
    options.transparent = words.transparent;
    int width = 0, height = 0;
    char end = 0;
    if (std::sscanf(words.size.c_str(), "%7dx%7d%c", &width, &height, &end) != 2 || width < 16 || height < 16 ||
        1L * width * height > paint::most_pixels)
        throw Error(fmt::format("--size {}: give it as 1920x1080, each side from 16 and together at most {} million pixels.",
                                words.size, paint::most_pixels / 1'000'000));
    options.width = width;
    options.height = height;
    return options;
}

state::State state_of(const Words& words) {
    if (!words.preset.empty() && !words.state_file.empty()) throw Error("Give either --preset or --state, not both.");
    state::State state = words.state_file.empty()
                             ? state::preset(words.preset.empty() ? state::opening_preset : words.preset)
                             : files::load_state(words.state_file);
    if (!words.view.empty()) {
        const auto view = scene::view_named(words.view);
        if (!view || (*view == scene::View::photo && !state.photo))
            throw Error(fmt::format("--view {}: the views are stacked, flat, volume, signal and chain.", words.view));
        state.view = *view;
    }
    if (!words.theme.empty()) {
        if (!scene::theme_named(words.theme)) {
            std::string names;
            for (const scene::Theme& theme : scene::themes()) names += fmt::format("{}{}", names.empty() ? "" : ", ", theme.name);
            throw Error(fmt::format("--theme {}: the themes are {}.", words.theme, names));
        }
        state.theme = words.theme;
    }
    if (const std::string why = scene::undrawable(state.layer(), state.view); !why.empty()) throw Error(why);
    state.labels = state.labels && !words.no_labels;
    return state;
}

int export_frames(const Words& words) {
    const files::Sequence names(words.output);
    const auto format = paint::format_of(words.output);
    if (!format) throw Error(fmt::format("{}: the name's ending must be .png or .svg.", words.output));
    const paint::FrameOptions options = frame_options(words);
    state::State state = state_of(words);

    // A photo is one frame; a layer has one a step.
    const bool photo = state.view == scene::View::photo;
    Range range = steps_of(words.steps, photo ? 1 : recording_of(state).step_count());
    if (!names.numbered() && range.first != range.last) {
        if (!words.steps.empty()) throw Error(fmt::format("{}: several frames need a numbered name such as frame_%03d.png.", words.output));
        throw Error(fmt::format("{}: {} frames need a numbered name such as frame_%03d.png, or one step, --steps 0.", words.output,
                                range.last + 1));
    }
    const bool progress = isatty(STDERR_FILENO);
    const Index count = range.last - range.first + 1;
    for (Index step = range.first; step <= range.last; ++step) {
        if (!photo) state.moment = {step, scene::Moment::whole_window};
        files::write(names.at(step), paint::frame(scene_of(state), *format, options));
        if (progress) fmt::print(stderr, "\r{} of {} frames", step - range.first + 1, count);
    }
    if (progress) fmt::print(stderr, "\r\033[K");
    if (count == 1)
        fmt::print("Wrote {}.\n", names.at(range.first).string());
    else
        fmt::print("Wrote {} frames, {} to {}.\n", count, names.at(range.first).string(), names.at(range.last).string());
    return done;
}

}  // namespace

void add_export(CLI::App& app, Run& run) {
    auto words = std::make_shared<Words>();
    CLI::App* command = app.add_subcommand("export", "Write the steps as frames, PNG or SVG");
    command->add_option("--preset", words->preset, "a name that `convloom list` gives");
    command->add_option("--state", words->state_file, "a state file instead");
    command->add_option("--view", words->view, "stacked, flat, volume, signal or chain; otherwise the preset's own");
    command->add_option("--theme", words->theme, "light, dark, conv_arithmetic, colour_blind_safe or print");
    command->add_option("--steps", words->steps, "one step as 4, a range as 0..8; otherwise all");
    command->add_option("--size", words->size, "of the frame in pixels")->capture_default_str();
    command->add_flag("--transparent", words->transparent, "no background");
    command->add_flag("--no-labels", words->no_labels, "the figure alone, without texts around it");
    command->add_option("-o,--output", words->output, "frame_%03d.png or .svg for a sequence, else one frame's name")
        ->required();
    command->footer("Examples:\n"
                    "  convloom export --preset same_padding_no_strides -o frames_%03d.png\n"
                    "  convloom export --preset dilation --theme dark --steps 4 -o dilation.svg\n"
                    "  convloom export --view flat --transparent -o slide_%02d.png");
    command->callback([words, &run] { run = [words] { return export_frames(*words); }; });
}

}  // namespace convloom::cli
