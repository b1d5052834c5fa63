#include "app/paint/frame.hpp"

#include <algorithm>
#include <cctype>

#include "app/paint/png.hpp"
#include "app/paint/svg.hpp"

namespace convloom::paint {

std::optional<Format> format_of(std::string_view file_name) {
    const auto dot = file_name.rfind('.');
    if (dot == std::string_view::npos) return std::nullopt;
    std::string ending(file_name.substr(dot + 1));
    std::transform(ending.begin(), ending.end(), ending.begin(), [](unsigned char c) { return std::tolower(c); });
    constexpr std::pair<std::string_view, Format> formats[] = {
        {"png", Format::png},   {"svg", Format::svg},   {"pdf", Format::pdf}, {"gif", Format::gif},
        {"apng", Format::apng}, {"webp", Format::webp}, {"mp4", Format::mp4}};
    for (const auto& [name, format] : formats)
        if (name == ending) return format;
    return std::nullopt;
}

bool is_animated(Format format) {
    return format == Format::gif || format == Format::apng || format == Format::webp || format == Format::mp4;
}

PdfOptions page_of(const FrameOptions& o) {
    const double pt = o.dpi > 0 ? 72.0 / o.dpi : 720.0 / std::max(o.width, o.height);
    return {o.width * pt, o.height * pt, o.transparent, {}};
}

std::string frame(const scene::Scene& scene, Format format, const FrameOptions& o) {
    if (format == Format::svg) return to_svg(scene, {o.width, o.height, o.transparent, o.dpi});
    if (format == Format::pdf)
        return to_pdf(
            1, [&](std::size_t) { return scene; }, page_of(o));
    return to_png(scene, {o.width, o.height, o.transparent, o.dpi});
}

}  // namespace convloom::paint
