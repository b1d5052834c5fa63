#include "core/scene/pieces/parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/arith/layer/output_size.hpp"
#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::scene {
namespace {
constexpr double margin_px = 5 * unit_px, least_slab_label_px = 14;
}

Scene empty_page(const ViewOptions& options, std::string sentence) {
    const Room page = options.room.value_or(Room{});
    return {page.width, page.height, std::move(sentence), options.theme->ground, {}};
}

Scene compose_message(const std::string& sentence, const ViewOptions& options) {
    Scene scene = empty_page(options, sentence);
    Plane page{"labels", {}, {}};
    add_head(page, options, sentence, "");
    scene.planes.push_back(std::move(page));
    return scene;
}

void add_head(Plane& page, const ViewOptions& options, const std::string& parameters, const std::string& right) {
    const Theme& theme = *options.theme;
    const double width = options.room ? options.room->width : page_width;
    // A title is anybody's text; what does not fit beside the moment is left out.
    const double room = width - 2 * margin_px - text_width(right, label_size) - 3 * unit_px;
    page.items.push_back(Text{"title",
                              {margin_px, 44},
                              shortened(options.title, room, title_size, Weight::semibold),
                              title_size,
                              Anchor::start,
                              Weight::semibold,
                              theme.text});
    page.items.push_back(
        Text{"parameters", {margin_px, 68}, parameters, label_size, Anchor::start, Weight::regular, theme.muted});
    page.items.push_back(
        Text{"moment", {width - margin_px, 44}, right, label_size, Anchor::end, Weight::regular, theme.muted});
}

void add_plane_title(Plane& page, Point at, const std::string& name, const std::string& shape, const Theme& theme,
                     Language language) {
    const std::string shown = tr(language, name);
    page.items.push_back(Text{name + " title", at, shown, label_size, Anchor::start, Weight::semibold, theme.text});
    const double x = at.x + text_width(shown, label_size, Weight::semibold) + unit_px;
    page.items.push_back(
        Text{name + " shape", {x, at.y}, shape, label_size, Anchor::start, Weight::regular, theme.muted});
}

double plane_title_width(const std::string& name, const std::string& shape, Language language) {
    return text_width(tr(language, name), label_size, Weight::semibold) + unit_px + text_width(shape, label_size);
}

void CellFill::fill(Field& field, int first_row, int first_column) const {
    field.palette = palette;
    field.cells.clear();
    if (!index) return;
    field.cells.reserve(static_cast<std::size_t>(field.rows) * field.columns);
    for (int r = 0; r < field.rows; ++r)
        for (int c = 0; c < field.columns; ++c) field.cells.push_back(index(first_row + r, first_column + c));
}

void CellFill::add_signs(Plane& plane, const Field& field, int first_row, int first_column,
                         const std::function<bool(int, int)>& there) const {
    if (!sign || std::sqrt(std::abs(plane.to_page.determinant())) < least_sign_cell_px) return;
    for (int r = 0; r < field.rows; ++r)
        for (int c = 0; c < field.columns; ++c)
            if (!there || there(first_row + r, first_column + c))
                sign(plane, first_row + r, first_column + c, static_cast<int>(field.at.y) + r,
                     static_cast<int>(field.at.x) + c);
}

Color number_color(const std::optional<ValueMap>& map, float value, Color otherwise) {
    return map ? readable_on(map->color(value)) : otherwise;
}

void add_input_cells(Plane& plane, const SlidingAxis& high, const SlidingAxis& wide, const CellFill& fill, Stroke edge,
                     const std::string& name) {
    auto field = [&](std::string called, int row, int column, int rows, int columns) {
        const Point at{static_cast<double>(wide.place(column)), static_cast<double>(high.place(row))};
        Field f{std::move(called), at, 1, rows, columns, {}, {}, edge};
        fill.fill(f, row, column);
        plane.items.push_back(f);
        fill.add_signs(plane, f, row, column);
    };
    if (high.stretched() == high.input && wide.stretched() == wide.input)
        return field(name + "s", 0, 0, high.input, wide.input);
    for (int r = 0; r < high.input; ++r)
        for (int c = 0; c < wide.input; ++c) field(cell_name(name.c_str(), r, c), r, c, 1, 1);
}

std::string plane_words(std::initializer_list<SlidingAxis> axes, Language language) {
    bool zeros = false, padded = false, unused = false;
    std::string totals;
    for (const SlidingAxis& a : axes) {
        zeros |= a.stretched() > a.input;
        padded |= a.total > a.stretched();
        unused |= a.reached < a.total;
        totals += fmt::format("{}{}", totals.empty() ? "" : "×", a.total);
    }
    std::string words;
    auto add = [&](const std::string& word) { words += (words.empty() ? "" : tr(language, ", ")) + word; };
    if (zeros) add(tr(language, "zeros inserted"));
    if (padded) add(trf(language, "padded to {}", totals));
    if (unused) add(tr(language, "hatched: unused"));
    return words;
}

void add_hatch(Plane& plane, int r, int c, Stroke stroke) {
    for (const auto& [from, to] : {std::pair{Point{c + 0.0, r + 0.5}, Point{c + 0.5, r + 0.0}},
                                   std::pair{Point{c + 0.0, r + 1.0}, Point{c + 1.0, r + 0.0}},
                                   std::pair{Point{c + 0.5, r + 1.0}, Point{c + 1.0, r + 0.5}}})
        plane.items.push_back(Line{cell_name("unused", r, c), {from, to}, false, stroke});
}

void add_unused(Plane& plane, int reached_rows, int reached_columns, int rows, int columns, Stroke stroke) {
    for (int r = 0; r < rows; ++r)
        for (int c = 0; c < columns; ++c)
            if (r >= reached_rows || c >= reached_columns) add_hatch(plane, r, c, stroke);
}

void add_cell_number(Plane& plane, const std::string& name, int row, int column, const std::string& text, double size,
                     Color color, Weight weight) {
    const double width = text_width(text, 1, weight);
    const double fitted = std::min(size, 0.86 / std::max(width, 1e-9));
    plane.items.push_back(
        Text{name, {column + 0.5, centred_baseline(row + 0.5, fitted)}, text, fitted, Anchor::middle, weight, color});
}

void add_pile_labels(Plane& page, const std::string& name, const Stack& pile,
                     const std::function<Affine(double z)>& plane, arith::Index per_group, const Theme& theme) {
    const std::vector<Slot>& slots = pile.slots;
    if (slots.size() < 2) return;
    auto corner = [&](const Slot& slot) {
        return plane(slot.z)({static_cast<double>(pile.columns), static_cast<double>(pile.rows)});
    };
    const bool roomy = std::abs(corner(slots[0]).y - corner(slots[1]).y) >= least_slab_label_px;
    const bool letters = per_group > 0 && pile.slabs <= 26 * per_group;
    for (std::size_t n = 0; n < slots.size(); ++n) {
        const Point at = corner(slots[n]);
        const bool labelled = roomy || n == 0 || n + 1 == slots.size();
        std::string text = fmt::format("{}", slots[n].slab);
        if (letters) text = fmt::format("{} {}", static_cast<char>('A' + slots[n].slab / per_group), text);
        if (slots[n].gap_before) {
            // Between the two numbers, or where they leave no room beside the one.
            const Point before = corner(slots[n - 1]);
            const bool beside = labelled && std::abs(at.y - before.y) < 2 * least_slab_label_px;
            page.items.push_back(Text{fmt::format("{} more {}", name, n),
                                      {beside ? at.x + 8 + text_width(text, small_size) : (at.x + before.x) / 2 + 8,
                                       (at.y + before.y) / 2 + 4},
                                      "…",
                                      label_size,
                                      Anchor::start,
                                      Weight::semibold,
                                      theme.text});
        }
        if (!labelled) continue;
        page.items.push_back(Text{fmt::format("{} slab {} label", name, n),
                                  {at.x + 5, at.y + 4},
                                  text,
                                  small_size,
                                  Anchor::start,
                                  Weight::regular,
                                  theme.muted});
    }
}

std::string kernel_title(const arith::Layer& layer) {
    return layer.is_pooling() ? "Window" : "Kernel";
}

std::string kernel_shape(const arith::Layer& layer, const Sliding& plane, Language language) {
    const std::string shape = fmt::format("{}×{}", plane.high.kernel, plane.wide.kernel);
    if (layer.is_pooling())
        return shape +
               (layer.op == arith::Op::max_pooling ? tr(language, ", its maximum") : tr(language, ", its average"));
    return shape + (plane.turned ? tr(language, ", rotated by 180°") : "");
}

std::string operator_sign(const arith::Layer& layer, Language language) {
    if (!layer.is_pooling()) return "*";
    return layer.op == arith::Op::max_pooling ? tr(language, "max") : tr(language, "average");
}

bool prints_padding(const arith::Layer& layer) {
    return layer.op != arith::Op::max_pooling;
}

Plane kernel_plane(const arith::Recording& recording, const Sliding& sliding, const Moment& moment, Point at,
                   double cell_px, const Theme& theme, const std::optional<ValueMap>& map) {
    Plane plane{"kernel", Affine::scale_and_move(cell_px, at.x, at.y), {}};
    if (recording.layer().is_pooling()) return plane;
    const arith::Step step = recording.step(moment.step);
    const int rows = sliding.high.kernel, columns = sliding.wide.kernel;
    Field field{"kernel cells", {}, 1, rows, columns, {}, {}, {theme.grid, thin_px}};
    const CellFill fill(map, theme.kernel, [&](int r, int c) { return sliding.weight(recording, step, {r, c}); });
    fill.fill(field);
    field.palette.push_back(theme.tap);
    field.cells.resize(static_cast<std::size_t>(rows) * columns);  // without a map all the first colour
    Place current{-1, -1};
    if (const std::vector<arith::Tap> taps = recording.taps(step); const arith::Tap* tap = current_tap(taps, moment)) {
        current = sliding.in_kernel(step, *tap);
        field.cells[static_cast<std::size_t>(current.row) * columns + current.column] =
            static_cast<std::uint8_t>(field.palette.size() - 1);
    }
    plane.items.push_back(field);
    fill.add_signs(plane, field, 0, 0, [&](int r, int c) { return r != current.row || c != current.column; });
    if (cell_px < least_number_cell_px) return plane;
    for (int r = 0; r < rows; ++r)
        for (int c = 0; c < columns; ++c) {
            const bool is_current = current.row == r && current.column == c;
            const float weight = sliding.weight(recording, step, {r, c});
            add_cell_number(plane, cell_name("kernel", r, c), r, c, number_text(weight, 2), 0.4,
                            is_current ? theme.on_tap : number_color(map, weight, theme.on_cell),
                            is_current ? Weight::semibold : Weight::regular);
        }
    return plane;
}

namespace {

// One axis's number, or each where they differ: "3" or "3×5".
template <class Number>
std::string of_axes(const arith::Layer& layer, Number number) {
    std::string first, all;
    bool same = true;
    for (int a = 0; a < layer.rank(); ++a) {
        const std::string text = fmt::format("{}", number(a));
        if (all.empty())
            first = all = text;
        else
            same &= text == first, all += "×" + text;
    }
    return same ? first : all;
}

}  // namespace

std::string parameters_text(const arith::Layer& layer, const char* form, Language language) {
    auto each = [&](arith::Index arith::Axis::*member) {
        return of_axes(layer, [&](int a) { return layer.axes[a].*member; });
    };
    const std::string padding = of_axes(layer, [&](int a) {
        const arith::Axis& axis = layer.axes[a];
        return axis.pad_before == axis.pad_after ? fmt::format("{}", axis.pad_before)
                                                 : fmt::format("{}+{}", axis.pad_before, axis.pad_after);
    });
    std::string more;
    if (layer.is_transposed() && form == words_form)
        more = fmt::format(",  p' = {}", of_axes(layer, [&](int a) { return sliding_axis(layer, a).padding; }));
    return trf(language, form, each(&arith::Axis::size), each(&arith::Axis::kernel), each(&arith::Axis::stride),
               padding, each(&arith::Axis::dilation),
               of_axes(layer, [&](int a) { return arith::output_size(layer, a); })) +
           more;
}

std::string moment_text(const arith::Recording& recording, const Moment& moment, Language language) {
    std::string text = trf(language, "step {} of {}", count_text(moment.step + 1), count_text(recording.step_count()));
    if (moment.tap != Moment::whole_window)
        text += trf(language, ", tap {} of {}", count_text(moment.tap + 1),
                    count_text(recording.tap_count(recording.step(moment.step))));
    return text;
}

std::string cell_name(const char* plane, arith::Index row, arith::Index column) {
    return fmt::format("{} {} {}", plane, row, column);
}

}  // namespace convloom::scene
