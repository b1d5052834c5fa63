// The receptive field view: for one cell of a chain, how often it uses each cell of the earlier tensors, and which
// cells of later tensors use it. Rank 2 is drawn as maps from left to right, rank 1 as rows connected by one line per
// use.
#include <fmt/format.h>

#include "core/arith/layer/output_size.hpp"
#include "core/arith/steps/uses.hpp"
#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/pieces/layer_planes.hpp"
#include "core/scene/pieces/layer_words.hpp"
#include "core/scene/pieces/titles.hpp"
#include "core/scene/views/compose.hpp"
#include "core/scene/views/receptive_figure.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::scene {
namespace receptive_view {
namespace {

using arith::Index;

std::string layer_more(const arith::Layer& layer, Language in) {
    const arith::Axis& axis = layer.axes.back();
    if (axis.dilation > 1) return trf(in, "dilation {}", axis.dilation);
    return axis.stride > 1 ? trf(in, "stride {}", axis.stride) : "";
}

std::string tensor_name(const ReceptiveFigure& f, const Tensor& t, Language in) {
    return t.number == 0                                  ? tr(in, "Input")
           : t.number == static_cast<int>(f.chain.size()) ? tr(in, "Output")
                                                          : trf(in, "Layer {}", t.number);
}

std::string times_text(const arith::Uses& uses, int rank, Language in) {
    const Index most = uses.most(rank);
    return most == 1 ? tr(in, "once each") : trf(in, "up to {} times each", count_text(most));
}

// The part of the chain's output that the chosen cell feeds, and how often.
std::string fed_text(const ReceptiveFigure& f, Language in) {
    const arith::Uses& output = f.uses.back();
    Index all = 1;
    for (int a = 0; a < f.rank; ++a) all *= static_cast<Index>(output.ways[a].size());
    const Index fed = output.used(f.rank);
    if (fed == 0) return tr(in, "It feeds no cell of the output.");
    return trn(in, {{all, "output cell"}}, "It feeds {} of the {} output cells, {}.", count_text(fed), count_text(all),
               times_text(output, f.rank, in));
}

// Below the heading, in as many lines as it takes.
void add_uses(Plane& page, const ReceptiveFigure& f, double y, const std::string& says) {
    if (f.page.is_narrow())
        add_paragraph(page, "uses", {f.l.margin, y + 22}, says, f.page.width - 2 * f.l.margin, f.theme.muted,
                      label_size, 20);
    else
        page.items.push_back(note("uses", {f.l.margin, y + 26}, says, f.theme.muted, label_size));
}

void add_words_of_input_cell(Plane& page, const ReceptiveFigure& f, double y, Language in) {
    const std::string cell = cell_text(f.rank, f.cell_at);
    const std::string head = f.uses.back().used(f.rank) > 0
                                 ? trf(in, "Input cell {} feeds {} of the output", cell,
                                       arith::to_text(f.extent({static_cast<int>(f.chain.size()), {}, &f.uses.back()})))
                                 : trf(in, "Input cell {} feeds nothing", cell);
    page.items.push_back(note("field", {f.l.margin, y}, head, f.theme.text, 18, Anchor::start, Weight::semibold));
    const std::string says = f.uses.back().used(f.rank) > 0
                                 ? fed_text(f, in)
                                 : tr(in, "No window reaches it: rounding the output size down leaves it out.");
    add_uses(page, f, y, says);
}

// Which channels of the chain's input one channel of the shown layer looks at: grouped layers look at a range.
std::string channels_text(const ReceptiveFigure& f, Index channel, Language in) {
    Index first = channel, last = channel;
    for (int n = f.shown; n >= 0; --n) {
        const arith::Layer& layer = f.chain[static_cast<std::size_t>(n)].layer;
        if (!layer.mixes_channels() && !layer.changes_channels()) continue;  // each channel on its own
        first = first / layer.group_out() * layer.group_in();
        last = (last / layer.group_out() + 1) * layer.group_in() - 1;
    }
    const Index all = f.chain.front().layer.in_channels;
    if (all == 1) return "";
    if (first == 0 && last + 1 == all) return trf(in, " In each of the {} channels.", count_text(all));
    if (first == last) return trf(in, " In channel {} of {}.", count_text(first), count_text(all));
    return trf(in, " In channels {} to {} of {}.", count_text(first), count_text(last), count_text(all));
}

// The receptive field by its formula, the part of it that is used and how often, and what the cell feeds.
void add_words(Plane& page, const ReceptiveFigure& f, Index channel, double y, Language in) {
    if (f.chosen == 0) return add_words_of_input_cell(page, f, y, in);
    const arith::Uses& input = f.uses.front();
    const auto fields = arith::receptive_fields(f.chain)[static_cast<std::size_t>(f.shown)];
    std::string formula;
    double cells = 1, inside = 1;
    for (int a = 0; a < f.rank; ++a) {
        formula += fmt::format("{}{}", a > 0 ? "×" : "",
                               number_text(static_cast<float>(fields[static_cast<std::size_t>(a)].size), 2));
        cells *= fields[static_cast<std::size_t>(a)].size;
        inside *= static_cast<double>(std::max<Index>(input.last(a) - input.first(a) + 1, 0));
    }
    const std::string of = f.chain.size() > 1 ? trf(in, "after layer {}", f.shown + 1) : tr(in, "of this layer");
    const std::string head = trf(in, "Receptive field {}: {}", of, formula);
    page.items.push_back(note("field", {f.l.margin, y}, head, f.theme.text, 18, Anchor::start, Weight::semibold));
    if (f.chosen < static_cast<int>(f.chain.size()) && !f.page.is_narrow()) {
        const double room = f.page.width - 2 * f.l.margin - text_width(head, 18, Weight::semibold) - 3 * unit_px;
        const std::string fed = fed_text(f, in);
        page.items.push_back(note("fed", {f.page.width - f.l.margin, y}, fed, f.theme.muted,
                                  text_width(fed, label_size) <= room ? label_size : small_size, Anchor::end));
    }
    const Index used = input.used(f.rank);
    // How many cells a window of these meets depends on its place between the inserted zeros.
    const bool has_transposed = std::any_of(f.chain.begin(), f.chain.begin() + f.shown + 1,
                                            [](const arith::Link& link) { return link.layer.is_transposed(); });
    const std::string times = times_text(input, f.rank, in);
    const std::string says =
        static_cast<double>(used) < inside
            ? trf(in, "It uses only {} of the {} input cells in it, {}: the dilations leave a grid of holes.",
                  count_text(used), count_text(static_cast<Index>(inside)), times)
        : inside < cells && (f.is_sized() || has_transposed)
            ? trn(in, {{used, "input cell"}}, "Here the field is smaller than the largest; it uses {} input cells, {}.",
                  count_text(used), times)
        : inside < cells ? trn(in, {{used, "input cell"}},
                               "Part of it lies in the padding; it uses {} input cells, {}.", count_text(used), times)
        : used == 1      ? trf(in, "It uses the one input cell in it, {}.", times)
                         : trf(in, "It uses all {} input cells in it, {}.", count_text(used), times);
    add_uses(page, f, y, says + channels_text(f, channel, in));
}

// Describes the relation of a tensor to the chosen cell.
std::string tie_text(const ReceptiveFigure& f, const Tensor& t, Language in) {
    if (t.number == f.chosen) return tr(in, "this cell");
    if (t.number > f.chosen && t.uses->used(f.rank) == 0) return tr(in, "feeds nothing");
    return t.number > f.chosen ? trf(in, "feeds {}", arith::to_text(f.extent(t)))
                               : trf(in, "sees {}", arith::to_text(f.extent(t)));
}

void add_map_labels(Plane& page, const ReceptiveFigure& f, Language in) {
    for (std::size_t n = 0; n < f.tensors.size(); ++n) {
        const Tensor& t = f.tensors[n];
        const double y = t.box.at.y;
        std::vector<Index> shape;
        for (int a = 0; a < f.rank; ++a) shape.push_back(f.length(t, a));
        page.items.push_back(note(fmt::format("tensor {} title", t.number), {t.box.at.x, y - 26}, tensor_name(f, t, in),
                                  f.theme.text, label_size, Anchor::start, Weight::semibold));
        page.items.push_back(note(fmt::format("tensor {} shape", t.number), {t.box.at.x, y - 9}, arith::to_text(shape),
                                  f.theme.muted, small_size));
        page.items.push_back(note(fmt::format("tensor {} sees", t.number), {t.box.at.x, t.box.bottom() + 17},
                                  tie_text(f, t, in), f.theme.muted, small_size));
        if (n + 1 == f.tensors.size()) continue;
        const double left = t.box.at.x + std::max(t.box.width(), f.l.least_map), middle = left + f.l.map_gap / 2,
                     at = f.l.maps_middle;
        add_arrow(page, fmt::format("arrow {}", t.number), {middle - 24, at}, {middle + 24, at}, f.theme.muted);
        const arith::Layer* layer = f.link_after(n);
        page.items.push_back(note(fmt::format("layer {}", t.number), {middle, at - 10},
                                  layer ? window_text(*layer, in) : "…", f.theme.text, small_size, Anchor::middle,
                                  Weight::semibold));
        if (layer)
            page.items.push_back(note(fmt::format("layer {} more", t.number), {middle, at + 19}, layer_more(*layer, in),
                                      f.theme.muted, small_size, Anchor::middle));
    }
}

void add_row_labels(Plane& page, const ReceptiveFigure& f, Language in) {
    for (std::size_t n = 0; n < f.tensors.size(); ++n) {
        const Tensor& t = f.tensors[n];
        const double y = t.box.middle(0, 0).y;
        add_plane_title(page, {f.l.margin, y + 1}, tensor_name(f, t, in), fmt::format("{}", f.length(t, 0)), f.theme);
        std::string more = tie_text(f, t, in);
        if (n > 0) {
            const arith::Layer* layer = f.link_after(n - 1);
            more += tr(in, "; ");
            const std::string window = layer ? window_text(*layer, in) : "";
            more += layer ? (layer->has_sized_windows() ? window : trf(in, "kernel {}", window)) +
                                (layer_more(*layer, in).empty() ? "" : tr(in, ", ") + layer_more(*layer, in))
                          : tr(in, "layers not shown");
        }
        page.items.push_back(
            note(fmt::format("tensor {} sees", t.number), {f.l.margin, y + 17}, more, f.theme.muted, small_size));
    }
}

}  // namespace
}  // namespace receptive_view

std::string not_receptive(const arith::Layer& layer) {
    using namespace receptive_view;
    if (layer.rank() > 2)
        return fmt::format("The receptive view draws layers of rank 1 and 2; this one has rank {}.", layer.rank());
    for (int a = 0; a < layer.rank(); ++a) {
        const arith::Axis& axis = layer.axes[static_cast<std::size_t>(a)];
        if (const Index most = std::max({axis.size, axis.kernel, arith::output_size(layer, a)}); most > longest_counted)
            return fmt::format("The receptive view counts up to {} cells along an axis; this layer has {}.",
                               count_text(longest_counted), count_text(most));
    }
    return "";
}

Scene compose_receptive(const Subject& subject, const Moment& moment, const ViewOptions& options) {
    using namespace receptive_view;
    // undrawable() only gets the current layer; the other layers of the chain may be longer.
    for (const arith::Link& link : subject.chain.chain)
        if (const std::string why = undrawable(link.layer, View::receptive); !why.empty())
            return compose_message(tr_sentence(options.language, why), options);
    const ReceptiveFigure f(subject, moment, options);
    const std::string when = f.chosen == 0 ? trf(options.language, "input cell {}", cell_text(f.rank, f.cell_at))
                                           : moment_text(subject.recording, moment, options.language);
    Scene scene = empty_page(
        options,
        f.chosen == 0
            ? trf(options.language, "{}: which outputs one cell of the input feeds, {}", options.title, when)
            : trf(options.language,
                  "{}: the receptive field of one cell, back to the input, and how often each cell is used, {}",
                  options.title, when));
    if (f.rank == 1) scene.planes.push_back(f.lines());
    for (const Tensor& t : f.tensors) scene.planes.push_back(f.plane(t));
    if (!options.labels) return scene;
    Plane page{"labels", {}, {}, {Content::labels}};
    add_head(page, options, parameters_text(subject.recording.layer(), words_form, options.language), when);
    f.rank > 1 ? add_map_labels(page, f, options.language) : add_row_labels(page, f, options.language);
    add_words(page, f, subject.recording.step(moment.step).channel, f.l.words_y, options.language);
    scene.planes.push_back(std::move(page));
    return scene;
}

}  // namespace convloom::scene
