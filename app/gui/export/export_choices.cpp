#include "app/gui/export/export_choices.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "app/exporting/page_options.hpp"
#include "app/files/files.hpp"
#include "app/files/program.hpp"
#include "app/gui/base/language.hpp"
#include "core/state/update/update.hpp"
#include "core/state/words/title.hpp"

namespace convloom::gui {
namespace {

namespace fs = std::filesystem;
using exporting::Format;

constexpr double cm_per_inch = 2.54, least_dpi = 10, most_dpi = 10000;

paint::FrameOptions frame_of(const ExportChoices& c) {
    switch (c.size) {
        case SizeChoice::full_hd:
            return {1920, 1080, c.transparent, 0};
        case SizeChoice::hd:
            return {1280, 720, c.transparent, 0};
        case SizeChoice::square:
            return {600, 600, c.transparent, 0};
        case SizeChoice::own:
            return {c.width, c.height, c.transparent, 0};
        case SizeChoice::paper:
            break;
    }
    // Too large for a number of pixels is also too large for a picture, and is reported as such.
    auto pixels = [&](double cm) {
        return cm > 0 && c.dpi > 0 ? static_cast<int>(std::min(std::round(cm / cm_per_inch * c.dpi), 1e6)) : 0;
    };
    return {pixels(c.width_cm), pixels(c.height_cm), c.transparent, c.dpi,
            c.dpi > 0 && !exporting::is_animated(*c.format)};
}

// As the fields say them, counted from 0; nothing if they are not written like steps.
std::optional<exporting::Steps> steps_chosen(const ExportChoices& c) {
    if (c.frames == FrameChoice::range) return exporting::Range{c.first, c.last};
    if (c.frames != FrameChoice::list) return exporting::Steps{};
    std::string text;
    for (const char ch : c.list)
        if (ch != ' ') text += ch;
    auto steps = exporting::steps_written(text);
    if (steps)
        for (exporting::Range& run : steps->runs) --run.first, --run.last;
    return steps;
}

// The fields of the table, each with what is wrong with it: a note has several texts, divided by semicolons.
std::string read_page_texts(const ExportChoices& c, exporting::PageLook& look) {
    std::string why;
    if (!c.beside.empty()) try {
            look.beside = {exporting::beside_named(c.beside)};
        } catch (const Error& error) {
            why = error.what();
        }
    for (std::size_t n = 0; n < c.page_texts.size(); ++n) {
        const exporting::PageOption& option = exporting::page_options()[n];
        const bool several = option.kind == exporting::PageOption::Kind::repeated;
        std::string_view rest = c.page_texts[n];
        while (!rest.empty()) {
            const std::size_t end = several ? std::min(rest.find(';'), rest.size()) : rest.size();
            std::string text(rest.substr(0, end));
            rest.remove_prefix(std::min(end + 1, rest.size()));
            text.erase(0, text.find_first_not_of(' '));
            if (text.empty()) continue;
            try {
                option.read(look, text, 1);
            } catch (const Error& error) {
                if (why.empty()) why = fmt::format("{}: {}", t(option.title), error.what());
            }
        }
    }
    return why;
}

}  // namespace

void take_palette(ExportChoices& c, const std::string& path) {
    c.palette_path = path;
    c.palette = {};
    c.palette_refusal.clear();
    if (path.empty()) return;
    try {
        c.palette = files::load_palette(path);
        c.theme = c.palette->based_on;
    } catch (const Error& error) {
        c.palette_refusal = error.what();
    }
}

void begin_with(ExportChoices& c, const state::State& shown, const std::string& folder) {
    c.theme = shown.theme;
    c.palette = shown.palette;
    c.beside.clear();
    c.palette_path.clear();
    c.palette_refusal.clear();
    c.page_texts.assign(exporting::page_options().size(), "");
    c.look = shown.look;
    c.title = shown.own_title ? shown.title : "";
    const arith::Index last = !shown.shows_steps() ? 0 : places_of(shown).step_count() - 1;
    c.first = 0;
    c.last = last;
    if (c.frames == FrameChoice::range || c.frames == FrameChoice::list) c.frames = FrameChoice::all;
    const std::string stem = shown.view == scene::View::photo
                                 ? fs::path(shown.photo->path).stem().string() + "_" + shown.photo->pass().filter
                                 : state::file_stem(shown);
    std::string name;
    for (char ch : stem) name += ch == '/' || static_cast<unsigned char>(ch) < 0x20 ? '_' : ch;
    c.path = (fs::path(folder) / ((name.empty() ? "convloom" : name) + c.format->ending)).string();
}

void set_format(ExportChoices& c, const Format& format) {
    c.format = &format;
    fs::path path = c.path;
    if (!path.has_filename()) return;
    const std::string ending = path.extension().string();
    if (const Format* other = exporting::format_of(ending); other && ending == other->ending) path.replace_extension();
    c.path = path.string() + format.ending;
}

state::State state_to_export(const ExportChoices& c, const state::State& shown) {
    state::State state = shown;
    if (scene::theme_named(c.theme)) state.theme = c.theme;
    state.palette = c.palette;
    state.look = c.look;
    if (c.title == (shown.own_title ? shown.title : "")) return state;
    return state::update(state, state::SetTitle{c.title}).state;
}

exporting::ExportOptions options_of(const ExportChoices& c) {
    exporting::ExportOptions options;
    options.format = c.format;
    options.frame = frame_of(c);
    options.this_moment = c.frames == FrameChoice::this_moment;
    options.steps = steps_chosen(c).value_or(exporting::Steps{});
    if (c.columns != 1 || c.rows != 1) options.columns = c.columns, options.rows = c.rows;
    if (c.frames == FrameChoice::this_moment) options.columns = options.rows = 0;
    options.caption = c.caption;
    options.taps = c.taps && c.frames != FrameChoice::this_moment;
    options.per_second = c.per_second;
    constexpr int smooth_per_second = 30;
    if (c.smooth && exporting::is_animated(*c.format)) options.smooth = smooth_per_second;
    options.crop = c.crop;
    read_page_texts(c, options);
    options.all_or_none = true;
    return options;
}

std::string name_of(const ExportChoices& c, std::size_t frames) {
    if (frames <= 1 || exporting::is_one_file(*c.format)) return files::Sequence::literal(c.path);
    const fs::path path = c.path;
    const std::string stem = (path.parent_path() / path.stem()).string();
    return files::Sequence::literal(stem) +
           fmt::format("_%0{}d", std::max<std::size_t>(3, std::to_string(frames).size())) +
           files::Sequence::literal(path.extension().string());
}

std::string replaced_by(const ExportChoices& c, const state::State& state, std::size_t frames) {
    const files::Sequence names(name_of(c, frames));
    std::error_code ec;
    const exporting::ExportOptions options = options_of(c);
    for (std::size_t n = 0; n < (names.numbered() ? frames : 1); ++n)
        if (const fs::path file = names.at(names.numbered() ? exporting::file_number(state, options, n) : 0);
            fs::exists(file, ec))
            return file.filename().string();
    return "";
}

std::string refused(const ExportChoices& c, const state::State& state) {
    if (const std::string why = scene::undrawable(state.layer(), state.view); !why.empty()) return why;
    const arith::Index steps = !state.shows_steps() ? 1 : places_of(state).step_count();
    if (c.frames == FrameChoice::range && (c.first < 0 || c.first > c.last || c.last >= steps))
        return tf("The range's first step must not come after its last; both lie within 1 to {}.", steps);
    if (c.frames == FrameChoice::list)
        if (const auto chosen = steps_chosen(c); !chosen || !exporting::are_steps(*chosen, steps))
            return tf("Write steps from 1 to {} in ascending order, such as 1, 3-5.", steps);
    if (c.size == SizeChoice::paper && !(c.dpi >= least_dpi && c.dpi <= most_dpi))
        return tf("From {} to {} dots per inch.", least_dpi, most_dpi);
    if (!c.palette_refusal.empty()) return c.palette_refusal;
    exporting::ExportOptions options = options_of(c);
    exporting::PageLook texts;
    if (std::string why = read_page_texts(c, texts); !why.empty()) return why;
    if (std::string why = exporting::page_refused(options, state); !why.empty()) return why;
    if (const auto refusal = exporting::refusal_of(options)) return refusal->sentence;
    if (exporting::frame_count(state, options) > exporting::most_frames)
        return tf("These are more than {} frames; choose a range of steps.", exporting::most_frames);
    if (const char* program = c.format->program; program && files::program_on_path(program).empty())
        return files::starts_programs()
                   ? tf("{0} needs the program {1}, which is not installed; install the package {1}.", c.format->name,
                        program)
                   : tf("This browser does not encode {}; choose another format.", c.format->name);
    const fs::path path = c.path;
    std::error_code ec;
    if (!path.has_filename() || fs::is_directory(path, ec)) return t("Give the file a name.");
    if (!path.parent_path().empty() && !fs::is_directory(path.parent_path(), ec))
        return tf("There is no folder {}.", path.parent_path().string());
    return "";
}

std::vector<FileFilter> export_filters(const Format& format) {
    FileFilter all{t("All formats"), {}};
    for (const Format& f : exporting::formats()) all.endings.push_back(f.ending);
    return {{format.name, {format.ending}}, all};
}

}  // namespace convloom::gui
