#include "core/scene/slide/larger_labels.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

#include "core/scene/measure/bounds.hpp"
#include "core/scene/measure/text_metrics.hpp"

namespace convloom::scene {
namespace {

constexpr double cell_share = 0.72, cell_width = 0.84, cell_margin = 0.04;  // of a number in its cell
constexpr double word_gap = 3;                                              // between a label and the next on its line
constexpr double apart = 0.85;  // a text that was smaller than its neighbour stays smaller
constexpr int tries = 8;

double scale_of(const Plane& plane) {
    return std::sqrt(std::abs(plane.to_page.determinant()));
}
bool overlap(const Rect& a, const Rect& b) {
    return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom();
}
bool inside(const Rect& a, const Rect& b) {
    return a.x >= b.x && a.y >= b.y && a.right() <= b.right() && a.bottom() <= b.bottom();
}
// On a plane of cells a text is smaller than a cell.
bool in_cells(const Text& text) {
    return text.size < 1;
}

// "3×3" after "Kernel": a text that begins a space after the end of the one before it.
bool continues(const Text& text, const Text& before) {
    if (before.text.empty() || text.anchor != Anchor::start || before.anchor != Anchor::start ||
        text.at.y != before.at.y || text.size != before.size)
        return false;
    const double space = text.at.x - before.at.x - text_width(before.text, before.size, before.weight);
    return space > 0 && space < 0.7 * text.size;
}

// The drawn box of a number: it has no descenders.
Rect ink_box(const Text& text) {
    Rect box = text_box(text);
    box.y = text.at.y - cap_height(text.size);
    box.height = cap_height(text.size);
    return box;
}

Rect on_page(const Rect& box, const Affine& to_page) {
    Rect page;
    for (const Point p :
         {Point{box.x, box.y}, {box.right(), box.y}, {box.x, box.bottom()}, {box.right(), box.bottom()}}) {
        const Point at = to_page(p);
        page = around(page, {at.x - 1e-6, at.y - 1e-6, 2e-6, 2e-6});
    }
    return page;
}

// A grid on the page: the corners of a parallelogram in their order.
using Corners = std::array<Point, 4>;

// Whether no line along a side of one of the two separates them.
bool overlap(const Rect& box, const Corners& grid) {
    const Corners other{{{box.x, box.y}, {box.right(), box.y}, {box.right(), box.bottom()}, {box.x, box.bottom()}}};
    const auto separates = [&](Point from, Point to) {
        const auto range = [&](const Corners& corners) {
            std::pair<double, double> reach{1e300, -1e300};
            for (const Point p : corners) {
                const double at = (to.y - from.y) * p.x - (to.x - from.x) * p.y;
                reach = {std::min(reach.first, at), std::max(reach.second, at)};
            }
            return reach;
        };
        const auto a = range(other), b = range(grid);
        return a.second <= b.first || b.second <= a.first;
    };
    return !separates(other[0], other[1]) && !separates(other[1], other[2]) && !separates(grid[0], grid[1]) &&
           !separates(grid[1], grid[2]);
}

Rect with_gap(const Rect& box) {
    return {box.x - word_gap, box.y, box.width + 2 * word_gap, box.height};
}

struct Labels {
    std::vector<Plane>& planes;
    Rect place;
    std::vector<Corners> grids = {};
    std::map<const Text*, double> begins = {};  // of a plane's texts that continue another, where the first one begins

    Labels(std::vector<Plane>& all, const Rect& where) : planes(all), place(where) {
        for (const Plane& plane : planes)
            for (const Item& item : plane.items)
                if (const Field* f = std::get_if<Field>(&item)) {
                    const double right = f->at.x + f->cell * f->columns, bottom = f->at.y + f->cell * f->rows;
                    const Affine& map = plane.to_page;
                    grids.push_back(
                        {{map(f->at), map({right, f->at.y}), map({right, bottom}), map({f->at.x, bottom})}});
                }
    }

    void follow(const Plane& plane) {
        begins.clear();
        const Text* before = nullptr;
        for (const Item& item : plane.items)
            if (const Text* text = std::get_if<Text>(&item)) {
                if (before && continues(*text, *before))
                    begins[text] = begins.count(before) > 0 ? begins[before] : before->at.x;
                before = text;
            }
    }
    bool is_first(const Text* text) const { return begins.count(text) == 0; }

    // The centre of its capitals does not move; a text that continues another stays behind it.
    Text larger(const Text& text, double factor) const {
        Text grown = text;
        if (const auto found = begins.find(&text); found != begins.end())
            grown.at.x = found->second + factor * (text.at.x - found->second);
        grown.at.y += centred_baseline(0, text.size * factor) - centred_baseline(0, text.size);
        grown.size *= factor;
        return grown;
    }

    bool grows(const Plane& plane, const Text& text, double factor) const {
        return in_cells(text) ? grows_in_cell(plane, text, factor) : grows_on_page(plane, text, factor);
    }

    bool grows_in_cell(const Plane& plane, const Text& text, double factor) const {
        const Text grown = larger(text, factor);
        if (grown.size > cell_share || text_width(grown.text, grown.size, grown.weight) > cell_width) return false;
        const Rect box = ink_box(grown), own = ink_box(text);
        const Point corner{std::floor(own.x + own.width / 2), std::floor(own.y + own.height / 2)};
        if (!inside(box, {corner.x + cell_margin, corner.y + cell_margin, 1 - 2 * cell_margin, 1 - 2 * cell_margin}))
            return false;
        for (const Item& item : plane.items)
            if (const Text* other = std::get_if<Text>(&item);
                other && other != &text && !(*other == text) &&
                overlap(box, ink_box(larger(*other, other->size == text.size ? factor : 1))))
                return false;
        return true;
    }

    bool grows_on_page(const Plane& plane, const Text& text, double factor) const {
        const Rect before = on_page(text_box(text), plane.to_page),
                   box = on_page(text_box(larger(text, factor)), plane.to_page);
        if (inside(before, place) && !inside(box, place)) return false;
        for (const Corners& grid : grids)
            if (overlap(box, grid) && !overlap(before, grid)) return false;
        for (const Plane& p : planes)
            for (const Item& item : p.items) {
                const Text* other = std::get_if<Text>(&item);
                if (!other || other == &text || other->text.empty() || in_cells(*other)) continue;
                const bool together = &p == &plane && other->size == text.size;
                if (overlap(with_gap(box), on_page(text_box(together ? larger(*other, factor) : *other), p.to_page)) &&
                    !overlap(before, on_page(text_box(*other), p.to_page)))
                    return false;
            }
        return true;
    }
};

void drop_small(Plane& plane, double least) {
    const double scale = scale_of(plane);
    std::erase_if(plane.items, [&](const Item& item) {
        const Text* text = std::get_if<Text>(&item);
        return text && text->size * scale < least;
    });
}

std::vector<Text*> texts_of(Plane& plane) {
    std::vector<Text*> texts;
    for (Item& item : plane.items)
        if (Text* text = std::get_if<Text>(&item); text && !text->text.empty()) texts.push_back(text);
    return texts;
}

// All texts of one size grow together, at least by `least`; if one has no room, only those that have it.
void grow(Labels& labels, Plane& plane, const std::vector<Text*>& texts, double factor, double least) {
    auto at = [&](int n) { return 1 + (factor - 1) * n / tries; };
    for (int n = tries; n > 0 && at(n) >= least; --n) {
        if (!std::all_of(texts.begin(), texts.end(),
                         [&](const Text* text) { return labels.grows(plane, *text, at(n)); }))
            continue;
        for (Text* text : texts) *text = labels.larger(*text, at(n));
        return;
    }
    if (in_cells(*texts.front())) return;  // neighbouring numbers keep one size
    for (auto first = texts.begin(); first != texts.end();) {
        const auto end = std::find_if(first + 1, texts.end(), [&](const Text* text) { return labels.is_first(text); });
        for (int n = tries; n > 0; --n) {
            if (!std::all_of(first, end, [&](const Text* text) { return labels.grows(plane, *text, at(n)); })) continue;
            std::for_each(first, end, [&](Text* text) { *text = labels.larger(*text, at(n)); });
            break;
        }
        first = end;
    }
}

}  // namespace

void enlarge_labels(std::vector<Plane>& planes, const Rect& place, double wanted, double least, double hopeless) {
    for (Plane& plane : planes) drop_small(plane, hopeless * wanted);
    Labels labels(planes, place);
    for (Plane& plane : planes) {
        const double scale = scale_of(plane);
        if (!(scale > 0)) continue;
        labels.follow(plane);
        std::map<double, std::vector<Text*>, std::greater<>> by_size;
        for (Text* text : texts_of(plane)) by_size[text->size].push_back(text);
        double larger_one = 0;  // the new size of the previous group
        for (const auto& [size, texts] : by_size) {
            double goal = wanted / scale;
            if (in_cells(*texts.front()) && larger_one > 0) goal = std::min(goal, std::max(size, apart * larger_one));
            if (goal > size) grow(labels, plane, texts, goal / size, least / scale / size);
            larger_one = texts.front()->size;
            for (Text* text : texts)  // one that is left out is in nobody's way
                if (text->size * scale < least) text->text.clear();
        }
        drop_small(plane, least);
    }
}

void scale_labels(std::vector<Plane>& planes, const Rect& place, double factor) {
    Labels labels(planes, place);
    for (Plane& plane : planes) {
        labels.follow(plane);
        std::map<double, std::vector<Text*>> by_size;  // the smallest first: they need it most
        for (Text* text : texts_of(plane)) by_size[text->size].push_back(text);
        for (const auto& [size, texts] : by_size) grow(labels, plane, texts, factor, 1);
    }
}

}  // namespace convloom::scene
