#include "core/scene/pieces/sum_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/arith/layer/output_size.hpp"
#include "core/arith/steps/listed_taps.hpp"
#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::scene {
namespace {

constexpr double full_size = 18, least_sum_size = 11;
constexpr double result_room = 170;       // for "+ 0.25 = −88.888" after the last term
constexpr double result_room_over = 225;  // for "over 256, so far −888.888"
constexpr int fewest_in_a_line = 3;       // so that two lines show both ends and the current term
constexpr arith::Index too_many_to_measure = 400;

constexpr int least_decimals = 2, most_decimals = 4, result_decimals = 3;

std::string factor(float value, int decimals) {
    const std::string text = number_text(value, decimals);
    return value < 0 ? "(" + text + ")" : text;
}

// The terms that are added or compared at one moment of a step.
struct Sum {
    std::vector<std::string> terms;
    arith::Index current = -1;  // -1: all of them
    bool skipped = false;       // the current tap adds no term; `current` counts those before it
    std::string lead, sign = "+", closing = "=";
    float so_far = 0;
    bool biased = false;  // the closing text contains the bias
};

// One term: a value times a weight, or a power of a value. Of a modulated layer the value is first multiplied once
// more.
struct Term {
    float x, w;
    arith::Index power = 1;
    float modulation = 1;
};

double as_printed(float value, int decimals) {
    const double scale = std::pow(10.0, decimals);
    return std::nearbyint(static_cast<double>(value) * scale) / scale;  // half to even, as fmt prints
}

// Whether the terms as printed add up to the result as printed. A norm takes the root of their sum.
bool adds_up_to(float result, const std::vector<Term>& terms, int decimals, bool maximum, double over, float bias,
                arith::Index root) {
    if (!std::isfinite(result) || terms.empty()) return true;
    double sum = maximum ? -std::numeric_limits<double>::infinity() : 0;
    for (const Term& term : terms) {
        const double value = std::pow(as_printed(term.x, decimals), static_cast<double>(term.power)) *
                             as_printed(term.w, decimals) * as_printed(term.modulation, decimals);
        sum = maximum ? std::max(sum, value) : sum + value;
    }
    const double wanted = as_printed(result, result_decimals),
                 margin = std::max(std::abs(wanted) * 1e-6, 0.5001 * std::pow(10.0, -result_decimals));
    const double total = root > 1 ? std::pow(sum / over, 1.0 / static_cast<double>(root)) : sum / over;
    return std::abs(total + as_printed(bias, decimals) - wanted) <= margin;
}

// The text after the terms: the divisor and the bias.
std::string after_sum(bool divides, float divisor, float bias, bool channels, int decimals, Language language) {
    std::string text = divides ? trf(language, "over {} =", number_text(divisor)) : "=";
    if (bias == 0) return text;
    text.pop_back();
    // Among subtotals of channels a lone number would pass for one more channel.
    if (channels)
        return fmt::format("{}{} {} =", text, bias < 0 ? "−" : "+",
                           trf(language, "bias {}", number_text(std::abs(bias), decimals)));
    return fmt::format("{}{} {} =", text, bias < 0 ? "−" : "+", number_text(std::abs(bias), decimals));
}

// Collects the terms of one step at one moment and writes them as text.
struct SumMaker {
    const arith::Recording& recording;
    const arith::Layer& layer;
    const Moment& moment;
    Language language;
    int weights_over;
    arith::Step step;
    bool whole, maximum, norm, channels, divides;
    std::vector<Term> terms;
    std::vector<arith::Index> numbers;  // of the terms' taps; not those in holes, which add nothing
    arith::Coverage cells{1, 1};        // of a partial convolution's window
    float so_far = 0;

    SumMaker(const arith::Recording& r, const Moment& m, bool by_channel, int over, Language in)
        : recording(r), layer(r.layer()), moment(m), language(in), weights_over(over), step(r.step(m.step)),
          whole(m.tap == Moment::whole_window), maximum(layer.reduction() == arith::Reduction::maximum),
          norm(layer.reduction() == arith::Reduction::norm),
          channels(whole && by_channel && layer.rank() > 1 && layer.mixes_channels() && layer.group_in() > 1),
          divides(!channels && (over > 1 || layer.reduction() == arith::Reduction::mean)) {
        collect();
    }

    // Collects the products one by one, or for a whole window over several channels the subtotal of each channel.
    void collect() {
        const auto scale = static_cast<float>(weights_over);
        const bool partial = layer.op == arith::Op::partial_convolution;
        if (partial) cells = arith::coverage_of(recording, step);
        so_far = maximum ? -std::numeric_limits<float>::infinity() : 0;
        if (channels)
            for (float subtotal : recording.channel_subtotals(step)) terms.push_back({subtotal, 1});
        else
            recording.visit_taps(step, [&](const arith::Tap& tap) {
                if (tap.number <= moment.tap) so_far = tap.partial;
                if (partial && !tap.has_source) return;
                numbers.push_back(tap.number);
                terms.push_back({tap.x,
                                 !layer.has_weight() && !layer.has_factors() ? 1
                                 : weights_over > 1                          ? std::round(tap.w * scale)
                                                                             : tap.w,
                                 root(), tap.modulation});
            });
        if (whole) so_far = recording.value(step);
    }
    arith::Index root() const { return norm ? layer.norm_type : 1; }
    // The cells of a full window for those in the input, if a norm is scaled because the input cuts the window off.
    std::pair<arith::Index, arith::Index> scaled() const {
        const arith::Index full = arith::Extents(layer).kernel_volume, inside = recording.tap_count(step);
        return norm && inside > 0 && inside != full ? std::pair(full, inside)
                                                    : std::pair<arith::Index, arith::Index>(1, 1);
    }
    // "max of", "square root of", "square root of 9/6 times the sum of".
    std::string lead() const {
        if (maximum) return tr(language, "max of");
        if (!norm) return "";
        std::string text = root() == 1   ? ""
                           : root() == 2 ? tr(language, "square root of")
                           : root() == 3 ? tr(language, "cube root of")
                                         : trf(language, "root {} of", root());
        if (const auto [full, inside] = scaled(); full != inside)
            text += (text.empty() ? "" : " ") + trf(language, "{}/{} times the sum of", full, inside);
        return text;
    }
    std::string written(const Term& term, int decimals) const {
        if (channels) return factor(term.x, decimals);
        if (term.power > 1)
            return factor(term.x, decimals) + (term.power == 2   ? "²"
                                               : term.power == 3 ? "³"
                                                                 : fmt::format("^{}", term.power));
        if (!layer.has_weight() && !layer.has_factors()) return number_text(term.x, decimals);
        if (layer.modulated)
            return fmt::format("{}·{}·{}", number_text(term.x, decimals), factor(term.modulation, decimals),
                               factor(term.w, decimals));
        return fmt::format("{}·{}", number_text(term.x, decimals), factor(term.w, decimals));
    }
    bool is_rescaled() const { return cells.valid > 0 && cells.valid != cells.window; }
    // Whether the result is marked "so far". After the last product it is, if a bias or a division is still missing;
    // the printed line would be wrong otherwise.
    bool is_partial(const Sum& sum) const {
        if (whole) return false;
        const bool last = sum.current + (sum.skipped ? 0 : 1) == static_cast<arith::Index>(terms.size());
        return !last || recording.bias(step) != 0 || (divides && weights_over == 1) || (norm && !lead().empty()) ||
               is_rescaled();
    }
    Sum sum() const {
        const float result = recording.value(step), bias = cells.valid > 0 ? recording.bias(step) : 0,
                    divisor = norm            ? static_cast<float>(scaled().second) / static_cast<float>(scaled().first)
                              : is_rescaled() ? 1 / cells.ratio()
                              : !divides      ? 1
                              : weights_over > 1 ? static_cast<float>(weights_over)
                                                 : recording.divisor(step);
        int decimals = least_decimals;
        while (decimals < most_decimals && !adds_up_to(result, terms, decimals, maximum, divisor, bias, root()))
            ++decimals;
        Sum sum;
        sum.so_far = so_far;
        for (const Term& term : terms) sum.terms.push_back(written(term, decimals));
        sum.lead = lead();
        if (maximum) sum.sign = ",";
        if (channels) sum.lead = tr(language, "channels:");
        if (terms.empty()) sum.lead = tr(language, "No input cell under the window");
        if (is_rescaled()) sum.lead = "(";
        if (!whole) {
            const auto at = std::lower_bound(numbers.begin(), numbers.end(), moment.tap);
            sum.skipped = at == numbers.end() || *at != moment.tap;
            sum.current = at - numbers.begin();
            if (layer.op != arith::Op::partial_convolution) {
                sum.skipped = false;
                sum.current = std::min(moment.tap, static_cast<arith::Index>(terms.size()) - 1);
            }
        }
        sum.closing = after_sum(divides, divisor, bias, channels, decimals, language);
        if (is_rescaled()) sum.closing = fmt::format(") · {}/{} {}", cells.window, cells.valid, sum.closing);
        if (!adds_up_to(result, terms, decimals, maximum, divisor, bias, root()))
            sum.closing.replace(sum.closing.size() - 1, 1, "≈");
        if (is_partial(sum) && is_rescaled())
            sum.closing = fmt::format(") {}", tr(language, "so far"));
        else if (is_partial(sum))
            sum.closing = weights_over > 1 ? trf(language, "over {}, so far", weights_over)
                          : norm           ? tr(language, "sum so far")
                                           : tr(language, "so far");
        else
            sum.biased = bias != 0;
        return sum;
    }
};

struct Slots {
    double start, width;
    int a_line;
    Point place(int n, Rect room) const {
        const int line = n / a_line;
        return {start + (n % a_line) * width, room.y + 20 + line * sum_line_px};
    }
};

double widest_term(const Sum& sum, double size) {
    double widest = text_width("8·8", size, Weight::semibold);
    for (std::size_t n = 0; n < std::min(sum.terms.size(), static_cast<std::size_t>(too_many_to_measure)); ++n)
        widest = std::max(widest, text_width(sum.terms[n], size, Weight::semibold));
    return widest;
}

double lead_width(const Sum& sum, double size) {
    return sum.lead.empty() ? 0 : text_width(sum.lead, size) + 1.5 * unit_px;
}

// On a narrow page long terms are written smaller, so that the fewest in a line and the result fit.
double fitting_size(const Sum& sum, double width, double result_width) {
    const double plus = text_width(" + ", full_size) + unit_px,
                 needed = lead_width(sum, full_size) + fewest_in_a_line * (widest_term(sum, full_size) + plus) - plus +
                          result_width;
    return std::clamp(full_size * width / needed, least_sum_size, full_size);
}

}  // namespace

std::vector<arith::Index> shown_terms(arith::Index count, arith::Index slots, arith::Index current) {
    std::vector<arith::Index> shown;
    if (count <= slots) {
        for (arith::Index n = 0; n < count; ++n) shown.push_back(n);
        return shown;
    }
    // Three runs with ellipses between them: the beginning, the terms around the current one, and the end.
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

namespace {

// Where everything of a sum stands.
struct SumLine {
    double size, result_size, term_width, plus, gap;
    Slots slots{0, 0, 1};
    std::vector<arith::Index> shown;
    Point last;  // of the last term; the result has a fixed place after it, whatever the moment
    double closing, end;

    // With room for a result of this width at full size.
    SumLine(const Sum& sum, Rect room, double result_width)
        : size(fitting_size(sum, room.width, result_width)), result_size(size + 4 * size / full_size),
          term_width(widest_term(sum, size)), plus(text_width(" + ", size) + unit_px), gap(text_width(" ", size)),
          closing(text_width(sum.closing, size)) {
        const auto count = static_cast<arith::Index>(sum.terms.size());
        const double taken = lead_width(sum, size);
        room.x += taken;
        room.width -= taken;
        slots = {room.x, term_width + plus, 1};
        slots.a_line = std::max(fewest_in_a_line,
                                static_cast<int>((room.width - result_width * size / full_size + plus) / slots.width));
        shown = shown_terms(count, arith::Index{2} * slots.a_line, std::min(sum.current, count - 1));
        last = shown.empty() ? Point{room.x - term_width, room.y + 20}
                             : slots.place(static_cast<int>(shown.size()) - 1, room);
        end = result_at() + text_width(number_text(sum.so_far, result_decimals), result_size, Weight::semibold);
    }
    double closing_at() const { return last.x + term_width + gap; }
    double result_at() const { return closing_at() + closing + gap; }
};

SumLine lay_out(const Sum& sum, const Rect& room, bool over) {
    SumLine line(sum, room, over ? result_room_over : result_room);
    // A bias among channels and large results take more room than that, also where the gaps do not shrink with the
    // text.
    for (double more = 1; line.end > room.right() && line.size > least_sum_size; more += 0.02)
        line = SumLine(sum, room, more * (line.end - line.last.x - line.term_width) * full_size / line.size);
    return line;
}

}  // namespace

void add_sum(Plane& page, Rect room, const arith::Recording& recording, const Moment& moment,
             const ViewOptions& options, bool by_channel, int weights_over) {
    const Theme& theme = *options.theme;
    const Sum sum = SumMaker(recording, moment, by_channel, weights_over, options.language).sum();
    const SumLine line = lay_out(sum, room, weights_over > 1);
    auto add = [&](std::string name, Point at, std::string text, Anchor anchor, Color color,
                   Weight weight = Weight::regular, Mark mark = Mark::none) {
        page.items.push_back(Text{std::move(name), at, std::move(text), line.size, anchor, weight, color, {mark}});
    };
    if (!sum.lead.empty()) add("sum lead", {room.x, room.y + 20}, sum.lead, Anchor::start, theme.muted);

    int slot = 0;
    for (arith::Index n : line.shown) {
        const Point at = line.slots.place(slot, room);
        const double middle = at.x + line.term_width / 2;
        if (slot + 1 < static_cast<int>(line.shown.size()))
            add(fmt::format("plus {}", slot), {at.x + line.term_width + line.plus / 2, at.y}, sum.sign, Anchor::middle,
                theme.muted);
        if (n < 0) {
            add(fmt::format("more {}", slot), {middle, at.y}, "…", Anchor::middle, theme.muted);
        } else {
            const bool is_current = n == sum.current && !sum.skipped;
            if (is_current)
                page.items.push_back(Shape{"current term",
                                           Shape::Kind::box,
                                           {},
                                           {at.x - 3, at.y - 19, line.term_width + 6, 26},
                                           4,
                                           theme.tap,
                                           {}});
            const Color color = is_current                           ? theme.on_tap
                                : sum.current < 0 || n < sum.current ? theme.text
                                                                     : theme.muted;
            add(fmt::format("term {}", n), {middle, at.y}, sum.terms[n], Anchor::middle, color,
                is_current ? Weight::semibold : Weight::regular);
        }
        ++slot;
    }
    add("sum equals", {line.closing_at() + line.closing / 2, line.last.y}, sum.closing, Anchor::middle, theme.muted,
        Weight::regular, sum.biased ? Mark::bias : Mark::none);
    page.items.push_back(Text{"sum result",
                              {line.result_at(), line.last.y},
                              number_text(sum.so_far, result_decimals),
                              line.result_size,
                              Anchor::start,
                              Weight::semibold,
                              theme.text});
}

}  // namespace convloom::scene
