// A photo before and after its filters: side by side, under a wipe line, or as their difference; with the kernel, and
// histograms on request.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/measure/wrap.hpp"
#include "core/scene/photo/photo_parts.hpp"
#include "core/scene/pieces/titles.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::scene {
namespace photo_view {
namespace {

constexpr double margin = 5 * unit_px, gap = 3 * unit_px;
constexpr double pictures_top = 112, pictures_bottom = 384, foot_top = 408, foot_bottom = 516;
// On a canvas the size is beside the title, and the foot is drawn only if it takes little room from the pictures.
constexpr double room_top = 84, room_bottom = 24, foot_height = foot_bottom - foot_top, scale_height = 28;
constexpr double least_with_foot = 0.9, least_gain_above = 1.4;
constexpr double histogram_width = 152, histogram_height = 64;

struct Page {
    const PhotoFigure& figure;
    const ViewOptions& options;
    const Theme& theme;
    Scene& scene;
    double width = page_width, top = pictures_top, bottom = pictures_bottom;
    double foot_top = photo_view::foot_top;
    bool has_foot = true, above = false;  // above: one picture above the other

    Page(const PhotoFigure& f, const ViewOptions& o, Scene& s) : figure(f), options(o), theme(*o.theme), scene(s) {
        if (options.room)
            take_room(*options.room);
        else if (!options.labels)
            top = margin, bottom = page_height - margin, has_foot = false;
        else if (figure.map)
            bottom -= 12;
    }
    // Uses the whole canvas.
    void take_room(const Room& room) {
        width = room.width;
        top = options.labels ? room_top : margin;
        const double most = room.height - (options.labels ? room_bottom + (figure.map ? scale_height : 0) : margin),
                     with_foot = most - foot_height - gap;
        foot_top = room.height - room_bottom - foot_height;
        bottom = most;
        const double alone = largest_scale();
        bottom = with_foot;
        has_foot = options.labels && (figure.histograms || largest_scale() >= least_with_foot * alone);
        if (!has_foot) bottom = most;
        const double high = figure.before->height * largest_scale();
        if (!above && high < bottom - top) {  // in the middle of its room
            const double spare = std::floor((bottom - top - high) / 2);
            top += spare;
            bottom -= spare;
        }
    }
    // Page units per pixel; for two pictures also whether they are larger one above the other.
    double largest_scale() {
        const double wide = width - 2 * margin, high = bottom - top;
        const auto fit = [&](double w, double h) {
            return std::min(w / figure.before->width, h / figure.before->height);
        };
        if (figure.look == PhotoLook::wipe) return fit(wide, high);
        const double beside = fit((wide - gap) / 2, high), stacked = fit(wide, (high - above_gap()) / 2);
        above = options.room && stacked > least_gain_above * beside;
        return above ? stacked : beside;
    }
    double above_gap() const { return options.labels ? 5 * unit_px : gap; }

    // The largest box of the picture's shape, whole units, with its upper left corner at (0, top).
    Rect box(const Pixels& pixels, double scale) const {
        return {0, top, std::max(1.0, std::round(pixels.width * scale)),
                std::max(1.0, std::round(pixels.height * scale))};
    }

    // Both at one scale, so that a smaller result is visible as such.
    void side_by_side(Plane& labels) {
        const double each = largest_scale();
        Rect before = box(*figure.before, each), after = box(*figure.after, each);
        before.x = std::round(above ? (width - before.width) / 2 : width / 2 - gap / 2 - before.width);
        after.x = above ? before.x : before.right() + gap;
        if (above) after.y = before.bottom() + above_gap();
        add(before, figure.before, "before", {Content::before}, {Mark::before});
        add(after, figure.after, "after", {Content::after}, {Mark::after});
        add_pixel_values(scene, "before values", Content::before, before, *figure.before, figure.values[0], 0,
                         figure.before->width, theme);
        add_pixel_values(scene, "after values", Content::after, after, *figure.after, figure.values[1], 0,
                         figure.after->width, theme);
        add_plane_title(labels, {before.x, top - 12}, "Before", "", theme, options.language);
        add_plane_title(labels, {after.x, after.y - 12}, figure.look == PhotoLook::difference ? "Difference" : "After",
                        result_words(after.width), theme, options.language);
    }
    std::string result_words(double room) const {
        std::string words = figure.filters;
        if (figure.after->width != figure.before->width || figure.after->height != figure.before->height)
            words += fmt::format(", {}×{}", figure.after->width, figure.after->height);
        return shortened(words, std::max(room, 160.0) - text_width("Difference  ", label_size, Weight::semibold),
                         label_size);
    }

    // The result right of the line, the photo left of it.
    void wipe(Plane& labels) {
        Rect all = box(*figure.before, largest_scale());
        all.x = std::round((width - all.width) / 2);
        add(all, figure.before, "before", {Content::before}, {Mark::before});
        const int columns = figure.after->width,
                  first = std::clamp(static_cast<int>(std::lround(figure.wipe * columns)), 0, columns);
        const double line = all.x + all.width * first / columns;
        if (first < columns)
            add({line, all.y, all.right() - line, all.height}, right_part(*figure.after, first), "after",
                {Content::after}, {Mark::after});
        if (figure.before->width == columns)
            add_pixel_values(scene, "before values", Content::before, all, *figure.before, figure.values[0], 0, first,
                             theme);
        add_pixel_values(scene, "after values", Content::after, all, *figure.after, figure.values[1], first, columns,
                         theme);
        Plane over{"wipe", {}, {}, {Content::wipe}};
        over.items.push_back(
            Line{"wipe's border", {{line, all.y}, {line, all.bottom()}}, false, {theme.ground, 2 * window_px}});
        over.items.push_back(
            Line{"wipe line", {{line, all.y}, {line, all.bottom()}}, false, {theme.window, window_px}});
        scene.planes.push_back(std::move(over));
        add_plane_title(labels, {all.x, top - 12}, "Before", "", theme, options.language);
        const double room = plane_title_width("After", result_words(all.width), options.language);
        add_plane_title(labels, {std::max(all.right() - room, all.x + 100), top - 12}, "After", result_words(all.width),
                        theme, options.language);
    }
    static Pixels right_part(const Pixels& all, int first) {
        Pixels part{all.width - first, all.height, {}};
        part.rgba.reserve(static_cast<std::size_t>(part.width) * part.height * 4);
        for (int y = 0; y < all.height; ++y) {
            const auto row = all.rgba.begin() + static_cast<std::ptrdiff_t>(y) * all.width * 4;
            part.rgba.insert(part.rgba.end(), row + static_cast<std::ptrdiff_t>(first) * 4,
                             row + static_cast<std::ptrdiff_t>(all.width) * 4);
        }
        return part;
    }

    void add(const Rect& box, arith::Shared<Pixels> pixels, const char* name, const PlaneRole& role, ItemRole mark) {
        Plane plane{name, {}, {}, role};
        const bool crisp = box.width >= crisp_px * pixels->width;
        plane.items.push_back(Picture{name, box, std::move(pixels), crisp, mark});
        scene.planes.push_back(std::move(plane));
    }

    // Kernel on the left, the filter's description beside it, histograms on the right.
    void foot(Plane& labels) {
        double x = margin;
        auto add_kernel = [&](const PhotoFigure& of, int nth) {
            x += add_photo_kernel(scene, of, {x, foot_top}, foot_height, theme, nth) + gap;
        };
        if (figure.kernel_side > 0) add_kernel(figure, 0);
        if (!figure.second_kernel.empty()) {
            PhotoFigure second = figure;
            second.kernel = figure.second_kernel;
            add_kernel(second, 1);
        }
        const double right = figure.histograms ? width - margin - 2 * histogram_width - 2 * gap : width - margin;
        add_plane_title(labels, {x, foot_top + 16}, figure.filter_name,
                        figure.kernel_side > 0 ? photo_kernel_words(figure, options.language) : "", theme,
                        options.language);
        double y = foot_top + 40;
        auto say = [&](const std::string& text, Color color) {
            for (const std::string& line : wrapped(text, right - x, small_size + 1)) {
                if (y > foot_top + foot_height + 8) return;
                labels.items.push_back(Text{
                    fmt::format("line at {}", y), {x, y}, line, small_size + 1, Anchor::start, Weight::regular, color});
                y += 18;
            }
        };
        say(figure.filter_says, theme.text);
        y += 4;
        say(figure.notes, theme.muted);
    }

    void histograms(Plane& labels) {
        const auto& both = *figure.histograms;
        float most = 1e-6f;
        // One large bin, such as black after an edge filter, would make the others invisible.
        for (const Histogram& h : both)
            for (float share : h) most = std::max(most, std::min(share, 0.12f));
        for (int n = 0; n < 2; ++n) {
            const double x = width - margin - (2 - n) * histogram_width - (1 - n) * gap,
                         base = foot_top + 24 + histogram_height, bin = histogram_width / std::size(both[0]);
            add_plane_title(labels, {x, foot_top + 16}, n == 0 ? "Before" : "After", "", theme, options.language);
            for (std::size_t b = 0; b < both[n].size(); ++b) {
                const double high = std::round(histogram_height * std::min(1.0f, both[n][b] / most) * 2) / 2;
                if (high > 0)
                    labels.items.push_back(Shape{fmt::format("bin {} {}", n, b),
                                                 Shape::Kind::box,
                                                 {},
                                                 {x + static_cast<double>(b) * bin, base - high, bin, high},
                                                 0,
                                                 n == 0 ? theme.muted : theme.accent,
                                                 {}});
            }
            labels.items.push_back(Line{
                fmt::format("base {}", n), {{x, base}, {x + histogram_width, base}}, false, {theme.muted, thin_px}});
            labels.items.push_back(Text{fmt::format("black {}", n),
                                        {x, base + 16},
                                        "0",
                                        small_size,
                                        Anchor::start,
                                        Weight::regular,
                                        theme.muted});
            labels.items.push_back(Text{fmt::format("white {}", n),
                                        {x + histogram_width, base + 16},
                                        "255",
                                        small_size,
                                        Anchor::end,
                                        Weight::regular,
                                        theme.muted});
        }
    }

    // The colour scale with its ends and its middle, at the page's right edge.
    void scale_of_colours(Plane& labels) {
        const ValueMap& map = *figure.map;
        const double wide = 160, x = width - margin - wide - 44, y = bottom + 8;
        Plane bar{"scale", Affine::scale_and_move(wide / ValueMap::levels, x, y + 12), {}, {Content::color_scale}};
        Field cells{"scale cells", {}, 1, 3, ValueMap::levels, map.palette, {}, {}};
        for (int r = 0; r < 3; ++r)
            for (int c = 0; c < ValueMap::levels; ++c) cells.cells.push_back(static_cast<std::uint8_t>(c));
        bar.items.push_back(std::move(cells));
        scene.planes.push_back(std::move(bar));
        labels.items.push_back(Text{"scale low",
                                    {x - 6, y + 21},
                                    number_text(map.low, 1),
                                    small_size,
                                    Anchor::end,
                                    Weight::regular,
                                    theme.muted});
        labels.items.push_back(Text{"scale high",
                                    {x + wide + 6, y + 21},
                                    number_text(map.high, 1),
                                    small_size,
                                    Anchor::start,
                                    Weight::regular,
                                    theme.muted});
    }
};

}  // namespace
}  // namespace photo_view

Scene compose_photo(const PhotoFigure& figure, const ViewOptions& options) {
    using namespace photo_view;
    Scene scene =
        empty_page(options, trf(options.language, "{} before and after {}", figure.file_name, figure.filters));
    Page page(figure, options, scene);
    Plane labels{"labels", {}, {}, {Content::labels}};
    figure.look == PhotoLook::wipe ? page.wipe(labels) : page.side_by_side(labels);
    if (!options.labels) return scene;
    ViewOptions head = options;
    if (!options.own_title) head.title = figure.file_name;
    const std::string size = size_words(figure, options.language);
    options.room ? add_head(labels, head, "", size) : add_head(labels, head, size, "");
    if (page.has_foot) page.foot(labels);
    if (figure.histograms) page.histograms(labels);
    if (figure.map) page.scale_of_colours(labels);
    scene.planes.push_back(std::move(labels));
    return scene;
}

}  // namespace convloom::scene
