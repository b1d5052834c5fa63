// Input, kernel and output as stacks of slabs: a slab is a channel or, of a layer of rank 3, a slice of depth.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/arith/output_size.hpp"
#include "core/scene/number_text.hpp"
#include "core/scene/parts.hpp"
#include "core/scene/stack.hpp"
#include "core/scene/sum_line.hpp"
#include "core/scene/text_metrics.hpp"

namespace convloom::scene {
namespace {

constexpr double margin = 5 * unit_px, gap = 9 * unit_px;
constexpr double stacks_top = 128, stacks_bottom = 432, sum_top = 452;
constexpr double largest_cell = 40, least_slab_label_px = 14;

struct Spot {
    int slab = 0, row = 0, column = 0;
    friend bool operator==(const Spot&, const Spot&) = default;
};

// The three axes of the picture. For a layer of rank below 3 the first is the channels, which the window covers a
// group at a time.
struct Volume {
    const arith::Recording& recording;
    arith::Step step;
    std::vector<arith::Tap> taps;
    const arith::Tap* now;
    SlidingAxis deep, high, wide;
    arith::Index channel;   // of the input, shown by a layer of rank 3
    bool turned;

    Volume(const arith::Recording& r, const Moment& moment) : recording(r), step(r.step(moment.step)), taps(r.taps(step)) {
        const arith::Layer& layer = r.layer();
        now = current_tap(taps, moment);
        turned = kernel_turned(layer);
        const arith::Index first = layer.is_pooling() ? step.channel : step.channel / layer.group_out() * layer.group_in();
        channel = now ? now->in_channel : first;
        wide = sliding_axis(layer, layer.rank() - 1);
        if (layer.rank() > 1) high = sliding_axis(layer, layer.rank() - 2);
        if (layer.rank() == 3) {
            deep = sliding_axis(layer, 0);
            return;
        }
        deep.input = deep.total = deep.reached = static_cast<int>(layer.in_channels);
        deep.kernel = static_cast<int>(layer.group_in());
        deep.output = static_cast<int>(layer.out_channels);
        deep.step = 0;
        deep.first = static_cast<int>(first);
    }

    const arith::Layer& layer() const { return recording.layer(); }
    bool voxels() const { return layer().rank() == 3; }
    arith::Cell cell(arith::Index slab, arith::Index row, arith::Index column) const {
        if (voxels()) return {slab, row, column};
        return layer().rank() == 2 ? arith::Cell{row, column, 0} : arith::Cell{column, 0, 0};
    }
    Spot spot(arith::Index channel_number, const arith::Cell& c) const {
        const int rank = layer().rank();
        return {static_cast<int>(voxels() ? c[0] : channel_number), rank > 1 ? static_cast<int>(c[rank - 2]) : 0,
                static_cast<int>(c[rank - 1])};
    }
    Spot output() const { return spot(step.channel, step.output); }
    Spot window() const {
        const Spot out = output();
        return {deep.window(voxels() ? out.slab : 0), high.window(out.row), wide.window(out.column)};
    }
    Spot place(const arith::Tap& tap) const {
        const Spot at = spot(tap.in_channel, tap.at);
        return {deep.place(at.slab), high.place(at.row), wide.place(at.column)};
    }
    bool covers(int slab) const { return deep.kernel_cell(window().slab, slab) >= 0; }
    bool is_input(const Spot& at) const { return deep.on_input(at.slab) && high.on_input(at.row) && wide.on_input(at.column); }
    float input(const Spot& at) const {
        return recording.input_value(voxels() ? channel : at.slab, cell(deep.cell(at.slab), high.cell(at.row), wide.cell(at.column)));
    }
    float weight(const Spot& q) const {
        auto lies = [&](int at, int size) { return turned ? size - 1 - at : at; };
        const arith::Cell at = cell(lies(q.slab, deep.kernel), lies(q.row, high.kernel), lies(q.column, wide.kernel));
        const arith::Index in = voxels() ? channel % layer().group_in() : q.slab;
        if (!layer().is_transposed()) return recording.weight_value(step.channel, in, at);
        const arith::Index group = step.channel / layer().group_out();
        return recording.weight_value(group * layer().group_in() + in, step.channel % layer().group_out(), at);
    }
    std::string input_words(Language language) const {
        const std::string words = voxels()             ? plane_words({deep, high, wide}, language)
                                  : layer().rank() == 2 ? plane_words({high, wide}, language)
                                                        : plane_words({wide}, language);
        return words.empty() ? "" : tr(language, ", ") + words;
    }
    arith::Index output_number(const Spot& at) const {
        return recording.step_at(voxels() ? step.channel : at.slab, cell(at.slab, at.row, at.column));
    }
};

struct Column {
    std::string name, title, says;
    Stack pile;
    Point origin;   // on the page, of the pile's (0, 0, 0)
};

struct Figure {
    const Volume& v;
    const Moment& moment;
    const ViewOptions& options;
    const Theme& theme;
    const ValueMaps& maps;
    Projection projection;
    Column input, kernel, output;
    double cell_px = 1;

    Affine plane(const Column& column, double z) const { return projection.plane(z, cell_px, column.origin); }
    // How wide a cell comes out; numbers need room.
    bool numbers() const { return cell_px * projection(1, 0, 0).x >= least_number_cell_px * 0.9; }

    Stroke edge(bool dashed = false) const {
        return {dashed ? theme.muted : theme.grid, cell_px < 4 ? 0 : thin_px, dashed ? dash_px * 0.8 : 0};
    }
    Field grid(std::string name, int row, int column, int rows, int columns, std::vector<Color> palette, Stroke stroke) const {
        Field f{std::move(name), {static_cast<double>(column), static_cast<double>(row)}, 1, rows, columns, std::move(palette), {}, stroke};
        if (f.palette.empty()) f.cells.assign(static_cast<std::size_t>(rows) * columns, Field::unfilled);
        return f;
    }

    CellFill input_fill(int slab) const {
        const arith::Layer& layer = v.layer();
        const arith::Index channel = v.voxels() ? v.channel : slab;
        const Color hues[] = {theme.input, theme.input_second, theme.input_third};
        const Color hue = hues[layer.groups > 1 ? channel / layer.group_in() % 3 : 0];
        return {maps.input, hue, [this, slab](int r, int c) { return v.input({slab, v.high.place(r), v.wide.place(c)}); }};
    }

    Plane input_slab(const Slot& slot) const {
        Plane plane{fmt::format("input slab {}", slot.slab), this->plane(input, slot.z), {}};
        const SlidingAxis &high = v.high, &wide = v.wide;
        const bool on_slab = v.deep.on_input(slot.slab);
        if (high.total > high.input || wide.total > wide.input || !on_slab)
            plane.items.push_back(grid("padding", 0, 0, high.total, wide.total, {}, edge(true)));
        if (on_slab) add_input_cells(plane, high, wide, input_fill(slot.slab), edge(), "cell");
        if (cell_px >= 8)
            add_unused(plane, slot.slab < v.deep.reached ? high.reached : 0, slot.slab < v.deep.reached ? wide.reached : 0, high.total, wide.total,
                       {theme.hatch, thin_px});
        add_window(plane, slot.slab);
        return plane;
    }

    void add_window(Plane& plane, int slab) const {
        const bool covered = v.covers(slab);
        const Spot from = v.window();
        const int rows = v.high.extent(), columns = v.wide.extent();
        if (covered) {
            // By their value, covered cells keep their colours, and the window's outline is what covers them.
            Field taps = grid("taps", from.row, from.column, rows, columns, {theme.covered, theme.tap}, edge());
            taps.cells.assign(static_cast<std::size_t>(rows) * columns, Field::unfilled);
            for (int r = 0; r < v.high.kernel; ++r)
                for (int c = 0; c < v.wide.kernel; ++c)
                    taps.cells[static_cast<std::size_t>(r) * v.high.dilation * columns + c * v.wide.dilation] = maps.any() ? Field::unfilled : 0;
            if (v.now)
                if (const Spot at = v.place(*v.now); at.slab == slab)
                    taps.cells[static_cast<std::size_t>(at.row - from.row) * columns + (at.column - from.column)] = 1;
            plane.items.push_back(std::move(taps));
        }
        if (numbers()) add_numbers(plane, slab);
        if (!covered) return;
        const double x = from.column, y = from.row;
        const std::vector<Point> around{{x, y}, {x + columns, y}, {x + columns, y + rows}, {x, y + rows}};
        if (maps.any()) plane.items.push_back(Line{"window's border", around, true, {theme.ground, 2 * window_px}});
        plane.items.push_back(Line{"window", around, true, {theme.window, thick_px}});
    }

    void add_numbers(Plane& plane, int slab) const {
        for (int r = 0; r < v.high.total; ++r)
            for (int c = 0; c < v.wide.total; ++c) {
                const Spot at{slab, r, c};
                if (!v.is_input(at)) continue;
                const bool current = v.now && v.place(*v.now) == at;
                add_cell_number(plane, cell_name("input", r, c), r, c, number_text(v.input(at), 2), 0.42,
                                current ? theme.on_tap : number_color(maps.input, v.input(at), theme.on_cell), current ? Weight::semibold : Weight::regular);
            }
    }

    Plane kernel_slab(const Slot& slot) const {
        Plane plane{fmt::format("kernel slab {}", slot.slab), this->plane(kernel, slot.z), {}};
        const int rows = v.high.kernel, columns = v.wide.kernel;
        Field cells = grid("cells", 0, 0, rows, columns, {}, edge());
        auto weight = [&](int r, int c) { return v.weight({slot.slab, r, c}); };
        CellFill(maps.kernel, theme.kernel, weight).fill(cells);
        cells.palette.push_back(theme.tap);
        cells.cells.resize(static_cast<std::size_t>(rows) * columns);   // without a map all the first colour
        Spot current{-1, -1, -1};
        if (v.now) {
            const Spot at = v.place(*v.now), from = v.window();
            current = {(at.slab - from.slab) / v.deep.dilation, (at.row - from.row) / v.high.dilation, (at.column - from.column) / v.wide.dilation};
            if (current.slab == slot.slab) cells.cells[static_cast<std::size_t>(current.row) * columns + current.column] = static_cast<std::uint8_t>(cells.palette.size() - 1);
        }
        plane.items.push_back(std::move(cells));
        if (!numbers()) return plane;
        for (int r = 0; r < rows; ++r)
            for (int c = 0; c < columns; ++c) {
                const bool is_current = current == Spot{slot.slab, r, c};
                add_cell_number(plane, cell_name("kernel", r, c), r, c, number_text(weight(r, c), 2), 0.42,
                                is_current ? theme.on_tap : number_color(maps.kernel, weight(r, c), theme.on_cell), is_current ? Weight::semibold : Weight::regular);
            }
        return plane;
    }

    Plane output_slab(const Slot& slot) const {
        Plane plane{fmt::format("output slab {}", slot.slab), this->plane(output, slot.z), {}};
        const int rows = v.high.output, columns = v.wide.output;
        Field cells = grid("cells", 0, 0, rows, columns, {}, edge());
        auto number_of = [&](int r, int c) { return v.output_number({slot.slab, r, c}); };
        auto made = [&](int r, int c) { return value_at(v.recording, v.recording.step(number_of(r, c)), moment); };
        CellFill fill(maps.output, theme.output, made);
        const auto not_made = static_cast<std::uint8_t>(fill.palette.size());
        fill.palette.push_back(theme.ground);
        fill.index = [&, of_made = std::move(fill.index)](int r, int c) -> std::uint8_t {
            if (number_of(r, c) > v.step.number) return not_made;
            return of_made ? of_made(r, c) : 0;
        };
        fill.fill(cells);
        plane.items.push_back(std::move(cells));
        for (int r = 0; numbers() && r < rows; ++r)
            for (int c = 0; c < columns; ++c) {
                const arith::Index number = number_of(r, c);
                if (number > v.step.number) continue;
                const bool is_now = number == v.step.number;
                const float value = made(r, c);
                add_cell_number(plane, cell_name("output", r, c), r, c, number_text(value, 1), 0.42, number_color(maps.output, value, theme.on_cell),
                                is_now ? Weight::semibold : Weight::regular);
            }
        if (const Spot at = v.output(); at.slab == slot.slab) {
            const double x = at.column, y = at.row;
            plane.items.push_back(Line{"output cell", {{x, y}, {x + 1, y}, {x + 1, y + 1}, {x, y + 1}}, true, {theme.window, thick_px}});
        }
        return plane;
    }

    // The number of each slab right of its lower corner, which no nearer slab hides, with its group's letter; an
    // ellipsis for slabs that are left out.
    void add_slab_labels(Plane& page, const Column& column, arith::Index per_group) const {
        const std::vector<Slot>& slots = column.pile.slots;
        if (slots.size() < 2) return;
        auto corner = [&](const Slot& slot) {
            return plane(column, slot.z)({static_cast<double>(column.pile.columns), static_cast<double>(column.pile.rows)});
        };
        const Point first = corner(slots[0]), second = corner(slots[1]);
        const bool roomy = std::abs(first.y - second.y) >= least_slab_label_px;
        for (std::size_t n = 0; n < slots.size(); ++n) {
            const Point at = corner(slots[n]);
            if (slots[n].gap_before) {
                const Point before = corner(slots[n - 1]);
                page.items.push_back(Text{fmt::format("{} more {}", column.name, n), {(at.x + before.x) / 2 + 8, (at.y + before.y) / 2 + 4}, "…",
                                          label_size, Anchor::start, Weight::semibold, theme.text});
            }
            if (!roomy && n > 0 && n + 1 < slots.size()) continue;
            std::string text = fmt::format("{}", slots[n].slab);
            if (per_group > 0 && v.layer().groups > 1 && v.layer().groups <= 26)
                text = fmt::format("{} {}", static_cast<char>('A' + slots[n].slab / per_group), text);
            page.items.push_back(Text{fmt::format("{} slab {} label", column.name, n), {at.x + 5, at.y + 4}, text, small_size, Anchor::start,
                                      Weight::regular, theme.muted});
        }
    }

    void add_stack(Scene& scene, const Column& column, Plane (Figure::*slab)(const Slot&) const) const {
        for (auto slot = column.pile.slots.rbegin(); slot != column.pile.slots.rend(); ++slot)
            scene.planes.push_back((this->*slab)(*slot));
    }
};

Figure lay_out(const Volume& v, const Moment& moment, const ViewOptions& options, const ValueMaps& maps) {
    const arith::Layer& layer = v.layer();
    Figure f{v, moment, options, *options.theme, maps, Projection(options.turn_deg, options.tilt_deg), {}, {}, {}};
    const Spot out = v.output(), from = v.window();
    const int kept = v.now ? v.place(*v.now).slab : std::max(from.slab, 0);
    f.input.pile = stack(v.deep.total, v.high.total, v.wide.total, kept, f.projection);
    f.kernel.pile = stack(v.deep.kernel, v.high.kernel, v.wide.kernel, v.now ? (kept - from.slab) / v.deep.dilation : 2, f.projection);
    f.output.pile = stack(v.deep.output, v.high.output, v.wide.output, out.slab, f.projection);

    const bool pooling = layer.is_pooling();
    auto of_channel = [&](arith::Index n, arith::Index count) {
        return v.voxels() && count > 1 ? trf(options.language, ", channel {} shown", n) : std::string();
    };
    arith::Shape kernel_shape = arith::weight_shape(layer);
    if (!pooling) kernel_shape.erase(kernel_shape.begin());
    if (layer.is_transposed()) kernel_shape.front() = layer.group_in();
    f.input.name = "input", f.input.title = "Input", f.input.says = arith::to_text(arith::input_shape(layer)) + of_channel(v.channel, layer.in_channels) + v.input_words(options.language);
    f.output.name = "output", f.output.title = "Output",
    f.output.says = arith::to_text(arith::output_shape(layer)) + of_channel(v.step.channel, layer.out_channels);
    f.kernel.name = "kernel", f.kernel.title = "Kernel";
    f.kernel.says = arith::to_text(kernel_shape) + (v.turned ? tr(options.language, ", turned") : "");
    if (layer.out_channels > 1) f.kernel.title = trf(options.language, "Kernel {}", v.step.channel), f.kernel.says += trf(options.language, ", one of {}", layer.out_channels);

    std::vector<Column*> columns = {&f.input, &f.kernel, &f.output};
    if (pooling) columns.erase(columns.begin() + 1);
    const double top = options.labels ? stacks_top : 3 * unit_px, bottom = options.labels ? stacks_bottom : page_height - 3 * unit_px;
    const double gaps = gap * static_cast<double>(columns.size() - 1) + 4 * unit_px;   // and room for the last labels
    auto title_width = [&](const Column& c) { return options.labels ? plane_title_width(c.title, c.says, options.language) : 0.0; };
    auto width = [&](double cell) {
        double sum = gaps;
        for (const Column* c : columns) sum += std::max(cell * c->pile.bounds.width, title_width(*c));
        return sum;
    };
    double highest = 1;
    for (const Column* c : columns) highest = std::max(highest, c->pile.bounds.height);
    f.cell_px = std::min((bottom - top) / highest, largest_cell);
    while (width(f.cell_px) > page_width - 2 * margin && f.cell_px > 0.01) f.cell_px *= 0.97;

    double x = (page_width - width(f.cell_px)) / 2;
    for (Column* c : columns) {
        const Rect& b = c->pile.bounds;
        const double y = top + (bottom - top - f.cell_px * highest) / 2 + f.cell_px * (highest - b.height);   // on one ground line
        c->origin = {x - f.cell_px * b.x, y - f.cell_px * b.y};
        x += std::max(f.cell_px * b.width, title_width(*c)) + gap;
    }
    return f;
}

// "*" and "=", or a pooling's word, between the stacks.
void add_signs(Plane& page, const Figure& f, const arith::Layer& layer) {
    auto left = [&](const Column& c) { return c.origin.x + f.cell_px * c.pile.bounds.x; };
    auto ground = [&](const Column& c) { return c.origin.y + f.cell_px * (c.pile.bounds.y + c.pile.bounds.height); };
    auto add = [&](const Column& before, const Column& after, const std::string& sign, double size) {
        const double low = std::min(before.pile.rows, after.pile.rows) * f.cell_px / 2;
        // In the middle of the gap where there is no kernel, for a word is wider than a sign.
        const double x = left(after) - (layer.is_pooling() ? gap / 2 : gap / 3);
        page.items.push_back(Text{"sign " + sign, {x, ground(after) - low}, sign, size, Anchor::middle, Weight::regular, f.theme.muted});
    };
    if (layer.is_pooling()) return add(f.input, f.output, operator_sign(layer, f.options.language), label_size);
    add(f.input, f.kernel, "*", 28);
    add(f.kernel, f.output, "=", 28);
}

}  // namespace

Scene compose_volume(const arith::Recording& recording, const Moment& moment, const ViewOptions& options) {
    const arith::Layer& layer = recording.layer();
    const Volume v(recording, moment);
    const ValueMaps maps = value_maps(recording, options);
    const Figure f = lay_out(v, moment, options, maps);
    Scene scene = empty_page(options, trf(options.language, "{}: input, kernel and output as stacks of slabs, {}", options.title,
                                          moment_text(recording, moment, options.language)));
    f.add_stack(scene, f.input, &Figure::input_slab);
    if (!layer.is_pooling()) f.add_stack(scene, f.kernel, &Figure::kernel_slab);
    f.add_stack(scene, f.output, &Figure::output_slab);
    if (!options.labels) return scene;

    Plane page{"labels", {}, {}}, slabs{"slab labels", {}, {}};
    f.add_slab_labels(slabs, f.input, v.voxels() ? 0 : layer.group_in());
    if (!layer.is_pooling()) f.add_slab_labels(slabs, f.kernel, 0);
    f.add_slab_labels(slabs, f.output, v.voxels() || layer.is_pooling() ? 0 : layer.group_out());
    scene.planes.push_back(std::move(slabs));
    add_head(page, options, parameters_text(layer, words_form, options.language), moment_text(recording, moment, options.language));
    add_signs(page, f, layer);
    for (const Column* c : {&f.input, &f.kernel, &f.output}) {
        if (c == &f.kernel && layer.is_pooling()) continue;
        const double left = c->origin.x + f.cell_px * c->pile.bounds.x, top = c->origin.y + f.cell_px * c->pile.bounds.y;
        add_plane_title(page, {left, top - 12}, c->title, c->says, *options.theme, options.language);
    }
    add_legend(page, maps, *options.theme, options.language);
    add_sum(page, {margin, sum_top, page_width - 2 * margin, 2 * sum_line_px}, recording, moment, options);
    scene.planes.push_back(std::move(page));
    return scene;
}

}  // namespace convloom::scene
