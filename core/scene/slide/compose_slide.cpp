#include "core/scene/slide/slide.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "core/scene/measure/bounds.hpp"
#include "core/scene/measure/wrap.hpp"
#include "core/scene/pieces/titles.hpp"
#include "core/scene/slide/figure.hpp"
#include "core/scene/slide/larger_labels.hpp"

namespace convloom::scene {
namespace slide_page {
namespace {

constexpr double margin = 5 * unit_px, column_width = 34 * unit_px, gutter = 4 * unit_px;
constexpr double head_y = 36, title_y = 72, title_em = 26, column_top = 108, foot_rule_y = 466;
constexpr Rect place_of_figure{margin + column_width + gutter, 112, page_width - 2 * margin - column_width - gutter,
                               330};
constexpr double line_height = 1.45, largest_text = 18, smallest_text = 12;
constexpr double readable = 10, least_readable = 8;  // of labels and numbers in the figure: 20 and 16 px of 1080

void add_figure(Scene& slide, Scene figure, const Rect& box) {
    fit_figure(figure, box, place_of_figure, 1);
    for (Plane& plane : figure.planes) plane.name.insert(0, "figure ");
    enlarge_labels(figure.planes,
                   {place_of_figure.x, title_y + 8, place_of_figure.width, foot_rule_y - 22 - title_y - 8}, readable,
                   least_readable);
    std::move(figure.planes.begin(), figure.planes.end(), std::back_inserter(slide.planes));
}

struct Writer {
    Plane& page;
    const Theme& theme;

    // The lines from a baseline on; returns the baseline after them.
    double write(const std::string& name, Point at, const std::string& text, double width, double size, Color color,
                 Weight weight = Weight::regular) const {
        int n = 0;
        for (const std::string& line : wrapped(text, width, size, weight)) {
            page.items.push_back(Text{name + " " + std::to_string(n++), at, line, size, Anchor::start, weight, color});
            at.y += line_height * size;
        }
        return at.y;
    }
};

double height_of(const std::string& text, double width, double size) {
    return line_height * size * static_cast<double>(wrapped(text, width, size).size());
}

// The text and what to try, in the largest size that fits above the foot.
void add_column(const Writer& to, const Slide& slide, Language language) {
    // At most the size at which formulas stay on one line.
    const double whole = std::max(whole_width(slide.text, 1), whole_width(slide.try_this, 1));
    double size = std::clamp(std::floor(2 * column_width / std::max(whole, 1.0)) / 2, smallest_text, largest_text);
    const auto height = [&] {
        return height_of(slide.text, column_width, size) + height_of(slide.try_this, column_width, size) + 3.1 * size;
    };
    while (size > smallest_text && height() > foot_rule_y - column_top - 8) size -= 0.5;
    double y = to.write("text", {margin, column_top + size}, slide.text, column_width, size, to.theme.text);
    y = to.write("try title", {margin, y + 0.9 * size}, tr(language, "Try it"), column_width, size, to.theme.accent,
                 Weight::semibold);
    to.write("try", {margin, y}, slide.try_this, column_width, size, to.theme.text);
}

void add_foot(const Writer& to, const Slide& slide, Language language) {
    constexpr double foot_size = 17;
    to.page.items.push_back(Line{
        "foot rule", {{margin, foot_rule_y}, {page_width - margin, foot_rule_y}}, false, {to.theme.hairline, thin_px}});
    const std::string title = slide.answers ? tr(language, "Answer") : tr(language, "Question");
    const double x = margin + text_width(title, foot_size, Weight::semibold) + 2 * unit_px,
                 width = page_width - margin - x;
    double size = foot_size;
    while (size > smallest_text && height_of(slide.foot, width, size) > page_height - foot_rule_y - 20) size -= 0.5;
    const double y = foot_rule_y + 14 + size;
    to.write("foot title", {margin, y}, title, width, foot_size, to.theme.accent, Weight::semibold);
    to.write("foot", {x, y}, slide.foot, width, size, to.theme.text);
}

}  // namespace
}  // namespace slide_page

Rect figure_box(const Scene& figure) {
    using namespace slide_page;
    return bounds(without_head(figure));
}

Scene compose_slide(const Slide& slide, Scene figure, const Rect& box, const ViewOptions& options) {
    using namespace slide_page;
    const Theme& theme = *options.theme;
    Scene scene = empty_page(options, slide.title + ": " + slide.text);
    add_figure(scene, without_head(std::move(figure)), box);
    Plane page{"slide", {}, {}, {Content::slide}};
    const Writer to{page, theme};
    page.items.push_back(
        Text{"chapter", {margin, head_y}, slide.chapter, label_size, Anchor::start, Weight::regular, theme.muted});
    page.items.push_back(Text{
        "place", {page_width - margin, head_y}, slide.place, label_size, Anchor::end, Weight::regular, theme.muted});
    page.items.push_back(Text{"title",
                              {margin, title_y},
                              slide.title,
                              title_em,
                              Anchor::start,
                              Weight::semibold,
                              theme.text,
                              {.mark = Mark::title}});
    const double under_y = foot_rule_y - 8;
    // A long moment, such as that of a tap in Chinese, leaves no room for them.
    const double wide = text_width(slide.parameters, small_size) + text_width(slide.moment, small_size);
    if (wide < page_width - margin - place_of_figure.x)
        page.items.push_back(Text{"parameters",
                                  {place_of_figure.x, under_y},
                                  slide.parameters,
                                  small_size,
                                  Anchor::start,
                                  Weight::regular,
                                  theme.muted});
    page.items.push_back(Text{
        "moment", {page_width - margin, under_y}, slide.moment, small_size, Anchor::end, Weight::regular, theme.muted});
    add_column(to, slide, options.language);
    add_foot(to, slide, options.language);
    scene.planes.push_back(std::move(page));
    return scene;
}

}  // namespace convloom::scene
