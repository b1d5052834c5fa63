#include "core/scene/views/flat_layout.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/pieces/kernel_plane.hpp"
#include "core/scene/pieces/layer_words.hpp"
#include "core/scene/pieces/titles.hpp"

namespace convloom::scene::flat_view {
namespace {

constexpr double gap = 8 * unit_px;
constexpr double largest_cell = 56, largest_cell_elsewhere = 80;  // on a slide, and on other pages
constexpr double planes_top = 132, planes_bottom = 428, sum_bottom = page_height - 452;
constexpr double second_title = 34;          // above the second row of planes
constexpr double least_gain_in_rows = 1.15;  // of the cells, for the second row

// The columns of the planes, each as wide as its cells or as its title, whichever is wider.
struct Columns {
    double input, kernel, output;

    Columns(const FlatLayout& l, bool labels) {
        auto column = [&](Grid grid, const char* name, const std::string& shape) {
            return std::max(l.cell * grid.columns, labels ? plane_title_width(name, shape, l.language) : 0.0);
        };
        input = column(l.padded, "Input", l.input_shape());
        kernel = l.pooling ? 0 : column(l.kernel, "Kernel", l.kernel_says);
        output = column(l.output, "Output", l.output.shape());
    }
};

struct PlanesRoom {
    double width, top, bottom;
    bool labels;
};

// Side by side, with the tops at the same height. Returns whether the planes fit.
bool place_in_a_row(FlatLayout& l, const PlanesRoom& room) {
    const Columns wide(l, room.labels);
    const int rows = std::max({l.padded.rows, l.kernel.rows, l.output.rows});
    const double top = std::round(room.top + (room.bottom - room.top - l.cell * rows) / 2);
    l.input_at = {std::round((room.width - (wide.input + wide.kernel + wide.output + 2 * gap)) / 2), top};
    l.kernel_at = {std::round(l.input_at.x + wide.input + gap), top};
    l.output_at = {std::round(l.kernel_at.x + wide.kernel + gap), top};
    const double lowest = l.cell * std::min({l.padded.rows, l.kernel.rows, l.output.rows}), y = top + lowest / 2;
    const double star_to = l.pooling ? l.output_at.x : l.kernel_at.x;
    // For a pooling the sign is centred between input and output.
    l.star_at = {(l.input_at.x + l.cell * l.padded.columns + star_to) / 2, y};
    l.equals_at = {(l.kernel_at.x + l.cell * l.kernel.columns + l.output_at.x) / 2, y};
    // Signs beside grids that are as low as a line of text must not touch the titles.
    if (lowest < 2 * label_size) {
        l.star_at.x = star_to - gap / 2;
        l.equals_at.x = l.output_at.x - gap / 2;
    }
    return l.input_at.x >= margin;
}

// Between two rows of planes: the title of the lower one, and some of the room that is left.
double gap_between_rows(const PlanesRoom& room, double cells, double rows) {
    const double least = room.labels ? second_title : gap / 2, left = room.bottom - room.top - cells - least * rows;
    return least + std::clamp(left / (2 * rows + 2), 0.0, gap / 2);
}

// The kernel and the output in a second row, each with its sign in front.
bool place_in_two_rows(FlatLayout& l, const PlanesRoom& room) {
    const Columns wide(l, room.labels);
    const int kernel_rows = l.pooling ? l.output.rows : l.kernel.rows;
    const double high = l.cell * l.padded.rows, low = l.cell * std::max(kernel_rows, l.output.rows),
                 apart = gap_between_rows(room, high + low, 1);
    const double top = std::round(room.top + (room.bottom - room.top - high - apart - low) / 2),
                 second = std::round(top + high + apart),
                 y = second + l.cell * std::min(kernel_rows, l.output.rows) / 2;
    const double sign = l.pooling && room.labels ? gap + 2 * unit_px : gap,
                 below = sign + (l.pooling ? 0 : wide.kernel + gap) + wide.output;
    l.input_at = {std::round((room.width - wide.input) / 2), top};
    l.kernel_at = {std::round((room.width - below) / 2 + sign), second};
    l.output_at = {l.pooling ? l.kernel_at.x : std::round(l.kernel_at.x + wide.kernel + gap), second};
    l.star_at = {l.kernel_at.x - sign / 2, y};
    l.equals_at = {l.output_at.x - gap / 2, y};
    return std::min(l.input_at.x, l.kernel_at.x - sign) >= margin;
}

// Each in a row of its own, with the signs at the left.
bool place_in_three_rows(FlatLayout& l, const PlanesRoom& room) {
    const Columns wide(l, room.labels);
    const double high = l.cell * l.padded.rows, middle = l.cell * l.kernel.rows, low = l.cell * l.output.rows,
                 apart = gap_between_rows(room, high + middle + low, 2), sign = gap;
    const double x = std::round((room.width - sign - std::max({wide.input, wide.kernel, wide.output})) / 2 + sign);
    l.input_at = {x, std::round(room.top + (room.bottom - room.top - high - middle - low - 2 * apart) / 2)};
    l.kernel_at = {x, std::round(l.input_at.y + high + apart)};
    l.output_at = {x, std::round(l.kernel_at.y + middle + apart)};
    l.star_at = {x - sign / 2, l.kernel_at.y + middle / 2};
    l.equals_at = {x - sign / 2, l.output_at.y + low / 2};
    return x - sign >= margin;
}

// Makes the cells as large as they may be, at first as large as the rows of cells allow, in whole units unless they are
// small.
void fit(FlatLayout& l, const PlanesRoom& room, bool (*place)(FlatLayout&, const PlanesRoom&), double high, int rows,
         double largest) {
    l.cell = std::min(high / rows, largest);
    if (l.cell > 4) l.cell = std::floor(l.cell);
    while (!place(l, room) && l.cell > 1e-3) l.cell = l.cell > 4 ? l.cell - 1 : l.cell * 0.95;
}

}  // namespace

std::string Grid::shape() const {
    return fmt::format("{}×{}", rows, columns);
}

std::string FlatLayout::input_shape() const {
    const std::string words = plane_words({sliding.high, sliding.wide}, language);
    return input.shape() + (words.empty() ? "" : tr(language, ", ") + words);
}

FlatLayout lay_out_flat(const arith::Layer& layer, const ViewOptions& options, const std::string& parameters) {
    FlatLayout l;
    l.language = options.language;
    l.sliding = sliding(layer);
    const SlidingAxis &high = l.sliding.high, &wide = l.sliding.wide;
    l.padded = {high.total, wide.total};
    l.input = {high.input, wide.input};
    l.kernel = {high.kernel, wide.kernel};
    l.output = {high.output, wide.output};
    l.reached = {high.reached, wide.reached};
    l.pooling = !layer.has_weight();
    l.kernel_name = kernel_title(layer);
    l.kernel_says = kernel_shape(layer, l.sliding, l.language);
    l.sign = operator_sign(layer, l.language);
    l.sum_top = options.page.height - sum_bottom;

    const double words = !layer.kind().lists_taps   ? 0  // of lines between the planes and the sum
                         : options.page.is_narrow() ? 4 * unit_px
                                                    : 1.5 * unit_px;
    const PlanesRoom room{options.page.width, options.labels ? planes_top + head_extra(options, parameters) : margin,
                          options.page.height - (options.labels ? page_height - planes_bottom + words : margin),
                          options.labels};
    const double largest = options.page.is_slide() ? largest_cell : largest_cell_elsewhere;
    const double tall = room.bottom - room.top, title = room.labels ? second_title : gap / 2;
    fit(l, room, place_in_a_row, tall, std::max({l.padded.rows, l.kernel.rows, l.output.rows}), largest);
    if (options.page.is_slide()) return l;
    // Further rows if they make the cells larger.
    FlatLayout next = l;
    fit(next, room, place_in_two_rows, tall - title,
        l.padded.rows + std::max(l.pooling ? 0 : l.kernel.rows, l.output.rows), largest);
    if (next.cell > least_gain_in_rows * l.cell) l = next;
    if (l.pooling) return l;
    fit(next, room, place_in_three_rows, tall - 2 * title, l.padded.rows + l.kernel.rows + l.output.rows, largest);
    return next.cell > least_gain_in_rows * l.cell ? next : l;
}

}  // namespace convloom::scene::flat_view
