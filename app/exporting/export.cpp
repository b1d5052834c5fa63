#include "app/exporting/export.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "app/exporting/cell_reader.hpp"
#include "app/exporting/one_file.hpp"
#include "app/files/files.hpp"
#include "app/files/replacement.hpp"
#include "app/paint/png.hpp"
#include "core/scene/words/language.hpp"
#include "core/state/words/title.hpp"

namespace convloom::exporting {
namespace {

using arith::Index;

void write_sequence(const files::Sequence& names, Shots& shots, const ExportOptions& options, Index first) {
    std::vector<std::unique_ptr<files::Replacement>> waiting;
    for (std::size_t n = 0; n < shots.count(); ++n) {
        const std::string bytes = frame(*options.format, shots.scene(n), shots.options());
        auto file = std::make_unique<files::Replacement>(names.at(first + static_cast<Index>(n)));
        files::write(*file, bytes);
        if (options.all_or_none)
            waiting.push_back(std::move(file));
        else
            file->put_in_place();
    }
    for (const auto& file : waiting) file->put_in_place();
}

}  // namespace

std::vector<scene::Moment> moments_of(const state::State& state, const ExportOptions& options) {
    if (options.this_moment) return {state.moment};
    if (!state.shows_steps()) return {scene::Moment{}};
    return moments_of(state, range_of(state, options), options.taps);
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
        // As on the pages: the user's own words stay, those of a preset are translated.
        const std::string title = state.own_title ? title_of(state) : scene::tr(state.language, title_of(state));
        const auto page = [&](std::size_t n) { return shots.scene(n); };
        if (const auto* write = std::get_if<PointedWriter>(&format.writer)) {
            CellReader cells(state, shots.moments());
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

Range range_of(const state::State& state, const ExportOptions& options) {
    if (options.this_moment) return {state.moment.step, state.moment.step};
    if (!state.shows_steps()) return {0, 0};
    return options.steps ? *options.steps : Range{0, places_of(state).step_count() - 1};
}

std::size_t frame_count(const state::State& state, const ExportOptions& options) {
    if (options.this_moment || !state.shows_steps()) return 1;
    return moment_count(state, range_of(state, options), options.taps);
}

Written write(const std::string& name, const state::State& state, const ExportOptions& options, const GoOn& go_on) {
    const files::Sequence names(name);
    const Format& format = *options.format;
    if (const auto refusal = refusal_of(options)) throw Error(refusal->sentence);
    const bool one = is_one_file(format) && !names.numbered();
    if (names.numbered() && is_animated(format))
        throw Error(fmt::format("{}: an animation is one file; its name must not hold a frame number.", name));
    std::vector<scene::Moment> moments = moments_of(state, options);
    if (!one && !names.numbered() && moments.size() > 1)
        throw Error(fmt::format("{}: several frames need a numbered name such as frame_%03d.png.", name));
    if (is_animated(format) && moments.size() > most_frames / Glide(options).frames)
        throw Error(fmt::format("More than {} frames; choose a range of steps.", most_frames));
    Shots shots(state, std::move(moments), options.frame, options.crop, go_on);
    Written written{names.at(0), names.at(0), shots.count()};
    if (const auto* movie = std::get_if<MovieWriter>(&format.writer)) {
        (*movie)(written.first, frames_of(shots, options));
    } else if (one) {
        files::write(written.first, one_file(shots, state, options));
    } else {
        const Index first = options.taps && !options.this_moment ? 0 : range_of(state, options).first;
        write_sequence(names, shots, options, first);
        written.first = names.at(first);
        written.last = names.at(first + static_cast<Index>(shots.count()) - 1);
    }
    return written;
}

bool is_one_text(const Format& format, std::size_t frames) {
    return format.is_text && (has_pages(format) || frames == 1);
}

std::string text_of(const state::State& state, const ExportOptions& options, const GoOn& go_on) {
    if (const auto refusal = refusal_of(options)) throw Error(refusal->sentence);
    Shots shots(state, moments_of(state, options), options.frame, options.crop, go_on);
    if (!is_one_text(*options.format, shots.count()))
        throw Error(fmt::format("{} is not one text.", options.format->name));
    return is_one_file(*options.format) ? one_file(shots, state, options)
                                        : frame(*options.format, shots.scene(0), shots.options());
}

}  // namespace convloom::exporting
