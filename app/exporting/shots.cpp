#include "app/exporting/shots.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/paint/png.hpp"
#include "core/scene/measure/bounds.hpp"
#include "core/scene/page/tween.hpp"

namespace convloom::exporting {

using arith::Index;

// Cost of finding where a frame draws, relative to drawing it: about a twentieth.
constexpr double looking = 0.05;

std::size_t moment_count(const state::State& state, Range range, bool taps) {
    const auto steps = static_cast<std::size_t>(range.last - range.first + 1);
    if (!taps || steps > most_frames) return std::min(steps, most_frames + 1);
    const arith::Recording recording = places_of(state);
    std::size_t count = 0;
    for (Index step = range.first; step <= range.last && count <= most_frames; ++step)
        count += 1 + static_cast<std::size_t>(recording.tap_count(recording.step(step)));
    return std::min(count, most_frames + 1);
}

std::vector<scene::Moment> moments_of(const state::State& state, Range range, bool taps) {
    const std::size_t frames = moment_count(state, range, taps);
    if (frames > most_frames) throw Error(fmt::format("More than {} frames; choose a range of steps.", most_frames));
    std::vector<scene::Moment> moments;
    moments.reserve(frames);
    const arith::Recording recording = places_of(state);
    for (Index step = range.first; step <= range.last; ++step) {
        const Index count = taps ? recording.tap_count(recording.step(step)) : 0;
        for (Index tap = 0; tap < count; ++tap) moments.push_back({step, tap});
        moments.push_back({step, scene::Moment::whole_window});
    }
    return moments;
}

Shots::Shots(state::State state, std::vector<scene::Moment> moments, paint::FrameOptions options, bool crop, GoOn go_on)
    : state_(std::move(state)), moments_(std::move(moments)), options_(options),
      page_(scene::page_for(options.width, options.height)), go_on_(std::move(go_on)) {
    if (moments_.size() > 1) state_.input_cell.reset();  // a sequence of steps shows the cells of those steps
    expect_passes(1);
    if (!crop) return;
    whole_ += looking * static_cast<double>(count());
    weight_ = looking;
    cut_to_figure();
    weight_ = 1;
}

void Shots::tell(std::size_t n, double weight) {
    now_ = n;
    ask();
    done_ += weight;
}

void Shots::ask() const {
    if (go_on_ && !go_on_({now_, count(), weight_ < 1, std::min(done_ / std::max(whole_, 1e-9), 1.0)})) throw Stopped();
}

scene::Scene Shots::scene(std::size_t n) {
    tell(n);
    return composed(n);
}

scene::Scene Shots::composed(std::size_t n) {
    if (state_.shows_steps()) state_.moment = moments_[n];
    scene::Scene scene = scenes_.scene(state_, page_);
    return box_.width > 0 ? scene::cropped(scene, box_) : scene;
}

scene::Pixels Shots::pixels(std::size_t n) {
    return paint::to_pixels(scene(n), {options_.width, options_.height, options_.transparent});
}

scene::Pixels Shots::pixels(std::size_t n, double part) {
    if (part >= 1 || n == 0) {
        if (!at_rest_ || at_rest_->first != n) at_rest_.emplace(n, pixels(n));
        ask();
        return at_rest_->second;
    }
    tell(n);
    const scene::Scene earlier = composed(n - 1), later = composed(n);
    const bool near = scene::is_near(earlier, later);
    return paint::to_pixels(near ? scene::between(earlier, later, part) : later,
                            {options_.width, options_.height, options_.transparent});
}

void Shots::cut_to_figure() {
    scene::Rect box;
    for (std::size_t n = 0; n < count(); ++n) box = scene::around(box, scene::bounds(scene(n)));
    constexpr double margin = scene::unit_px;
    box_ = {box.x - margin, box.y - margin, box.width + 2 * margin, box.height + 2 * margin};
    // As large as the size that was asked for allows.
    const double scale = std::min(options_.width / box_.width, options_.height / box_.height);
    options_.width = std::max(16, static_cast<int>(box_.width * scale + 0.5));
    options_.height = std::max(16, static_cast<int>(box_.height * scale + 0.5));
}

}  // namespace convloom::exporting
