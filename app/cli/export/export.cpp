// convloom export: the steps of a preset, a state file or a layer as frames, pages or an animation.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "app/cli/base/cli.hpp"
#include "app/cli/base/options.hpp"
#include "app/cli/base/output.hpp"
#include "app/cli/base/progress.hpp"
#include "app/cli/export/argument_line.hpp"
#include "app/cli/export/export_layer.hpp"
#include "app/cli/export/export_list.hpp"
#include "app/cli/export/export_network.hpp"
#include "app/cli/export/export_shots.hpp"
#include "app/exporting/export.hpp"
#include "app/exporting/page_options.hpp"
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
    if (refusal->field == exporting::OptionField::page)
        throw Error(fmt::format("{}: {}", page_flag(words, refusal->page_option), refusal->sentence));
    throw Error(fmt::format("--size {}: {}", words.size, refusal->sentence));
}

void check_numbers(const ExportWords& words) {
    if (!(words.fps >= 0.01 && words.fps <= 50))
        throw Error(fmt::format("--fps {}: it must be from 0.01 to 50 frames a second.", words.fps));
    if (words.loop && (*words.loop < 0 || *words.loop > most_plays))
        throw Error(fmt::format("--loop {}: it must be from 0, which is endless, to {}.", *words.loop, most_plays));
}

std::string said(const exporting::Written& written, const Format& format) {
    const std::string first = written.first.string();
    if (exporting::is_animated(format))
        return fmt::format("Wrote {}, {}.", first, arith::counted(static_cast<Index>(written.frames), "frame"));
    if (written.frames == 1) return fmt::format("Wrote {}.", first);
    return fmt::format("Wrote {} frames, {} to {}.", written.frames, first, written.last.string());
}

struct Prepared {
    state::State state;
    exporting::ExportOptions options;
};

// Reads what is to be shown; throws an Error for everything that can be known before the first frame is drawn.
Prepared prepared(const ExportWords& words) {
    check_numbers(words);
    const Format* format = &format_of(words);
    if (words.loop && !format->says_plays)
        throw Error(fmt::format("--loop {}: only {} can store a number of repetitions.", *words.loop,
                                exporting::listed([](const Format& f) { return f.says_plays; })));
    exporting::ExportOptions options;
    static_cast<exporting::PageLook&>(options) = page_look(words);
    options.format = format;
    options.frame = frame_options(words);
    if (exporting::is_animated(*format)) options.frame.on_paper = false;  // the sizes of texts would jump
    options.per_second = words.fps;
    options.plays = static_cast<int>(words.loop.value_or(0));
    options.smooth = words.smooth;
    state::State state = export_state(words);
    options.beside = figures_beside(words, state);
    const bool photo = !state.shows_steps();
    // A network's layer has thousands of steps: where one picture is asked for, it is that of the largest value.
    const bool one_step = !words.cell.empty() || (shows_network(words) && words.steps.empty() && options.columns == 0 &&
                                                  !exporting::is_one_file(*format) &&
                                                  (is_piped(words) || !files::Sequence(words.output).numbered()));
    options.steps = !one_step ? steps_of(words.steps, photo ? 1 : places_of(state).step_count())
                              : exporting::Range{state.moment.step, state.moment.step};
    options.taps = words.taps && !photo;
    if (options.columns > 0 && photo)
        throw Error(fmt::format("{}: a photo as a whole has no steps.", page_flag(words, "grid")));
    if (const std::string why = page_refused(options, state); !why.empty()) throw Error(why);
    checked_count(state, options.steps, options.taps);

    check_format(words, options);
    const std::size_t count = exporting::frame_count(state, options);
    if (is_piped(words)) {
        if (!exporting::is_one_file(*format) && count > 1)
            throw Error(fmt::format("-o -: {} frames are {} files of {}; choose a step with --steps.", count, count,
                                    format->name));
        return {std::move(state), options};
    }
    const files::Sequence names(words.output);
    if (!names.numbered() && !exporting::is_one_file(*format) && count > 1 && words.steps.empty())
        throw Error(fmt::format(
            "{}: {} frames need a numbered name such as frame_%03d.png, or a single step such as --steps 0.",
            words.output, count));
    return {std::move(state), options};
}

}  // namespace

void check_export(const ExportWords& words) {
    if (asks_network_picture(words))
        network_picture(words);
    else
        prepared(words);
}

int export_one(const ExportWords& words) {
    if (asks_network_picture(words)) return export_network_picture(words);
    const auto [state, options] = prepared(words);
    if (is_piped(words)) {
        files::put(exporting::bytes(state, options, shown_progress()));
        return done;
    }
    const exporting::Written written = exporting::write(words.output, state, options, shown_progress());
    if (exporting::has_pages(*options.format) && !files::Sequence(words.output).numbered())
        print("Wrote {}, {}.\n", written.first.string(), arith::counted(static_cast<Index>(written.frames), "page"));
    else
        print("{}\n", said(written, *options.format));
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
    if (!words.list.empty()) {
        if (!words.output.empty() || !words.all.empty())
            throw Error("--list: each line has its own -o; give neither -o nor --all beside it.");
        return export_list(words.list);
    }
    check_numbers(words);
    if (words.all.empty() == words.output.empty())
        throw Error("Give either -o with a file name or --all with a folder.");
    if (!words.all.empty()) return export_gallery(words);
    return export_one(words);
}

void add_page_options(CLI::App& command, ExportWords& words) {
    using Kind = exporting::PageOption::Kind;
    words.page.resize(exporting::page_options().size());
    for (std::size_t n = 0; n < words.page.size(); ++n) {
        const exporting::PageOption& option = exporting::page_options()[n];
        const std::string flag = fmt::format("--{}", option.key);
        const auto take = [&words, n](const std::string& text) { words.page[n] = {text}; };
        switch (option.kind) {
            case Kind::flag:
                command.add_flag_function(
                    flag, [&words, n](std::int64_t) { words.page[n] = {""}; }, option.says);
                break;
            case Kind::text:
                command.add_option_function<std::string>(flag, take, option.says);
                break;
            case Kind::number:
                as_number(command.add_option_function<std::string>(flag, take, option.says));
                break;
            case Kind::list:
                command.add_option(flag, words.page[n], option.says)->delimiter(',');
                break;
            case Kind::repeated:
                command.add_option(flag, words.page[n], option.says)->allow_extra_args(false);
                break;
        }
    }
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
    add_page_options(command, words);
    command.add_option("--format", words.format, "the format for -o -, which is standard output, such as svg");
    command.add_flag("--transparent", words.transparent, "transparent background");
    command.add_flag("--animated", words.animated,
                     "one slide of a .pptx with all frames as a GIF, instead of a slide each");
    command.add_flag("--outlines", words.outlines,
                     "texts of an .svg as outlines of their letters, for programs that lack the font");
}

void add_line_options(CLI::App& command, ExportWords& words) {
    add_state_options(command, words);
    add_network_picture_options(command, words);
    add_frame_options(command, words);
    command
        .add_option("--beside", words.beside,
                    "another figure on the same page, each with a letter: a preset, a state file, a link, PyTorch "
                    "code for the same input, or options such as \"--preset dilation --steps 3\"; up to three times")
        ->allow_extra_args(false);
    command.add_option("-o,--output", words.output,
                       fmt::format("the file to write; its extension gives the format: {} hold all frames in one "
                                   "file; {} need a numbered name such as frame_%03d.png",
                                   exporting::listed(exporting::is_one_file, " or "),
                                   exporting::listed([](const Format& f) { return !is_animated(f); }, " or ")));
}

void add_export(CLI::App& app, Run& run) {
    auto words = std::make_shared<ExportWords>();
    CLI::App* command = app.add_subcommand("export", "Export the steps as frames, pages or an animation");
    add_line_options(*command, *words);
    add_draw_refused(*command, *words);
    command->add_option("--list", words->list,
                        "write a figure for each line of this file, which holds the options of `convloom export`; all "
                        "lines are checked before the first is written");
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
        "  convloom export --preset dilation --steps 4 --ghosts 0,8 --note \"input 3,3: read twice\" -o notes.pdf\n"
        "  convloom export --preset no_padding_no_strides --beside dilation --steps 0 -o both.svg\n"
        "  convloom export --list figures.txt\n"
        "  convloom export --preset dilation --steps 4 --hide title,step -o - --format svg | rsvg-convert -o "
        "figure.png\n"
        "  convloom export \"nn.ConvTranspose2d(1, 1, 3, stride=2)\" --input 1x3x3 --view stacked -o up.mp4");
    command->callback([words, &run] { run = [words] { return run_export(*words); }; });
}

}  // namespace convloom::cli
