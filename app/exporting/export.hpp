// A State -> files of any format: a still, a numbered sequence, pages or an animation.
//
// What is asked for is a value, ExportOptions; how it is shown, its view, theme, labels, is the State's own. A file is
// whole and new or as it was before, whatever happens on the way.
#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "app/exporting/formats.hpp"
#include "app/exporting/shots.hpp"

namespace convloom::exporting {

struct ExportOptions {
    const Format* format = format_of(".png");  // never null
    paint::FrameOptions frame;
    bool this_moment = false;    // the State's own moment alone; else
    std::optional<Range> steps;  // nothing for all
    bool taps = false;           // a frame for every product too
    double per_second = 2;       // of an animation
    int plays = 0;               // how often it is shown, where the format says that; 0 for ever
    bool crop = false;           // cut to the figure
    bool all_or_none = false;    // of a sequence: no file is put in place before the last one is made
    friend bool operator==(const ExportOptions&, const ExportOptions&) = default;
};

constexpr double least_per_second = 0.01, most_per_second = 50;
constexpr int least_side_px = 16;

// What of the options the format does not take, and why not, as one sentence.
enum class OptionField { transparent, size, per_second };
struct Refusal {
    OptionField field;
    std::string sentence;
};
std::optional<Refusal> refusal_of(const ExportOptions& options);

// The steps that are shown: those asked for, or all.
Range range_of(const state::State& state, const ExportOptions& options);
// Beyond most_frames it is most_frames + 1.
std::size_t frame_count(const state::State& state, const ExportOptions& options);

struct Written {
    std::filesystem::path first, last;  // the same where it is one file
    std::size_t frames = 0;
};
// `name` may be numbered as in files::Sequence; the number is the step's, or with taps counted from 0. Throws an Error,
// or a Stopped once go_on gives false.
Written write(const std::string& name, const state::State& state, const ExportOptions& options, const GoOn& go_on = {});

// About how many bytes all files will have together, from a few frames that are made for it.
double estimated_bytes(const state::State& state, const ExportOptions& options, const GoOn& go_on = {});

}  // namespace convloom::exporting
