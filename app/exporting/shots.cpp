#include "app/exporting/shots.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/exporting/page_options.hpp"
#include "app/paint/png.hpp"
#include "core/scene/looks/paper_page.hpp"
#include "core/scene/measure/bounds.hpp"
#include "core/scene/page/tween.hpp"
#include "core/scene/slide/figure.hpp"
#include "core/scene/slide/grid_page.hpp"
#include "core/scene/slide/larger_labels.hpp"
#include "core/scene/slide/slide.hpp"

namespace convloom::exporting {

using arith::Index;

// Cost of finding where a frame draws, relative to drawing it: about a twentieth.
constexpr double looking = 0.05;

std::optional<Steps> steps_written(std::string_view text) {
    Steps steps;
    const auto number = [&text]() -> std::optional<Index> {
        Index value = 0;
        std::size_t digits = 0;
        for (; digits < text.size() && text[digits] >= '0' && text[digits] <= '9'; ++digits)
            if (digits < 17) value = 10 * value + (text[digits] - '0');
        text.remove_prefix(digits);
        return digits > 0 && digits < 18 ? std::optional(value) : std::nullopt;
    };
    const auto taken = [&text](std::string_view sign) {
        const bool begins = text.starts_with(sign);
        if (begins) text.remove_prefix(sign.size());
        return begins;
    };
    do {
        const auto first = number();
        const auto last = taken("..") || taken("-") ? number() : first;
        if (!first || !last) return std::nullopt;
        steps.runs.push_back({*first, *last});
    } while (taken(","));
    return text.empty() ? std::optional(steps) : std::nullopt;
}

bool are_steps(const Steps& steps, Index count) {
    Index next = 0;
    for (const Range& run : steps.runs) {
        if (run.first < next || run.last < run.first) return false;
        next = run.last + 1;
    }
    return next <= count;
}

std::size_t moment_count(const state::State& state, const Steps& steps, bool taps) {
    std::size_t count = 0;
    for (const Range& run : steps.runs) {
        if (run.last - run.first >= static_cast<Index>(most_frames)) return most_frames + 1;
        count += static_cast<std::size_t>(run.last - run.first + 1);
        if (count > most_frames) return most_frames + 1;
    }
    if (!taps) return count;
    const arith::Recording recording = places_of(state);
    for (const Range& run : steps.runs)
        for (Index step = run.first; step <= run.last && count <= most_frames; ++step)
            count += static_cast<std::size_t>(recording.tap_count(recording.step(step)));
    return std::min(count, most_frames + 1);
}

std::vector<scene::Moment> moments_of(const state::State& state, const Steps& steps, bool taps) {
    const std::size_t frames = moment_count(state, steps, taps);
    if (frames > most_frames) throw Error(fmt::format("More than {} frames; choose a range of steps.", most_frames));
    std::vector<scene::Moment> moments;
    moments.reserve(frames);
    const arith::Recording recording = places_of(state);
    for (const Range& run : steps.runs)
        for (Index step = run.first; step <= run.last; ++step) {
            const Index count = taps ? recording.tap_count(recording.step(step)) : 0;
            for (Index tap = 0; tap < count; ++tap) moments.push_back({step, tap});
            moments.push_back({step, scene::Moment::whole_window});
        }
    return moments;
}

namespace {

double width_on_paper(const paint::FrameOptions& o) {
    return o.width / o.dpi * scene::points_per_inch;
}

// On paper its own texts are readable too.
scene::GridPage grid_page_of(const paint::FrameOptions& o) {
    scene::GridPage page = scene::grid_page_of_shape(o.width, o.height);
    if (!o.on_paper) return page;
    constexpr double narrowest = 400;
    const double scale = std::min(
        1.0,
        std::max(scene::small_size / scene::readable_on_paper(page.width, width_on_paper(o)), narrowest / page.width));
    page.width *= scale;
    page.height *= scale;
    page.readable = scene::readable_on_paper(page.width, width_on_paper(o));
    return page;
}

}  // namespace

scene::PageSize layout_page_of(const paint::FrameOptions& o, scene::View view) {
    return o.on_paper ? scene::paper_page_for(view, width_on_paper(o), width_on_paper(o) * o.height / o.width)
                      : scene::page_for(o.width, o.height);
}

Shots::Shots(state::State state, std::vector<scene::Moment> moments, paint::FrameOptions options, PageLook look,
             GoOn go_on)
    : look_(std::move(look)), state_(std::move(state)), moments_(std::move(moments)), options_(options),
      page_(layout_page_of(options, state_.view)), go_on_(std::move(go_on)) {
    if (moments_.size() > 1) state_.input_cell.reset();  // a sequence of steps shows the cells of those steps
    expect_passes(1);
    if (options_.on_paper) readable_ = scene::readable_on_paper(page_.width, width_on_paper(options_));
    prepare_marks();
    if (!look_.beside.empty()) {
        const scene::GridPage page = grid_page_of(options_);
        beside_ =
            BesidePages(state_, look_.beside, moments_, {page.width, page.height, false, look_.caption, page.readable});
    }
    if (!look_.crop && look_.columns == 0) return;
    whole_ += looking * static_cast<double>(count());
    weight_ = looking;
    if (look_.columns > 0) {
        grid_ = grid_page_of(options_);
        grid_.columns = look_.columns;
        grid_.rows = look_.rows;
        grid_.caption = look_.caption;
        look_at_figures();
    }
    if (look_.crop) cut_to_figure();
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

scene::Scene Shots::plain_step(const scene::Moment& moment) {
    if (state_.shows_steps()) state_.moment = moment;
    // The figures of a grid are a slide's, which the page then places.
    return scenes_.scene(state_, look_.columns > 0 ? scene::PageSize{} : page_);
}

void Shots::prepare_marks() {
    if (const std::string why = page_refused(look_, state_); !why.empty()) throw Error(why);
    const arith::Recording places = places_of(state_);
    if (look_.all_ghosts) look_.ghosts = Range{0, places.step_count() - 1};
    for (const Range& run : look_.ghosts.runs)
        for (Index step = run.first; step <= run.last; ++step) {
            ghosts_.push_back(scene::ghost_of(plain_step({step, scene::Moment::whole_window}), step));
            if (ghosts_.back().outlines.empty())
                throw Error(fmt::format("Ghosts: the view {} marks no window.", name_of(state_.view)));
        }
    if (look_.notes.empty()) return;
    // The same steps whatever is exported, so that a note has one place in all pictures of a layer.
    constexpr Index most_scenes = 32;
    std::vector<scene::Scene> scenes;
    std::vector<scene::Shown> shown;
    const Index count = std::min(places.step_count(), most_scenes);
    for (Index n = 0; n < count; ++n) {
        const Index step = count == 1 ? 0 : n * (places.step_count() - 1) / (count - 1);
        scenes.push_back(
            with_ghosts(plain_step({step, scene::Moment::whole_window}), ghosts_, step, colors_of(state_)));
        shown.push_back(shown_of(state_));
    }
    notes_ = scene::NotePlaces(look_.notes, scenes, shown);
    for (std::size_t n = 0; n < look_.notes.size(); ++n)
        if (!notes_.found(n))
            throw Error(fmt::format("The note “{}”: the view {} does not show its cell.", look_.notes[n].text,
                                    name_of(state_.view)));
}

scene::Scene Shots::step(std::size_t moment) {
    scene::Scene scene = plain_step(moments_[moment]);
    if (!ghosts_.empty()) scene = with_ghosts(std::move(scene), ghosts_, state_.moment.step, colors_of(state_));
    if (!look_.notes.empty()) scene = notes_.apply(std::move(scene), shown_of(state_), colors_of(state_));
    if (look_.hide_title || look_.hide_parameters || look_.hide_step)
        scene = scene::without_marks(std::move(scene), [this](scene::Mark mark) {
            return (look_.hide_title && mark == scene::Mark::title) ||
                   (look_.hide_parameters && mark == scene::Mark::parameters) ||
                   (look_.hide_step && mark == scene::Mark::moment);
        });
    if (readable_ > 0 && look_.columns == 0) {
        constexpr double margin = 3 * scene::unit_px;
        scene::enlarge_labels(scene.planes, {margin, margin, scene.width - 2 * margin, scene.height - 2 * margin},
                              readable_, 0, 0);
    }
    if (look_.text_scale > 1) scene::scale_labels(scene.planes, {0, 0, scene.width, scene.height}, look_.text_scale);
    return scene;
}

scene::Scene Shots::grid_page(std::size_t page) {
    std::vector<scene::GridFigure> figures;
    const std::size_t first = page * look_.steps_a_page();
    for (std::size_t n = first; n < std::min(first + look_.steps_a_page(), moments_.size()); ++n) {
        scene::Scene figure = step(n);
        std::string label = scene::head_text(figure, scene::Mark::moment);
        figures.push_back({std::move(figure), std::move(label)});
    }
    return scene::compose_grid(grid_, std::move(figures), figure_box_, view_options_of(state_));
}

scene::Scene Shots::composed(std::size_t n) {
    if (look_.columns > 0) {
        scene::Scene page = grid_page(n);
        return box_.width > 0 ? scene::cropped(std::move(page), box_) : page;
    }
    if (beside_) {
        scene::Scene page = beside_.page(n);
        return box_.width > 0 ? scene::cropped(std::move(page), box_) : page;
    }
    scene::Scene scene = step(n);
    if (box_.width > 0)
        scene = scene::captioned_below(scene::cropped(std::move(scene), box_), look_.caption, colors_of(state_));
    else
        scene = scene::captioned(std::move(scene), look_.caption, colors_of(state_));
    return scene;
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

void Shots::look_at_figures() {
    const scene::Scene first = step(0);
    grid_.title = scene::head_text(first, scene::Mark::title);
    grid_.parameters = scene::head_text(first, scene::Mark::parameters);
    const auto around_all = [this](const auto& box_of) {
        scene::Rect box;
        for (std::size_t n = 0; n < moments_.size(); ++n) {
            tell(n / look_.steps_a_page(), weight_ / static_cast<double>(2 * look_.steps_a_page()));
            box = scene::around(box, box_of(step(n)));
        }
        return box;
    };
    figure_box_ = around_all([](const scene::Scene& figure) { return scene::figure_box(figure); });
    // Without labels that cannot be read there the figures become larger.
    figure_box_ =
        around_all([this](const scene::Scene& figure) { return scene::readable_box(grid_, figure, figure_box_); });
}

void Shots::cut_to_figure() {
    const bool grid = look_.columns > 0;
    constexpr double margin = scene::unit_px;
    scene::Rect box;
    for (std::size_t n = 0; n < count(); ++n) {
        tell(n);
        box = scene::around(box, scene::bounds(grid ? grid_page(n) : beside_ ? beside_.page(n) : step(n)));
    }
    box_ = {box.x - margin, box.y - margin, box.width + 2 * margin, box.height + 2 * margin};
    // As large as the size that was asked for allows.
    const scene::Scene page = composed(0);
    const double scale = std::min(options_.width / page.width, options_.height / page.height);
    options_.width = std::max(16, static_cast<int>(page.width * scale + 0.5));
    options_.height = std::max(16, static_cast<int>(page.height * scale + 0.5));
}

}  // namespace convloom::exporting
