#include "core/scene/pieces/titles.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/measure/wrap.hpp"

namespace convloom::scene {
namespace {
constexpr double margin_px = 5 * unit_px, least_slab_label_px = 14;
constexpr double head_title_y = 44, head_title_line_px = 26, head_parameters_y = 68, head_parameters_line_px = 20;
// Of the moment beside a title, at least; the text changes from step to step, and the lines must not.
constexpr double moment_room = 300, moment_room_chinese = 350;
constexpr std::size_t most_title_lines = 2, most_parameter_lines = 3;

// The lines of the head on a narrow page.
struct NarrowHead {
    std::vector<std::string> title, parameters;
    bool moment_below = false;

    NarrowHead(const ViewOptions& options, const std::string& all_parameters) {
        const double room = options.page.width - 2 * margin_px;
        moment_below = text_width(options.title, title_size, Weight::semibold) >
                       room - (options.language == Language::chinese ? moment_room_chinese : moment_room);
        title = lines_of(options.title, room, title_size, Weight::semibold, most_title_lines);
        parameters = lines_of(all_parameters, room, label_size, Weight::regular, most_parameter_lines);
    }
    double title_extra() const { return head_title_line_px * (static_cast<double>(title.size()) - 1); }
    double extra() const {
        const double lines = static_cast<double>(parameters.size()) + (moment_below ? 1 : 0);
        return title_extra() + head_parameters_line_px * std::max(0.0, lines - 1);
    }

  private:
    // At least one line; what is left of the last one allowed is cut.
    static std::vector<std::string> lines_of(const std::string& text, double room, double size, Weight weight,
                                             std::size_t most) {
        std::vector<std::string> lines = wrapped(text, room, size, weight);
        if (lines.size() > most) {
            for (std::size_t n = most; n < lines.size(); ++n) lines[most - 1] += " " + lines[n];
            lines.resize(most);
        }
        if (lines.empty()) lines.emplace_back();
        lines.back() = shortened(lines.back(), room, size, weight);
        return lines;
    }
};
}  // namespace

Scene empty_page(const ViewOptions& options, std::string sentence) {
    if (options.room)
        return {options.room->width, options.room->height, std::move(sentence), options.theme->ground, {}};
    return {options.page.width, options.page.height, std::move(sentence), options.theme->ground, {}};
}

Scene compose_message(const std::string& sentence, const ViewOptions& options) {
    Scene scene = empty_page(options, sentence);
    Plane page{"labels", {}, {}, {Content::labels}};
    add_head(page, options, sentence, "");
    scene.planes.push_back(std::move(page));
    return scene;
}

double head_extra(const ViewOptions& options, const std::string& parameters) {
    return options.labels && options.page.is_narrow() ? NarrowHead(options, parameters).extra() : 0;
}

namespace {

void add_narrow_head(Plane& page, const ViewOptions& options, const std::string& parameters, const std::string& right) {
    const Theme& theme = *options.theme;
    NarrowHead head(options, parameters);
    auto add = [&](const char* name, std::size_t line, Point at, const std::string& text, double size, Anchor anchor,
                   Weight weight, Color color, Mark mark) {
        page.items.push_back(
            Text{line == 0 ? name : fmt::format("{} {}", name, line), at, text, size, anchor, weight, color, {mark}});
    };
    double y = head_title_y;
    // A moment with larger numbers than most takes its room from the title.
    if (!head.moment_below)
        head.title.front() = shortened(head.title.front(),
                                       options.page.width - 2 * margin_px - text_width(right, label_size) - 2 * unit_px,
                                       title_size, Weight::semibold);
    for (std::size_t n = 0; n < head.title.size(); ++n, y += head_title_line_px)
        add("title", n, {margin_px, y}, head.title[n], title_size, Anchor::start, Weight::semibold, theme.text,
            Mark::title);
    y = head_parameters_y + head.title_extra();
    for (std::size_t n = 0; n < head.parameters.size(); ++n, y += head_parameters_line_px)
        add("parameters", n, {margin_px, y}, head.parameters[n], label_size, Anchor::start, Weight::regular,
            theme.muted, Mark::parameters);
    if (parameters.empty()) y -= head_parameters_line_px;
    if (head.moment_below)
        add("moment", 0, {margin_px, y}, right, label_size, Anchor::start, Weight::regular, theme.muted, Mark::moment);
    else
        add("moment", 0, {options.page.width - margin_px, head_title_y}, right, label_size, Anchor::end,
            Weight::regular, theme.muted, Mark::moment);
}

}  // namespace

void add_head(Plane& page, const ViewOptions& options, const std::string& parameters, const std::string& right) {
    const Theme& theme = *options.theme;
    if (!options.room && options.page.is_narrow()) return add_narrow_head(page, options, parameters, right);
    const double width = options.room ? options.room->width : options.page.width;
    // A title can be any text the user enters; it is cut to fit beside the moment.
    const double room = width - 2 * margin_px - text_width(right, label_size) - 3 * unit_px;
    page.items.push_back(Text{"title",
                              {margin_px, 44},
                              shortened(options.title, room, title_size, Weight::semibold),
                              title_size,
                              Anchor::start,
                              Weight::semibold,
                              theme.text,
                              {Mark::title}});
    page.items.push_back(Text{"parameters",
                              {margin_px, 68},
                              parameters,
                              label_size,
                              Anchor::start,
                              Weight::regular,
                              theme.muted,
                              {Mark::parameters}});
    page.items.push_back(Text{"moment",
                              {width - margin_px, 44},
                              right,
                              label_size,
                              Anchor::end,
                              Weight::regular,
                              theme.muted,
                              {Mark::moment}});
}

void add_plane_title(Plane& page, Point at, const std::string& name, const std::string& shape, const Theme& theme,
                     Language language) {
    const std::string shown = tr(language, name);
    page.items.push_back(Text{name + " title", at, shown, label_size, Anchor::start, Weight::semibold, theme.text});
    const double x = at.x + text_width(shown, label_size, Weight::semibold) + unit_px;
    page.items.push_back(
        Text{name + " shape", {x, at.y}, shape, label_size, Anchor::start, Weight::regular, theme.muted});
}

double plane_title_width(const std::string& name, const std::string& shape, Language language) {
    return text_width(tr(language, name), label_size, Weight::semibold) + unit_px + text_width(shape, label_size);
}

void add_pile_labels(Plane& page, const std::string& name, const Stack& pile,
                     const std::function<Affine(double z)>& plane, arith::Index per_group, const Theme& theme) {
    const std::vector<Slot>& slots = pile.slots;
    if (slots.size() < 2) return;
    auto corner = [&](const Slot& slot) {
        return plane(slot.z)({static_cast<double>(pile.columns), static_cast<double>(pile.rows)});
    };
    const bool roomy = std::abs(corner(slots[0]).y - corner(slots[1]).y) >= least_slab_label_px;
    const bool letters = per_group > 0 && pile.slabs <= 26 * per_group;
    auto text_of = [&](const Slot& slot) {
        std::string text = fmt::format("{}", slot.slab);
        if (letters) text = fmt::format("{} {}", static_cast<char>('A' + slot.slab / per_group), text);
        return text;
    };
    const Point first = corner(slots.front()), end = corner(slots.back());
    const bool ends_apart = std::abs(first.y - end.y) >= 1.4 * small_size ||
                            std::abs(first.x - end.x) > text_width(text_of(slots.back()), small_size) + 3;
    for (std::size_t n = 0; n < slots.size(); ++n) {
        const Point at = corner(slots[n]);
        const bool labelled = roomy || (n == 0 && ends_apart) || n + 1 == slots.size();
        const std::string text = text_of(slots[n]);
        if (slots[n].gap_before) {
            // Between the two numbers, or beside the first if there is no room between them.
            const Point before = corner(slots[n - 1]);
            const bool beside = labelled && std::abs(at.y - before.y) < 2 * least_slab_label_px;
            Text more{fmt::format("{} more {}", name, n),
                      {beside ? at.x + 8 + text_width(text, small_size) : (at.x + before.x) / 2 + 8,
                       (at.y + before.y) / 2 + 4},
                      "…",
                      label_size,
                      Anchor::start,
                      Weight::semibold,
                      theme.text};
            // In a tight stack the last number may be at the same place.
            if (const Point last = corner(slots.back()); !labelled && std::abs(more.at.y - last.y) < 1.4 * label_size)
                more.at.x = std::max(more.at.x, last.x + 8 + text_width(text_of(slots.back()), small_size));
            page.items.push_back(std::move(more));
        }
        if (!labelled) continue;
        page.items.push_back(Text{fmt::format("{} slab {} label", name, n),
                                  {at.x + 5, at.y + 4},
                                  text,
                                  small_size,
                                  Anchor::start,
                                  Weight::regular,
                                  theme.muted});
    }
}

}  // namespace convloom::scene
