// Exports a State to files of any format: a still, a numbered sequence, pages or an animation.
//
// ExportOptions says what to export; view, theme and labels come from the State. A file is either completely new or
// unchanged, whatever happens on the way.
#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "app/exporting/formats.hpp"
#include "app/exporting/shots.hpp"

namespace convloom::exporting {

struct ExportOptions : PageLook {
    const Format* format = format_of(".png");  // never null
    paint::FrameOptions frame;
    bool this_moment = false;  // only the State's own moment; otherwise `steps`
    Steps steps;
    bool taps = false;      // a frame for every product as well
    double per_second = 2;  // frames per second of an animation
    int smooth = 0;         // of an animation: frames a second, between which the window glides; 0 for one frame a step
    int plays = 0;          // number of repetitions, if the format stores it; 0 is endless
    bool all_or_none = false;  // for a sequence: put no file in place before the last one is finished
    friend bool operator==(const ExportOptions&, const ExportOptions&) = default;
};

// How many frames a second an animation may have that glides, and the most that GIF can show.
constexpr int least_smooth = 10, most_smooth = 60;
constexpr double least_per_second = 0.01, most_per_second = 50;
constexpr int least_side_px = 16;

// The options that the format does not support, and the reason, as one sentence.
enum class OptionField { transparent, outlines, animated, size, per_second, smooth, page };
struct Refusal {
    OptionField field;
    std::string sentence;
    std::string_view page_option = {};  // its key in the table of page_options.hpp
};
std::optional<Refusal> refusal_of(const ExportOptions& options);

// The steps to show: those requested, or all.
Steps steps_of(const state::State& state, const ExportOptions& options);
// At most most_frames + 1, which means too many.
std::size_t frame_count(const state::State& state, const ExportOptions& options);
// What frame n shows, without listing all of them.
scene::Moment moment_at(const state::State& state, const ExportOptions& options, std::size_t n);
// The number of file n of a numbered sequence: its step; counted from 0 with taps or several steps on a page.
arith::Index file_number(const state::State& state, const ExportOptions& options, std::size_t n);

struct Written {
    std::filesystem::path first, last;  // the same path for a single file
    std::size_t frames = 0;
};
// `name` may contain a number as in files::Sequence: see file_number(). Throws an Error, or a
// Stopped when go_on returns false.
Written write(const std::string& name, const state::State& state, const ExportOptions& options, const GoOn& go_on = {});

// The same as the bytes of one file: pages, an animation, or a single frame.
std::string bytes(const state::State& state, const ExportOptions& options, const GoOn& go_on = {});
// Whether these are bytes() that the clipboard takes as text.
bool is_one_text(const Format& format, std::size_t frames);

// Estimates the size in bytes of all files from a few frames, which it renders.
double estimated_bytes(const state::State& state, const ExportOptions& options, const GoOn& go_on = {});

}  // namespace convloom::exporting
