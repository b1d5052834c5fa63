#include "app/exporting/formats.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "app/exporting/pptx.hpp"
#include "app/files/movie.hpp"
#include "app/paint/animation.hpp"
#include "app/paint/png.hpp"
#include "app/paint/svg.hpp"
#include "app/paint/tikz/tikz.hpp"
#include "app/paint/xml.hpp"
#include "core/state/base/error.hpp"

namespace convloom::exporting {
namespace {

std::string write_svg(const scene::Scene& scene, const paint::FrameOptions& o) {
    return paint::to_svg(scene, {o.width, o.height, o.transparent, o.dpi, o.outlines});
}

std::string write_png(const scene::Scene& scene, const paint::FrameOptions& o) {
    return paint::to_png(scene, {o.width, o.height, o.transparent, o.dpi});
}

std::string write_pdf(std::size_t pages, const PageOf& page, const paint::FrameOptions& o, const std::string& title) {
    paint::PdfOptions pdf = paint::page_of(o);
    pdf.title = title;
    return paint::to_pdf(pages, page, pdf);
}

std::string write_html(std::size_t pages, const PageOf& page, const paint::ReadingOf& reading,
                       const paint::FrameOptions& o, const std::string& title) {
    return paint::to_html(pages, page, {o.width, o.height, o.per_second, o.language, title}, reading);
}

// As wide as the text of a page if no size on paper is given.
std::string write_tikz(std::size_t pages, const PageOf& page, const paint::FrameOptions& o, const std::string& title) {
    constexpr double usual_cm = 16, cm_per_inch = 2.54;
    const double cm = o.dpi > 0 ? cm_per_inch / o.dpi : usual_cm / o.width;
    return paint::to_tikz(pages, page, {o.width * cm, o.height * cm, o.transparent, title, o.theme});
}

// Frames are rendered for their colours, then mapped to the common palette, which is fast if they were kept.
double passes_of_gif(std::size_t frames, int width, int height) {
    return paint::gif_keeps_frames(frames, width, height) ? 1 + kept_frame_work : 2;
}

constexpr Format table[] = {
    {.name = "SVG",
     .ending = ".svg",
     .says = "Vector lines and real text, sharp at every size: for documents and the web.",
     .writer = write_svg,
     .outlines = true,
     .is_text = true,
     .for_slides = true},
    {.name = "PNG",
     .ending = ".png",
     .says = "Pixels: for slides and anything else.",
     .writer = write_png,
     .for_slides = true},
    {.name = "PDF",
     .ending = ".pdf",
     .says = "One document, a page for every frame.",
     .writer = write_pdf,
     .for_slides = true},
    {.name = "TikZ",
     .ending = ".tex",
     .says = "LaTeX source of vector pictures with real text, to compile alone or to put into a paper.",
     .writer = write_tikz,
     .is_text = true},
    {.name = "PowerPoint",
     .ending = ".pptx",
     .says = "A slide for every frame, with shapes and texts that can be edited: for PowerPoint, Impress and Keynote.",
     .writer = write_pptx,
     .animates = true,
     .for_slides = true,
     .deck = to_pptx},
    {.name = "HTML",
     .ending = ".html",
     .says = "One page that steps by keys, taps and a slider, with nothing beside it: for courses, blogs and e-mail.",
     .writer = write_html,
     .transparent = false,
     .is_text = true,
     .for_slides = false},
    {.name = "GIF",
     .ending = ".gif",
     .says = "An animation that plays everywhere, in up to 256 colours.",
     .writer = paint::to_gif,
     .most_side_px = 65535,
     .transparent = false,
     .says_plays = true,
     .most_smooth = 50,
     .for_slides = true,
     .passes = passes_of_gif},
    {.name = "APNG",
     .ending = ".apng",
     .says = "An animation in all colours, for the web.",
     .writer = paint::to_apng,
     .most_side_px = 16383,
     .says_plays = true},
    {.name = "WebP",
     .ending = ".webp",
     .says = "A small animation in all colours, for the web.",
     .writer = paint::to_webp,
     .most_side_px = 16383,
     .says_plays = true},
    {.name = "MP4",
     .ending = ".mp4",
     .says = "A video, for slides and video sites.",
     .writer = files::write_mp4,
     .most_side_px = 16383,
     .transparent = false,
     .least_rate = 24,
     .program = "ffmpeg"},
};

}  // namespace

std::span<const Format> formats() {
    return table;
}

const Format* format_of(std::string_view file_name) {
    const auto dot = file_name.rfind('.');
    if (dot == std::string_view::npos) return nullptr;
    std::string ending(file_name.substr(dot));
    std::transform(ending.begin(), ending.end(), ending.begin(), [](unsigned char c) { return std::tolower(c); });
    for (const Format& format : table)
        if (ending == format.ending) return &format;
    return nullptr;
}

bool is_animated(const Format& format) {
    return std::holds_alternative<AnimationWriter>(format.writer) || std::holds_alternative<MovieWriter>(format.writer);
}

bool has_pages(const Format& format) {
    return std::holds_alternative<PagesWriter>(format.writer) || std::holds_alternative<PointedWriter>(format.writer);
}

bool is_one_file(const Format& format) {
    return is_animated(format) || has_pages(format);
}

std::string listed(bool (*holds)(const Format&), std::string_view last) {
    std::vector<std::string_view> endings;
    for (const Format& format : table)
        if (holds(format)) endings.emplace_back(format.ending);
    std::string text;
    for (std::size_t n = 0; n < endings.size(); ++n)
        text += fmt::format("{}{}", n == 0 ? "" : n + 1 == endings.size() ? last : ", ", endings[n]);
    return text;
}

std::string frame(const Format& format, const scene::Scene& scene, const paint::FrameOptions& options) {
    if (const auto* write = std::get_if<StillWriter>(&format.writer)) return (*write)(scene, options);
    if (const auto* write = std::get_if<PagesWriter>(&format.writer))
        return (*write)(
            1, [&](std::size_t) { return scene; }, options, paint::heading_of(scene));
    if (const auto* write = std::get_if<PointedWriter>(&format.writer))
        return (*write)(
            1, [&](std::size_t) { return scene; }, {}, options, "");
    throw Error(fmt::format("{} is a format for animations, not for single frames.", format.name));
}

}  // namespace convloom::exporting
