#include "core/scene/slide/fitted.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "core/scene/looks/theme.hpp"
#include "core/scene/measure/bounds.hpp"
#include "core/scene/measure/wrap.hpp"
#include "core/scene/slide/figure.hpp"
#include "core/scene/slide/grid_page.hpp"
#include "core/scene/slide/larger_labels.hpp"

namespace convloom::scene {
namespace {

constexpr double hopeless_part = 0.3;     // of the wanted size: such a label cannot become readable
constexpr double beyond_place = unit_px;  // of the place, for labels

bool is_sign(const Text& text) {
    return text.text == "=" || text.text == "≈" || text.text == "+" || text.text == "−";
}

// A sum of which a part was left out would be wrong: all sums of a plane stay, or none.
void drop_broken_sums(Plane& now, const Plane& before) {
    constexpr int least_texts = 3;  // "*" and "=" between grids are no sum
    struct Line {
        int count = 0, stayed = 0;
        bool has_sign = false;
    };
    std::map<double, Line> lines;  // by their baseline before
    std::vector<std::pair<const Item*, double>> left;
    auto next = now.items.begin();
    for (const Item& item : before.items) {
        const Text* was = std::get_if<Text>(&item);
        const Text* is = next == now.items.end() ? nullptr : std::get_if<Text>(&*next);
        // Both have the same items in the same order, but for the texts that were left out.
        const bool same = was ? is && is->text == was->text && is->color == was->color : !is;
        if (was && !was->text.empty()) {
            Line& line = lines[was->at.y];
            ++line.count;
            line.has_sign = line.has_sign || is_sign(*was);
            if (same) ++line.stayed, left.emplace_back(&*next, was->at.y);
        }
        if (same && next != now.items.end()) ++next;
    }
    const auto is_sum = [](const Line& line) { return line.has_sign && line.count >= least_texts; };
    if (std::none_of(lines.begin(), lines.end(),
                     [&](const auto& one) { return is_sum(one.second) && one.second.stayed < one.second.count; }))
        return;
    std::vector<Item> kept;
    for (const Item& item : now.items) {
        const auto found =
            std::find_if(left.begin(), left.end(), [&](const auto& text) { return text.first == &item; });
        if (found == left.end() || !is_sum(lines[found->second])) kept.push_back(item);
    }
    now.items = std::move(kept);
}

}  // namespace

Scene fitted_figure(Scene figure, const Rect& box, const Rect& place, double largest, double wanted, double least) {
    figure = without_head(std::move(figure));
    const Rect inside{box.x - 1, box.y - 1, box.width + 2, box.height + 2};
    for (Plane& plane : figure.planes)
        plane.items.erase(std::remove_if(plane.items.begin(), plane.items.end(),
                                         [&](const Item& item) {
                                             if (!std::holds_alternative<Text>(item)) return false;
                                             const Rect at = bounds(plane.to_page, item);
                                             return at.width > 0 &&
                                                    (at.x < inside.x || at.y < inside.y ||
                                                     at.right() > inside.right() || at.bottom() > inside.bottom());
                                         }),
                          plane.items.end());
    fit_figure(figure, box, place, largest, true);
    const std::vector<Plane> before = figure.planes;
    enlarge_labels(figure.planes,
                   {place.x - beyond_place, place.y - beyond_place, place.width + 2 * beyond_place,
                    place.height + 2 * beyond_place},
                   1.001 * wanted, least, hopeless_part);
    for (std::size_t n = 0; n < before.size(); ++n) drop_broken_sums(figure.planes[n], before[n]);
    return figure;
}

double caption_height(const std::string& caption, double width_of_page) {
    return caption.empty() ? 0 : caption_line * label_size * caption_lines(caption, width_of_page);
}

void add_caption(Plane& page, const std::string& caption, Point at, double width, Color color) {
    int n = 0;
    for (const std::string& line : wrapped(caption, width, label_size)) {
        page.items.push_back(
            Text{fmt::format("caption {}", n++), at, line, label_size, Anchor::start, Weight::regular, color});
        at.y += caption_line * label_size;
    }
}

}  // namespace convloom::scene
