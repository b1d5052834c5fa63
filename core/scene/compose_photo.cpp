// A photo before and after a filter, side by side, with the kernel that made the difference.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/scene/number_text.hpp"
#include "core/scene/parts.hpp"
#include "core/scene/text_metrics.hpp"

namespace convloom::scene {
namespace {

constexpr double margin = 5 * unit_px, gap = 3 * unit_px;
constexpr double pictures_top = 120, pictures_bottom = 408;
constexpr double kernel_cell = 28;

// The least number up to 256 that makes every weight whole, or 1 where there is none: sixteenths are read more
// easily as 1 2 4 over 16.
int common_denominator(const std::vector<float>& weights) {
    for (int n = 1; n <= 256; ++n)
        if (std::all_of(weights.begin(), weights.end(), [n](float w) { return std::round(w * n) == w * n; })) return n;
    return 1;
}

}  // namespace

Scene compose_photo(const PhotoFigure& figure, const ViewOptions& options) {
    const Theme& theme = *options.theme;
    Scene scene = empty_page(options, trf(options.language, "{} before and after the filter {}", figure.file_name,
                                          figure.filter_name));
    const double top = options.labels ? pictures_top : margin;
    const double bottom = options.labels ? pictures_bottom : page_height - margin;
    const double half = (page_width - 2 * margin - gap) / 2;
    const int columns = figure.before->width, rows = figure.before->height;
    const double scale = std::min(half / columns, (bottom - top) / rows);
    const double width = std::max(1.0, std::round(columns * scale));
    const double height = std::max(1.0, std::round(rows * scale));
    const double left = std::round(page_width / 2 - gap / 2 - width), right = left + width + gap;

    Plane pictures{"pictures", {}, {}};
    pictures.items.push_back(Picture{"before", {left, top, width, height}, figure.before});
    pictures.items.push_back(Picture{"after", {right, top, width, height}, figure.after});
    scene.planes.push_back(std::move(pictures));
    if (!options.labels) return scene;

    Plane page{"labels", {}, {}};
    ViewOptions head = options;
    head.title = figure.file_name;
    std::string size = trf(options.language, "{}×{} pixels", figure.width, figure.height);
    if (columns != figure.width) size += trf(options.language, ", filtered at {}×{}", columns, rows);
    add_head(page, head, size, "");
    add_plane_title(page, {left, top - 12}, "Before", "", theme, options.language);
    add_plane_title(page, {right, top - 12}, "After", figure.filter_name, theme, options.language);

    const int side = figure.kernel_side, denominator = common_denominator(figure.kernel);
    const Point at{margin, page_height - 4 * unit_px - side * kernel_cell};
    Plane kernel{"kernel", Affine::scale_and_move(kernel_cell, at.x, at.y), {}};
    kernel.items.push_back(Field{"kernel cells", {}, 1, side, side, {theme.kernel}, {}, {theme.grid, thin_px}});
    for (int r = 0; r < side; ++r)
        for (int c = 0; c < side; ++c)
            add_cell_number(kernel, cell_name("kernel", r, c), r, c,
                            number_text(figure.kernel[static_cast<std::size_t>(r) * side + c] * denominator, 3), 0.44,
                            theme.on_cell);
    scene.planes.push_back(std::move(kernel));
    const double x = at.x + side * kernel_cell + 3 * unit_px;
    add_plane_title(page, {x, at.y + 18}, "Kernel", fmt::format("{}×{}{}", side, side, denominator > 1 ? trf(options.language, ", over {}", denominator) : ""), theme, options.language);
    page.items.push_back(Text{"says", {x, at.y + 45}, figure.filter_says, label_size, Anchor::start,
                              Weight::regular, theme.text});
    page.items.push_back(Text{"shown as", {x, at.y + 70}, figure.shown_as, label_size, Anchor::start,
                              Weight::regular, theme.muted});
    scene.planes.push_back(std::move(page));
    return scene;
}

}  // namespace convloom::scene
