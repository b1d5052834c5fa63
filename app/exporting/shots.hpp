// The frames of a State, one by one: the moments they show, and each as a Scene or as pixels.
//
// The command line and the window both export through here, so that the same options give the same bytes. It does not
// know the command line and prints nothing; the caller is told of every frame and can stop.
#pragma once
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "app/paint/frame.hpp"
#include "core/scene/page/geometry.hpp"
#include "core/state/base/error.hpp"
#include "core/state/shown/scene_of.hpp"

namespace convloom::exporting {

// Steps, both ends included.
struct Range {
    arith::Index first = 0, last = 0;
    friend bool operator==(const Range&, const Range&) = default;
};

constexpr std::size_t most_frames = 1'000'000;

// Whole windows, or with taps every product and then the whole window. Stops counting beyond most_frames.
std::size_t moment_count(const state::State& state, Range range, bool taps);
// Throws an Error beyond most_frames.
std::vector<scene::Moment> moments_of(const state::State& state, Range range, bool taps);

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
    // `crop` cuts to the part of the page that any frame draws on, at the scale of the whole page.
    Shots(state::State state, std::vector<scene::Moment> moments, paint::FrameOptions options, bool crop,
          GoOn go_on = {});

    std::size_t count() const { return moments_.size(); }
    const std::vector<scene::Moment>& moments() const { return moments_; }
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
    void cut_to_figure();

    scene::Rect box_;
    state::SceneMaker scenes_;
    state::State state_;
    std::vector<scene::Moment> moments_;
    paint::FrameOptions options_;
    GoOn go_on_;
    std::optional<std::pair<std::size_t, scene::Pixels>> at_rest_;  // the latest, with its frame
    std::size_t now_ = 0;                                           // the frame in work
    double done_ = 0, whole_ = 1, weight_ = 1;  // of the work, in frames; weight_ is of the one that is asked for next
};

}  // namespace convloom::exporting
