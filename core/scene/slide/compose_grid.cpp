#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "core/scene/measure/bounds.hpp"
#include "core/scene/measure/wrap.hpp"
#include "core/scene/pieces/titles.hpp"
#include "core/scene/slide/figure.hpp"
#include "core/scene/slide/fitted.hpp"
#include "core/scene/slide/grid_page.hpp"
#include "core/scene/slide/larger_labels.hpp"

namespace convloom::scene {
namespace grid_layout {
namespace {

constexpr double margin = 5 * unit_px, edge = 2 * unit_px, gap = 2 * unit_px, most_gap = 5 * unit_px, label_height = 22,
                 label_gap = 8;
constexpr double title_y = 44, parameters_y = 68;
constexpr double largest = 1.5;  // a small figure on a roomy page

// Where the figures stand: by rows, as high as the figures are, in the middle of what the texts leave.
struct Places {
    double wide = 0, scale = 1, caption_top = 0;
    explicit Places(const GridPage& grid, const Rect& box) : columns(grid.columns) {
        const double top = edge + (grid.parameters.empty() ? grid.title.empty() ? 0 : title_y
                                   : grid.title.empty()    ? title_y
                                                           : parameters_y);
        const double bottom = grid.height - edge - caption_height(grid.caption, grid.width), room = bottom - top;
        wide = (grid.width - 2 * margin - (columns - 1) * gap) / columns;
        const double high = (room - (grid.rows - 1) * gap) / grid.rows - label_height;
        scale = std::min({wide / box.width, high / box.height, largest});
        width = scale * box.width;
        height = scale * box.height;
        const double left_over = room - grid.rows * (label_height + height);
        between = grid.rows > 1 ? std::min(left_over / grid.rows, most_gap) : 0;
        first = top + label_height + (left_over - (grid.rows - 1) * between) / 2;
        const double end = first + grid.rows * height + (grid.rows - 1) * (label_height + between);
        caption_top = std::min(bottom, end + gap);
    }
    Rect of(std::size_t n) const {
        const auto column = static_cast<int>(n) % columns, row = static_cast<int>(n) / columns;
        return {margin + column * (wide + gap) + (wide - width) / 2, first + row * (height + label_height + between),
                width, height};
    }

  private:
    int columns = 1;
    double width = 0, height = 0, first = 0, between = 0;
};

Plane page_plane() {
    return {"grid", {}, {}, {Content::slide}};
}

}  // namespace
}  // namespace grid_layout

GridPage grid_page_of_shape(double width, double height) {
    const double scale = std::sqrt(page_width * page_height / (width * height));
    GridPage grid;
    grid.width = width * scale;
    grid.height = height * scale;
    return grid;
}

int caption_lines(const std::string& caption, double width) {
    return static_cast<int>(wrapped(caption, width - 2 * grid_layout::margin, label_size).size());
}

Rect readable_box(const GridPage& grid, Scene figure, const Rect& box) {
    using namespace grid_layout;
    const Places places(grid, box);
    const Rect place = places.of(0);
    figure = fitted_figure(std::move(figure), box, place, largest, std::max(grid.height / 60, grid.readable),
                           grid.height / 60);
    const Rect seen = bounds(figure);
    const double scale = places.scale;
    return {box.x + (seen.x - place.x) / scale, box.y + (seen.y - place.y) / scale, seen.width / scale,
            seen.height / scale};
}

Scene compose_grid(const GridPage& grid, std::vector<GridFigure> figures, const Rect& box, const ViewOptions& options) {
    using namespace grid_layout;
    const Theme& theme = *options.theme;
    std::string sentence;
    for (std::size_t n = 0; n < figures.size(); ++n)
        sentence += fmt::format("{}({}) {}", n == 0 ? "" : "; ", static_cast<char>('a' + n), figures[n].figure.title);
    Scene scene{grid.width, grid.height, sentence, theme.ground, {}};
    Plane page = page_plane();
    const auto head = [&](const char* name, double y, const std::string& text, double size, Weight weight, Color color,
                          Mark mark) {
        if (text.empty()) return;
        const double room = grid.width - 2 * margin;
        size = std::max(small_size, std::min(size, size * room / text_width(text, size, weight)));
        page.items.push_back(Text{name,
                                  {margin, y},
                                  shortened(text, room, size, weight),
                                  size,
                                  Anchor::start,
                                  weight,
                                  color,
                                  {.mark = mark}});
    };
    head("title", title_y, grid.title, title_size, Weight::semibold, theme.text, Mark::title);
    head("parameters", grid.title.empty() ? title_y : parameters_y, grid.parameters, label_size, Weight::regular,
         theme.muted, Mark::parameters);
    const Places places(grid, box);
    for (std::size_t n = 0; n < figures.size(); ++n) {
        const Rect place = places.of(n);
        Scene figure = fitted_figure(std::move(figures[n].figure), box, place, largest,
                                     std::max(grid.height / 60, grid.readable), grid.height / 60);
        const char letter = static_cast<char>('a' + n % most_figures);
        for (Plane& plane : figure.planes) plane.name.insert(0, std::string{letter, ' '});
        const Point at{place.x, place.y - label_gap};
        const std::string sign = fmt::format("({})", letter);
        page.items.push_back(
            Text{fmt::format("letter {}", letter), at, sign, label_size, Anchor::start, Weight::semibold, theme.text});
        const double x = at.x + text_width(sign, label_size, Weight::semibold) + unit_px;
        page.items.push_back(Text{fmt::format("label {}", letter),
                                  {x, at.y},
                                  shortened(figures[n].label, place.x + places.wide - x, label_size),
                                  label_size,
                                  Anchor::start,
                                  Weight::regular,
                                  theme.muted,
                                  {.number = static_cast<int>(n)}});
        std::move(figure.planes.begin(), figure.planes.end(), std::back_inserter(scene.planes));
    }
    add_caption(page, grid.caption, {margin, places.caption_top + label_size}, grid.width - 2 * margin, theme.text);
    scene.planes.push_back(std::move(page));
    return scene;
}

Scene captioned(Scene figure, const std::string& caption, const Theme& theme) {
    using namespace grid_layout;
    if (caption.empty()) return figure;
    const double width = figure.width, height = figure.height, under = bounds(figure).bottom() + edge,
                 needed = under + caption_height(caption, width) + edge, grown = std::max(1.0, needed / height);
    figure.width = width * grown;
    figure.height = height * grown;
    const double left = (figure.width - width) / 2;
    for (Plane& plane : figure.planes) plane.to_page.x0 += left;
    // On a larger page they would be smaller than the least size.
    if (grown > 1) enlarge_labels(figure.planes, {0, 0, figure.width, under}, figure.height / 60, 0, 0);
    Plane page = page_plane();
    const double y = figure.height - edge - caption_height(caption, width) + label_size;
    add_caption(page, caption, {left + margin, y}, width - 2 * margin, theme.text);
    figure.planes.push_back(std::move(page));
    return figure;
}

Scene captioned_below(Scene figure, const std::string& caption, const Theme& theme) {
    using namespace grid_layout;
    if (caption.empty()) return figure;
    Plane page = page_plane();
    const double width = figure.width - 2 * unit_px;
    add_caption(page, caption, {unit_px, figure.height + label_size}, width, theme.text);
    figure.height +=
        caption_line * label_size * static_cast<double>(wrapped(caption, width, label_size).size()) + unit_px;
    figure.planes.push_back(std::move(page));
    return figure;
}

}  // namespace convloom::scene
