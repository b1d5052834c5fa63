#include "core/scene/sum_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/scene/number_text.hpp"
#include "core/scene/parts.hpp"
#include "core/scene/text_metrics.hpp"

namespace convloom::scene {
namespace {

constexpr double size = 18;
constexpr double result_room = 170;  // for "+ 0.25 = −88.888" after the last term
constexpr arith::Index too_many_to_measure = 400;

std::string factor(float value) {
    const std::string text = number_text(value, 2);
    return value < 0 ? "(" + text + ")" : text;
}

// What is added up, or compared, at one moment of a step.
struct Sum {
    std::vector<std::string> terms;
    arith::Index current = -1;  // -1: all of them
    std::string lead, sign = "+", closing = "=";
    float so_far = 0;
};

// The products one by one; for a whole window over several channels each channel's subtotal.
Sum sum_of(const arith::Recording& recording, const Moment& moment, bool by_channel, Language language) {
    const arith::Layer& layer = recording.layer();
    const arith::Step step = recording.step(moment.step);
    const bool whole = moment.tap == Moment::whole_window, maximum = layer.op == arith::Op::max_pooling;
    Sum sum;
    if (whole && layer.op == arith::Op::average_pooling)
        sum.closing = trf(language, "over {} =", number_text(recording.divisor(step)));
    if (const float bias = recording.bias(step); whole && bias != 0)
        sum.closing = fmt::format("{} {} =", bias < 0 ? "−" : "+", number_text(std::abs(bias), 2));
    if (maximum) sum.lead = tr(language, "max of"), sum.sign = ",";
    if (whole && by_channel && layer.rank() > 1 && layer.group_in() > 1) {
        for (float subtotal : recording.channel_subtotals(step)) sum.terms.push_back(factor(subtotal));
        sum.lead = tr(language, "channels:");
        sum.so_far = recording.value(step);
        return sum;
    }
    sum.so_far = maximum ? -std::numeric_limits<float>::infinity() : 0;
    recording.visit_taps(step, [&](const arith::Tap& tap) {
        const std::string x = number_text(tap.x, 2);
        sum.terms.push_back(layer.is_pooling() ? x : fmt::format("{}·{}", x, factor(tap.w)));
        if (tap.number <= moment.tap) sum.so_far = tap.partial;
    });
    if (whole) sum.so_far = recording.value(step);
    if (!whole) sum.current = std::min(moment.tap, static_cast<arith::Index>(sum.terms.size()) - 1);
    if (sum.terms.empty()) sum.lead = tr(language, "No input cell is reached");
    return sum;
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
    const arith::Index body = slots - tail - 1;  // one ellipsis before the tail
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
             const ViewOptions& options, bool by_channel) {
    const Theme& theme = *options.theme;
    const Sum sum = sum_of(recording, moment, by_channel, options.language);
    const auto count = static_cast<arith::Index>(sum.terms.size());
    auto add = [&](std::string name, Point at, std::string text, Anchor anchor, Color color,
                   Weight weight = Weight::regular) {
        page.items.push_back(Text{std::move(name), at, std::move(text), size, anchor, weight, color});
    };
    if (!sum.lead.empty()) {
        add("sum lead", {room.x, room.y + 20}, sum.lead, Anchor::start, theme.muted);
        const double taken = text_width(sum.lead, size) + 1.5 * unit_px;
        room.x += taken;
        room.width -= taken;
    }

    double term_width = text_width("8·8", size, Weight::semibold);
    for (arith::Index n = 0; n < std::min(count, too_many_to_measure); ++n)
        term_width = std::max(term_width, text_width(sum.terms[n], size, Weight::semibold));
    const double plus = text_width(" + ", size) + unit_px, gap = text_width(" ", size);
    Slots slots{room.x, term_width + plus, 1};
    slots.a_line = std::max(3, static_cast<int>((room.width - result_room + plus) / slots.width));

    const std::vector<arith::Index> shown = shown_terms(count, 2 * slots.a_line, sum.current);
    int slot = 0;
    for (arith::Index n : shown) {
        const Point at = slots.place(slot, room);
        const double middle = at.x + term_width / 2;
        if (slot + 1 < static_cast<int>(shown.size()))
            add(fmt::format("plus {}", slot), {at.x + term_width + plus / 2, at.y}, sum.sign, Anchor::middle,
                theme.muted);
        if (n < 0) {
            add(fmt::format("more {}", slot), {middle, at.y}, "…", Anchor::middle, theme.muted);
        } else {
            const bool is_current = n == sum.current;
            if (is_current)
                page.items.push_back(Shape{
                    "current term", Shape::Kind::box, {}, {at.x - 3, at.y - 19, term_width + 6, 26}, 4, theme.tap, {}});
            const Color color = is_current                           ? theme.on_tap
                                : sum.current < 0 || n < sum.current ? theme.text
                                                                     : theme.muted;
            add(fmt::format("term {}", n), {middle, at.y}, sum.terms[n], Anchor::middle, color,
                is_current ? Weight::semibold : Weight::regular);
        }
        ++slot;
    }
    // After the last slot, whose place does not depend on the moment.
    const Point last = slot > 0 ? slots.place(slot - 1, room) : Point{room.x - term_width, room.y + 20};
    const double closing = text_width(sum.closing, size), x = last.x + term_width + gap;
    add("sum equals", {x + closing / 2, last.y}, sum.closing, Anchor::middle, theme.muted);
    page.items.push_back(Text{"sum result",
                              {x + closing + gap, last.y},
                              number_text(sum.so_far, 3),
                              size + 4,
                              Anchor::start,
                              Weight::semibold,
                              theme.text});
}

}  // namespace convloom::scene
