#include "core/scene/maps/compose_maps.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "core/arith/layer/output_size.hpp"
#include "core/scene/maps/map_pictures.hpp"
#include "core/scene/maps/mosaic.hpp"
#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/pieces/layer_planes.hpp"
#include "core/scene/pieces/layer_words.hpp"
#include "core/scene/pieces/legend.hpp"
#include "core/scene/pieces/sum_line.hpp"
#include "core/scene/pieces/titles.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::scene {
namespace maps_view {
namespace {

using arith::Index;

constexpr double margin = 5 * unit_px, head_px = 44, least_tile_px = 26, least_mark_px = 7, largest_cell = 40;
constexpr int most_field_cells = 400;            // of a picture that is drawn as a grid
constexpr Index most_products = Index{1} << 31;  // about a second

// One of the three parts of the page: a title, a line below it, and pictures of one size.
struct Part {
    Rect area;
    Mosaic tiles;
    int rows = 1, columns = 1;
};

enum class Filters {
    none,
    colors,   // all filters, three channels of each as red, green and blue
    singles,  // all filters of one channel each
    planes    // the channels of this step's filter
};

struct MapsFigure {
    LayerPlanes p;
    const ViewOptions& options;
    std::shared_ptr<const MapPictures> pictures;
    Filters filters = Filters::none;
    Part input, kernel, output;

    MapsFigure(const arith::Recording& r, const Moment& m, const ViewOptions& o)
        : p(r, m, o), options(o), pictures(o.maps) {
        if (!pictures)
            pictures = std::make_shared<const MapPictures>(map_pictures(r, whole_output(r), *o.theme, o.one_scale));
        if (p.layer.has_weight())
            filters = !pictures->filters.empty()                            ? Filters::colors
                      : p.layer.group_in() == 1 && !p.layer.is_transposed() ? Filters::singles
                                                                            : Filters::planes;
        lay_out();
    }

    bool one_scale() const { return has_one_scale(p.layer, options.one_scale); }
    bool colors_in() const { return shown_as_colors(p.layer.in_channels, p.theme); }
    double sum_top() const { return 462 + options.page.higher(); }

    void lay_out() {
        constexpr double gap = 36, least_width_beside = 800;
        const PageSize& page = options.page;
        const double extra = head_extra(options, parameters_text(p.layer, words_form, options.language)),
                     top = 100 + extra, bottom = sum_top() - 18, wide = page.width - 2 * margin, high = bottom - top;
        const bool beside = page.width >= least_width_beside, has_kernel = filters != Filters::none;
        if (beside) {
            const double left = wide * (has_kernel ? 0.24 : 0.32), middle = has_kernel ? wide * 0.2 : 0;
            input.area = {margin, top, left, high};
            kernel.area = {margin + left + gap, top, middle, high};
            const double x = margin + left + gap + (has_kernel ? middle + gap : 0);
            output.area = {x, top, page.width - margin - x, high};
        } else {
            place_below({margin, top, wide, high}, gap, has_kernel);
            return;
        }
        fill_all(has_kernel);
    }

    // The output below the input and the filters, at the height that leaves out the fewest pictures; of those the one
    // with the largest pictures, the output's before the input's.
    void place_below(const Rect& room, double gap, bool has_kernel) {
        constexpr double least_part = 0.2, most_part = 0.52, step = 0.02, between = 14;
        double best = 0;
        std::pair<Index, double> best_worth;
        const auto place = [&](double part) {
            const double upper = room.height * part, left = has_kernel ? (room.width - gap) * 0.56 : room.width;
            input.area = {room.x, room.y, left, upper};
            kernel.area = {room.x + left + gap, room.y, room.width - left - gap, upper};
            output.area = {room.x, room.y + upper + between, room.width, room.height - upper - between};
            fill_all(has_kernel);
        };
        constexpr double least_room = head_px + mosaic_label_px + least_tile_px;
        for (int n = 0; least_part + n * step <= most_part + step / 2; ++n) {
            const double part = least_part + n * step;
            if (part * room.height < least_room) continue;
            place(part);
            const std::pair worth{-(input.tiles.left_out + kernel.tiles.left_out + output.tiles.left_out),
                                  side_px(output) + side_px(input) / 2};
            if (best == 0 || worth > best_worth) best_worth = worth, best = part;
        }
        place(best);
    }
    static double side_px(const Part& part) { return part.tiles.cell_px * std::max(part.rows, part.columns); }

    void fill_all(bool has_kernel) {
        const arith::Axis &a = p.layer.axes[0], &b = p.layer.axes[1];
        fill(input, colors_in() ? 1 : p.layer.in_channels, static_cast<int>(a.size), static_cast<int>(b.size),
             colors_in() ? 0 : p.channel_now());
        const std::vector<Index>& order = pictures->strongest;
        const auto place = std::find(order.begin(), order.end(), p.step.channel) - order.begin();
        fill(output, p.layer.out_channels, p.high.output, p.wide.output, options.by_strength ? place : p.step.channel);
        if (options.by_strength)
            for (Tile& tile : output.tiles.tiles) tile.number = order[static_cast<std::size_t>(tile.number)];
        if (has_kernel)
            fill(kernel, filters == Filters::planes ? p.layer.group_in() : p.layer.out_channels, p.high.kernel,
                 p.wide.kernel, filters == Filters::planes ? p.channel_now() - p.first_in : p.step.channel);
    }
    static void fill(Part& part, Index count, int rows, int columns, Index current) {
        part.rows = rows;
        part.columns = columns;
        const Rect room{part.area.x, part.area.y + head_px, part.area.width, part.area.height - head_px};
        // A single picture has no number above it.
        part.tiles = lay_out_mosaic(room, count, rows, columns, current, largest_cell, least_tile_px);
    }
};

// A picture of a plane's cells, as a grid if there are few of them.
Plane tile_plane(const std::string& name, const PlaneRole& role, Point at, double cell_px, int rows, int columns,
                 const arith::Shared<Pixels>& pixels, const Theme& theme) {
    Plane plane{name, Affine::scale_and_move(cell_px, at.x, at.y), {}, role};
    // A field without colours draws nothing; pointing finds its cells.
    Field cells{name + " cells", {}, 1, rows, columns, {}, {}, {}};
    if (rows * columns <= most_field_cells && cell_px >= 8) cells.edge = {theme.grid, thin_px / 2};
    plane.items.push_back(
        Picture{name + " picture", {0, 0, static_cast<double>(columns), static_cast<double>(rows)}, pixels, true});
    plane.items.push_back(std::move(cells));
    plane.items.push_back(cells_outline("edge", 0, 0, rows, columns, {theme.hairline, thin_px}));
    return plane;
}

// At least so large that it is seen on a small picture.
void add_mark(Plane& plane, Mark mark, double row, double column, double rows, double columns, double cell_px,
              const Theme& theme) {
    const double least = least_mark_px / cell_px, more_rows = std::max(0.0, least - rows) / 2,
                 more_columns = std::max(0.0, least - columns) / 2;
    plane.items.push_back(mark_outline(mark, row - more_rows, column - more_columns, rows + 2 * more_rows,
                                       columns + 2 * more_columns, {theme.window, thick_px}));
}

// The input cells under the window, without the padding; nothing if it lies in the padding.
Rect window_on_input(const LayerPlanes& p) {
    const Place from = p.window();
    auto span = [](const SlidingAxis& axis, int begin, double& first, double& count) {
        const double from_cell = static_cast<double>(begin - axis.before) / axis.spacing,
                     to_cell = static_cast<double>(begin + axis.extent() - 1 - axis.before) / axis.spacing + 1;
        first = std::clamp(std::ceil(from_cell), 0.0, static_cast<double>(axis.input));
        count = std::clamp(std::floor(to_cell), 0.0, static_cast<double>(axis.input)) - first;
    };
    Rect box;
    span(p.high, from.row, box.y, box.height);
    span(p.wide, from.column, box.x, box.width);
    return box;
}

void add_input(Scene& scene, const MapsFigure& f) {
    const LayerPlanes& p = f.p;
    const Rect window = window_on_input(p);
    for (const Tile& tile : f.input.tiles.tiles) {
        const Index c = tile.number;
        PlaneRole role = slab_role(Content::input, c);
        role.padded = false;
        role.pointable = !f.colors_in();
        Plane plane = tile_plane(fmt::format("input slab {}", c), role, tile.at, f.input.tiles.cell_px, f.input.rows,
                                 f.input.columns, f.pictures->input[static_cast<std::size_t>(c)], p.theme);
        const bool seen = f.colors_in() || (c >= p.first_in && c < p.first_in + p.layer.group_in());
        if (seen && window.width > 0 && window.height > 0)
            add_mark(plane, Mark::window, window.y, window.x, window.height, window.width, f.input.tiles.cell_px,
                     p.theme);
        scene.planes.push_back(std::move(plane));
    }
}

void add_kernels(Scene& scene, const MapsFigure& f) {
    const LayerPlanes& p = f.p;
    const double cell_px = f.kernel.tiles.cell_px;
    for (const Tile& tile : f.kernel.tiles.tiles) {
        const Index n = tile.number;
        PlaneRole role = slab_role(Content::kernel, n);
        role.pointable = f.filters == Filters::planes;
        const bool current = f.filters != Filters::planes && n == p.step.channel;
        const std::string name = fmt::format("kernel slab {}", n);
        if (f.filters == Filters::colors) {
            scene.planes.push_back(tile_plane(name, role, tile.at, cell_px, f.kernel.rows, f.kernel.columns,
                                              f.pictures->filters[static_cast<std::size_t>(n)], p.theme));
        } else {
            scene.planes.push_back(sheet_plane(name, role, {tile.at, cell_px, f.kernel.rows, f.kernel.columns},
                                               {p.theme.grid, thin_px / 2}, [&](int r, int c) {
                                                   const float w = f.filters == Filters::planes
                                                                       ? p.weight(n, r, c)
                                                                       : p.recording.weight_value(n, 0, p.cell(r, c));
                                                   return CellLook{f.pictures->kernel_map.color(w)};
                                               }));
        }
        if (current)
            scene.planes.back().items.push_back(
                mark_outline(Mark::filter, 0, 0, f.kernel.rows, f.kernel.columns, {p.theme.window, thick_px}));
    }
}

void add_outputs(Scene& scene, const MapsFigure& f) {
    const LayerPlanes& p = f.p;
    const Place at = p.output();
    for (const Tile& tile : f.output.tiles.tiles) {
        const Index c = tile.number;
        Plane plane =
            tile_plane(fmt::format("output slab {}", c), slab_role(Content::output, c), tile.at, f.output.tiles.cell_px,
                       f.output.rows, f.output.columns, f.pictures->output[static_cast<std::size_t>(c)], p.theme);
        if (c == p.step.channel) {
            plane.items.push_back(
                cells_outline("map", 0, 0, f.output.rows, f.output.columns, {p.theme.window, thick_px}));
            add_mark(plane, Mark::output_cell, at.row, at.column, 1, 1, f.output.tiles.cell_px, p.theme);
        }
        scene.planes.push_back(std::move(plane));
    }
}

// The numbers above the pictures, that of this step in bold, and how many pictures there was no room for.
void add_numbers(Plane& page, const MapsFigure& f, const Part& part, const char* name, Index current) {
    const Theme& t = f.p.theme;
    const Mosaic& m = part.tiles;
    if (m.tiles.size() > 1)
        for (const Tile& tile : m.tiles)
            page.items.push_back(note(fmt::format("{} number {}", name, tile.number), {tile.at.x, tile.at.y - 3},
                                      std::to_string(tile.number), tile.number == current ? t.text : t.muted,
                                      least_size, Anchor::start,
                                      tile.number == current ? Weight::semibold : Weight::regular));
    if (m.left_out > 0)
        page.items.push_back(note(fmt::format("{} left out", name),
                                  {m.rest_at.x, centred_baseline(m.rest_at.y, least_size)},
                                  "+" + count_text(m.left_out), t.muted, least_size, Anchor::middle));
}

void add_heads(Plane& page, const MapsFigure& f) {
    const LayerPlanes& p = f.p;
    const Language language = f.options.language;
    auto head = [&](const Part& part, const char* name, const std::string& shape, const std::string& says) {
        add_plane_title(page, {part.area.x, part.area.y + 14}, name, shape, p.theme, language);
        add_paragraph(page, fmt::format("{} says", name), {part.area.x, part.area.y + 30}, says, part.area.width,
                      p.theme.muted, small_size, 14);
    };
    head(f.input, "Input", arith::to_text(arith::input_shape(p.layer)),
         f.colors_in() ? tr(language, "as red, green and blue") : "");
    const arith::Shape weights = p.layer.has_weight() ? arith::weight_shape(p.layer) : arith::Shape{};
    if (f.filters == Filters::colors)
        head(f.kernel, "Filters", arith::to_text(weights), tr(language, "in colours; grey is 0"));
    else if (f.filters == Filters::singles)
        head(f.kernel, "Filters", arith::to_text(weights), trf(language, "filter {} framed", p.step.channel));
    else if (f.filters == Filters::planes)
        head(f.kernel, "Filter", arith::to_text(arith::Shape(weights.begin() + 1, weights.end())),
             trf(language, "filter {}, one of {}", p.step.channel, p.layer.out_channels));
    head(f.output, "Output", arith::to_text(arith::output_shape(p.layer)),
         p.layer.out_channels == 1
             ? ""
             : fmt::format("{}{}", f.options.by_strength ? tr(language, "strongest first; ") : "",
                           f.one_scale() ? trf(language, "one scale for all; map {} framed", p.step.channel)
                                         : trf(language, "each on its own scale; map {} framed", p.step.channel)));
}

void add_scales(Plane& page, const MapsFigure& f) {
    const Language language = f.options.language;
    std::vector<std::pair<std::string, const ValueMap*>> bars;
    if (!f.colors_in()) bars.push_back({tr(language, "Input"), &f.pictures->input_map});
    if (f.filters == Filters::singles || f.filters == Filters::planes)
        bars.push_back({tr(language, "Filters"), &f.pictures->kernel_map});
    const bool own = !f.one_scale() && f.p.layer.out_channels > 1;
    bars.push_back({own ? trf(language, "Output {}", f.p.step.channel) : tr(language, "Output"),
                    &f.pictures->output_maps[static_cast<std::size_t>(f.p.step.channel)]});
    add_legend(page, bars, f.p.theme, language, f.options.page);
}

}  // namespace
}  // namespace maps_view

std::string not_maps(const arith::Layer& layer) {
    using namespace maps_view;
    if (layer.rank() != 2)
        return fmt::format("The maps view draws layers of rank 2; this one has rank {}.", layer.rank());
    if (layer.in_channels == 1 && layer.out_channels == 1)
        return "The maps view draws layers with several channels; this one has one.";
    const arith::Extents extents(layer);
    const double products = static_cast<double>(layer.out_channels) * static_cast<double>(layer.group_in()) *
                            static_cast<double>(extents.out_volume) * static_cast<double>(extents.kernel_volume);
    if (products > static_cast<double>(most_products))
        return fmt::format("The maps view computes up to {} products; this layer has {}.", count_text(most_products),
                           products < 9e18 ? count_text(static_cast<Index>(products)) : "more");
    return "";
}

Scene compose_maps(const arith::Recording& recording, const Moment& moment, const ViewOptions& options) {
    using namespace maps_view;
    const MapsFigure f(recording, moment, options);
    Scene scene = empty_page(options, trf(options.language, "{}: the maps of all channels, {}", options.title,
                                          moment_text(recording, moment, options.language)));
    add_input(scene, f);
    add_kernels(scene, f);
    add_outputs(scene, f);
    border_outlines(scene, f.p.theme);
    Plane page{"labels", {}, {}, {Content::labels}};
    if (options.labels) {
        add_head(page, options, parameters_text(f.p.layer, words_form, options.language),
                 moment_text(recording, moment, options.language));
        add_heads(page, f);
        add_numbers(page, f, f.input, "input", f.p.channel_now());
        if (f.filters != Filters::none)
            add_numbers(page, f, f.kernel, "kernel",
                        f.filters == Filters::planes ? f.p.channel_now() - f.p.first_in : f.p.step.channel);
        add_numbers(page, f, f.output, "output", f.p.step.channel);
        add_sum(page, {margin, f.sum_top(), options.page.width - 2 * margin, 2 * sum_line_px}, recording, moment,
                options);
        add_scales(page, f);
    }
    scene.planes.push_back(std::move(page));
    return scene;
}

}  // namespace convloom::scene
