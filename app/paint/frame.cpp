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
    if (ending == "png") return Format::png;
    if (ending == "svg") return Format::svg;
    return std::nullopt;
}

std::string frame(const scene::Scene& scene, Format format, const FrameOptions& o) {
    if (format == Format::svg) return to_svg(scene, {o.width, o.height, o.transparent});
    return to_png(scene, {o.width, o.height, o.transparent});
}

}  // namespace convloom::paint
