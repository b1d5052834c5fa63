#include "app/exporting/export.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "app/exporting/cell_reader.hpp"
#include "app/exporting/one_file.hpp"
#include "app/exporting/page_options.hpp"
#include "app/files/files.hpp"
#include "app/files/replacement.hpp"
#include "app/paint/png.hpp"
#include "core/scene/words/language.hpp"
#include "core/state/words/title.hpp"

namespace convloom::exporting {
namespace {

using arith::Index;

void write_sequence(const files::Sequence& names, const state::State& state, Shots& shots,
                    const ExportOptions& options) {
    std::vector<std::unique_ptr<files::Replacement>> waiting;
    for (std::size_t n = 0; n < shots.count(); ++n) {
        const std::string bytes = frame(*options.format, shots.scene(n), shots.options());
        auto file = std::make_unique<files::Replacement>(names.at(file_number(state, options, n)));
        files::write(*file, bytes);
        if (options.all_or_none)
            waiting.push_back(std::move(file));
        else
            file->put_in_place(files::Replacement::Disk::not_waited_for);
    }
    for (const auto& file : waiting) file->put_in_place(files::Replacement::Disk::not_waited_for);
}

}  // namespace

std::vector<scene::Moment> moments_of(const state::State& state, const ExportOptions& options) {
    if (options.this_moment) return {state.moment};
    if (!state.shows_steps()) return {scene::Moment{}};
    return moments_of(state, steps_of(state, options), options.taps);
}

// How an animation that glides spends the time of a step: first the way from the step before, then rest.
struct Glide {
    std::size_t frames = 1, moving = 0;  // of a step
    double per_second = 1;

    explicit Glide(const ExportOptions& options) : per_second(options.per_second) {
        if (options.smooth == 0) {
            // The slowest animations stay slow: their frames would be repeated hundreds of times.
            constexpr double slowest = 0.1;
            if (options.per_second >= slowest && options.format->least_rate > options.per_second)
                frames = static_cast<std::size_t>(std::ceil(options.format->least_rate / options.per_second - 1e-9));
            per_second *= static_cast<double>(frames);
            return;
        }
        constexpr double most_moving = 0.6, longest_s = 0.5;  // of a step's time
        per_second = options.smooth;
        frames = static_cast<std::size_t>(std::max(1.0, std::round(options.smooth / options.per_second)));
        moving =
            static_cast<std::size_t>(std::min(most_moving * static_cast<double>(frames), longest_s * options.smooth));
    }
    // How far the frame is on the way from the step before; 1 at the step itself. Slow at both ends.
    double part(std::size_t frame) const {
        const std::size_t n = frame % frames;
        if (frame < frames || n >= moving) return 1;
        const double t = static_cast<double>(n + 1) / static_cast<double>(moving + 1);
        return t * t * (3 - 2 * t);
    }
};

scene::Frames frames_of(Shots& shots, const ExportOptions& options) {
    const paint::FrameOptions& o = shots.options();
    const Glide glide(options);
    const std::size_t count = shots.count() * glide.frames;
    // A step costs one frame at rest and those on the way to it.
    const double work = 1 + static_cast<double>(glide.moving),
                 again = kept_frame_work * work / static_cast<double>(glide.frames);
    const auto passes = options.format->passes;
    shots.expect_passes(work * (passes ? passes(count, o.width, o.height) : 1));
    scene::Frames frames{count,
                         o.width,
                         o.height,
                         glide.per_second,
                         [&shots](std::size_t n) { return shots.pixels(n); },
                         [&shots, glide, again](std::size_t n) { shots.tell(n / glide.frames, again); },
                         [&shots] { shots.ask(); },
                         options.plays};
    if (glide.frames > 1)
        frames.frame = [&shots, glide](std::size_t n) { return shots.pixels(n / glide.frames, glide.part(n)); };
    return frames;
}

std::string one_file(Shots& shots, const state::State& state, const ExportOptions& options) {
    const Format& format = *options.format;
    if (has_pages(format)) {
        paint::FrameOptions frame = shots.options();
        frame.per_second = options.per_second;
        frame.language = state.language;
        if (state.palette) frame.theme = &state.palette->theme;
        // As on the pages: the user's own words stay, those of a preset are translated.
        const std::string title = state.own_title ? title_of(state) : scene::tr(state.language, title_of(state));
        const auto page = [&](std::size_t n) { return shots.scene(n); };
        if (const auto* write = std::get_if<PointedWriter>(&format.writer)) {
            // Its cells are those of one layer.
            if (!options.beside.empty()) return (*write)(shots.count(), page, {}, frame, title);
            CellReader cells(state, shots.moments(), shots.steps_a_page());
            return (*write)(
                shots.count(), page, [&](std::size_t n, const scene::Scene& scene) { return cells.reading(n, scene); },
                frame, title);
        }
        return std::get<PagesWriter>(format.writer)(shots.count(), page, frame, title);
    }
    return std::get<AnimationWriter>(format.writer)(frames_of(shots, options));
}

std::optional<Refusal> refusal_of(const ExportOptions& o) {
    const Format& format = *o.format;
    if (is_animated(format) && !(o.per_second >= least_per_second && o.per_second <= most_per_second))
        return Refusal{OptionField::per_second, fmt::format("The speed must be from {} to {} frames a second.",
                                                            least_per_second, most_per_second)};
    if (o.smooth != 0 && !is_animated(format))
        return Refusal{OptionField::smooth, fmt::format("{} does not move; {} do.", format.name, listed(is_animated))};
    if (o.smooth != 0 && (o.smooth < least_smooth || o.smooth > most_smooth))
        return Refusal{OptionField::smooth,
                       fmt::format("It must be from {} to {} frames a second.", least_smooth, most_smooth)};
    if (o.smooth > format.most_smooth)
        return Refusal{OptionField::smooth,
                       fmt::format("{} counts time in hundredths of a second and shows at most {} frames a second.",
                                   format.name, format.most_smooth)};
    if (o.smooth != 0 && o.per_second > o.smooth / 2.0)
        return Refusal{
            OptionField::smooth,
            fmt::format("{} frames a second leave no time to glide at {} steps a second.", o.smooth, o.per_second)};
    if ((o.columns > 0 || !o.beside.empty()) && o.smooth != 0)
        return Refusal{OptionField::smooth, "A page of several steps does not glide."};
    for (const PageOption& option : page_options())
        if (std::string why = option.refused ? option.refused(o, format) : ""; !why.empty())
            return Refusal{OptionField::page, std::move(why), option.key};
    if (o.frame.transparent && !format.transparent)
        return Refusal{OptionField::transparent,
                       fmt::format("{} cannot store smooth transparency; {} can.", format.name,
                                   listed([](const Format& other) { return other.transparent; }))};
    if (o.frame.outlines && !format.outlines)
        return Refusal{OptionField::outlines, fmt::format("{} cannot hold texts as outlines; {} can.", format.name,
                                                          listed([](const Format& other) { return other.outlines; }))};
    if (o.frame.animated > 0 && !format.animates)
        return Refusal{OptionField::animated,
                       fmt::format("{} holds no animated picture among its pages; {} does.", format.name,
                                   listed([](const Format& other) { return other.animates; }))};
    const long width = o.frame.width, height = o.frame.height;
    if (width < least_side_px || height < least_side_px || width * height > paint::most_pixels)
        return Refusal{OptionField::size,
                       fmt::format("Each side must be {} pixels or more, and the page at most {} million pixels.",
                                   least_side_px, paint::most_pixels / 1'000'000)};
    const long most = format.most_side_px;
    if (most > 0 && (width > most || height > most))
        return Refusal{OptionField::size, fmt::format("This format holds at most {} pixels a side.", most)};
    return std::nullopt;
}

Steps steps_of(const state::State& state, const ExportOptions& options) {
    if (options.this_moment) return Range{state.moment.step, state.moment.step};
    if (!state.shows_steps()) return Range{0, 0};
    return options.steps.empty() ? Steps(Range{0, places_of(state).step_count() - 1}) : options.steps;
}

std::size_t frame_count(const state::State& state, const ExportOptions& options) {
    if (options.this_moment || !state.shows_steps()) return 1;
    const std::size_t moments = moment_count(state, steps_of(state, options), options.taps);
    return moments > most_frames ? moments : (moments + options.steps_a_page() - 1) / options.steps_a_page();
}

scene::Moment moment_at(const state::State& state, const ExportOptions& options, std::size_t n) {
    if (options.this_moment || !state.shows_steps()) return state.moment;
    const Steps steps = steps_of(state, options);
    // With single products: counted step by step, since steps at the border may have fewer.
    std::optional<arith::Recording> recording;
    if (options.taps) recording.emplace(places_of(state));
    for (const Range& run : steps.runs) {
        const auto length = static_cast<std::size_t>(run.last - run.first + 1);
        if (!recording && n < length) return {run.first + static_cast<Index>(n), scene::Moment::whole_window};
        if (!recording) n -= length;
        for (Index step = run.first; recording && step <= run.last; ++step) {
            const auto count = static_cast<std::size_t>(recording->tap_count(recording->step(step)));
            if (n <= count) return {step, n == count ? scene::Moment::whole_window : static_cast<Index>(n)};
            n -= count + 1;
        }
    }
    return {steps.last(), scene::Moment::whole_window};
}

Index file_number(const state::State& state, const ExportOptions& options, std::size_t n) {
    if (options.columns > 0 || (options.taps && !options.this_moment)) return static_cast<Index>(n);
    return options.this_moment || state.shows_steps() ? moment_at(state, options, n).step : 0;
}

namespace {

void check_count(const Shots& shots, const ExportOptions& options) {
    if (is_animated(*options.format) && shots.count() > most_frames / Glide(options).frames)
        throw Error(fmt::format("More than {} frames; choose a range of steps.", most_frames));
}

}  // namespace

Written write(const std::string& name, const state::State& state, const ExportOptions& options, const GoOn& go_on) {
    const files::Sequence names(name);
    const Format& format = *options.format;
    if (const auto refusal = refusal_of(options)) throw Error(refusal->sentence);
    const bool one = is_one_file(format) && !names.numbered();
    if (names.numbered() && is_animated(format))
        throw Error(fmt::format("{}: an animation is one file; its name must not hold a frame number.", name));
    Shots shots(state, moments_of(state, options), options.frame, options, go_on);
    if (!one && !names.numbered() && shots.count() > 1)
        throw Error(fmt::format("{}: several frames need a numbered name such as frame_%03d.png.", name));
    check_count(shots, options);
    Written written{names.at(0), names.at(0), shots.count()};
    if (const auto* movie = std::get_if<MovieWriter>(&format.writer)) {
        (*movie)(written.first, frames_of(shots, options));
    } else if (one) {
        files::write(written.first, one_file(shots, state, options));
    } else {
        write_sequence(names, state, shots, options);
        written.first = names.at(file_number(state, options, 0));
        written.last = names.at(file_number(state, options, shots.count() - 1));
    }
    return written;
}

bool is_one_text(const Format& format, std::size_t frames) {
    return format.is_text && (has_pages(format) || frames == 1);
}

std::string bytes(const state::State& state, const ExportOptions& options, const GoOn& go_on) {
    const Format& format = *options.format;
    if (const auto refusal = refusal_of(options)) throw Error(refusal->sentence);
    if (std::holds_alternative<MovieWriter>(format.writer))
        throw Error(fmt::format("{} is written by the program {}, which needs a file.", format.name, format.program));
    Shots shots(state, moments_of(state, options), options.frame, options, go_on);
    check_count(shots, options);
    if (is_one_file(format)) return one_file(shots, state, options);
    if (shots.count() > 1)
        throw Error(fmt::format("{} holds one frame, not {}; choose a step.", format.name, shots.count()));
    return frame(format, shots.scene(0), shots.options());
}

}  // namespace convloom::exporting
