// The volume view: input, kernel and output side by side in an orthographic projection, as stacks with one slab per
// channel or, for a layer of rank 3, as solid blocks.
#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "core/arith/layer/output_size.hpp"
#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/pieces/layer_words.hpp"
#include "core/scene/pieces/legend.hpp"
#include "core/scene/pieces/sum_line.hpp"
#include "core/scene/pieces/titles.hpp"
#include "core/scene/volume/volume.hpp"

namespace convloom::scene {
namespace volume_view {
namespace {

constexpr double margin = 5 * unit_px, gap = 9 * unit_px;
constexpr double stacks_top = 128, below_stacks = page_height - 432, sum_bottom = page_height - 452;
constexpr double title_room = 58;            // above a second row
constexpr double least_gain_in_rows = 1.15;  // of the cells, for the second row
constexpr double largest_cell = 40, largest_cell_elsewhere = 64, readable_cell = 22, least_read_cell = 8;

// Sets the form of a column. Inserted zeros can only be shown in slabs.
void shape_column(VolumeColumn& c, bool solid, int slabs, int rows, int columns, int keep,
                  const Projection& projection) {
    c.solid = solid;
    c.whole = {{}, slabs, rows, columns};
    if (!solid) c.pile = stack(slabs, rows, columns, keep, projection);
    c.bounds = solid ? bounds_of(c.whole, projection) : c.pile.bounds;
}

std::string joined(Language language, std::initializer_list<std::string> words) {
    std::string all;
    for (const std::string& word : words)
        if (!word.empty()) all += (all.empty() ? "" : tr(language, ", ")) + word;
    return all;
}

// Sets the title of each column and the text below it.
void name_columns(VolumeFigure& f) {
    const Volume& v = f.v;
    const arith::Layer& layer = v.layer();
    auto shown = [&](arith::Index n, arith::Index count) {
        return v.voxels() && count > 1 ? trf(f.options.language, "channel {} shown", n) : std::string();
    };
    auto name = [](VolumeColumn& c, const char* called, std::string title, const arith::Shape& shape,
                   std::string more) {
        c.name = called, c.title = std::move(title), c.says = arith::to_text(shape), c.more = std::move(more);
    };
    arith::Shape kernel_shape = arith::weight_shape(layer);
    if (layer.has_weight()) kernel_shape.erase(kernel_shape.begin());
    if (layer.is_transposed()) kernel_shape.front() = layer.group_in();
    const bool several = layer.out_channels > 1;
    name(f.input, "input", "Input", arith::input_shape(layer),
         joined(f.options.language,
                {shown(v.channel, layer.in_channels), v.input_words(f.input.solid, f.options.language)}));
    name(f.kernel, "kernel", several ? trf(f.options.language, "Kernel {}", v.step.channel) : "Kernel", kernel_shape,
         joined(f.options.language, {several ? trf(f.options.language, "one of {}", layer.out_channels) : "",
                                     v.turned ? tr(f.options.language, "rotated by 180°") : ""}));
    name(f.output, "output", "Output", arith::output_shape(layer),
         joined(f.options.language, {shown(v.step.channel, layer.out_channels)}));
}

// The width of the text above a column.
double head_width(const VolumeColumn& c, Language in) {
    return std::max(plane_title_width(c.title, c.says, in), text_width(c.more, small_size));
}

using Rows = std::vector<std::vector<VolumeColumn*>>;

// The room for the figure, and rows of columns in it; all columns of a row have the same baseline.
struct Arrangement {
    VolumeFigure& f;
    double width, top, bottom;  // between the margins
    Rows rows;

    bool labels() const { return f.options.labels; }
    double row_gap() const { return labels() ? title_room : gap / 2; }
    double wide(const VolumeColumn& c) const {
        return std::max(c.cell_px * c.bounds.width, labels() ? head_width(c, f.options.language) : 0.0);
    }
    // Includes room for the last labels, and for the sign in front of a second row.
    double width_of(std::size_t row) const {
        double sum = gap * static_cast<double>(rows[row].size() - (row == 0 ? 1 : 0)) + 4 * unit_px;
        for (const VolumeColumn* c : rows[row]) sum += wide(*c);
        return sum;
    }
    static double cells_high(const std::vector<VolumeColumn*>& row) {
        double highest = 1;
        for (const VolumeColumn* c : row) highest = std::max(highest, c->bounds.height);
        return highest;
    }
    double height_of(std::size_t row) const {
        double high = 0;
        for (const VolumeColumn* c : rows[row]) high = std::max(high, c->cell_px * c->bounds.height);
        return high;
    }
    double all_cells_high() const {
        double sum = 0;
        for (const auto& row : rows) sum += cells_high(row);
        return sum;
    }
    double free_height() const { return bottom - top - row_gap() * static_cast<double>(rows.size() - 1); }
    bool fits() const {
        double high = 0;
        for (std::size_t n = 0; n < rows.size(); ++n) {
            if (width_of(n) > width) return false;
            high += height_of(n);
        }
        return rows.size() == 1 || high <= free_height();
    }
    // A kernel too small to read is drawn larger than the input.
    void resize(double cell_px) const {
        const double readable = std::min(readable_cell, (bottom - top) / 2 / f.kernel.bounds.height);
        f.input.cell_px = f.output.cell_px = cell_px;
        f.kernel.cell_px = cell_px < least_read_cell ? std::max(readable, cell_px) : cell_px;
    }
    double fit(double largest) const {
        const double least = f.options.page.is_slide() ? 0.01 : 0.0005;
        double cell_px = std::min(free_height() / all_cells_high(), largest);
        for (resize(cell_px); !fits() && cell_px > least; resize(cell_px)) cell_px *= 0.97;
        return cell_px;
    }
    void place(double cell_px) const {
        // One row is in the middle of the room; several share what is left of it.
        double left_over = free_height();
        for (std::size_t n = 0; n < rows.size(); ++n) left_over -= height_of(n);
        const double apart = rows.size() > 1 ? std::clamp(left_over / 4, 0.0, gap / 2) : 0;
        left_over -= apart * static_cast<double>(rows.size() - 1);
        double y = top + left_over / 2;
        for (std::size_t n = 0; n < rows.size(); ++n) {
            const double ground =
                rows.size() == 1 ? (top + bottom + cell_px * cells_high(rows[n])) / 2 : y + height_of(n);
            double x = (f.options.page.width - width_of(n)) / 2 + (n > 0 ? gap : 0);
            for (VolumeColumn* c : rows[n]) {
                const Rect& b = c->bounds;
                c->origin = {x - c->cell_px * b.x, ground - c->cell_px * b.bottom()};
                x += wide(*c) + gap;
            }
            y = ground + row_gap() + apart;
        }
    }
};

// Sets the cell size and the position of each column: in one row, or on a page without the room for that in two or
// three.
void place_columns(VolumeFigure& f, const std::string& parameters) {
    const bool labels = f.options.labels, has_kernel = f.v.layer().has_weight();
    const PageSize& page = f.options.page;
    Arrangement beside{f,
                       page.width - 2 * margin,
                       labels ? stacks_top + head_extra(f.options, parameters) : 3 * unit_px,
                       page.height - (labels ? below_stacks : 3 * unit_px),
                       {{&f.input, &f.kernel, &f.output}}};
    if (!has_kernel) beside.rows = {{&f.input, &f.output}};
    Arrangement chosen = beside;
    double cell_px = beside.fit(page.is_slide() ? largest_cell : largest_cell_elsewhere);
    if (!page.is_slide()) {
        Arrangement below = beside;
        below.rows = {{&f.input}, {&f.kernel, &f.output}};
        if (!has_kernel) below.rows.back() = {&f.output};
        auto try_rows = [&] {
            const double other = below.fit(largest_cell_elsewhere);
            if (other > least_gain_in_rows * cell_px) chosen.rows = below.rows, cell_px = other;
        };
        try_rows();
        if (has_kernel) below.rows = {{&f.input}, {&f.kernel}, {&f.output}}, try_rows();
        chosen.resize(cell_px);
    }
    f.kernel.more = joined(f.options.language,
                           {f.kernel.more, f.kernel.cell_px > cell_px ? tr(f.options.language, "drawn larger") : ""});
    chosen.place(cell_px);
}

VolumeFigure lay_out(const Volume& v, const Moment& moment, const ViewOptions& options, const ValueMaps& maps,
                     const std::string& parameters) {
    VolumeFigure f{v,  moment, options, *options.theme, maps, Projection(options.turn_deg, options.tilt_deg),
                   {}, {},     {}};
    const Spot out = v.output(), from = v.window();
    const int kept = v.now ? v.place(*v.now).slab : std::max(from.slab, 0);
    const bool solid = v.voxels() && !options.slices;
    shape_column(f.input, solid && !v.has_zeros(), v.deep.total, v.high.total, v.wide.total, kept, f.projection);
    shape_column(f.kernel, solid, v.deep.kernel, v.high.kernel, v.wide.kernel,
                 v.now ? (kept - from.slab) / v.deep.dilation : 2, f.projection);
    shape_column(f.output, solid, v.deep.output, v.high.output, v.wide.output, out.slab, f.projection);
    name_columns(f);
    place_columns(f, parameters);
    return f;
}

// Adds "*" and "=", or the name of a pooling, between the stacks.
void add_signs(Plane& page, const VolumeFigure& f, const arith::Layer& layer) {
    auto left = [&](const VolumeColumn& c) { return c.origin.x + c.cell_px * c.bounds.x; };
    auto ground = [&](const VolumeColumn& c) { return c.origin.y + c.cell_px * c.bounds.bottom(); };
    auto add = [&](const VolumeColumn& before, const VolumeColumn& after, const std::string& sign, double size) {
        const double low = std::min(before.whole.rows * before.cell_px, after.whole.rows * after.cell_px) / 2;
        // Without a kernel the sign is a word, which needs the centre of the gap.
        const double x = left(after) - (layer.has_weight() ? gap / 3 : gap / 2);
        page.items.push_back(
            Text{"sign " + sign, {x, ground(after) - low}, sign, size, Anchor::middle, Weight::regular, f.theme.muted});
    };
    if (!layer.has_weight()) return add(f.input, f.output, operator_sign(layer, f.options.language), label_size);
    add(f.input, f.kernel, "*", 28);
    add(f.kernel, f.output, "=", 28);
}

}  // namespace
}  // namespace volume_view

Scene compose_volume(const arith::Recording& recording, const Moment& moment, const ViewOptions& options) {
    using namespace volume_view;
    const arith::Layer& layer = recording.layer();
    const Volume v(recording, moment);
    const ValueMaps maps = value_maps(recording, options);
    const std::string parameters = parameters_text(layer, words_form, options.language);
    const VolumeFigure f = lay_out(v, moment, options, maps, parameters);
    Scene scene = empty_page(options, f.output.solid
                                          ? trf(options.language, "{}: input, kernel and output as blocks, {}",
                                                options.title, moment_text(recording, moment, options.language))
                                          : trf(options.language, "{}: input, kernel and output as stacks of slabs, {}",
                                                options.title, moment_text(recording, moment, options.language)));
    const std::pair<const VolumeColumn&, arith::Part> columns[] = {
        {f.input, arith::Part::input}, {f.kernel, arith::Part::kernel}, {f.output, arith::Part::output}};
    for (const auto& [column, part] : columns) {
        if (part == arith::Part::kernel && !layer.has_weight()) continue;
        (column.solid ? add_block : add_slabs)(scene, f, part);
    }
    if (!options.labels) return scene;

    Plane page{"labels", {}, {}, {Content::labels}}, slabs{"slab labels", {}, {}, {Content::slab_labels}};
    for (const auto& [column, part] : columns) {
        if (part == arith::Part::kernel && !layer.has_weight()) continue;
        const bool grouped = !v.voxels() && layer.has_weight() && part != arith::Part::kernel;
        const arith::Index per_group = !grouped ? 0 : part == arith::Part::input ? layer.group_in() : layer.group_out();
        if (column.solid)
            add_depth_labels(slabs, f, column);
        else
            add_slab_labels(slabs, f, column, per_group);
    }
    scene.planes.push_back(std::move(slabs));
    add_head(page, options, parameters, moment_text(recording, moment, options.language));
    add_signs(page, f, layer);
    for (const VolumeColumn* c : {&f.input, &f.kernel, &f.output}) {
        if (c == &f.kernel && !layer.has_weight()) continue;
        const double left = c->origin.x + c->cell_px * c->bounds.x, top = c->origin.y + c->cell_px * c->bounds.y;
        add_plane_title(page, {left, top - (c->more.empty() ? 12 : 28)}, c->title, c->says, *options.theme,
                        options.language);
        if (!c->more.empty())
            page.items.push_back(Text{c->title + " more",
                                      {left, top - 12},
                                      c->more,
                                      small_size,
                                      Anchor::start,
                                      Weight::regular,
                                      options.theme->muted});
    }
    add_legend(page, maps, options);
    add_sum(page, {margin, options.page.height - sum_bottom, options.page.width - 2 * margin, 2 * sum_line_px},
            recording, moment, options);
    scene.planes.push_back(std::move(page));
    return scene;
}

}  // namespace convloom::scene
