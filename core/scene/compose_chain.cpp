// A chain of layers as the tensors that flow through it, left to right, each a stack of channels; what feeds the
// output cell of this moment is lit all the way back to the input.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/arith/cost.hpp"
#include "core/arith/output_size.hpp"
#include "core/scene/number_text.hpp"
#include "core/scene/parts.hpp"
#include "core/scene/stack.hpp"
#include "core/scene/text_metrics.hpp"

namespace convloom::scene {
namespace {

using arith::Index;

constexpr double margin = 5 * unit_px, gap = 13 * unit_px;
constexpr double stacks_top = 136, stacks_bottom = 416, cost_y = 474, largest_cell = 30;

// Cells from..to along one axis, both counted; empty where to < from.
struct Span {
    Index from = 0, to = -1;
    bool has(Index n) const { return n >= from && n <= to; }
};

// The part of a tensor that takes part: channels, rows, columns.
struct Lit {
    Span channels, rows, columns;
};

// The input cells along one axis that the outputs of a span are made from.
Span behind(const arith::Axis& axis, bool transposed, Span out) {
    const Index reach = arith::kernel_extent(axis) - 1;
    if (!transposed)
        return {std::max<Index>(out.from * axis.stride - axis.pad_before, 0),
                std::min(out.to * axis.stride - axis.pad_before + reach, axis.size - 1)};
    const Index low = out.from + axis.pad_before - reach, high = out.to + axis.pad_before;
    return {low <= 0 ? 0 : (low + axis.stride - 1) / axis.stride, std::min(high / axis.stride, axis.size - 1)};
}

Lit behind(const arith::Layer& layer, const Lit& out) {
    Lit in;
    if (layer.is_pooling())
        in.channels = out.channels;
    else
        in.channels = {out.channels.from / layer.group_out() * layer.group_in(),
                       (out.channels.to / layer.group_out() + 1) * layer.group_in() - 1};
    in.columns = behind(layer.axes.back(), layer.is_transposed(), out.columns);
    in.rows = layer.rank() > 1 ? behind(layer.axes[0], layer.is_transposed(), out.rows) : Span{0, 0};
    return in;
}

struct Tensor {
    arith::Shape shape;
    Stack pile;
    Lit lit;
    Point origin;
    double width = 0;
    int rows() const { return shape.size() > 2 ? static_cast<int>(shape[1]) : 1; }
    int columns() const { return static_cast<int>(shape.back()); }
};

// "3×3, 3 groups" and "675 multiplications".
std::string layer_text(const arith::Layer& layer, Language language) {
    std::string kernel;
    for (const arith::Axis& axis : layer.axes) kernel += fmt::format("{}{}", kernel.empty() ? "" : "×", axis.kernel);
    if (layer.is_pooling()) return fmt::format("{} {}", operator_sign(layer, language), kernel);
    if (layer.groups > 1 && layer.groups == layer.in_channels) return trf(language, "{} depthwise", kernel);
    if (layer.groups > 1) return trf(language, "{}, {} groups", kernel, layer.groups);
    return kernel;
}

struct Figure {
    const ChainFigure& chain;
    const arith::Recording& recording;
    arith::Step step;
    const Theme& theme;
    Language language;
    Projection projection;
    std::vector<Tensor> tensors;
    double cell_px = 1;

    bool made(int tensor) const { return tensor <= chain.shown; }
    Affine plane(const Tensor& t, double z) const { return projection.plane(z, cell_px, t.origin); }

    Plane slab(int number, const Slot& slot) const {
        const Tensor& t = tensors[static_cast<std::size_t>(number)];
        Plane plane{fmt::format("tensor {} slab {}", number, slot.slab), this->plane(t, slot.z), {}};
        const bool output = number == chain.shown + 1;
        Field cells{"cells", {}, 1, t.rows(), t.columns(), {number == 0 ? theme.input : theme.output, theme.covered, theme.ground}, {},
                    {theme.grid, cell_px < 4 ? 0 : thin_px}};
        const bool slab_lit = t.lit.channels.has(slot.slab);
        for (int r = 0; r < t.rows(); ++r)
            for (int c = 0; c < t.columns(); ++c) {
                const bool lit = slab_lit && t.lit.rows.has(r) && t.lit.columns.has(c);
                const bool there = made(number) || (output && number_of(slot.slab, r, c) <= step.number);
                cells.cells.push_back(!there ? 2 : lit && !output ? 1 : 0);
            }
        plane.items.push_back(std::move(cells));
        if (slab_lit && t.lit.rows.to >= t.lit.rows.from && t.lit.columns.to >= t.lit.columns.from) {
            const double x = static_cast<double>(t.lit.columns.from), y = static_cast<double>(t.lit.rows.from),
                         right = static_cast<double>(t.lit.columns.to + 1), bottom = static_cast<double>(t.lit.rows.to + 1);
            plane.items.push_back(Line{output ? "output cell" : "lit", {{x, y}, {right, y}, {right, bottom}, {x, bottom}}, true, {theme.window, thick_px}});
        }
        return plane;
    }
    Index number_of(Index channel, Index row, Index column) const {
        return recording.step_at(channel, recording.layer().rank() > 1 ? arith::Cell{row, column, 0} : arith::Cell{column, 0, 0});
    }
};

Figure lay_out(const ChainFigure& chain, const arith::Recording& recording, const Moment& moment, const ViewOptions& options) {
    Figure f{chain, recording, recording.step(moment.step), *options.theme, options.language, Projection(options.turn_deg, options.tilt_deg), {}};
    const int count = static_cast<int>(chain.chain.size());
    for (int n = 0; n <= count; ++n) {
        Tensor t;
        t.shape = n < count ? arith::input_shape(chain.chain[static_cast<std::size_t>(n)].layer) : arith::output_shape(chain.chain.back().layer);
        f.tensors.push_back(std::move(t));
    }
    const Index row = recording.layer().rank() > 1 ? f.step.output[0] : 0, column = f.step.output[recording.layer().rank() - 1];
    f.tensors[static_cast<std::size_t>(chain.shown) + 1].lit = {{f.step.channel, f.step.channel}, {row, row}, {column, column}};
    for (int n = chain.shown; n >= 0; --n)
        f.tensors[static_cast<std::size_t>(n)].lit = behind(chain.chain[static_cast<std::size_t>(n)].layer, f.tensors[static_cast<std::size_t>(n) + 1].lit);

    for (Tensor& t : f.tensors)
        t.pile = stack(static_cast<int>(t.shape[0]), t.rows(), t.columns(), static_cast<int>(std::max<Index>(t.lit.channels.from, 0)), f.projection);
    const double gaps = gap * count + 4 * unit_px;
    auto width = [&] {
        double sum = gaps;
        for (Tensor& t : f.tensors) sum += t.width = std::max(f.cell_px * t.pile.bounds.width, plane_title_width("Output", arith::to_text(t.shape), f.language));
        return sum;
    };
    double highest = 1;
    for (const Tensor& t : f.tensors) highest = std::max(highest, t.pile.bounds.height);
    f.cell_px = std::min((stacks_bottom - stacks_top) / highest, largest_cell);
    while (width() > page_width - 2 * margin && f.cell_px > 0.01) f.cell_px *= 0.97;
    double x = (page_width - width()) / 2;
    for (Tensor& t : f.tensors) {
        const Rect& b = t.pile.bounds;
        const double y = stacks_top + (stacks_bottom - stacks_top + f.cell_px * highest) / 2 - f.cell_px * b.height;   // on one ground line
        t.origin = {x - f.cell_px * b.x, y - f.cell_px * b.y};
        x += t.width + gap;
    }
    return f;
}

// Between two tensors: an arrow, above it the layer, below it what the layer costs.
void add_arrow(Plane& page, const Figure& f, int number, const arith::Link& link) {
    const Tensor &before = f.tensors[static_cast<std::size_t>(number)], &after = f.tensors[static_cast<std::size_t>(number) + 1];
    const double left = before.origin.x + f.cell_px * before.pile.bounds.x + before.width, right = after.origin.x + f.cell_px * after.pile.bounds.x;
    const double middle = (left + right) / 2, y = stacks_bottom + 4;
    const bool shown = number == f.chain.shown;
    const Color color = shown ? f.theme.accent : f.theme.muted;
    const Weight weight = shown ? Weight::semibold : Weight::regular;
    page.items.push_back(Line{fmt::format("arrow {}", number), {{middle - 34, y - 22}, {middle + 28, y - 22}}, false, {color, thick_px}});
    page.items.push_back(Shape{fmt::format("arrow head {}", number), Shape::Kind::polygon, {{middle + 36, y - 22}, {middle + 26, y - 27}, {middle + 26, y - 17}}, {}, 0, color, {}});
    const std::string name = layer_text(link.layer, f.language) + (link.after == arith::Activation::relu ? ", ReLU" : "");
    page.items.push_back(Text{fmt::format("layer {}", number), {middle, y + 2}, name, label_size, Anchor::middle, weight, f.theme.text});
    page.items.push_back(Text{fmt::format("layer {} cost", number), {middle, y + 20}, trf(f.language, "{} products", count_text(arith::cost(link.layer).multiplications)), small_size,
                              Anchor::middle, Weight::regular, f.theme.muted});
}

// "675 + 9,600 = 10,275 multiplications", and for a depthwise separable layer what the standard one would take.
void add_cost(Plane& page, const arith::Chain& chain, const Theme& theme, Language language) {
    std::string sum;
    for (const arith::Link& link : chain) sum += (sum.empty() ? "" : " + ") + count_text(arith::cost(link.layer).multiplications);
    const Index total = arith::cost(chain).multiplications;
    if (chain.size() > 1) sum += " = " + count_text(total);
    page.items.push_back(Text{"cost", {margin, cost_y}, trf(language, "{} multiplications", sum), 18, Anchor::start, Weight::semibold, theme.text});
    const std::optional<arith::Layer> standard = arith::standard_of(chain);
    if (!standard) return;
    const Index whole = arith::cost(*standard).multiplications;
    page.items.push_back(Text{"standard cost", {margin, cost_y + 28},
                              trf(language, "The standard layer from {} to {} takes {}; this one {:.0f} % of it.", arith::to_text(arith::input_shape(*standard)),
                                          arith::to_text(arith::output_shape(*standard)), count_text(whole), 100.0 * static_cast<double>(total) / static_cast<double>(whole)),
                              label_size, Anchor::start, Weight::regular, theme.muted});
}

}  // namespace

Scene compose_chain(const ChainFigure& chain, const arith::Recording& recording, const Moment& moment, const ViewOptions& options) {
    const Figure f = lay_out(chain, recording, moment, options);
    Scene scene = empty_page(options, trf(options.language, "{}: the tensors of the chain from left to right, {}", options.title, moment_text(recording, moment, options.language)));
    for (int n = 0; n < static_cast<int>(f.tensors.size()); ++n) {
        const std::vector<Slot>& slots = f.tensors[static_cast<std::size_t>(n)].pile.slots;
        for (auto slot = slots.rbegin(); slot != slots.rend(); ++slot) scene.planes.push_back(f.slab(n, *slot));
    }
    if (!options.labels) return scene;
    Plane page{"labels", {}, {}};
    add_head(page, options, parameters_text(recording.layer(), words_form, options.language), moment_text(recording, moment, options.language));
    for (std::size_t n = 0; n < f.tensors.size(); ++n) {
        const Tensor& t = f.tensors[n];
        const std::string name = n == 0 ? "Input" : n + 1 == f.tensors.size() ? "Output" : "Then";
        add_plane_title(page, {t.origin.x + f.cell_px * t.pile.bounds.x, t.origin.y + f.cell_px * t.pile.bounds.y - 12}, name, arith::to_text(t.shape), *options.theme, options.language);
        if (n + 1 < f.tensors.size()) add_arrow(page, f, static_cast<int>(n), chain.chain[n]);
    }
    add_cost(page, chain.chain, *options.theme, options.language);
    scene.planes.push_back(std::move(page));
    return scene;
}

}  // namespace convloom::scene
