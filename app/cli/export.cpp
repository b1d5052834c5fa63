// convloom export: the steps of a preset, a state file or a layer in words, as frames, pages or an animation.
#include <fmt/format.h>

#include <algorithm>
#include <csignal>

#include "app/cli/cli.hpp"
#include "app/cli/export_shots.hpp"
#include "app/cli/progress.hpp"
#include "app/files/files.hpp"
#include "app/files/movie.hpp"
#include "app/paint/animation.hpp"
#include "app/paint/frame.hpp"
#include "app/paint/pdf.hpp"
#include "app/paint/png.hpp"
#include "core/scene/bounds.hpp"
#include "core/state/error.hpp"
#include "core/state/presets.hpp"
#include "core/state/scene_of.hpp"

namespace convloom::cli {
namespace {

using arith::Index;
using paint::Format;

constexpr long long most_plays = 65535;   // what the formats have room for

volatile std::sig_atomic_t interrupted = 0;

// The frames one by one, each with a word on progress; stops between two of them on Ctrl-C.
class Shots {
  public:
    Shots(state::State state, std::vector<scene::Moment> moments, paint::FrameOptions options, bool crop)
        : state_(std::move(state)), moments_(std::move(moments)), options_(options), progress_("frames") {
        if (crop) cut_to_figure();
    }

    std::size_t count() const { return moments_.size(); }
    scene::Scene scene(std::size_t n) {
        if (interrupted) throw Error("Stopped. What was not finished is not there; what was there before is as it was.");
        progress_.at(static_cast<long long>(n), static_cast<long long>(count()));
        if (state_.view != scene::View::photo) state_.moment = moments_[n];
        return box_.width > 0 ? scene::cropped(scenes_.scene(state_), box_) : scenes_.scene(state_);
    }
    scene::Pixels pixels(std::size_t n) { return paint::to_pixels(scene(n), {options_.width, options_.height, options_.transparent}); }
    const paint::FrameOptions& options() const { return options_; }

  private:
    // The part of the page that any of the frames draws on, at the scale that the whole page would have had.
    void cut_to_figure() {
        scene::Rect box;
        for (std::size_t n = 0; n < count(); ++n) box = scene::around(box, scene::bounds(scene(n)));
        const double scale = std::min(options_.width / scene::page_width, options_.height / scene::page_height), margin = scene::unit_px;
        box_ = {box.x - margin, box.y - margin, box.width + 2 * margin, box.height + 2 * margin};
        options_.width = std::max(16, static_cast<int>(box_.width * scale + 0.5));
        options_.height = std::max(16, static_cast<int>(box_.height * scale + 0.5));
    }

    scene::Rect box_;
    state::SceneMaker scenes_;
    state::State state_;
    std::vector<scene::Moment> moments_;
    paint::FrameOptions options_;
    Progress progress_;
};

void check_animation(const ExportWords& words, Format format, const paint::FrameOptions& o) {
    if (o.transparent && (format == Format::gif || format == Format::mp4))
        throw Error(fmt::format("--transparent: {} has no smooth transparency; .webp, .apng, .png and .svg have.", format == Format::gif ? "GIF" : "MP4"));
    const int most = format == Format::gif ? 65535 : 16383;
    if (o.width > most || o.height > most) throw Error(fmt::format("--size {}: this format holds at most {} pixels a side.", words.size, most));
}

void write_animation(const files::fs::path& to, Format format, Shots& shots, const ExportWords& words) {
    const paint::FrameOptions& o = shots.options();
    const scene::Frames frames{shots.count(), o.width, o.height, words.fps, [&](std::size_t n) { return shots.pixels(n); }, static_cast<int>(words.loop.value_or(0))};
    if (format == Format::mp4) return files::write_mp4(to, frames);
    files::write(to, format == Format::gif ? paint::to_gif(frames) : format == Format::apng ? paint::to_apng(frames) : paint::to_webp(frames));
}

// A numbered sequence, one file a frame, under the numbers of the steps; of taps counted from 0.
std::string write_sequence(const files::Sequence& names, Format format, Shots& shots, Index first) {
    for (std::size_t n = 0; n < shots.count(); ++n)
        files::write(names.at(first + static_cast<Index>(n)), paint::frame(shots.scene(n), format, shots.options()));
    if (shots.count() == 1) return fmt::format("Wrote {}.", names.at(first).string());
    return fmt::format("Wrote {} frames, {} to {}.", shots.count(), names.at(first).string(), names.at(first + static_cast<Index>(shots.count()) - 1).string());
}

int export_one(const ExportWords& words) {
    const files::Sequence names(words.output);
    const auto format = paint::format_of(words.output);
    if (!format) throw Error(fmt::format("{}: the name's ending must be .png, .svg, .pdf, .gif, .apng, .webp or .mp4.", words.output));
    if (words.loop && (!paint::is_animated(*format) || *format == Format::mp4))
        throw Error(fmt::format("--loop {}: only .gif, .apng and .webp say how often they are shown.", *words.loop));
    const paint::FrameOptions options = frame_options(words);
    state::State state = export_state(words);
    const bool photo = state.view == scene::View::photo;
    const Range range = steps_of(words.steps, photo ? 1 : places_of(state).step_count());
    std::vector<scene::Moment> moments = moments_of(state, range, words.taps && !photo);

    const bool animated = paint::is_animated(*format);
    if (animated) check_animation(words, *format, options);
    if (names.numbered() && animated) throw Error(fmt::format("{}: an animation is one file; leave the number out of its name.", words.output));
    if (!names.numbered() && !animated && *format != Format::pdf && moments.size() > 1) {
        if (!words.steps.empty()) throw Error(fmt::format("{}: several frames need a numbered name such as frame_%03d.png.", words.output));
        throw Error(fmt::format("{}: {} frames need a numbered name such as frame_%03d.png, or one step, --steps 0.", words.output, moments.size()));
    }
    std::string said;
    const std::string title = state.title;
    {
        Shots shots(std::move(state), std::move(moments), options, words.crop);
        if (animated) {
            write_animation(names.at(0), *format, shots, words);
            said = fmt::format("Wrote {}, {} frames.", names.at(0).string(), shots.count());
        } else if (*format == Format::pdf && !names.numbered()) {
            paint::PdfOptions pdf = paint::page_of(shots.options());
            pdf.title = title;
            files::write(names.at(0), paint::to_pdf(shots.count(), [&](std::size_t n) { return shots.scene(n); }, pdf));
            said = fmt::format("Wrote {}, {} page{}.", names.at(0).string(), shots.count(), shots.count() == 1 ? "" : "s");
        } else {
            said = write_sequence(names, *format, shots, words.taps ? 0 : range.first);
        }
    }
    fmt::print("{}\n", said);
    return done;
}

// Every preset as an animation and its middle step as SVG, and a page that shows them.
int export_gallery(const ExportWords& words) {
    constexpr Index most_steps = 60;   // of a preset that has more, the first
    std::error_code ec;
    const files::fs::path folder = words.all;
    files::fs::create_directories(folder, ec);
    if (ec) throw Error(fmt::format("Cannot make the folder {}: {}.", folder.string(), ec.message()));
    ExportWords one = words;
    paint::FrameOptions options = frame_options(words);
    std::string page = "# Gallery\n\nAll presets, as `convloom export --all` makes them.\n";
    for (const std::string& name : state::preset_names()) {
        one.preset = name;
        state::State state = export_state(one);
        const Index count = places_of(state).step_count();
        const std::string title = state.title;
        Shots shots(state, moments_of(state, {0, std::min(count, most_steps) - 1}, false), options, false);
        write_animation(folder / (name + ".gif"), Format::gif, shots, words);
        state.moment = {std::min(count, most_steps) / 2, scene::Moment::whole_window};
        files::write(folder / (name + ".svg"), paint::frame(scene_of(state), Format::svg, options));
        page += fmt::format("\n## {}\n\n`{}`{}\n\n![{}]({}.gif)\n", title, name, count > most_steps ? fmt::format(", the first {} of {} steps", most_steps, count) : "", title, name);
    }
    files::write(folder / "README.md", page);
    fmt::print("Wrote {} animations and as many figures to {}.\n", state::preset_names().size(), folder.string());
    return done;
}

int run_export(const ExportWords& words) {
    std::signal(SIGINT, [](int) { interrupted = 1; });
    if (!(words.fps >= 0.01 && words.fps <= 50)) throw Error(fmt::format("--fps {}: from 0.01 to 50 frames a second.", words.fps));
    if (words.loop && (*words.loop < 0 || *words.loop > most_plays)) throw Error(fmt::format("--loop {}: from 0, for ever, to {} times.", *words.loop, most_plays));
    if (words.all.empty() == words.output.empty()) throw Error("Give either -o and a name or --all and a folder.");
    return words.all.empty() ? export_one(words) : export_gallery(words);
}

}  // namespace

void add_export(CLI::App& app, Run& run) {
    auto words = std::make_shared<ExportWords>();
    CLI::App* command = app.add_subcommand("export", "Write the steps as frames, pages or an animation");
    add_state_options(*command, *words);
    command->add_option("--turn", words->turn, "the volume view's turn in degrees");
    command->add_option("--tilt", words->tilt, "its tilt");
    command->add_option("--steps", words->steps, "one step as 4, a range as 0..8; otherwise all");
    command->add_flag("--taps", words->taps, "a frame for every product too");
    command->add_option("--size", words->size, "of the frame in pixels as 1920x1080, or on paper as 12x6.75cm; a PDF page has its shape")->capture_default_str();
    command->add_option("--dpi", words->dpi, "dots per inch; 300 where the size is one on paper");
    command->add_option("--fps", words->fps, "frames a second of an animation")->capture_default_str();
    command->add_option("--loop", words->loop, "how often an animation is shown, .gif, .apng or .webp; 0, the default, for ever");
    command->add_flag("--crop", words->crop, "cut to the figure, for a figure in a text");
    command->add_flag("--transparent", words->transparent, "no background");
    command->add_option("-o,--output", words->output, "its ending decides: .gif .apng .webp .mp4 .pdf, or frame_%03d.png, .svg, .pdf");
    command->add_option("--all", words->all, "a folder for the gallery of all presets instead");
    command->footer("Examples:\n"
                    "  convloom export --preset same_padding_no_strides -o same.gif --size 600x600\n"
                    "  convloom export --preset same_padding_no_strides -o frames_%03d.png\n"
                    "  convloom export --preset dilation --theme dark --steps 4 -o dilation.svg\n"
                    "  convloom export --preset kind_depthwise_separable --layer 2 --steps 0..24 -o separable.pdf\n"
                    "  convloom export --preset dilation --steps 4 --no-labels --crop -o figure.pdf\n"
                    "  convloom export \"nn.ConvTranspose2d(1, 1, 3, stride=2)\" --input 1x3x3 --view stacked -o up.mp4");
    command->callback([words, &run] { run = [words] { return run_export(*words); }; });
}

}  // namespace convloom::cli
