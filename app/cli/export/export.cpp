// convloom export: the steps of a preset, a state file or a layer as frames, pages or an animation.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "app/cli/base/cli.hpp"
#include "app/cli/base/options.hpp"
#include "app/cli/base/output.hpp"
#include "app/cli/base/progress.hpp"
#include "app/cli/export/export_layer.hpp"
#include "app/cli/export/export_network.hpp"
#include "app/cli/export/export_shots.hpp"
#include "app/exporting/export.hpp"
#include "app/files/files.hpp"
#include "app/files/standard_output.hpp"
#include "core/arith/layer/counts.hpp"
#include "core/state/base/error.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/shown/scene_of.hpp"
#include "core/state/words/title.hpp"

namespace convloom::cli {
namespace {

using arith::Index;
using exporting::Format;

constexpr long long most_plays = 65535;  // the largest count that the formats can store

// Progress of the run, on standard error.
exporting::GoOn shown_progress() {
    return [shown = std::make_shared<Progress>("frames")](const exporting::Progress& p) {
        shown->at(static_cast<long long>(p.frame), static_cast<long long>(p.count));
        return true;
    };
}

// Names unsupported options by their flags.
void check_format(const ExportWords& words, const exporting::ExportOptions& options) {
    auto refusal = exporting::refusal_of(options);
    if (!refusal) return;
    if (refusal->field == exporting::OptionField::transparent) throw Error("--transparent: " + refusal->sentence);
    if (refusal->field == exporting::OptionField::smooth)
        throw Error(fmt::format("--smooth {}: {}", options.smooth, refusal->sentence));
    if (refusal->field == exporting::OptionField::per_second)
        throw Error(fmt::format("--fps {}: {}", options.per_second, refusal->sentence));
    if (refusal->field == exporting::OptionField::outlines) throw Error("--outlines: " + refusal->sentence);
    if (refusal->field == exporting::OptionField::animated) throw Error("--animated: " + refusal->sentence);
    refusal->sentence[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(refusal->sentence[0])));
    if (refusal->field == exporting::OptionField::caption) throw Error("--caption: " + refusal->sentence);
    if (refusal->field == exporting::OptionField::text_scale)
        throw Error(fmt::format("--text-scale {}: {}", words.text_scale, refusal->sentence));
    if (refusal->field == exporting::OptionField::grid)
        throw Error(fmt::format("--grid {}: {}", words.grid, refusal->sentence));
    throw Error(fmt::format("--size {}: {}", words.size, refusal->sentence));
}

std::string said(const exporting::Written& written, const Format& format) {
    const std::string first = written.first.string();
    if (exporting::is_animated(format))
        return fmt::format("Wrote {}, {}.", first, arith::counted(static_cast<Index>(written.frames), "frame"));
    if (written.frames == 1) return fmt::format("Wrote {}.", first);
    return fmt::format("Wrote {} frames, {} to {}.", written.frames, first, written.last.string());
}

}  // namespace

int export_one(const ExportWords& words) {
    const Format* format = &format_of(words);
    if (words.loop && !format->says_plays)
        throw Error(fmt::format("--loop {}: only {} can store a number of repetitions.", *words.loop,
                                exporting::listed([](const Format& f) { return f.says_plays; })));
    exporting::ExportOptions options;
    static_cast<exporting::PageLook&>(options) = page_look(words);
    options.format = format;
    options.frame = frame_options(words);
    options.per_second = words.fps;
    options.plays = static_cast<int>(words.loop.value_or(0));
    options.smooth = words.smooth;
    const state::State state = export_state(words);
    const bool photo = !state.shows_steps();
    // A network's layer has thousands of steps: where one picture is asked for, it is that of the largest value.
    const bool one_step = !words.cell.empty() || (shows_network(words) && words.steps.empty() && words.grid.empty() &&
                                                  !exporting::is_one_file(*format) &&
                                                  (is_piped(words) || !files::Sequence(words.output).numbered()));
    options.steps = !one_step ? steps_of(words.steps, photo ? 1 : places_of(state).step_count())
                              : exporting::Range{state.moment.step, state.moment.step};
    options.taps = words.taps && !photo;
    if (options.columns > 0 && photo)
        throw Error(fmt::format("--grid {}: a photo as a whole has no steps.", words.grid));
    checked_count(state, options.steps, options.taps);

    check_format(words, options);
    const std::size_t count = exporting::frame_count(state, options);
    if (is_piped(words)) {
        if (!exporting::is_one_file(*format) && count > 1)
            throw Error(fmt::format("-o -: {} frames are {} files of {}; choose a step with --steps.", count, count,
                                    format->name));
        files::put(exporting::bytes(state, options, shown_progress()));
        return done;
    }
    const files::Sequence names(words.output);
    if (!names.numbered() && !exporting::is_one_file(*format) && count > 1 && words.steps.empty())
        throw Error(fmt::format(
            "{}: {} frames need a numbered name such as frame_%03d.png, or a single step such as --steps 0.",
            words.output, count));
    const exporting::Written written = exporting::write(words.output, state, options, shown_progress());
    if (exporting::has_pages(*format) && !names.numbered())
        print("Wrote {}, {}.\n", written.first.string(), arith::counted(static_cast<Index>(written.frames), "page"));
    else
        print("{}\n", said(written, *format));
    return done;
}

namespace {

// Every preset as an animation and its middle step as SVG, and a page that shows them.
int export_gallery(const ExportWords& words) {
    constexpr Index most_steps = 60;  // only the first steps of a preset that has more
    std::error_code ec;
    const files::fs::path folder = words.all;
    files::fs::create_directories(folder, ec);
    if (ec) throw Failure(fmt::format("Cannot create the folder {}: {}.", folder.string(), ec.message()));
    const files::fs::path in_pattern = files::Sequence::literal(words.all);
    ExportWords one = words;
    exporting::ExportOptions options;
    options.format = exporting::format_of(".gif");
    options.frame = frame_options(words);
    static_cast<exporting::PageLook&>(options) = page_look(words);
    options.per_second = words.fps;
    options.plays = static_cast<int>(words.loop.value_or(0));
    std::string page = "# Gallery\n\nAll presets, as `convloom export --all` makes them.\n";
    std::vector<std::pair<std::string, std::string>> left_out;  // a preset and the reason
    for (const std::string& name : state::preset_names()) {
        one.preset = name;
        state::State state;
        // A view or a setting that does not go with one preset leaves out that preset; the others are written.
        try {
            state = export_state(one);
        } catch (const Failure&) {
            throw;
        } catch (const Error& refusal) {
            left_out.emplace_back(name, refusal.what());
            continue;
        }
        const Index count = places_of(state).step_count();
        const std::string title = title_of(state);
        options.steps = exporting::Range{0, std::min(count, most_steps) - 1};
        exporting::write((in_pattern / (name + ".gif")).string(), state, options, shown_progress());
        state.moment = {std::min(count, most_steps) / 2, scene::Moment::whole_window};
        files::write(folder / (name + ".svg"),
                     exporting::frame(*exporting::format_of(".svg"), scene_of(state), options.frame));
        page += fmt::format("\n## {}\n\n`{}`{}\n\n![{}]({}.gif)\n", title, name,
                            count > most_steps ? fmt::format(", the first {} of {} steps", most_steps, count) : "",
                            title, name);
    }
    const std::size_t written = state::preset_names().size() - left_out.size();
    if (written == 0) throw Error(left_out.front().second);
    files::write(folder / "README.md", page);
    print("Wrote {} animations and as many figures to {}.\n", written, folder.string());
    for (const auto& [name, reason] : left_out) complain("{} was left out: {}", name, reason);
    return done;
}

int run_export(const ExportWords& words) {
    if (!(words.fps >= 0.01 && words.fps <= 50))
        throw Error(fmt::format("--fps {}: it must be from 0.01 to 50 frames a second.", words.fps));
    if (words.loop && (*words.loop < 0 || *words.loop > most_plays))
        throw Error(fmt::format("--loop {}: it must be from 0, which is endless, to {}.", *words.loop, most_plays));
    if (words.all.empty() == words.output.empty())
        throw Error("Give either -o with a file name or --all with a folder.");
    if (!words.all.empty()) return export_gallery(words);
    return asks_network_picture(words) ? export_network_picture(words) : export_one(words);
}

}  // namespace

void add_frame_options(CLI::App& command, ExportWords& words) {
    command.add_option(
        "--steps", words.steps,
        "one step such as 4, a range such as 0..8 or several such as 0,4,8-11, counted from 0 as in file "
        "names and links (a figure counts from 1: --steps 4 shows step 5); all by default");
    command.add_flag("--taps", words.taps, "a frame for every tap as well");
    command
        .add_option("--size", words.size,
                    "frame size in pixels such as 1920x1080, or on paper such as 12x6.75cm; a PDF page takes its shape")
        ->capture_default_str();
    as_number(command.add_option("--dpi", words.dpi, "dots per inch; 300 for a size on paper by default"));
    as_number(command.add_option("--fps", words.fps, "frames per second of an animation, or with --smooth steps")
                  ->capture_default_str());
    command.add_option("--smooth", words.smooth,
                       "glide between the steps of an animation, with 10 to 60 frames a second, such as 30");
    command.add_option("--loop", words.loop,
                       fmt::format("how often an animation is played, {}; 0, the default, is endless",
                                   exporting::listed([](const Format& f) { return f.says_plays; }, " or ")));
    command.add_flag("--crop", words.crop, "crop to the figure, for use in a document");
    command
        .add_option("--hide", words.hide, "parts of the header that are left out: title, parameters, step, or several")
        ->delimiter(',');
    command.add_option("--caption", words.caption, "a text below the figure");
    as_number(command.add_option("--text-scale", words.text_scale,
                                 "how much larger the texts of a figure are, 1 to 2, as far as they have room"));
    command.add_option(
        "--grid", words.grid,
        "several steps on a page, with letters: columns and rows such as 3x2; together with --steps 0,4,8");
    command.add_option("--format", words.format, "the format for -o -, which is standard output, such as svg");
    command.add_flag("--transparent", words.transparent, "transparent background");
    command.add_flag("--animated", words.animated,
                     "one slide of a .pptx with all frames as a GIF, instead of a slide each");
    command.add_flag("--outlines", words.outlines,
                     "texts of an .svg as outlines of their letters, for programs that lack the font");
}

void add_export(CLI::App& app, Run& run) {
    auto words = std::make_shared<ExportWords>();
    CLI::App* command = app.add_subcommand("export", "Export the steps as frames, pages or an animation");
    add_state_options(*command, *words);
    add_frame_options(*command, *words);
    add_draw_refused(*command, *words);
    add_network_picture_options(*command, *words);
    command->add_option("-o,--output", words->output,
                        fmt::format("the file to write; its extension gives the format: {} hold all frames in one "
                                    "file; {} need a numbered name such as frame_%03d.png",
                                    exporting::listed(exporting::is_one_file, " or "),
                                    exporting::listed([](const Format& f) { return !is_animated(f); }, " or ")));
    command->add_option("--all", words->all, "write the gallery of all presets to this folder instead");
    command->footer(
        "Examples:\n"
        "  convloom export resnet.onnx -o network.svg\n"
        "  convloom export resnet.onnx:conv1 --photo cat.jpg --part \"3,40:46,50:56\" -o conv1.svg\n"
        "  convloom export --preset same_padding_no_strides -o same.gif --size 600x600\n"
        "  convloom export --preset same_padding_no_strides -o frames_%03d.png\n"
        "  convloom export --preset dilation --theme dark --steps 4 -o dilation.svg\n"
        "  convloom export --preset kind_depthwise_separable --layer 2 --steps 0..24 -o separable.pdf\n"
        "  convloom export --preset dilation --steps 4 --no-labels --crop -o figure.pdf\n"
        "  convloom export --preset dilation --steps 0,4,8 --grid 3x1 --caption \"Three steps.\" -o steps.tex\n"
        "  convloom export --preset dilation --steps 4 --hide title,step -o - --format svg | rsvg-convert -o "
        "figure.png\n"
        "  convloom export \"nn.ConvTranspose2d(1, 1, 3, stride=2)\" --input 1x3x3 --view stacked -o up.mp4");
    command->callback([words, &run] { run = [words] { return run_export(*words); }; });
}

}  // namespace convloom::cli
