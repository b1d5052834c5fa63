// The chain view: the tensors of a chain from left to right, each as a stack of channels. The cells that feed the
// current output cell are highlighted back to the input.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

#include "core/arith/chain/cost.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/scene/layout/stack.hpp"
#include "core/scene/measure/bounds.hpp"
#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/pieces/cells.hpp"
#include "core/scene/pieces/layer_words.hpp"
#include "core/scene/pieces/legend.hpp"
#include "core/scene/pieces/sheet.hpp"
#include "core/scene/pieces/titles.hpp"
#include "core/scene/views/taking_part.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::scene {
namespace chain_view {
namespace {

using arith::Index;

constexpr double margin = 5 * unit_px, wide_gap = 13 * unit_px, narrow_gap = 10 * unit_px, more_room = 8 * unit_px;
constexpr double stacks_top = 136, stacks_bottom = 416, cost_y = 474, largest_cell = 30;
constexpr double least_side = 40,
                 tiny_side = 16;  // a tensor with sides below this is drawn larger than the others
constexpr double least_grid_px = 1.5;
constexpr int few_tensors = 3, most_tensors = 5;

struct Tensor {
    arith::Shape shape;
    Stack pile;
    TakingPart lit;
    Point origin;
    double width = 0, cell_px = 1;
    std::string name, says;
    int rows() const { return shape.size() > 2 ? static_cast<int>(shape[1]) : 1; }
    int columns() const { return static_cast<int>(shape.back()); }
};

// "3×3, 3 groups" and "675 multiplications".
std::string layer_text(const arith::Layer& layer, Language language) {
    std::string kernel;
    for (const arith::Axis& axis : layer.axes) kernel += fmt::format("{}{}", kernel.empty() ? "" : "×", axis.kernel);
    if (!layer.has_weight()) return fmt::format("{} {}", operator_sign(layer, language), kernel);
    if (layer.groups > 1 && layer.groups == layer.in_channels) return trf(language, "{} depthwise", kernel);
    if (layer.groups > 1) return trf(language, "{}, {} groups", kernel, layer.groups);
    return kernel;
}

struct ChainPicture {
    const ChainFigure& chain;
    const arith::Recording& recording;
    arith::Step step;
    const Theme& theme;
    Language language;
    Projection projection;
    std::vector<Tensor> tensors;
    int first = 0, last = 0;  // the tensors that are drawn
    bool crowded = false;     // titles take two lines, and gaps are smaller

    std::vector<std::optional<ValueMap>> maps;  // of each tensor, if cells are coloured by value
    ValueMaps layer_maps;                       // of the current layer

    bool made(int tensor) const { return tensor <= chain.shown; }
    // The value of a cell that is already computed: of a layer's input, or of the current layer's output.
    float value(int tensor, Index channel, Index row, Index column, const Moment& moment) const {
        if (tensor == chain.shown + 1) return layer_maps.output_at(recording, number_of(channel, row, column), moment);
        const Tensor& t = tensors[static_cast<std::size_t>(tensor)];
        return chain.made[static_cast<std::size_t>(tensor)]
            ->values[static_cast<std::size_t>((channel * t.rows() + row) * t.columns() + column)];
    }
    Affine plane(const Tensor& t, double z) const { return projection.plane(z, t.cell_px, t.origin); }

    Plane slab(int number, const Slot& slot, const Moment& moment) const {
        const Tensor& t = tensors[static_cast<std::size_t>(number)];
        Plane plane{fmt::format("tensor {} slab {}", number, slot.slab),
                    this->plane(t, slot.z),
                    {},
                    tensor_role(number, slot.slab)};
        const bool output = number == chain.shown + 1, slab_lit = t.lit.channels.has(slot.slab);
        auto there = [&](int r, int c) {
            return made(number) || (output && number_of(slot.slab, r, c) <= step.number);
        };
        const std::optional<ValueMap>& map = maps[static_cast<std::size_t>(number)];
        CellFill fill(map, number == 0 ? theme.input : theme.output,
                      [&](int r, int c) { return value(number, slot.slab, r, c, moment); });
        // Cells coloured by value keep their colours when highlighted; only the outline marks them.
        const auto lit = static_cast<std::uint8_t>(fill.palette.size()), not_made = static_cast<std::uint8_t>(lit + 1);
        fill.palette.push_back(theme.covered);
        fill.palette.push_back(theme.ground);
        fill.index = [&, of_value = std::move(fill.index)](int r, int c) -> std::uint8_t {
            if (!there(r, c)) return not_made;
            if (of_value) return of_value(r, c);
            return slab_lit && !output && t.lit.rows.has(r) && t.lit.columns.has(c) ? lit : 0;
        };
        // All tensors have the same grid lines, thinner where cells are small.
        const double grid_px = t.cell_px < least_grid_px ? 0 : std::min(thin_px, t.cell_px / 6);
        Field cells{"cells", {}, 1, t.rows(), t.columns(), {}, {}, {theme.grid, grid_px}};
        fill.fill(cells);
        plane.items.push_back(cells);
        fill.add_signs(plane, cells, 0, 0, there);
        // Without edges an empty slab would be invisible.
        if (t.cell_px < 4)
            plane.items.push_back(
                Line{"edge",
                     {{0, 0}, {t.columns() + 0.0, 0}, {t.columns() + 0.0, t.rows() + 0.0}, {0, t.rows() + 0.0}},
                     true,
                     {theme.grid, thin_px}});
        if (slab_lit && !t.lit.empty()) {
            const std::vector<Point> around = t.lit.around();
            const std::string name = output ? "output cell" : "lit";
            ItemRole mark{output ? Mark::output_cell : Mark::none, 0, true};
            if (map) plane.items.push_back(Line{name + "'s border", around, true, {theme.ground, 2 * window_px}, mark});
            mark.border = false;
            plane.items.push_back(Line{name, around, true, {theme.window, thick_px}, mark});
        }
        return plane;
    }
    Index number_of(Index channel, Index row, Index column) const {
        return recording.step_at(
            channel, recording.layer().rank() > 1 ? arith::Cell{row, column, 0} : arith::Cell{column, 0, 0});
    }
};

// Sets name, shape and contributing part of each tensor.
void set_tensors(ChainPicture& f) {
    const arith::Chain& chain = f.chain.chain;
    const int count = static_cast<int>(chain.size()), shown = f.chain.shown;
    f.first = std::clamp(shown - most_tensors / 2 + 1, 0, std::max(count + 1 - most_tensors, 0));
    f.last = std::min(count, f.first + most_tensors - 1);
    f.crowded = f.last - f.first >= few_tensors;
    for (int n = 0; n <= count; ++n) {
        Tensor t;
        t.shape = n < count ? arith::input_shape(chain[static_cast<std::size_t>(n)].layer)
                            : arith::output_shape(chain.back().layer);
        t.name = n == 0       ? tr(f.language, "Input")
                 : n == count ? tr(f.language, "Output")
                 : f.crowded  ? trf(f.language, "After {}", n)
                              : trf(f.language, "After layer {}", n);
        t.says = arith::to_text(t.shape);
        f.tensors.push_back(std::move(t));
    }
    const arith::Layer& layer = f.recording.layer();
    const Index row = layer.rank() > 1 ? f.step.output[0] : 0, column = f.step.output[layer.rank() - 1];
    f.tensors[static_cast<std::size_t>(shown) + 1].lit = {{f.step.channel, f.step.channel}, {{row}}, {{column}}};
    for (int n = shown; n >= 0; --n)
        f.tensors[static_cast<std::size_t>(n)].lit =
            behind(chain[static_cast<std::size_t>(n)].layer, f.tensors[static_cast<std::size_t>(n) + 1].lit);
    for (Tensor& t : f.tensors)
        t.pile = stack(static_cast<int>(t.shape[0]), t.rows(), t.columns(),
                       static_cast<int>(std::max<Index>(t.lit.channels.from, 0)), f.projection);
}

double gap_of(const ChainPicture& f) {
    return f.crowded ? narrow_gap : wide_gap;
}

std::span<Tensor> drawn(ChainPicture& f) {
    return std::span(f.tensors).subspan(static_cast<std::size_t>(f.first),
                                        static_cast<std::size_t>(f.last - f.first + 1));
}

// Sets the size and position of each drawn tensor; all have the same baseline.
void place_tensors(ChainPicture& f) {
    const std::span<Tensor> tensors = drawn(f);
    const double gap = gap_of(f), before = f.first > 0 ? more_room : 0,
                 after = f.last + 1 < static_cast<int>(f.tensors.size()) ? more_room : 0;
    auto head = [&](const Tensor& t) {
        return f.crowded ? std::max(text_width(t.name, label_size, Weight::semibold), text_width(t.says, small_size))
                         : plane_title_width(t.name, t.says);
    };
    auto width = [&](double cell_px, double side) {
        double sum = gap * static_cast<double>(tensors.size() - 1) + 4 * unit_px + before + after;
        for (Tensor& t : tensors) {
            t.cell_px = std::max(cell_px, std::min(largest_cell, side / std::max(t.rows(), t.columns())));
            sum += t.width = std::max(t.cell_px * t.pile.bounds.width, head(t));
        }
        return sum;
    };
    double highest = 1;
    for (const Tensor& t : tensors) highest = std::max(highest, t.pile.bounds.height);
    double cell_px = std::min((stacks_bottom - stacks_top) / highest, largest_cell);
    double side = least_side;
    const double room = page_width - 2 * margin;
    while (width(cell_px, side) > room && cell_px > 0.01) cell_px *= 0.97;
    while (width(cell_px, side) > room && side > tiny_side) side *= 0.97;
    double x = (page_width - width(cell_px, side)) / 2 + before, height = 0;
    for (const Tensor& t : tensors) height = std::max(height, t.cell_px * t.pile.bounds.height);
    const double ground = (stacks_top + stacks_bottom + height) / 2;
    for (Tensor& t : tensors) {
        t.origin = {x - t.cell_px * t.pile.bounds.x, ground - t.cell_px * t.pile.bounds.bottom()};
        x += t.width + gap;
    }
}

// Each computed tensor has a map of its own range of values.
void set_maps(ChainPicture& f, const ViewOptions& options) {
    f.layer_maps = value_maps(f.recording, options);
    f.maps.resize(f.tensors.size());
    if (!f.layer_maps.any()) return;
    for (std::size_t n = 0; n < f.chain.made.size() && n < f.maps.size(); ++n)
        f.maps[n] = map_of(*f.chain.made[n], f.theme);
    f.maps[static_cast<std::size_t>(f.chain.shown) + 1] = f.layer_maps.output;
}

void add_legend(Plane& page, const ChainPicture& f) {
    std::vector<std::pair<std::string, const ValueMap*>> bars;
    for (int n = f.first; n <= f.last; ++n)
        if (const auto& map = f.maps[static_cast<std::size_t>(n)])
            bars.push_back({f.tensors[static_cast<std::size_t>(n)].name, &*map});
    add_legend(page, bars, f.theme, f.language);
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
                 right = after.origin.x + after.cell_px * after.pile.bounds.x;
    const double middle = (left + right) / 2, y = stacks_bottom + 4;
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
    const std::string name =
        layer_text(link.layer, f.language) + (link.after == arith::Activation::relu ? ", ReLU" : "");
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
void add_cost(Plane& page, const arith::Chain& chain, const Theme& theme, Language language) {
    std::string sum;
    for (const arith::Link& link : chain)
        sum += (sum.empty() ? "" : " + ") + count_text(arith::cost(link.layer).multiplications);
    const Index total = arith::cost(chain).multiplications;
    if (chain.size() > 1) sum += " = " + count_text(total);
    if (text_width(trf(language, "{} multiplications", sum), 18, Weight::semibold) > page_width - 2 * margin)
        sum = trf(language, "{} layers: {}", chain.size(), count_text(total));
    page.items.push_back(note("cost", {margin, cost_y},
                              trn(language, {{total, "multiplication"}}, "{} multiplications", sum), theme.text, 18,
                              Anchor::start, Weight::semibold));
    const std::optional<arith::Layer> standard = arith::standard_of(chain);
    if (!standard) return;
    const Index whole = arith::cost(*standard).multiplications;
    page.items.push_back(
        note("standard cost", {margin, cost_y + 28},
             trf(language, "The standard layer from {} to {} takes {}; this one takes {:.0f} % of that.",
                 arith::to_text(arith::input_shape(*standard)), arith::to_text(arith::output_shape(*standard)),
                 count_text(whole), 100.0 * static_cast<double>(total) / static_cast<double>(whole)),
             theme.muted, label_size));
}

// Name and shape above a tensor.
void add_name(Plane& page, const ChainPicture& f, const Tensor& t) {
    const Point at{t.origin.x + t.cell_px * t.pile.bounds.x, t.origin.y + t.cell_px * t.pile.bounds.y - 12};
    if (!f.crowded) return add_plane_title(page, at, t.name, t.says, f.theme);
    add_plane_title(page, {at.x, at.y - 16}, t.name, "", f.theme);
    page.items.push_back(
        Text{t.name + " shape below", at, t.says, small_size, Anchor::start, Weight::regular, f.theme.muted});
}

// The number of layers that are not drawn.
void add_more(Plane& page, const ChainPicture& f) {
    auto add = [&](const char* name, double x, Anchor anchor, int layers, const char* where) {
        if (layers <= 0) return;
        const double y = (stacks_top + stacks_bottom) / 2;
        page.items.push_back(
            Text{fmt::format("more {}", name), {x, y}, "…", 28, anchor, Weight::semibold, f.theme.text});
        page.items.push_back(note(fmt::format("more {} count", name), {x, y + 20}, trf(f.language, where, layers),
                                  f.theme.muted, small_size, anchor));
    };
    add("before", margin, Anchor::start, f.first, "{} before");
    add("after", page_width - margin, Anchor::end, static_cast<int>(f.tensors.size()) - 1 - f.last, "{} after");
}

}  // namespace
}  // namespace chain_view

Scene compose_chain(const ChainFigure& chain, const arith::Recording& recording, const Moment& moment,
                    const ViewOptions& options) {
    using namespace chain_view;
    ChainPicture f{chain,
                   recording,
                   recording.step(moment.step),
                   *options.theme,
                   options.language,
                   Projection(options.turn_deg, options.tilt_deg),
                   {},
                   0,
                   0,
                   false,
                   {},
                   {}};
    set_tensors(f);
    place_tensors(f);
    set_maps(f, options);
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
    scene.planes.push_back(std::move(slabs));
    add_head(page, options, parameters_text(recording.layer(), words_form, options.language),
             moment_text(recording, moment, options.language));
    add_more(page, f);
    add_cost(page, chain.chain, *options.theme, options.language);
    add_legend(page, f);
    scene.planes.push_back(std::move(page));
    return scene;
}

}  // namespace convloom::scene
