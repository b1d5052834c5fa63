#include "core/scene/parts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/arith/output_size.hpp"
#include "core/scene/number_text.hpp"
#include "core/scene/text_metrics.hpp"

namespace convloom::scene {
namespace {
constexpr double margin_px = 5 * unit_px;
}

std::string_view name_of(View view) {
    constexpr std::string_view names[] = {"stacked", "flat", "photo"};
    return names[static_cast<int>(view)];
}

std::optional<View> view_named(std::string_view name) {
    for (View view : {View::stacked, View::flat, View::photo})
        if (name_of(view) == name) return view;
    return std::nullopt;
}

Scene empty_page(const ViewOptions& options, std::string sentence) {
    return {page_width, page_height, std::move(sentence), options.theme->ground, {}};
}

std::string undrawable(const arith::Layer& layer) {
    if (layer.op == arith::Op::convolution && layer.rank() == 2 && layer.in_channels == 1 && layer.out_channels == 1) return "";
    const std::string channels = layer.in_channels == 1 && layer.out_channels == 1
                                     ? ""
                                     : fmt::format(" with {} to {} channels", layer.in_channels, layer.out_channels);
    return fmt::format("There is no picture of a {} of rank {}{} yet.", arith::name_of(layer.op), layer.rank(), channels);
}

Scene compose_message(const std::string& sentence, const ViewOptions& options) {
    Scene scene = empty_page(options, sentence);
    Plane page{"labels", {}, {}};
    add_head(page, options, sentence, "");
    scene.planes.push_back(std::move(page));
    return scene;
}

void add_head(Plane& page, const ViewOptions& options, const std::string& parameters,
              const std::string& right) {
    const Theme& theme = *options.theme;
    page.items.push_back(Text{"title", {margin_px, 44}, options.title, title_size, Anchor::start,
                              Weight::semibold, theme.text});
    page.items.push_back(
        Text{"parameters", {margin_px, 68}, parameters, label_size, Anchor::start, Weight::regular, theme.muted});
    page.items.push_back(Text{"moment", {page_width - margin_px, 44}, right, label_size, Anchor::end,
                              Weight::regular, theme.muted});
}

void add_plane_title(Plane& page, Point at, const std::string& name, const std::string& shape,
                     const Theme& theme) {
    page.items.push_back(
        Text{name + " title", at, name, label_size, Anchor::start, Weight::semibold, theme.text});
    const double x = at.x + text_width(name, label_size, Weight::semibold) + unit_px;
    page.items.push_back(
        Text{name + " shape", {x, at.y}, shape, label_size, Anchor::start, Weight::regular, theme.muted});
}

double plane_title_width(const std::string& name, const std::string& shape) {
    return text_width(name, label_size, Weight::semibold) + unit_px + text_width(shape, label_size);
}

void add_cell_number(Plane& plane, const std::string& name, int row, int column, const std::string& text,
                     double size, Color color, Weight weight) {
    const double width = text_width(text, 1, weight);
    const double fitted = std::min(size, 0.86 / std::max(width, 1e-9));
    plane.items.push_back(Text{name, {column + 0.5, centred_baseline(row + 0.5, fitted)}, text, fitted,
                               Anchor::middle, weight, color});
}

Plane kernel_plane(const arith::Recording& recording, Point at, double cell_px, const arith::Cell& current,
                   const Theme& theme) {
    const arith::Cell extents = arith::kernel_extents(recording.layer());
    const int rows = static_cast<int>(extents[0]), columns = static_cast<int>(extents[1]);
    Plane plane{"kernel", Affine::scale_and_move(cell_px, at.x, at.y), {}};
    Field field{"kernel cells", {}, 1, rows, columns, {theme.kernel, theme.tap}, {}, {theme.grid, thin_px}};
    field.cells.assign(static_cast<std::size_t>(rows) * columns, 0);
    if (current[0] >= 0) field.cells[current[0] * columns + current[1]] = 1;
    plane.items.push_back(std::move(field));
    if (cell_px < least_number_cell_px) return plane;
    for (int r = 0; r < rows; ++r)
        for (int c = 0; c < columns; ++c) {
            const bool is_current = current[0] == r && current[1] == c;
            add_cell_number(plane, cell_name("kernel", r, c), r, c,
                            number_text(recording.weight_value(0, 0, {r, c, 0}), 2), 0.4,
                            is_current ? theme.on_tap : theme.on_cell,
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

std::string parameters_text(const arith::Layer& layer, const char* form) {
    auto each = [&](arith::Index arith::Axis::*member) {
        return of_axes(layer, [&](int a) { return layer.axes[a].*member; });
    };
    const std::string padding = of_axes(layer, [&](int a) {
        const arith::Axis& axis = layer.axes[a];
        return axis.pad_before == axis.pad_after ? fmt::format("{}", axis.pad_before)
                                                 : fmt::format("{}+{}", axis.pad_before, axis.pad_after);
    });
    return fmt::format(fmt::runtime(form), each(&arith::Axis::size), each(&arith::Axis::kernel),
                       each(&arith::Axis::stride), padding, each(&arith::Axis::dilation),
                       of_axes(layer, [&](int a) { return arith::output_size(layer, a); }));
}

std::string moment_text(const arith::Recording& recording, const Moment& moment) {
    std::string text = fmt::format("step {} of {}", moment.step + 1, recording.step_count());
    if (moment.tap != Moment::whole_window)
        text += fmt::format(", tap {} of {}", moment.tap + 1, recording.tap_count(recording.step(moment.step)));
    return text;
}

std::string cell_name(const char* plane, arith::Index row, arith::Index column) {
    return fmt::format("{} {} {}", plane, row, column);
}

}  // namespace convloom::scene
