#include "app/exporting/export.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "app/exporting/formats.hpp"
#include "app/files/files.hpp"
#include "app/files/movie.hpp"
#include "app/files/replacement.hpp"
#include "app/paint/animation.hpp"
#include "app/paint/pdf.hpp"
#include "app/paint/png.hpp"
#include "core/state/words/title.hpp"

namespace convloom::exporting {
namespace {

using arith::Index;
using paint::Format;

void write_sequence(const files::Sequence& names, Shots& shots, const ExportOptions& options, Index first) {
    std::vector<std::unique_ptr<files::Replacement>> waiting;
    for (std::size_t n = 0; n < shots.count(); ++n) {
        const std::string bytes = paint::frame(shots.scene(n), options.format, shots.options());
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

scene::Frames frames_of(Shots& shots, const ExportOptions& options) {
    const paint::FrameOptions& o = shots.options();
    // A GIF's frames are painted for their colours, then put into its palette, which is quick where they were kept.
    constexpr double put_in = 0.3;
    const bool twice = options.format == Format::gif && !paint::gif_keeps_frames(shots.count(), o.width, o.height);
    shots.expect_passes(twice ? 2 : options.format == Format::gif ? 1 + put_in : 1);
    return {shots.count(),
            o.width,
            o.height,
            options.per_second,
            [&shots](std::size_t n) { return shots.pixels(n); },
            [&shots](std::size_t n) { shots.tell(n, put_in); },
            [&shots] { shots.ask(); },
            options.plays};
}

std::string one_file(Shots& shots, const state::State& state, const ExportOptions& options) {
    if (options.format == Format::gif) return paint::to_gif(frames_of(shots, options));
    if (options.format == Format::apng) return paint::to_apng(frames_of(shots, options));
    if (options.format == Format::webp) return paint::to_webp(frames_of(shots, options));
    paint::PdfOptions pdf = paint::page_of(shots.options());
    pdf.title = title_of(state);
    return paint::to_pdf(
        shots.count(), [&](std::size_t n) { return shots.scene(n); }, pdf);
}

std::optional<Refusal> refusal_of(const ExportOptions& o) {
    const bool animated = paint::is_animated(o.format);
    if (animated && !(o.per_second >= least_per_second && o.per_second <= most_per_second))
        return Refusal{OptionField::per_second,
                       fmt::format("From {} to {} frames a second.", least_per_second, most_per_second)};
    if (o.frame.transparent && (o.format == Format::gif || o.format == Format::mp4))
        return Refusal{OptionField::transparent,
                       fmt::format("{} has no smooth transparency; .webp, .apng, .png and .svg have.",
                                   o.format == Format::gif ? "GIF" : "MP4")};
    const long width = o.frame.width, height = o.frame.height;
    if (width < least_side_px || height < least_side_px || width * height > paint::most_pixels)
        return Refusal{OptionField::size,
                       fmt::format("Each side has {} pixels or more, and together they are at most {} million.",
                                   least_side_px, paint::most_pixels / 1'000'000)};
    const long most = o.format == Format::gif ? 65535 : 16383;
    if (animated && (width > most || height > most))
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
    if (const auto refusal = refusal_of(options)) throw Error(refusal->sentence);
    const bool one = is_one_file(options.format) && !names.numbered();
    if (names.numbered() && paint::is_animated(options.format))
        throw Error(fmt::format("{}: an animation is one file; leave the number out of its name.", name));
    std::vector<scene::Moment> moments = moments_of(state, options);
    if (!one && !names.numbered() && moments.size() > 1)
        throw Error(fmt::format("{}: several frames need a numbered name such as frame_%03d.png.", name));
    Shots shots(state, std::move(moments), options.frame, options.crop, go_on);
    Written written{names.at(0), names.at(0), shots.count()};
    if (options.format == Format::mp4) {
        files::write_mp4(written.first, frames_of(shots, options));
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

}  // namespace convloom::exporting
