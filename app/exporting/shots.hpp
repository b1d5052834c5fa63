// The frames of a State, one by one: the moments they show, and each as a Scene or as pixels.
//
// The command line and the window both export through here, so that the same options give the same bytes. It does not
// know the command line and prints nothing; the caller is told of every frame and can stop.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/exporting/beside.hpp"
#include "app/paint/frame.hpp"
#include "core/scene/notes/ghosts.hpp"
#include "core/scene/notes/notes.hpp"
#include "core/scene/page/geometry.hpp"
#include "core/scene/slide/grid_page.hpp"
#include "core/state/base/error.hpp"
#include "core/state/shown/scene_of.hpp"

namespace convloom::exporting {

// Steps, both ends included.
struct Range {
    arith::Index first = 0, last = 0;
    friend bool operator==(const Range&, const Range&) = default;
};

// Runs of steps in ascending order, without overlap; none stand for all steps.
struct Steps {
    std::vector<Range> runs;
    Steps() = default;
    Steps(Range run) : runs{run} {}  // NOLINT: a range is the usual choice
    bool empty() const { return runs.empty(); }
    arith::Index last() const { return runs.back().last; }
    friend bool operator==(const Steps&, const Steps&) = default;
};
// "4", "0..8", "0,4,8" or "0-3,8"; nothing if it is not written like that.
std::optional<Steps> steps_written(std::string_view text);
// Whether the runs are as Steps says, and within a number of steps.
bool are_steps(const Steps& steps, arith::Index count);

constexpr std::size_t most_frames = 1'000'000;

// Whole windows, or with taps every product and then the whole window. Stops counting beyond most_frames.
std::size_t moment_count(const state::State& state, const Steps& steps, bool taps);
// Throws an Error beyond most_frames.
std::vector<scene::Moment> moments_of(const state::State& state, const Steps& steps, bool taps);

// What becomes of a step's Scene before it is drawn.
struct PageLook {
    bool crop = false;  // cut to the part that any frame draws on, at the scale of the whole page
    bool hide_title = false, hide_parameters = false, hide_step = false;
    double text_scale = 1;    // of texts that have room for it
    std::string caption;      // below the figure; none if empty
    Steps ghosts;             // whose windows are outlined too
    bool all_ghosts = false;  // those of every step
    std::vector<scene::Note> notes;
    std::vector<Beside> beside;  // figures on the same page, each with a letter
    int columns = 0, rows = 0;   // of a grid of steps on each page; 0 for a step on each
    std::size_t steps_a_page() const {
        return columns > 0 && rows > 0 ? static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows) : 1;
    }
    friend bool operator==(const PageLook&, const PageLook&) = default;
};

// The page that a figure is laid out on.
scene::PageSize layout_page_of(const paint::FrameOptions& options, scene::View view);

struct Progress {
    std::size_t frame = 0, count = 0;  // the next frame, and the number of frames
    bool looking = false;              // frames are only examined for cropping
    double part = 0;                   // of the whole work, from 0 to 1; some exports look at each frame twice. 1 while
                                       // another program finishes what it was given
};
// Called before each frame; returning false ends the export with a Stopped.
using GoOn = std::function<bool(const Progress&)>;

class Stopped : public Error {
  public:
    Stopped() : Error("Stopped. Unfinished files were removed; existing files are unchanged.") {}
};

class Shots {
  public:
    Shots(state::State state, std::vector<scene::Moment> moments, paint::FrameOptions options, PageLook look,
          GoOn go_on = {});

    std::size_t count() const { return (moments_.size() + look_.steps_a_page() - 1) / look_.steps_a_page(); }
    const std::vector<scene::Moment>& moments() const { return moments_; }
    std::size_t steps_a_page() const { return look_.steps_a_page(); }
    scene::Scene scene(std::size_t n);
    scene::Pixels pixels(std::size_t n);
    // On the way from the frame before to frame n: `part` is 1 at frame n itself. A picture at rest is painted once.
    scene::Pixels pixels(std::size_t n, double part);
    // With the size after cropping.
    const paint::FrameOptions& options() const { return options_; }
    // How often all frames will be requested again, for Progress::part.
    void expect_passes(double passes) { whole_ = done_ + passes * static_cast<double>(count()); }
    // Asks whether to continue, while other work runs.
    void ask() const;
    // Reports that a frame is in work; scene() and pixels() do so themselves.
    void tell(std::size_t n) { tell(n, weight_); }
    // The same for a frame that takes `weight` times as long as painting one.
    void tell(std::size_t n, double weight);

  private:
    scene::Scene composed(std::size_t n);
    scene::Scene step(std::size_t moment);
    scene::Scene grid_page(std::size_t page);
    void cut_to_figure();
    void look_at_figures();
    scene::Scene plain_step(const scene::Moment& moment);
    void prepare_marks();

    PageLook look_;
    scene::Rect box_;         // of the page that is shown, if it is not all
    scene::Rect figure_box_;  // of the figures in a grid
    scene::GridPage grid_;    // its shape
    std::vector<scene::Ghost> ghosts_;
    scene::NotePlaces notes_;
    BesidePages beside_;
    double readable_ = 0;  // the least size of a text on paper, in units of the page; 0 for a picture in pixels
    state::SceneMaker scenes_;
    state::State state_;
    std::vector<scene::Moment> moments_;
    paint::FrameOptions options_;
    scene::PageSize page_;
    GoOn go_on_;
    std::optional<std::pair<std::size_t, scene::Pixels>> at_rest_;  // the latest, with its frame
    std::size_t now_ = 0;                                           // the frame in work
    double done_ = 0, whole_ = 1, weight_ = 1;  // of the work, in frames; weight_ is of the one that is asked for next
};

}  // namespace convloom::exporting
