// The chain view: the tensors of a chain from left to right, each as a stack of channels. The cells that feed the
// current output cell are highlighted back to the input.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/arith/chain/cost.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/scene/chain/chain_picture.hpp"
#include "core/scene/measure/bounds.hpp"
#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/pieces/layer_words.hpp"
#include "core/scene/pieces/legend.hpp"
#include "core/scene/pieces/sheet.hpp"
#include "core/scene/pieces/titles.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::scene {
namespace chain_view {
namespace {

constexpr double cost_bottom = page_height - 474;

// "3×3, 3 groups" and "675 multiplications".
std::string layer_text(const arith::Layer& layer, Language language) {
    const std::string kernel = window_text(layer, language);
    if (!layer.has_weight()) return fmt::format("{} {}", operator_sign(layer, language), kernel);
    if (layer.groups > 1 && layer.groups == layer.in_channels) return trf(language, "{} depthwise", kernel);
    if (layer.groups > 1) return trf(language, "{}, {} groups", kernel, layer.groups);
    return kernel;
}

void add_legend(Plane& page, const ChainPicture& f, const PageSize& size) {
    std::vector<std::pair<std::string, const ValueMap*>> bars;
    for (int n = f.first; n <= f.last; ++n)
        if (const auto& map = f.maps[static_cast<std::size_t>(n)])
            bars.push_back({f.tensors[static_cast<std::size_t>(n)].name, &*map});
    add_legend(page, bars, f.theme, f.language, size);
}

// Lines from the highlighted part of a tensor to the cells computed from it in the next tensor, above the farthest
// highlighted slab and below the nearest.
Plane beams(const ChainPicture& f) {
    Plane plane{"beams", {}, {}, {Content::beams}};
    for (int n = f.first; n <= f.chain.shown; ++n) {
        const Tensor &from = f.tensors[static_cast<std::size_t>(n)], &to = f.tensors[static_cast<std::size_t>(n) + 1];
        if (from.lit.empty() || to.lit.empty()) continue;
        // A corner of the nearest or farthest highlighted slab that is shown.
        auto corner = [&](const Tensor& t, bool nearest, int number) {
            const Slot* found = nullptr;
            for (const Slot& slot : t.pile.slots)
                if (t.lit.channels.has(slot.slab) && (!found || !nearest)) found = &slot;
            return found ? std::optional(f.plane(t, found->z)(t.lit.around()[static_cast<std::size_t>(number)]))
                         : std::nullopt;
        };
        const auto high = corner(from, false, 1), high_end = corner(to, false, 0), low = corner(from, true, 2),
                   low_end = corner(to, true, 3);
        if (!high || !high_end || !low || !low_end) continue;
        plane.items.push_back(Line{
            fmt::format("beam {}", 2 * n), {*high, *high_end}, false, {f.theme.window, thin_px}, {Mark::beam, 2 * n}});
        plane.items.push_back(Line{fmt::format("beam {}", 2 * n + 1),
                                   {*low, *low_end},
                                   false,
                                   {f.theme.window, thin_px},
                                   {Mark::beam, 2 * n + 1}});
    }
    return plane;
}

// Adds a plate in the background colour below each slab number that a beam crosses, so that it stays readable.
void add_plates(Plane& numbers, const Plane& beams, const Theme& theme) {
    constexpr double around = 2;
    std::vector<Item> plates;
    for (const Item& item : numbers.items) {
        const Text& text = std::get<Text>(item);
        const double high = cap_height(text.size), wide = text_width(text.text, text.size, text.weight);
        const Rect box{text.at.x - around, text.at.y - high - around, wide + 2 * around, high + 2 * around};
        if (std::any_of(beams.items.begin(), beams.items.end(), [&](const Item& beam) {
                const std::vector<Point>& points = std::get<Line>(beam).points;
                return crosses(points.front(), points.back(), box);
            }))
            plates.push_back(
                Shape{fmt::format("plate {}", plates.size()), Shape::Kind::box, {}, box, 2, theme.ground, {}});
    }
    numbers.items.insert(numbers.items.begin(), plates.begin(), plates.end());
}

// Between two tensors: an arrow with the layer above it and the layer's cost below it.
void add_arrow(Plane& page, const ChainPicture& f, int number, const arith::Link& link) {
    const Tensor &before = f.tensors[static_cast<std::size_t>(number)],
                 &after = f.tensors[static_cast<std::size_t>(number) + 1];
    const double left = before.origin.x + before.cell_px * before.pile.bounds.x + before.width,
                 right = after.origin.x + after.cell_px * after.pile.bounds.x - bars_room(f, number + 1);
    const double middle = (left + right) / 2, y = f.stacks_bottom() + 4;
    const bool shown = number == f.chain.shown;
    const Color color = shown ? f.theme.accent : f.theme.muted;
    const Weight weight = shown ? Weight::semibold : Weight::regular;
    page.items.push_back(Line{
        fmt::format("arrow {}", number), {{middle - 34, y - 22}, {middle + 28, y - 22}}, false, {color, thick_px}});
    page.items.push_back(Shape{fmt::format("arrow head {}", number),
                               Shape::Kind::polygon,
                               {{middle + 36, y - 22}, {middle + 26, y - 27}, {middle + 26, y - 17}},
                               {},
                               0,
                               color,
                               {}});
    const Index products = arith::cost(link.layer).multiplications;
    const std::string name = layer_text(link.layer, f.language);
    // The text may reach from the centre of one tensor to the centre of the next.
    const double room = (before.width + after.width) / 2 + gap_of(f) - unit_px;
    page.items.push_back(note(fmt::format("layer {}", number), {middle, y + 2},
                              shortened(name, room, label_size, weight), f.theme.text, label_size, Anchor::middle,
                              weight));
    page.items.push_back(note(fmt::format("layer {} cost", number), {middle, y + 20},
                              trn(f.language, {{products, "product"}}, "{} products", count_text(products)),
                              f.theme.muted, small_size, Anchor::middle));
}

// "675 + 9,600 = 10,275 multiplications", and for a depthwise separable layer the cost of the standard layer.
void add_cost(Plane& page, const arith::Chain& chain, const Theme& theme, Language language, const PageSize& size) {
    const double cost_y = size.height - cost_bottom;
    std::string sum;
    int terms = 0;
    auto add = [&](Index products) { sum += (terms++ == 0 ? "" : " + ") + count_text(products); };
    for (const arith::Link& link : chain) {
        add(arith::cost(link.layer).multiplications);
        if (const Index products = arith::cost_after(link).multiplications; products > 0) add(products);
    }
    const Index total = arith::cost(chain).multiplications;
    if (terms > 1) sum += " = " + count_text(total);
    if (text_width(trf(language, "{} multiplications", sum), 18, Weight::semibold) > size.width - 2 * margin)
        sum = trf(language, "{} layers: {}", chain.size(), count_text(total));
    page.items.push_back(note("cost", {margin, cost_y},
                              trn(language, {{total, "multiplication"}}, "{} multiplications", sum), theme.text, 18,
                              Anchor::start, Weight::semibold));
    const std::optional<arith::Layer> standard = arith::standard_of(chain);
    if (!standard) return;
    const Index whole = arith::cost(*standard).multiplications;
    const std::string says =
        trf(language, "The standard layer from {} to {} takes {}; this one takes {:.0f} % of that.",
            arith::to_text(arith::input_shape(*standard)), arith::to_text(arith::output_shape(*standard)),
            count_text(whole), 100.0 * static_cast<double>(total) / static_cast<double>(whole));
    if (size.is_narrow())
        add_paragraph(page, "standard cost", {margin, cost_y + 22}, says, size.width - 2 * margin, theme.muted,
                      small_size, 16);
    else
        page.items.push_back(note("standard cost", {margin, cost_y + 28}, says, theme.muted, label_size));
}

// Name and shape above a tensor.
void add_name(Plane& page, const ChainPicture& f, const Tensor& t) {
    const Point at{t.origin.x + t.cell_px * t.pile.bounds.x, t.origin.y + t.cell_px * t.pile.bounds.y - 12};
    if (!f.crowded) return add_plane_title(page, at, t.name, t.says, f.theme);
    add_plane_title(page, {at.x, at.y - 16}, t.name, "", f.theme);
    page.items.push_back(
        Text{t.name + " shape below", at, t.says, small_size, Anchor::start, Weight::regular, f.theme.muted});
}

// The bars between the tensors, over the beams.
void add_bars(Scene& scene, const ChainPicture& f) {
    std::vector<std::vector<BetweenBar>> all{f.bars_at_end};
    for (int n = f.first; n <= f.last; ++n) all.push_back(f.tensors[static_cast<std::size_t>(n)].bars);
    const double height = bars_height(all), y = (f.stacks_top + f.stacks_bottom()) / 2;
    auto add = [&](const std::vector<BetweenBar>& bars, int tensor, double left) {
        for (Plane& plane : bar_planes(bars, tensor, left, y, height, f.theme))
            scene.planes.push_back(std::move(plane));
    };
    for (int n = f.first; n <= f.last; ++n) {
        const Tensor& t = f.tensors[static_cast<std::size_t>(n)];
        add(t.bars, n, t.origin.x + t.cell_px * t.pile.bounds.x - bars_room(f, n));
    }
    const Tensor& t = f.tensors.back();
    add(f.bars_at_end, static_cast<int>(f.tensors.size()),
        t.origin.x + t.cell_px * t.pile.bounds.x + t.width + room_for_numbers);
}

// The number of layers that are not drawn.
void add_more(Plane& page, const ChainPicture& f) {
    auto add = [&](const char* name, double x, Anchor anchor, int layers, const char* where) {
        if (layers <= 0) return;
        const double y = (f.stacks_top + f.stacks_bottom()) / 2;
        page.items.push_back(
            Text{fmt::format("more {}", name), {x, y}, "…", 28, anchor, Weight::semibold, f.theme.text});
        page.items.push_back(note(fmt::format("more {} count", name), {x, y + 20}, trf(f.language, where, layers),
                                  f.theme.muted, small_size, anchor));
    };
    add("before", margin, Anchor::start, f.first, "{} before");
    add("after", f.page.width - margin, Anchor::end, static_cast<int>(f.tensors.size()) - 1 - f.last, "{} after");
}

}  // namespace
}  // namespace chain_view

Scene compose_chain(const ChainFigure& chain, const arith::Recording& recording, const Moment& moment,
                    const ViewOptions& options) {
    using namespace chain_view;
    // undrawable() only gets the current layer.
    for (const arith::Link& link : chain.chain)
        if (const std::string why = undrawable(link.layer, View::chain); !why.empty())
            return compose_message(tr_sentence(options.language, why), options);
    const std::string parameters = parameters_text(recording.layer(), words_form, options.language);
    const ChainPicture f = picture_of(chain, recording, moment, options, parameters);
    Scene scene = empty_page(options, trf(options.language, "{}: the tensors of the chain from left to right, {}",
                                          options.title, moment_text(recording, moment, options.language)));
    Plane page{"labels", {}, {}, {Content::labels}}, slabs{"slab labels", {}, {}, {Content::slab_labels}};
    for (int n = f.first; n <= f.last; ++n) {
        const Tensor& t = f.tensors[static_cast<std::size_t>(n)];
        for (auto slot = t.pile.slots.rbegin(); slot != t.pile.slots.rend(); ++slot)
            scene.planes.push_back(f.slab(n, *slot, moment));
        add_pile_labels(
            slabs, t.name, t.pile, [&](double z) { return f.plane(t, z); }, 0, f.theme);
        add_name(page, f, t);
        if (n < f.last) add_arrow(page, f, n, chain.chain[static_cast<std::size_t>(n)]);
    }
    scene.planes.push_back(beams(f));
    if (!options.labels) return scene;
    add_plates(slabs, scene.planes.back(), f.theme);
    add_bars(scene, f);
    scene.planes.push_back(std::move(slabs));
    add_head(page, options, parameters, moment_text(recording, moment, options.language));
    add_more(page, f);
    add_cost(page, chain.chain, *options.theme, options.language, options.page);
    add_legend(page, f, options.page);
    scene.planes.push_back(std::move(page));
    return scene;
}

}  // namespace convloom::scene
