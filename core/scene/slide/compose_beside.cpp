#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>
#include <utility>

#include "core/scene/measure/bounds.hpp"
#include "core/scene/measure/wrap.hpp"
#include "core/scene/slide/beside_page.hpp"
#include "core/scene/slide/figure.hpp"
#include "core/scene/slide/fitted.hpp"
#include "core/scene/slide/grid_page.hpp"

namespace convloom::scene {
namespace beside_layout {
namespace {

constexpr double margin = 5 * unit_px, gap = 4 * unit_px, edge = 2 * unit_px, line_height = 1.35, under_head = unit_px;
constexpr double largest = 1.5;
constexpr double fair = 0.4;  // a figure that would be smaller than this part of what fits keeps a scale of its own

struct HeadLine {
    std::string text;
    double size;
    Weight weight;
    bool muted;
};

std::vector<HeadLine> head_lines(const BesideFigure& figure, double width) {
    std::vector<HeadLine> lines;
    const double letter = text_width("(a) ", label_size, Weight::semibold);
    for (std::string& line : wrapped(figure.title, width - letter, label_size, Weight::semibold))
        lines.push_back({std::move(line), label_size, Weight::semibold, false});
    if (lines.empty()) lines.push_back({"", label_size, Weight::semibold, false});
    for (const std::string* text : {&figure.parameters, &figure.moment})
        if (!text->empty())
            for (std::string& line : wrapped(*text, width, small_size))
                lines.push_back({std::move(line), small_size, Weight::regular, true});
    return lines;
}

double height_of(const std::vector<HeadLine>& lines) {
    return std::accumulate(lines.begin(), lines.end(), under_head,
                           [](double sum, const HeadLine& line) { return sum + line_height * line.size; });
}

struct BesideSlot {
    Rect head, figure;
    double scale = 1;
};

// Where each figure stands. Along the row, or the column, each has room in proportion to its own length.
struct BesidePlaces {
    std::vector<BesideSlot> slots;
    double caption_top = 0;

    BesidePlaces(const BesidePage& page, const std::vector<BesideFigure>& figures) {
        const std::size_t count = figures.size();
        std::vector<double> cells;
        for (const BesideFigure& one : figures) cells.push_back(cell_side(one.figure));
        const bool measured = std::all_of(cells.begin(), cells.end(), [](double cell) { return cell > 0; });
        if (!measured) std::fill(cells.begin(), cells.end(), 1.0);
        const double caption = caption_height(page.caption, page.width);
        const double wide = page.width - 2 * margin, high = page.height - 2 * edge - caption;
        const double gaps = static_cast<double>(count - 1) * gap;
        // Their sizes if a cell measures 1.
        std::vector<Rect> sizes;
        for (std::size_t n = 0; n < count; ++n)
            sizes.push_back({0, 0, figures[n].box.width / cells[n], figures[n].box.height / cells[n]});
        std::vector<double> widths(count, wide);
        if (!page.upright) widths = shares(sizes, wide - gaps);
        std::vector<double> heads;
        for (std::size_t n = 0; n < count; ++n) heads.push_back(height_of(head_lines(figures[n], widths[n])));
        const double head = *std::max_element(heads.begin(), heads.end());
        double room = high - head;  // for all figures, or in a column for the sum of them
        if (page.upright) room = high - gaps - std::accumulate(heads.begin(), heads.end(), 0.0);
        double sum_high = 0;
        for (const Rect& size : sizes) sum_high += size.height;
        double cell = 1e9;
        for (std::size_t n = 0; n < count; ++n) {
            cell = std::min({cell, widths[n] / sizes[n].width, largest * cells[n]});
            if (!page.upright) cell = std::min(cell, room / sizes[n].height);
        }
        if (page.upright) cell = std::min(cell, room / sum_high);
        std::vector<double> scales;
        bool is_fair = measured;
        for (std::size_t n = 0; n < count; ++n) {
            const double share = page.upright ? room / static_cast<double>(count) : room;
            const double own = std::min({widths[n] / figures[n].box.width, share / figures[n].box.height, largest});
            scales.push_back(cell / cells[n]);
            is_fair = is_fair && scales[n] >= fair * own;
        }
        if (!is_fair)
            for (std::size_t n = 0; n < count; ++n)
                scales[n] = std::min({widths[n] / figures[n].box.width,
                                      (page.upright ? room / static_cast<double>(count) : room) / figures[n].box.height,
                                      largest});
        place(page, figures, widths, heads, scales);
        caption_top = page.height - edge - caption;
    }

  private:
    static std::vector<double> shares(const std::vector<Rect>& sizes, double whole) {
        const auto count = static_cast<double>(sizes.size());
        double sum = 0;
        for (const Rect& size : sizes) sum += size.width;
        // A head needs some room too.
        constexpr double least_share = 0.7;
        std::vector<double> widths;
        double total = 0;
        for (const Rect& size : sizes) {
            widths.push_back(std::max(size.width / sum, least_share / count));
            total += widths.back();
        }
        for (double& width : widths) width *= whole / total;
        return widths;
    }
    void place(const BesidePage& page, const std::vector<BesideFigure>& figures, const std::vector<double>& widths,
               const std::vector<double>& heads, const std::vector<double>& scales) {
        const double head = *std::max_element(heads.begin(), heads.end());
        double most_high = 0, sum_high = 0;
        for (std::size_t n = 0; n < figures.size(); ++n) {
            const double own = scales[n] * figures[n].box.height;
            most_high = std::max(most_high, own);
            sum_high += heads[n] + own + (n == 0 ? 0 : gap);
        }
        const double high = page.height - 2 * edge - caption_height(page.caption, page.width);
        double x = margin, y = edge + std::max(0.0, (high - (page.upright ? sum_high : head + most_high)) / 2);
        for (std::size_t n = 0; n < figures.size(); ++n) {
            const double wide = scales[n] * figures[n].box.width, own = scales[n] * figures[n].box.height;
            const double lead = page.upright ? heads[n] : head;
            slots.push_back({{x, y, widths[n], lead}, {x, y + lead, wide, own}, scales[n]});
            if (page.upright)
                y += lead + own + gap;
            else
                x += widths[n] + gap;
        }
    }
};

}  // namespace
}  // namespace beside_layout

double cell_side(const Scene& figure) {
    for (const Plane& plane : figure.planes)
        if (plane.role.content == Content::input || plane.role.content == Content::tensor ||
            plane.role.content == Content::flat_input)
            for (const Item& item : plane.items)
                if (const Field* field = std::get_if<Field>(&item))
                    return field->cell * std::sqrt(std::abs(plane.to_page.determinant()));
    return 0;
}

BesideFigure beside_figure(Scene figure, const Rect& box) {
    BesideFigure one{std::move(figure), box, "", "", ""};
    one.title = whole_head_text(one.figure, Mark::title);
    one.parameters = whole_head_text(one.figure, Mark::parameters);
    one.moment = whole_head_text(one.figure, Mark::moment);
    return one;
}

double beside_scale(const BesidePage& page, const std::vector<BesideFigure>& figures) {
    double least = 1e9;
    for (const beside_layout::BesideSlot& slot : beside_layout::BesidePlaces(page, figures).slots)
        least = std::min(least, slot.scale);
    return least;
}

Scene compose_beside(const BesidePage& page, std::vector<BesideFigure> figures, const ViewOptions& options) {
    using namespace beside_layout;
    const Theme& theme = *options.theme;
    const BesidePlaces places(page, figures);
    Scene scene{page.width, page.height, "", theme.ground, {}};
    Plane labels{"beside", {}, {}, {Content::slide}};
    for (std::size_t n = 0; n < figures.size(); ++n) {
        const BesideSlot& slot = places.slots[n];
        const char letter = static_cast<char>('a' + n);
        scene.title += fmt::format("{}({}) {}", n == 0 ? "" : "; ", letter, figures[n].figure.title);
        double y = slot.head.y;
        const std::string sign = fmt::format("({})", letter);
        const double indent = text_width("(a) ", label_size, Weight::semibold);
        int number = 0;
        for (const HeadLine& line : head_lines(figures[n], slot.head.width)) {
            const bool title = !line.muted;
            if (number == 0)
                labels.items.push_back(Text{fmt::format("letter {}", letter),
                                            {slot.head.x, y + line.size},
                                            sign,
                                            line.size,
                                            Anchor::start,
                                            Weight::semibold,
                                            theme.text});
            if (!line.text.empty())
                labels.items.push_back(Text{fmt::format("head {} {}", letter, number),
                                            {slot.head.x + (title ? indent : 0), y + line.size},
                                            line.text,
                                            line.size,
                                            Anchor::start,
                                            line.weight,
                                            line.muted ? theme.muted : theme.text,
                                            {.mark = title && n == 0 && number == 0 ? Mark::title : Mark::none}});
            y += line_height * line.size;
            ++number;
        }
        Scene figure = fitted_figure(std::move(figures[n].figure), figures[n].box, slot.figure, largest,
                                     std::max(page.height / 60, page.readable), page.height / 60);
        for (Plane& plane : figure.planes) plane.name.insert(0, std::string{letter, ' '});
        std::move(figure.planes.begin(), figure.planes.end(), std::back_inserter(scene.planes));
    }
    add_caption(labels, page.caption, {margin, places.caption_top + label_size}, page.width - 2 * margin, theme.text);
    scene.planes.push_back(std::move(labels));
    return scene;
}

}  // namespace convloom::scene
