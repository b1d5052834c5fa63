#include "app/exporting/page_options.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "app/files/decimal.hpp"
#include "core/arith/layer/counts.hpp"
#include "core/scene/slide/grid_page.hpp"
#include "core/state/model/comparison.hpp"

namespace convloom::exporting {
namespace {

using Kind = PageOption::Kind;

void read_crop(PageLook& look, const std::string&, int) {
    look.crop = true;
}

void read_hidden(PageLook& look, const std::string& part, int) {
    bool& hidden = part == "title"        ? look.hide_title
                   : part == "parameters" ? look.hide_parameters
                   : part == "step"       ? look.hide_step
                                          : throw Error("it must be title, parameters or step.");
    hidden = true;
}

void read_caption(PageLook& look, const std::string& text, int) {
    if (text.find_first_not_of(" \t\n") == std::string::npos) throw Error("the caption is empty.");
    look.caption = text;
}

std::string caption_refused(const PageLook& look, const Format&) {
    const int lines = look.caption.empty() ? 0 : scene::caption_lines(look.caption, scene::page_width);
    return lines <= scene::most_caption_lines
               ? ""
               : fmt::format("The caption takes {} lines; there is room for {}.", lines, scene::most_caption_lines);
}

void read_text_scale(PageLook& look, const std::string& text, int) {
    double scale = 0;
    if (files::read_decimal(text, scale) != text.size() || !(scale >= 1 && scale <= 2))
        throw Error("it must be from 1 to 2.");
    look.text_scale = scale;
}

std::string text_scale_refused(const PageLook& look, const Format& format) {
    return look.text_scale > 1 && is_animated(format)
               ? "The room of a text differs from step to step, so in an animation sizes would jump."
               : "";
}

void read_grid(PageLook& look, const std::string& text, int) {
    int read = 0;
    if (std::sscanf(text.c_str(), "%3dx%3d%n", &look.columns, &look.rows, &read) != 2 ||
        read != static_cast<int>(text.size()) || look.columns < 1 || look.rows < 1)
        throw Error("give columns and rows such as 3x3.");
}

std::string grid_refused(const PageLook& look, const Format&) {
    if (look.columns == 0 && look.rows == 0) return "";
    const bool holds = look.columns >= 1 && look.rows >= 1 && look.columns <= scene::most_figures &&
                       look.rows <= scene::most_figures && look.columns * look.rows <= scene::most_figures;
    return holds ? "" : fmt::format("A page holds 1 to {} steps, a letter for each.", scene::most_figures);
}

void read_ghosts(PageLook& look, const std::string& given, int first) {
    std::string text = given;
    std::erase(text, ' ');
    look.all_ghosts = text == "all";
    if (look.all_ghosts) return;
    auto steps = steps_written(text);
    if (!steps) throw Error("give steps such as 0,4,8 or 2-5, or all.");
    for (Range& run : steps->runs) run.first -= first, run.last -= first;
    look.ghosts = *steps;
}

void read_note(PageLook& look, const std::string& text, int) {
    const auto note = scene::note_written(text);
    if (!note) throw Error("give a cell and a text, such as \"input 2,3: the edge\".");
    if (note->text.size() > scene::most_note_letters)
        throw Error(
            fmt::format("the text has {} bytes; a note has room for {}.", note->text.size(), scene::most_note_letters));
    if (look.notes.size() == scene::most_notes)
        throw Error(fmt::format("a figure has at most {} notes.", scene::most_notes));
    look.notes.push_back(*note);
}

constexpr PageOption options[] = {
    {"crop", Kind::flag, "crop to the figure, for use in a document", nullptr, "", read_crop},
    {"hide", Kind::list, "parts of the header that are left out: title, parameters, step, or several", nullptr, "",
     read_hidden},
    {"caption", Kind::text, "a text below the figure", nullptr, "", read_caption, caption_refused},
    {"text-scale", Kind::number, "how much larger the texts of a figure are, 1 to 2, as far as they have room", nullptr,
     "", read_text_scale, text_scale_refused},
    {"grid", Kind::text,
     "several steps on a page, with letters: columns and rows such as 3x2; together with --steps 0,4,8", nullptr, "",
     read_grid, grid_refused},
    {"ghosts", Kind::text,
     "outlines of the windows of other steps and of their outputs, with their numbers: steps such as 0,4,8, or all",
     "Other windows", "1, 5, 9", read_ghosts},
    {"note", Kind::repeated,
     "a text beside a cell with an arrow to it, such as \"input 2,3: the edge\" (row and column counted from 0, with a "
     "channel in front \"output 1,2,3: …\"); may be given several times",
     "Note", "input 2,3: the edge", read_note},
};

}  // namespace

std::span<const PageOption> page_options() {
    return options;
}

std::string page_refused(const PageLook& look, const state::State& state) {
    if (!look.beside.empty()) {
        if (!state.shows_steps() || state.view == scene::View::photo)
            return "A photo is not put beside a figure of a layer.";
        if (look.columns > 0) return "Figures side by side and a grid of steps are two kinds of page; choose one.";
        if (look.beside.size() >= scene::most_beside)
            return fmt::format("{} figures on one page are too small to read; at most {} stand side by side.",
                               look.beside.size() + 1, scene::most_beside);
        if (look.all_ghosts || !look.ghosts.empty() || !look.notes.empty())
            return "Ghosts and notes go with one figure on its page.";
    }
    const bool marked = look.all_ghosts || !look.ghosts.empty() || !look.notes.empty();
    if (!marked) return "";
    if (!state.shows_steps() || state.view == scene::View::photo)
        return "Ghosts and notes are of a layer's steps and cells, and a photo has none.";
    const arith::Recording places = places_of(state);
    const arith::Index count = places.step_count();
    if (!are_steps(look.ghosts, count))
        return fmt::format("Ghosts: this layer has {}, and they are named in ascending order.",
                           arith::counted(count, "step"));
    arith::Index ghosts = look.all_ghosts ? count : 0;
    for (const Range& run : look.ghosts.runs) ghosts += run.last - run.first + 1;
    if (ghosts > scene::most_ghosts)
        return fmt::format("Ghosts: {} windows hide each other; at most {} are drawn.", ghosts, scene::most_ghosts);
    for (const scene::Note& note : look.notes)
        if (const std::string why = scene::note_refused(note, stepped_layer(state)); !why.empty())
            return fmt::format("The note “{}”: {}.", note.text, why);
    return "";
}

}  // namespace convloom::exporting
