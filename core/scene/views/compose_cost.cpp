// The cost view: the multiplications of a layer and of alternatives with the same shapes, as bars on one scale that
// fill as the steps run. A chain is compared with the standard layer that it replaces.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/arith/chain/cost.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/measure/wrap.hpp"
#include "core/scene/pieces/layer_planes.hpp"
#include "core/scene/pieces/layer_words.hpp"
#include "core/scene/pieces/titles.hpp"
#include "core/scene/views/compose.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::scene {
namespace cost_view {
namespace {

using arith::Index;

constexpr std::size_t most_bars = 7;

struct Bar {
    std::string label, says;
    arith::Chain chain;
    double whole = 0;  // multiplications
    bool own = false;  // the layer or chain that is shown
};

// Bars from top to bottom, with names and weight shapes on the left, counts on the right and remarks below.
struct CostLayout {
    double margin = 5 * unit_px, title_y = 124, bars_top = 150, formula_y = 496, caution_y = 518;
    double names_width = 236, numbers_width = 200;
    double bars_left = 0, bars_room = 0, numbers_x = 0;
    double apart = 0, height = 0;  // distance between bars, and height of a bar
};

CostLayout lay_out_cost(std::size_t bars, double longest_name, const PageSize& page, double extra) {
    constexpr double below_bars = page_height - 470, narrow_lines = 30, most_apart = 72, most_height = 40,
                     height_of_apart = 0.62;
    CostLayout l;
    if (page.is_narrow()) {  // the formula and the caution take two lines each
        l.names_width = std::clamp(longest_name + 2 * unit_px, 0.2 * page.width, 0.34 * page.width);
        l.numbers_width = std::max(150.0, 0.24 * page.width);
        l.formula_y -= narrow_lines;
        l.caution_y -= narrow_lines / 2;
    }
    const double bars_bottom = page.height - below_bars - (page.is_narrow() ? narrow_lines : 0);
    l.title_y += extra;
    l.bars_top += extra;
    l.formula_y += page.higher();
    l.caution_y += page.higher();
    l.bars_left = l.margin + l.names_width;
    l.bars_room = page.width - l.margin - l.numbers_width - l.bars_left;
    l.numbers_x = page.width - l.margin - l.numbers_width + 14;
    l.apart = std::min((bars_bottom - l.bars_top) / static_cast<double>(bars), most_apart);
    l.height = std::min(l.apart * height_of_apart, most_height);
    return l;
}

double multiplications(const arith::Chain& chain) {
    return static_cast<double>(arith::cost(chain).multiplications);
}

// "3×3×3×3", or for a chain "3×1×3×3, then 128×3×1×1".
std::string weights_text(const arith::Chain& chain, Language in) {
    std::string text;
    for (const arith::Link& link : chain)
        text += fmt::format(
            "{}{}", text.empty() ? "" : " + ",
            !link.layer.has_weight() ? tr(in, "no weights") : arith::to_text(arith::weight_shape(link.layer)));
    return text;
}

std::string own_name(const arith::Layer& layer) {
    if (!layer.kind().has_special_titles) return std::string(arith::name_of(layer.op));
    if (layer.groups > 1 && layer.groups == layer.in_channels) return "depthwise";
    return layer.groups > 1 ? fmt::format("{} groups", layer.groups) : "standard";
}

std::vector<Bar> bars_of(const arith::Chain& chain, Language in) {
    std::vector<Bar> bars;
    auto add = [&](std::string name, const arith::Chain& way, bool own) {
        bars.push_back({std::move(name), weights_text(way, in), way, multiplications(way), own});
    };
    if (chain.size() > 1) {
        if (const auto standard = arith::standard_of(chain)) {
            add("standard", {{*standard, {}, {}, {}}}, false);
            add("depthwise separable", chain, true);
            return bars;
        }
        for (std::size_t n = 0; n < chain.size(); ++n) add(fmt::format("layer {}", n + 1), {chain[n]}, false);
        add("together", chain, true);
        return bars;
    }
    const arith::Layer& layer = chain.front().layer;
    // What else could make the same shapes, where the layer has no variants of its own.
    auto add_other = [&](const char* name, std::string says, double whole) {
        bars.push_back({name, std::move(says), {}, whole, false});
    };
    const double windows = static_cast<double>(*arith::element_count(arith::output_shape(layer))) *
                           static_cast<double>(arith::Extents(layer).kernel_volume);
    if (!layer.has_weight()) {
        add(own_name(layer), chain, true);
        if (!layer.has_sized_windows()) add_other("depthwise convolution", tr(in, "with the same windows"), windows);
        return bars;
    }
    for (const arith::Alternative& way : arith::alternatives(layer))
        if (std::none_of(bars.begin(), bars.end(), [&](const Bar& b) { return b.chain == way.chain; }))
            add(way.name, way.chain, way.chain.size() == 1 && way.chain.front().layer == layer);
    // The layer itself comes first if it is not among the alternatives, for example a 1×1 layer.
    if (std::none_of(bars.begin(), bars.end(), [](const Bar& b) { return b.own; }))
        bars.insert(bars.begin(), {own_name(layer), weights_text(chain, in), chain, multiplications(chain), true});
    if (layer.is_transposed())
        add_other("direct over inserted zeros", tr(in, "most products are with zeros"),
                  windows * static_cast<double>(layer.group_in()));
    return bars;
}

// Keeps the most expensive ones, the cheapest ones, and the layer's own.
std::vector<Bar> few(std::vector<Bar> bars) {
    while (bars.size() > most_bars) {
        std::size_t n = bars.size() / 2;
        if (bars[n].own) --n;
        bars.erase(bars.begin() + static_cast<std::ptrdiff_t>(n));
    }
    return bars;
}

// What the steps so far have multiplied. Layers before the one that is stepped are complete, those after it have not
// begun.
struct Progress {
    std::vector<double> of_layers;  // of the chain, one each
    double part = 0;                // of the shown layer's output cells that are finished

    double all() const {
        double sum = 0;
        for (const double one : of_layers) sum += one;
        return sum;
    }
};

Progress progress_at(const Subject& subject, const Moment& moment) {
    Progress p;
    const arith::Recording& r = subject.recording;
    const Index taps = std::max<Index>(r.tap_count(r.step(moment.step)), 1);
    const bool whole = moment.tap == Moment::whole_window;
    p.part = (static_cast<double>(moment.step) +
              (whole ? 1 : static_cast<double>(moment.tap + 1) / static_cast<double>(taps))) /
             static_cast<double>(r.step_count());
    const auto shown = static_cast<std::size_t>(subject.chain.shown);
    for (std::size_t n = 0; n < subject.chain.chain.size(); ++n) {
        const arith::Link& link = subject.chain.chain[n];
        if (n != shown)
            p.of_layers.push_back(n < shown ? multiplications({link}) : 0);
        else if (link.layer.has_weight())
            p.of_layers.push_back(static_cast<double>(whole ? r.taps_before(moment.step + 1)
                                                            : r.taps_before(moment.step) + moment.tap + 1));
        else
            p.of_layers.push_back(std::floor(static_cast<double>(arith::cost(link.layer).multiplications) * p.part));
    }
    return p;
}

// Of a bar: what was counted, or for another way to make the output, what the same part of the output takes.
double done(const Subject& subject, const Bar& bar, std::size_t number, const Progress& progress) {
    if (bar.own) return progress.all();
    const std::size_t layers = subject.chain.chain.size();
    if (layers > 1 && number < layers && bar.label.starts_with("layer ")) return progress.of_layers[number];
    const double all = multiplications(subject.chain.chain);
    return std::floor(layers == 1 ? bar.whole * progress.part : all > 0 ? bar.whole * progress.all() / all : 0);
}

// Names that contain a number are translated as a format text.
std::string shown_name(const std::string& name, Language in) {
    const auto groups = name.find(" groups");
    if (groups != std::string::npos) return trf(in, "{} groups", name.substr(0, groups));
    if (name.starts_with("layer ")) return trf(in, "layer {}", name.substr(6));
    return tr(in, name);
}

// For a bar that is not the one it is compared with: "whole: 25 % of together".
std::string share_text(const Bar& bar, const Bar& measure, Language in) {
    if (&bar == &measure || !(measure.whole > 0)) return "";
    return trf(in, "whole: {:.3g} % of {}", 100 * bar.whole / measure.whole, shown_name(measure.label, in));
}

void add_bar(Plane& page, const CostLayout& l, const Bar& bar, double y, double most, const Bar& measure,
             double counted, const Theme& t, Language in) {
    const double left = l.bars_left, room = l.bars_room, height = l.height;
    const double width = most > 0 ? room * bar.whole / most : 0, now = most > 0 ? room * counted / most : 0;
    const double name_y = y + height / 2 - 2;
    page.items.push_back(note(bar.label + " name", {l.margin, name_y},
                              shortened(shown_name(bar.label, in), l.names_width - 8, label_size, Weight::semibold),
                              bar.own ? t.accent : t.text, label_size, Anchor::start, Weight::semibold));
    page.items.push_back(note(bar.label + " weight", {l.margin, name_y + 16},
                              shortened(bar.says, l.names_width - 12, small_size), t.muted, small_size));
    page.items.push_back(Shape{bar.label + " whole",
                               Shape::Kind::box,
                               {},
                               {left, y, std::max(width, 1.0), height},
                               2,
                               t.ground,
                               {t.muted, thin_px, dash_px}});
    page.items.push_back(Shape{bar.label + " done",
                               Shape::Kind::box,
                               {},
                               {left, y, std::max(now, 0.5), height},
                               2,
                               bar.own ? t.tap : t.output,
                               {}});
    const std::string number = count_text(static_cast<Index>(std::floor(counted + 1e-6)));
    const double number_width = text_width(number, label_size + 2, Weight::semibold);
    page.items.push_back(note(bar.label + " count", {l.numbers_x, name_y}, number, t.text, label_size + 2,
                              Anchor::start, Weight::semibold));
    page.items.push_back(note(bar.label + " of", {l.numbers_x + number_width + 6, name_y},
                              shortened(trf(in, "of {}", count_text(static_cast<Index>(bar.whole))),
                                        l.numbers_width - 20 - number_width, small_size),
                              t.muted, small_size));
    if (const std::string share = share_text(bar, measure, in); !share.empty())
        page.items.push_back(note(bar.label + " share", {l.numbers_x, name_y + 16},
                                  shortened(share, l.numbers_width - 14, small_size), t.muted, small_size));
}

// "128·3·3·3·5·5": filters, channels per filter, kernel, output.
std::string factors(const arith::Layer& layer) {
    std::string text = fmt::format("{}·{}", layer.out_channels, layer.group_in());
    for (const arith::Axis& axis : layer.axes) text += fmt::format("·{}", axis.kernel);
    for (int a = 0; a < layer.rank(); ++a) text += fmt::format("·{}", arith::output_size(layer, a));
    return text;
}

// Of a transposed layer: every input cell meets the whole kernel, and what falls on the padding is cut off.
std::string transposed_formula(const arith::Layer& layer, const arith::Recording& recording, Language in) {
    std::string text = fmt::format("{}·{}", layer.in_channels, layer.group_out());
    for (const arith::Axis& axis : layer.axes) text += fmt::format("·{}·{}", axis.size, axis.kernel);
    const Index all = arith::cost(layer).multiplications, kept = recording.all_tap_count();
    std::string says = trf(in, "channels · filters · input · kernel: {} = {}", text, count_text(all));
    if (kept < all) says += trf(in, "; {} of them fall on the padding, which is cut off", count_text(all - kept));
    return says;
}

std::string formula(const arith::Chain& chain, const arith::Recording& recording, Language in) {
    std::string text;
    if (chain.size() == 1 && chain.front().layer.is_transposed())
        return transposed_formula(chain.front().layer, recording, in);
    for (const arith::Link& link : chain) {
        if (link.layer.op != arith::Op::convolution) return "";
        text += (text.empty() ? "" : " + ") + factors(link.layer);
        if (const Index products = arith::cost_after(link).multiplications; products > 0)
            text += " + " + count_text(products);
    }
    return trf(in, "filters · channels of each · kernel · output: {} = {}", text,
               count_text(arith::cost(chain).multiplications));
}

}  // namespace
}  // namespace cost_view

std::string not_cost(const arith::Layer& layer) {
    using namespace cost_view;
    return !layer.has_weight() && arith::cost(layer).multiplications == 0
               ? fmt::format("The cost view counts multiplications; {} has none.", arith::name_of(layer.op))
               : "";
}

Scene compose_cost(const Subject& subject, const Moment& moment, const ViewOptions& options) {
    using namespace cost_view;
    const Theme& t = *options.theme;
    const arith::Chain& chain = subject.chain.chain;
    const arith::Recording& r = subject.recording;
    Scene scene = empty_page(
        options, trf(options.language, "{}: multiplications of this layer and of other layers with the same shapes, {}",
                     options.title, moment_text(r, moment, options.language)));
    const Progress progress = progress_at(subject, moment);
    const std::vector<Bar> bars = few(bars_of(chain, options.language));
    const std::string parameters = trf(options.language, "from {} to {}", arith::to_text(arith::input_shape(chain)),
                                       arith::to_text(arith::output_shape(chain)));
    double longest_name = 0;
    for (const Bar& bar : bars)
        longest_name =
            std::max(longest_name, text_width(shown_name(bar.label, options.language), label_size, Weight::semibold));
    const CostLayout l = lay_out_cost(bars.size(), longest_name, options.page, head_extra(options, parameters));
    Plane page{"labels", {}, {}, {Content::labels}};
    if (options.labels) {
        add_head(page, options, parameters, moment_text(r, moment, options.language));
        const std::string says =
            tr(options.language, "counted as the output is computed; weight shape under each name");
        const double room = options.page.width - 2 * l.margin;
        add_plane_title(page, {l.margin, l.title_y}, "Multiplications",
                        plane_title_width("Multiplications", says, options.language) <= room ? says : "", t,
                        options.language);
    }
    double most = 0;
    const Bar* measure = &bars.front();  // what percentages refer to: the standard layer, otherwise the layer shown
    for (const Bar& bar : bars) {
        most = std::max(most, bar.whole);
        if (bar.label == "standard" || (bar.own && measure->label != "standard")) measure = &bar;
    }
    double y = l.bars_top;
    for (std::size_t n = 0; n < bars.size(); ++n) {
        add_bar(page, l, bars[n], y, most, *measure, done(subject, bars[n], n, progress), t, options.language);
        y += l.apart;
    }
    if (options.labels) {
        const std::string text = formula(chain, r, options.language);
        const std::string caution = tr(
            options.language, "Fewer multiplications do not save time in proportion: memory and hardware matter too.");
        const double room = options.page.width - 2 * l.margin;
        if (options.page.is_narrow() && wrapped(text, room, small_size).size() <= 2)
            add_paragraph(page, "formula", {l.margin, l.formula_y}, text, room, t.text, small_size, 17);
        else if (text_width(text, label_size) < room)
            page.items.push_back(note("formula", {l.margin, l.formula_y}, text, t.text, label_size));
        if (options.page.is_narrow())
            add_paragraph(page, "caution", {l.margin, l.caution_y}, caution, room, t.muted, small_size, 16);
        else
            page.items.push_back(note("caution", {l.margin, l.caution_y}, caution, t.muted, small_size));
    }
    scene.planes.push_back(std::move(page));
    return scene;
}

}  // namespace convloom::scene
