#include "core/scene/pieces/channel_links.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/pieces/sheet.hpp"

namespace convloom::scene {
namespace {

using arith::Index;

constexpr Index most_nodes = 12;  // beyond this, channels or filters are drawn as bands

}  // namespace

Color ChannelLinks::hue(Index group) const {
    const Color hues[] = {p.theme.input, p.theme.input_second, p.theme.input_third};
    return hues[group % 3];
}

void ChannelLinks::add(Plane& page) const {
    const Index groups = p.layer.groups, in_each = p.layer.group_in(), out_each = p.layer.group_out();
    const bool lines = in <= most_nodes && out <= most_nodes;
    for (Index g = 0; g < std::min<Index>(groups, 64); ++g) {
        Color band = hue(g);
        band.a = lines ? 70 : 170;
        const double a = in_y(static_cast<double>(g * in_each)), b = in_y(static_cast<double>((g + 1) * in_each)),
                     c = out_y(static_cast<double>(g * out_each)), d = out_y(static_cast<double>((g + 1) * out_each));
        page.items.push_back(Shape{fmt::format("group {}", g),
                                   Shape::Kind::polygon,
                                   {{left, a + 1}, {right, c + 1}, {right, d - 1}, {left, b - 1}},
                                   {},
                                   0,
                                   band,
                                   {}});
    }
    const double filter = out_y(static_cast<double>(p.step.channel) + 0.5);
    for (Index f = 0; lines && f < out; ++f)
        for (Index n = 0; n < in_each; ++n)
            if (f != p.step.channel) add_link(page, f / out_each * in_each + n, f, {p.theme.muted, thin_px});
    // With many channels only some are drawn, evenly from the first to the last.
    const Index drawn = std::min<Index>(in_each, 24);
    for (Index n = 0; n < drawn; ++n)
        add_link(page, p.first_in + (drawn > 1 ? n * (in_each - 1) / (drawn - 1) : 0), p.step.channel,
                 {p.theme.tap, in_each > 24 ? thin_px : thick_px});
    add_nodes(page, "channel", in, left, true, lines);
    add_nodes(page, "filter", out, right, false, lines);
    page.items.push_back(Shape{"filter now",
                               Shape::Kind::ellipse,
                               {},
                               {right - 6, filter - 6, 12, 12},
                               0,
                               p.theme.tap,
                               {p.theme.window, thick_px}});
}

void ChannelLinks::add_link(Plane& page, Index channel, Index filter, Stroke stroke) const {
    page.items.push_back(
        Line{fmt::format("link {} {}", channel, filter),
             {{left, in_y(static_cast<double>(channel) + 0.5)}, {right, out_y(static_cast<double>(filter) + 0.5)}},
             false,
             stroke});
}

void ChannelLinks::add_nodes(Plane& page, const char* name, Index count, double x, bool is_input, bool all) const {
    auto y = [&](Index n) {
        return is_input ? in_y(static_cast<double>(n) + 0.5) : out_y(static_cast<double>(n) + 0.5);
    };
    auto label = [&](Index n) {
        page.items.push_back(
            note(fmt::format("{} {} number", name, n), {is_input ? x - 11 : x + 11, centred_baseline(y(n), small_size)},
                 fmt::format("{}", n), p.theme.muted, small_size, is_input ? Anchor::end : Anchor::start));
    };
    for (Index n = 0; all && n < count; ++n) {
        page.items.push_back(Shape{fmt::format("{} {}", name, n),
                                   Shape::Kind::ellipse,
                                   {},
                                   {x - 5, y(n) - 5, 10, 10},
                                   0,
                                   is_input ? hue(n / p.layer.group_in()) : p.theme.output,
                                   {p.theme.grid, thin_px}});
        label(n);
    }
    if (all) return;
    label(0);
    label(count - 1);
    if (!is_input && p.step.channel > count / 12 && p.step.channel < count - count / 12) label(p.step.channel);
}

}  // namespace convloom::scene
