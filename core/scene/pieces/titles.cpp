#include "core/scene/pieces/titles.hpp"

#include <fmt/format.h>

#include <algorithm>

#include <cmath>

#include "core/scene/measure/text_metrics.hpp"

namespace convloom::scene {
namespace {

constexpr double least_gap_after_title_px = 8;
constexpr double margin_px = 5 * unit_px, least_slab_label_px = 14;
}  // namespace

Scene empty_page(const ViewOptions& options, std::string sentence) {
    const Room page = options.room.value_or(Room{});
    return {page.width, page.height, std::move(sentence), options.theme->ground, {}};
}

Scene compose_message(const std::string& sentence, const ViewOptions& options) {
    Scene scene = empty_page(options, sentence);
    Plane page{"labels", {}, {}, {Content::labels}};
    add_head(page, options, sentence, "");
    scene.planes.push_back(std::move(page));
    return scene;
}

void add_head(Plane& page, const ViewOptions& options, const std::string& parameters, const std::string& right) {
    const Theme& theme = *options.theme;
    const double width = options.room ? options.room->width : page_width;
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
    for (std::size_t n = 0; n < slots.size(); ++n) {
        const Point at = corner(slots[n]);
        const bool labelled = roomy || n == 0 || n + 1 == slots.size();
        std::string text = fmt::format("{}", slots[n].slab);
        if (letters) text = fmt::format("{} {}", static_cast<char>('A' + slots[n].slab / per_group), text);
        if (slots[n].gap_before) {
            // Between the two numbers, or beside the first if there is no room between them.
            const Point before = corner(slots[n - 1]);
            const bool beside = labelled && std::abs(at.y - before.y) < 2 * least_slab_label_px;
            page.items.push_back(Text{fmt::format("{} more {}", name, n),
                                      {beside ? at.x + 8 + text_width(text, small_size) : (at.x + before.x) / 2 + 8,
                                       (at.y + before.y) / 2 + 4},
                                      "…",
                                      label_size,
                                      Anchor::start,
                                      Weight::semibold,
                                      theme.text});
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

void MatrixLabels::title(Point at, const char* name, const std::string& says) const {
    add_plane_title(page, at, name, says, theme, language);
}

void MatrixLabels::title_before(double end, Point at, const char* name, const std::string& says) const {
    const double latest = end - plane_title_width(name, says, language) - least_gap_after_title_px;
    title({std::max(left, std::min(at.x, latest)), at.y}, name, says);
}

void MatrixLabels::heading(const char* name, double y, std::string text) const {
    page.items.push_back(
        note(name, {column_x, y}, std::move(text), theme.text, label_size, Anchor::start, Weight::semibold));
}

double MatrixLabels::paragraph(const char* name, double y, const std::string& text, Color color, double size,
                               double line) const {
    return add_paragraph(page, name, {column_x, y}, text, column_width, color, size, line);
}

}  // namespace convloom::scene
