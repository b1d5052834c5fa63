// Turns the arguments of `convloom export` into a State and the moments of it to show.
#pragma once
#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "app/cli/filter/filter_stack.hpp"
#include "app/cli/layer/layer_words.hpp"
#include "app/cli/network/network_door.hpp"
#include "app/exporting/formats.hpp"
#include "app/exporting/shots.hpp"
#include "core/state/model/state.hpp"

namespace convloom::cli {

struct ExportWords {
    LayerWords own;  // the layer in words or by flags, and the user's own numbers
    std::string preset, state_file, view, cell, theme, palette, language, steps, size = "1920x1080", output, all, list;
    std::string photo, look, part;
    std::string compare;             // the other layer of the compare view
    bool unlimited_compare = false;  // also layers that are too large for a picture
    bool draw_refused = false;       // writes a picture of a layer that cannot be computed
    bool can_draw_refused = false;   // the command has a flag for it
    StackWords stack;
    networks::InputWords
        network;  // of a network whose layer is shown; its photo, data and sizes are those of the others
    std::optional<std::string> title;
    std::vector<std::vector<std::string>> page;  // the texts given for each of exporting::page_options()
    std::vector<std::string> beside;
    std::string format;
    std::string expand;  // blocks of a network's picture that are opened
    int layer = 0;
    std::optional<long long> loop, tap;
    int smooth = 0;
    double fps = 2, dpi = 0;
    bool taps = false, transparent = false, outlines = false, animated = false, apart = false;
    std::vector<std::optional<bool>> switches;  // as given, in the order of scene::look_switches()
    std::vector<std::optional<double>> angles;  // the same for scene::look_angles()
};

// All of these throw an Error that names the flag and its value.
exporting::Steps steps_of(const std::string& text, arith::Index count, const char* flag = "--steps");
// The product --tap of the step that is shown, if it is given.
void set_tap(state::State& state, const std::optional<long long>& tap);
paint::FrameOptions frame_options(const ExportWords& words);
state::State export_state(const ExportWords& words);
// The format of --output's extension, or of --format on standard output.
const exporting::Format& format_of(const ExportWords& words);
// Whether the frames go to standard output.
bool is_piped(const ExportWords& words);
// From the flags of exporting::page_options().
exporting::PageLook page_look(const ExportWords& words);
// "--text-scale 3" for a key of that table: the flag as it was given, without a text that is long or blank.
std::string page_flag(const ExportWords& words, std::string_view key);
// Writes the frames, and says which on standard output; the exit status.
int export_one(const ExportWords& words);
// Everything that export_one() refuses before it writes.
void check_export(const ExportWords& words);

// From --theme and --language; nothing if one is not given.
std::optional<std::string> theme_of(const std::string& given);
// From --palette or --theme. Says on standard error which colours of a palette are hard to tell apart.
void set_colors(state::State& state, const std::string& palette, const std::string& theme);
void add_palette(CLI::App& command, std::string& palette);
std::optional<scene::Language> language_of(const std::string& given);

// The number of frames; throws an Error if there are too many.
std::size_t checked_count(const state::State& state, const exporting::Steps& steps, bool taps);

// The options of export and scene that select the State and how it is shown.
void add_state_options(CLI::App& command, ExportWords& words);
void add_draw_refused(CLI::App& command, ExportWords& words);
// The options of export and compare for the frames.
void add_frame_options(CLI::App& command, ExportWords& words);

}  // namespace convloom::cli
