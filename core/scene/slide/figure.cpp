#include "core/scene/slide/figure.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace convloom::scene {

Scene without_marks(Scene figure, const std::function<bool(Mark)>& is_left_out) {
    for (Plane& plane : figure.planes)
        if (plane.role.content == Content::labels)
            plane.items.erase(std::remove_if(plane.items.begin(), plane.items.end(),
                                             [&](const Item& item) { return is_left_out(role_of(item).mark); }),
                              plane.items.end());
    return figure;
}

Scene without_head(Scene figure) {
    return without_marks(std::move(figure), [](Mark mark) {
        return mark == Mark::title || mark == Mark::parameters || mark == Mark::moment;
    });
}

std::string head_text(const Scene& figure, Mark mark) {
    for (const Plane& plane : figure.planes)
        for (const Item& item : plane.items)
            if (const Text* text = std::get_if<Text>(&item); text && text->role.mark == mark) return text->text;
    return "";
}

std::string whole_head_text(const Scene& figure, Mark mark) {
    std::string whole;
    for (const Plane& plane : figure.planes)
        for (const Item& item : plane.items)
            if (const Text* text = std::get_if<Text>(&item); text && text->role.mark == mark)
                whole += (whole.empty() ? "" : " ") + text->text;
    return whole;
}

void fit_figure(Scene& figure, const Rect& box, const Rect& place, double largest, bool strong_lines) {
    const double scale = std::min({place.width / box.width, place.height / box.height, largest});
    const Affine to_place =
        Affine::scale_and_move(scale, place.x + (place.width - scale * box.width) / 2 - scale * box.x,
                               place.y + (place.height - scale * box.height) / 2 - scale * box.y);
    const double lines = strong_lines ? std::sqrt(scale) : scale;
    const auto resize = [lines](Stroke& stroke) { stroke.width_px *= lines, stroke.dash_px *= lines; };
    for (Plane& plane : figure.planes) {
        plane.to_page = to_place.after(plane.to_page);
        for (Item& item : plane.items) {
            if (auto* field = std::get_if<Field>(&item)) resize(field->edge);
            if (auto* line = std::get_if<Line>(&item)) resize(line->stroke);
            if (auto* shape = std::get_if<Shape>(&item)) resize(shape->stroke), shape->corner_px *= scale;
        }
    }
}

}  // namespace convloom::scene
