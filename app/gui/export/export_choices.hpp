// What the export dialog's controls are set to, and what follows from it: the State to draw, the options of the export,
// names, and why not. Values and functions of them; nothing is drawn here.
#pragma once
#include <string>
#include <vector>

#include "app/exporting/export.hpp"
#include "app/gui/desk/file_listing.hpp"

namespace convloom::gui {

enum class FrameChoice { this_moment, all, range };
enum class SizeChoice { full_hd, hd, square, own, paper };

struct ExportChoices {
    const exporting::Format* format = exporting::format_of(".gif");  // never null
    FrameChoice frames = FrameChoice::all;
    arith::Index first = 0, last = 0;  // of a range, from 0
    bool taps = false;
    SizeChoice size = SizeChoice::full_hd;
    int width = 960, height = 540;                   // of an own size, in pixels
    double width_cm = 16, height_cm = 9, dpi = 300;  // on paper
    double per_second = 2;
    std::string theme;
    std::string title;  // one's own; empty for what the State says
    scene::Look look;
    bool transparent = false, crop = false;
    std::string path;
    friend bool operator==(const ExportChoices&, const ExportChoices&) = default;
};

// As the State is shown now; the rest stays as it was chosen before. The file is named after the State, in `folder`.
void begin_with(ExportChoices& choices, const state::State& shown, const std::string& folder);
// The path's ending follows the format.
void set_format(ExportChoices& choices, const exporting::Format& format);

state::State state_to_export(const ExportChoices& choices, const state::State& shown);
exporting::ExportOptions options_of(const ExportChoices& choices);
// Of files::Sequence: the path, or with several stills "dilation_%03d.png".
std::string name_of(const ExportChoices& choices, std::size_t frames);
// The first file that is there already and would be replaced; empty for none.
std::string replaced_by(const ExportChoices& choices, const state::State& state, std::size_t frames);

// Why it cannot be exported, as one sentence; empty where it can.
std::string refused(const ExportChoices& choices, const state::State& state);

std::vector<FileFilter> export_filters(const exporting::Format& format);

}  // namespace convloom::gui
