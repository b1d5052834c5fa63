// The settings of the export dialog and what follows from them: the State to draw, the export options, file names, and
// the reason if it cannot be exported. Values and functions only; nothing is drawn here.
#pragma once
#include <string>
#include <vector>

#include "app/exporting/export.hpp"
#include "app/gui/desk/file_listing.hpp"

namespace convloom::gui {

enum class FrameChoice { this_moment, all, range, list };
enum class SizeChoice { full_hd, hd, square, own, paper };

struct ExportChoices {
    const exporting::Format* format = exporting::format_of(".gif");  // never null
    FrameChoice frames = FrameChoice::all;
    arith::Index first = 0, last = 0;  // of the range, counted from 0
    std::string list;                  // "1, 5-9", counted from 1
    bool taps = false;
    int columns = 1, rows = 1;  // steps on a page
    SizeChoice size = SizeChoice::full_hd;
    int width = 960, height = 540;                   // of a custom size, in pixels
    double width_cm = 16, height_cm = 9, dpi = 300;  // on paper
    double per_second = 2;
    bool smooth = false;  // an animation glides between steps
    std::string theme;
    std::string title;                         // the user's own; empty for the State's title
    std::string caption;                       // below the figure
    std::vector<std::string> page_texts = {};  // in the fields of exporting::page_options(); steps counted from 1
    std::string beside;                        // a preset, a link or a state file whose figure is on the same page
    std::string palette_path, palette_refusal;
    arith::Shared<scene::Palette> palette;  // in place of the theme's colours
    scene::Look look;
    bool transparent = false, crop = false;
    std::string path;
    friend bool operator==(const ExportChoices&, const ExportChoices&) = default;
};

// Takes over the State shown now; other choices stay. The file is named after the State, in `folder`.
void begin_with(ExportChoices& choices, const state::State& shown, const std::string& folder);
// Takes the colours of a file, or of the theme if the path is empty.
void take_palette(ExportChoices& choices, const std::string& path);
// Changes the path's extension to that of the format.
void set_format(ExportChoices& choices, const exporting::Format& format);

state::State state_to_export(const ExportChoices& choices, const state::State& shown);
exporting::ExportOptions options_of(const ExportChoices& choices);
// The path for files::Sequence: with several stills "dilation_%03d.png".
std::string name_of(const ExportChoices& choices, std::size_t frames);
// The first existing file that would be replaced; empty if there is none.
std::string replaced_by(const ExportChoices& choices, const state::State& state, std::size_t frames);

// The reason why it cannot be exported, as one sentence; empty if it can.
std::string refused(const ExportChoices& choices, const state::State& state);

std::vector<FileFilter> export_filters(const exporting::Format& format);

}  // namespace convloom::gui
