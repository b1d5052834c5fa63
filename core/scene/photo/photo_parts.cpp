#include "core/scene/photo/photo_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/pieces/cells.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::scene {
namespace {

constexpr std::pair<PhotoLook, std::string_view> look_names[] = {{PhotoLook::side_by_side, "side-by-side"},
                                                                 {PhotoLook::wipe, "wipe"},
                                                                 {PhotoLook::difference, "difference"},
                                                                 {PhotoLook::step, "step"}};
constexpr double largest_kernel_cell = 28;

}  // namespace

std::string_view name_of(PhotoLook look) {
    return look_names[static_cast<int>(look)].second;
}

std::optional<PhotoLook> photo_look_named(std::string_view name) {
    for (auto [look, text] : look_names)
        if (text == name) return look;
    return std::nullopt;
}

std::optional<Rect> picture_box(const Scene& scene, Mark which) {
    for (const Plane& plane : scene.planes)
        for (const Item& item : plane.items)
            if (const auto* picture = std::get_if<Picture>(&item); picture && picture->role.mark == which)
                return picture->box;
    return std::nullopt;
}

std::optional<Point> place_in_picture(const Scene& scene, Point page) {
    for (const Mark picture : {Mark::before, Mark::after, Mark::photo, Mark::result}) {
        const auto box = picture_box(scene, picture);
        if (!box || page.x < box->x || page.y < box->y || page.x >= box->right() || page.y >= box->bottom()) continue;
        return Point{(page.x - box->x) / box->width, (page.y - box->y) / box->height};
    }
    return std::nullopt;
}

int common_denominator(const std::vector<float>& weights) {
    for (int n = 1; n <= 256; ++n) {
        const auto scale = static_cast<float>(n);
        if (std::all_of(weights.begin(), weights.end(),
                        [scale](float w) { return std::abs(std::round(w * scale) - w * scale) < 1e-5f * scale; }))
            return n;
    }
    return 1;
}

void add_pixel_values(Scene& scene, const std::string& name, Content of, const Rect& box, const Pixels& pixels,
                      const PixelValues& values, int first, int end, const Theme& theme) {
    const double cell = box.width / pixels.width;
    const int channels = values.channels;
    if (channels == 0 || first >= end || cell < least_number_cell_px * (channels > 1 ? 1.6 : 1)) return;
    const double line = 0.78 / channels, most = std::min(0.36, line * 0.95);
    Plane plane{name, Affine::scale_and_move(cell, box.x, box.y), {}, {of, Aspect::numbers}};
    for (int c = first; c <= end; ++c)
        plane.items.push_back(Line{fmt::format("column line {}", c),
                                   {{1.0 * c, 0}, {1.0 * c, 1.0 * pixels.height}},
                                   false,
                                   {theme.grid, thin_px}});
    for (int r = 0; r <= pixels.height; ++r)
        plane.items.push_back(Line{fmt::format("row line {}", r),
                                   {{1.0 * first, 1.0 * r}, {1.0 * end, 1.0 * r}},
                                   false,
                                   {theme.grid, thin_px}});
    for (int r = 0; r < pixels.height; ++r)
        for (int c = first; c < end; ++c) {
            const std::size_t at = static_cast<std::size_t>(r) * pixels.width + c;
            const Color on = readable_on({pixels.rgba[at * 4], pixels.rgba[at * 4 + 1], pixels.rgba[at * 4 + 2], 255});
            for (int k = 0; k < channels; ++k) {
                const std::string text =
                    number_text(values.values[at * static_cast<std::size_t>(channels) + static_cast<std::size_t>(k)],
                                values.decimals);
                const double size = std::min(most, 0.86 / std::max(text_width(text, 1), 1e-9));
                plane.items.push_back(
                    Text{fmt::format("value ({}, {}) {}", r, c, k),
                         {c + 0.5, centred_baseline(r + 0.5 + (k - (channels - 1) / 2.0) * line, size)},
                         text,
                         size,
                         Anchor::middle,
                         Weight::regular,
                         on});
            }
        }
    scene.planes.push_back(std::move(plane));
}

std::string size_words(const PhotoFigure& figure, Language language) {
    std::string words = figure.part
                            ? trf(language, "{}×{} at ({}, {}) of {}×{} pixels", figure.part->width,
                                  figure.part->height, figure.part->x, figure.part->y, figure.width, figure.height)
                            : trf(language, "{}×{} pixels", figure.width, figure.height);
    if (figure.factor > 1) words += trf(language, ", filtered at {}×{}", figure.before->width, figure.before->height);
    if (figure.values[0].channels == 3) words += tr(language, "; in each pixel red, green, blue");
    return words;
}

double add_photo_kernel(Scene& scene, const PhotoFigure& figure, Point at, double most, const Theme& theme, int nth) {
    const char* name = nth == 0 ? "kernel" : "second kernel";
    const int side = static_cast<int>(std::lround(std::sqrt(static_cast<double>(figure.kernel.size()))));
    const double cell = std::min(largest_kernel_cell, most / side > 4 ? std::floor(most / side) : most / side);
    const bool numbers = cell >= least_number_cell_px;
    const float denominator = static_cast<float>(common_denominator(figure.kernel));
    Plane kernel{name,
                 Affine::scale_and_move(cell, at.x, at.y),
                 {},
                 {.content = Content::kernel, .nth = nth, .pointable = false}};
    Field cells{"kernel cells",
                {},
                1,
                side,
                side,
                {theme.kernel},
                {},
                {numbers ? theme.grid : theme.hairline, cell >= 6 ? thin_px : 0}};
    if (!numbers) {
        const auto [least, greatest] = std::minmax_element(figure.kernel.begin(), figure.kernel.end());
        const ValueMap map = value_map(*least, *greatest, theme);
        CellFill(map, theme.kernel, [&](int r, int c) {
            return figure.kernel[static_cast<std::size_t>(r) * side + c];
        }).fill(cells);
    }
    const double whole = side;
    const bool lines = cells.edge.width_px > 0;
    kernel.items.push_back(std::move(cells));
    // Weights near 0 have the page's own colour.
    if (!lines)
        kernel.items.push_back(
            Line{"kernel frame", {{0, 0}, {whole, 0}, {whole, whole}, {0, whole}}, true, {theme.hairline, thin_px}});
    if (numbers)
        for (int r = 0; r < side; ++r)
            for (int c = 0; c < side; ++c)
                add_cell_number(kernel, cell_name("kernel", r, c), r, c,
                                number_text(figure.kernel[static_cast<std::size_t>(r) * side + c] * denominator,
                                            denominator > 1 ? 0 : 3),
                                0.44, theme.on_cell);
    scene.planes.push_back(std::move(kernel));
    return cell * side;
}

std::string photo_kernel_words(const PhotoFigure& figure, Language language) {
    const bool all = figure.kernel.size() == static_cast<std::size_t>(figure.kernel_side) * figure.kernel_side;
    const int denominator = all ? common_denominator(figure.kernel) : 0;
    return fmt::format("{0}×{0}{1}", figure.kernel_side,
                       denominator > 1 ? trf(language, ", over {}", denominator) : "");
}

}  // namespace convloom::scene
