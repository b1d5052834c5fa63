// One of the two layers of the compare view: what it shows at a moment, and where it is on the page.
//
// Only compare_figure.hpp includes this.
#pragma once
#include <string>
#include <vector>

#include "core/arith/layer/output_size.hpp"
#include "core/scene/pieces/layer_planes.hpp"

namespace convloom::scene::compare_view {

using arith::Index;

constexpr double margin = 5 * unit_px, gap = 28, half_gap = 40, largest_cell = 34;
constexpr double legend_shift = 14, names_width = 88;  // beside the rows of rank 1
constexpr double planes_below_head = 34, titles_above = 8;

// One of the two layers.
struct Side {
    const char* letter;
    const arith::Recording& recording;
    bool walks;     // the moment counts its steps
    bool has_cell;  // its output has the cell of this step
    Moment moment;
    LayerPlanes p;  // refers to the moment
    int rows, columns;
    std::vector<float> values;  // of the output channel of this step

    Side(const char* name, const arith::Recording& r, bool is_walked, const arith::Step& at, const Moment& now,
         Index taps, const ViewOptions& options)
        : letter(name), recording(r), walks(is_walked), has_cell(holds(r.layer(), at)),
          moment(is_walked ? now : moment_at(r, at, now, taps, has_cell)), p(r, moment, options), rows(p.high.output),
          columns(p.wide.output) {
        const Index channel = std::min(at.channel, r.layer().out_channels - 1);
        for (int row = 0; row < rows; ++row)
            for (int column = 0; column < columns; ++column)
                values.push_back(r.value(r.step(r.step_at(channel, p.cell(row, column)))));
    }
    Side(const Side&) = delete;

    static bool holds(const arith::Layer& layer, const arith::Step& at) {
        bool inside = at.channel < layer.out_channels;
        for (int a = 0; a < layer.rank(); ++a)
            inside &= at.output[static_cast<std::size_t>(a)] < arith::output_size(layer, a);
        return inside;
    }
    // The same cell, and the same tap if both windows have equally many.
    static Moment moment_at(const arith::Recording& r, const arith::Step& at, const Moment& now, Index taps,
                            bool has_cell) {
        if (!has_cell) return {};
        const Index step = r.step_at(at.channel, at.output);
        return {step, r.tap_count(r.step(step)) == taps ? now.tap : Moment::whole_window};
    }
    bool has(int row, int column) const { return row < rows && column < columns; }
    float value(int row, int column) const { return values[static_cast<std::size_t>(row) * columns + column]; }
    // The running sum in the cell of this step while its taps are stepped through.
    float shown(int row, int column) const {
        const Place now = p.output();
        return has_cell && now.row == row && now.column == column ? value_at(recording, p.step, moment)
                                                                  : value(row, column);
    }
    PlaneRole role(Content content, Index number) const {
        PlaneRole role = slab_role(content, number);
        if (!walks) role.nth = 1, role.pointable = false;
        return role;
    }
};

struct SideLayout {
    double x = margin;
    SheetBox input, kernel, output;
    double head_y = 0, width = 0;  // of the letter and the settings
};

// The lines of text above and below the planes. Elsewhere than on a slide they take as many lines as the width asks
// for.
struct TextLines {
    double why_y = 70, why_size = label_size, why_line_px = 19;
    double heads_y = 124, bottom = 384, counts_y = 399, sums_top = 404;
};

// What the marks mean, in order; the first is on the number of cells that differ.
struct CountText {
    const char* key;
    std::string text;
    bool muted = true;
    Point at = {};
};
constexpr double sign_width = 15, between_counts = 24, count_line_px = 16;

}  // namespace convloom::scene::compare_view
