#include "core/scene/notes/notes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "core/arith/layer/output_size.hpp"
#include "core/scene/measure/bounds.hpp"
#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/measure/wrap.hpp"

namespace convloom::scene {
namespace {

using arith::Part;
using CellCorners = std::array<Point, 4>;

constexpr double note_size = label_size, note_line = 1.35, widest_note = 176, note_pad = 4, note_margin = unit_px,
                 note_grid_px = unit_px;
constexpr double least_leader = 2 * unit_px;  // an arrow shorter than this is not seen
constexpr double grows_by = 1.08, most_grown = 1.8;

struct NotePart {
    const char* name;
    Part part;
};
constexpr NotePart note_parts[] = {{"input", Part::input}, {"kernel", Part::kernel}, {"output", Part::output}};

const char* name_of_part(Part part) {
    for (const NotePart& one : note_parts)
        if (one.part == part) return one.name;
    return "";
}

arith::Shape shape_of_part(Part part, const arith::Layer& layer) {
    if (part == Part::input) return input_shape(layer);
    if (part == Part::output) return output_shape(layer);
    arith::Shape shape{layer.group_in()};
    for (const arith::Axis& axis : layer.axes) shape.push_back(axis.kernel);
    return shape;
}

bool is_noted(const Note& note, const arith::Layer& layer, const Pointed& at) {
    const arith::CellName& cell = at.cell;
    if (cell.part != note.part || at.put_in) return false;
    const auto rank = static_cast<std::size_t>(layer.rank());
    const bool says_channel = note.at.size() > rank;
    if (says_channel && note.at.front() != (note.part == Part::kernel ? cell.second : cell.channel)) return false;
    for (std::size_t a = 0; a < rank; ++a)
        if (note.at[a + (says_channel ? 1 : 0)] != cell.at[a]) return false;
    return true;
}

// The cell on the page; nothing if the Scene does not show it.
std::optional<CellCorners> cell_on_page(const Scene& scene, const Shown& shown, const Note& note) {
    for (const PointablePlane& plane : pointable_planes(scene, shown))
        for (int r = plane.top; r < plane.top + plane.rows; ++r)
            for (int c = plane.left; c < plane.left + plane.columns; ++c)
                if (const auto at = plane.at(r, c); at && is_noted(note, shown.layer, *at)) {
                    const Affine& map = plane.plane->to_page;
                    const double x = c, y = r;
                    return CellCorners{{map({x, y}), map({x + 1, y}), map({x + 1, y + 1}), map({x, y + 1})}};
                }
    return std::nullopt;
}

Rect box_of_corners(const CellCorners& corners) {
    Rect box;
    for (const Point p : corners) box = around(box, {p.x, p.y, 1e-9, 1e-9});
    return box;
}

Point centre_of_cell(const CellCorners& corners) {
    return {(corners[0].x + corners[2].x) / 2, (corners[0].y + corners[2].y) / 2};
}

// The point of a box that is nearest_in to another.
Point nearest_in(const Rect& box, Point to) {
    return {std::clamp(to.x, box.x, box.right()), std::clamp(to.y, box.y, box.bottom())};
}

// Where the way from a point to the cell's centre comes to its note_margin.
Point edge_towards(const CellCorners& corners, Point from) {
    const Point to = centre_of_cell(corners);
    double first = 1;
    for (std::size_t n = 0; n < 4; ++n) {
        const Point a = corners[n], b = corners[(n + 1) % 4];
        const double dx = to.x - from.x, dy = to.y - from.y, ex = b.x - a.x, ey = b.y - a.y, cross = dx * ey - dy * ex;
        if (std::abs(cross) < 1e-12) continue;
        const double t = ((a.x - from.x) * ey - (a.y - from.y) * ex) / cross,
                     u = ((a.x - from.x) * dy - (a.y - from.y) * dx) / cross;
        if (t >= 0 && u >= -1e-9 && u <= 1 + 1e-9) first = std::min(first, t);
    }
    return {from.x + first * (to.x - from.x), from.y + first * (to.y - from.y)};
}

// What a note must not cover, and what its arrow should not.
struct NoteObstacles {
    std::vector<Rect> boxes, texts;
    std::vector<std::pair<Point, Point>> lines;

    static bool overlap(const Rect& a, const Rect& b) {
        return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom();
    }

    void add(const Scene& scene) {
        for (const Plane& plane : scene.planes) {
            const bool in_cells = std::any_of(plane.items.begin(), plane.items.end(),
                                              [](const Item& item) { return std::holds_alternative<Field>(item); });
            for (const Item& item : plane.items) {
                const Text* text = std::get_if<Text>(&item);
                if (text && (text->text.empty() || (in_cells && text->size < 1))) continue;
                if (const Line* line = std::get_if<Line>(&item)) {
                    for (std::size_t n = 1; n < line->points.size(); ++n)
                        add_line(plane.to_page(line->points[n - 1]), plane.to_page(line->points[n]));
                    if (line->closed && line->points.size() > 1)
                        add_line(plane.to_page(line->points.back()), plane.to_page(line->points.front()));
                    continue;
                }
                add_once(text ? texts : boxes, bounds(plane.to_page, item));
            }
        }
    }
    static void add_once(std::vector<Rect>& to, const Rect& box) {
        if (box.width > 0 && std::find(to.begin(), to.end(), box) == to.end()) to.push_back(box);
    }
    void add_line(Point a, Point b) {
        if (std::find(lines.begin(), lines.end(), std::pair(a, b)) == lines.end()) lines.emplace_back(a, b);
    }

    bool is_free(const Rect& box) const {
        const auto hits = [&](const Rect& other) { return overlap(box, other); };
        return std::none_of(boxes.begin(), boxes.end(), hits) && std::none_of(texts.begin(), texts.end(), hits) &&
               std::none_of(lines.begin(), lines.end(),
                            [&](const auto& line) { return crosses(line.first, line.second, box); });
    }
    int texts_crossed(Point from, Point to) const {
        return static_cast<int>(
            std::count_if(texts.begin(), texts.end(), [&](const Rect& text) { return crosses(from, to, text); }));
    }
};

// The free place from which the arrow is shortest and crosses no text; nothing if there is none.
std::optional<Rect> free_place(const NoteObstacles& obstacles, const Rect& page, double width, double height,
                               const CellCorners& cell) {
    constexpr double crossed_text = 400;  // as bad as an arrow longer by this
    std::optional<Rect> best;
    double least = std::numeric_limits<double>::max();
    const Point centre = centre_of_cell(cell);
    const Rect box = box_of_corners(cell);
    for (double y = page.y + note_margin; y + height <= page.bottom() - note_margin; y += note_grid_px)
        for (double x = page.x + note_margin; x + width <= page.right() - note_margin; x += note_grid_px) {
            const Rect place{x, y, width, height};
            const Point from = nearest_in(place, centre), tip = edge_towards(cell, from);
            double cost = std::hypot(from.x - tip.x, from.y - tip.y);
            if (cost < least_leader || cost >= least || NoteObstacles::overlap(place, box) || !obstacles.is_free(place))
                continue;
            cost += crossed_text * obstacles.texts_crossed(from, tip);
            if (cost < least) {
                least = cost;
                best = place;
            }
        }
    return best;
}

}  // namespace

std::optional<Note> note_written(std::string_view text) {
    Note note;
    bool known = false;
    for (const NotePart& one : note_parts) {
        const std::string_view name = one.name;
        if (!text.starts_with(name)) continue;
        known = true;
        note.part = one.part;
        text.remove_prefix(name.size());
        break;
    }
    if (!known || text.empty() || text.front() != ' ') return std::nullopt;
    const auto skip = [&] {
        while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    };
    do {
        skip();
        const bool negative = !text.empty() && text.front() == '-';
        if (negative) text.remove_prefix(1);
        arith::Index value = 0;
        int digits = 0;
        for (; !text.empty() && text.front() >= '0' && text.front() <= '9' && digits < 9; ++digits) {
            value = 10 * value + (text.front() - '0');
            text.remove_prefix(1);
        }
        if (digits == 0) return std::nullopt;
        note.at.push_back(negative ? -value : value);
        skip();
        if (text.empty()) return std::nullopt;
        if (text.front() == ':') break;
        if (text.front() != ',') return std::nullopt;
        text.remove_prefix(1);
    } while (true);
    text.remove_prefix(1);
    skip();
    note.text = std::string(text);
    return note.text.empty() ? std::nullopt : std::optional(note);
}

std::string note_refused(const Note& note, const arith::Layer& layer) {
    const auto rank = static_cast<std::size_t>(layer.rank());
    const arith::Shape shape = shape_of_part(note.part, layer);
    std::string sizes;
    for (std::size_t n = 0; n < shape.size(); ++n) sizes += (n == 0 ? "" : "×") + std::to_string(shape[n]);
    const std::string where = fmt::format("the {} is {} (channels{})", name_of_part(note.part), sizes,
                                          rank == 1   ? ", positions"
                                          : rank == 2 ? ", rows, columns"
                                                      : ", depth, rows, columns");
    if (note.at.size() != rank && note.at.size() != rank + 1)
        return fmt::format("{}, so a cell has {} or {} numbers", where, rank, rank + 1);
    const std::size_t first = note.at.size() - rank;
    for (std::size_t n = 0; n < note.at.size(); ++n) {
        const bool channel = n < first;
        const arith::Index size = shape[channel ? 0 : n - first + 1];
        arith::Index before = 0, after = 0;
        if (!channel && note.part == Part::input) {  // a place in the padding
            const arith::Axis& axis = layer.axes[n - first];
            before = axis.pad_before, after = axis.pad_after;
        }
        if (note.at[n] < -before || note.at[n] >= size + after) return fmt::format("{}, counted from 0", where);
    }
    return "";
}

NotePlaces::NotePlaces(const std::vector<Note>& notes, const std::vector<Scene>& scenes,
                       const std::vector<Shown>& shown)
    : notes_(notes), boxes_(notes.size()), lines_(notes.size()) {
    if (scenes.empty()) return;
    const double width = scenes.front().width, height = scenes.front().height;
    std::vector<std::optional<CellCorners>> cells;
    for (std::size_t n = 0; n < notes.size(); ++n) {
        cells.emplace_back();
        for (std::size_t s = 0; s < scenes.size() && !cells[n]; ++s)
            cells[n] = cell_on_page(scenes[s], shown[s], notes[n]);
        lines_[n] = wrapped(notes[n].text, std::min(widest_note, width / 3), note_size);
    }
    NoteObstacles all;
    for (const Scene& scene : scenes) all.add(scene);
    for (const auto& cell : cells)
        if (cell) all.texts.push_back(box_of_corners(*cell));  // one note's arrow keeps off another's cell
    for (grown_ = 1; grown_ < most_grown; grown_ *= grows_by) {
        const Rect page{-(grown_ - 1) / 2 * width, -(grown_ - 1) / 2 * height, grown_ * width, grown_ * height};
        NoteObstacles obstacles = all;
        bool placed = true;
        for (std::size_t n = 0; n < notes.size() && placed; ++n) {
            if (!cells[n]) continue;
            double wide = 0;
            for (const std::string& line : lines_[n]) wide = std::max(wide, text_width(line, note_size));
            const auto high = static_cast<double>(lines_[n].size()) * note_line * note_size;
            std::erase(obstacles.texts, box_of_corners(*cells[n]));
            const auto place = free_place(obstacles, page, wide + 2 * note_pad, high + 2 * note_pad, *cells[n]);
            placed = place.has_value();
            if (!placed) break;
            boxes_[n] = *place;
            const Point from = nearest_in(*place, centre_of_cell(*cells[n]));
            obstacles.texts.push_back(*place);
            obstacles.texts.push_back(box_of_corners(*cells[n]));
            obstacles.add_line(from, edge_towards(*cells[n], from));
        }
        if (placed) return;
    }
}

Scene NotePlaces::apply(Scene scene, const Shown& shown, const Theme& theme) const {
    Plane plane{"notes", {}, {}, {Content::slide, Aspect::cells, 1}};
    for (std::size_t n = 0; n < notes_.size(); ++n) {
        const auto cell = found(n) ? cell_on_page(scene, shown, notes_[n]) : std::nullopt;
        if (!cell) continue;
        const std::string name = fmt::format("note {}", n);
        const Point from = nearest_in(boxes_[n], centre_of_cell(*cell)), tip = edge_towards(*cell, from);
        const double length = std::max(1e-9, std::hypot(tip.x - from.x, tip.y - from.y));
        const Point along{(tip.x - from.x) / length, (tip.y - from.y) / length};
        constexpr double head = 9, half = 3.5;
        const Point neck{tip.x - head * along.x, tip.y - head * along.y};
        plane.items.push_back(
            Line{name + " cell halo", {cell->begin(), cell->end()}, true, {theme.ground, 2 * thick_px + 1}});
        plane.items.push_back(Line{name + " cell", {cell->begin(), cell->end()}, true, {theme.accent, thick_px}});
        plane.items.push_back(Line{name + " leader", {from, neck}, false, {theme.accent, 1.5}});
        Shape arrow{name + " arrow", Shape::Kind::polygon, {}, {}, 0, theme.accent, {}};
        arrow.points = {tip,
                        {neck.x - half * along.y, neck.y + half * along.x},
                        {neck.x + half * along.y, neck.y - half * along.x}};
        plane.items.push_back(std::move(arrow));
        // Towards the side that the arrow leaves from.
        const Rect& box = boxes_[n];
        const bool right = from.x >= box.right() - 1e-9, left = from.x <= box.x + 1e-9;
        const Anchor anchor = right ? Anchor::end : left ? Anchor::start : Anchor::middle;
        const double x = right ? box.right() - note_pad : left ? box.x + note_pad : box.x + box.width / 2;
        double y = box.y + note_pad + note_size;
        int line_number = 0;
        for (const std::string& line : lines_[n]) {
            plane.items.push_back(Text{fmt::format("{} line {}", name, line_number++),
                                       {x, y},
                                       line,
                                       note_size,
                                       anchor,
                                       Weight::regular,
                                       theme.text});
            y += note_line * note_size;
        }
    }
    scene.planes.push_back(std::move(plane));
    if (grown_ > 1) {
        const double dx = (grown_ - 1) / 2 * scene.width, dy = (grown_ - 1) / 2 * scene.height;
        for (Plane& one : scene.planes) one.to_page.x0 += dx, one.to_page.y0 += dy;
        scene.width *= grown_;
        scene.height *= grown_;
    }
    return scene;
}

}  // namespace convloom::scene
