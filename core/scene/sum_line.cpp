#include "core/scene/sum_line.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/scene/number_text.hpp"
#include "core/scene/parts.hpp"
#include "core/scene/text_metrics.hpp"

namespace convloom::scene {
namespace {

constexpr double size = 18;
constexpr double result_room = 110;   // for "= −88.888" after the last term
constexpr arith::Index too_many_to_measure = 400;

std::string factor(float value) {
    const std::string text = number_text(value, 2);
    return value < 0 ? "(" + text + ")" : text;
}

std::string term_text(const arith::Tap& tap) {
    return fmt::format("{}·{}", number_text(tap.x, 2), factor(tap.w));
}

struct Slots {
    double start, width;
    int a_line;
    Point place(int n, Rect room) const {
        return {start + (n % a_line) * width, room.y + 20 + (n / a_line) * sum_line_px};
    }
};

}  // namespace

std::vector<arith::Index> shown_terms(arith::Index count, arith::Index slots, arith::Index current) {
    std::vector<arith::Index> shown;
    if (count <= slots) {
        for (arith::Index n = 0; n < count; ++n) shown.push_back(n);
        return shown;
    }
    // Three runs: the head, a middle around the current term, the tail; ellipses close the gaps.
    const arith::Index tail = std::max<arith::Index>(1, slots / 6);
    const arith::Index body = slots - tail - 1;   // one ellipsis before the tail
    const arith::Index last_start = count - tail;
    if (current < body - 1) {
        for (arith::Index n = 0; n < body; ++n) shown.push_back(n);
    } else {
        const arith::Index head = std::max<arith::Index>(1, body / 3);
        const arith::Index middle = body - head - 1;
        const arith::Index from = std::clamp(current - middle / 2, head, last_start - middle);
        for (arith::Index n = 0; n < head; ++n) shown.push_back(n);
        shown.push_back(-1);
        for (arith::Index n = from; n < from + middle; ++n) shown.push_back(n);
    }
    shown.push_back(-1);
    for (arith::Index n = last_start; n < count; ++n) shown.push_back(n);
    return shown;
}

void add_sum(Plane& page, Rect room, const arith::Recording& recording, const Moment& moment,
             const ViewOptions& options) {
    const Theme& theme = *options.theme;
    const arith::Step step = recording.step(moment.step);
    const std::vector<arith::Tap> taps = recording.taps(step);
    const auto count = static_cast<arith::Index>(taps.size());
    const bool whole = moment.tap == Moment::whole_window;
    const arith::Index current = whole ? -1 : std::min(moment.tap, count - 1);

    const float so_far = whole ? recording.value(step) : taps[current].partial;
    double term_width = text_width("8·8", size, Weight::semibold);
    for (arith::Index n = 0; n < std::min(count, too_many_to_measure); ++n)
        term_width = std::max(term_width, text_width(term_text(taps[n]), size, Weight::semibold));
    const double plus = text_width(" + ", size) + unit_px, equals = text_width(" = ", size);
    Slots slots{room.x, term_width + plus, 1};
    slots.a_line = std::max(3, static_cast<int>((room.width - result_room + plus) / slots.width));

    const std::vector<arith::Index> shown = shown_terms(count, 2 * slots.a_line, current);
    int slot = 0;
    for (arith::Index n : shown) {
        const Point at = slots.place(slot, room);
        const double middle = at.x + term_width / 2;
        if (slot + 1 < static_cast<int>(shown.size()))
            page.items.push_back(Text{fmt::format("plus {}", slot), {at.x + term_width + plus / 2, at.y}, "+", size,
                                      Anchor::middle, Weight::regular, theme.muted});
        if (n < 0) {
            page.items.push_back(Text{fmt::format("more {}", slot), {middle, at.y}, "…", size, Anchor::middle,
                                      Weight::regular, theme.muted});
        } else {
            const bool is_current = n == current;
            if (is_current)
                page.items.push_back(Shape{"current term", Shape::Kind::box, {},
                                           {at.x - 3, at.y - 19, term_width + 6, 26}, 4, theme.tap, {}});
            const Color color = is_current ? theme.on_tap : whole || n < current ? theme.text : theme.muted;
            page.items.push_back(Text{fmt::format("term {}", n), {middle, at.y}, term_text(taps[n]), size,
                                      Anchor::middle, is_current ? Weight::semibold : Weight::regular, color});
        }
        ++slot;
    }
    // After the last slot, whose place does not depend on the moment.
    const Point last = slots.place(slot - 1, room);
    const double x = last.x + term_width + equals;
    page.items.push_back(Text{"sum equals", {x - equals / 2, last.y}, "=", size, Anchor::middle, Weight::regular,
                              theme.muted});
    page.items.push_back(Text{"sum result", {x, last.y}, number_text(so_far, 3), size + 4, Anchor::start,
                              Weight::semibold, theme.text});
}

}  // namespace convloom::scene
