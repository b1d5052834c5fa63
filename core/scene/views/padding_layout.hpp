// Where everything of the padding view is on its page: one plane per mode, and below them one strip per convention.
//
// On a slide the modes stand side by side. On other pages they stand in as many rows as give the largest cells, and the
// words of a strip that do not fit beside it stand above it. Only compose_padding.cpp includes this.
#pragma once
#include <algorithm>
#include <cmath>
#include <vector>

#include "core/arith/layer/output_size.hpp"
#include "core/scene/looks/view.hpp"
#include "core/scene/pieces/sheet.hpp"

namespace convloom::scene::padding_view {

using arith::Index;

struct PaddingLayout {
    double margin = 5 * unit_px, strips_top = 340, strips_head = 22;
    double names_width = 250, who_left = 112, says_width = 160;  // beside the strips
    bool who_below = false;                                      // the name of the strip
    bool words_above = false;                                    // the strip; otherwise beside it
    bool title_wraps = false;                                    // what the strips show, below their title
    bool says_beside = false;                                    // what a mode says: on the line of its name
    std::vector<double> names_y;                                 // of each mode; what it says is below
    std::vector<SheetBox> modes;
    double strips_apart = 0, strip_cell = 0, widest_strip_cell = 0;
};
constexpr double says_below_name = 17, plane_below_name = 26;

// What the layout depends on besides the layer.
struct PaddingNeeds {
    int modes = 0, strips = 0;
    int rows = 1, columns = 1;  // of the padded plane
    double words_width = 0;     // of the widest text above a plane
    double title_width = 0;     // of the title of the strips with what it says
    double title_lines = 1;     // of what it says, if it stands below
    double names_width = 0, who_width = 0, says_width = 0, longest_strip = 1;  // of the strips, the last in cells
    double extra = 0;                                                          // of the head
    bool legend = false;
};

// The cells of the longest strip.
inline double longest_strip(const arith::Layer& layer) {
    const arith::Axis& axis = layer.axes.back();
    return static_cast<double>(axis.size + 2 * (arith::kernel_extent(axis) - 1));
}

inline PaddingLayout lay_out_padding_slide(const arith::Layer& layer, const PaddingNeeds& needs) {
    constexpr double names_y = 100, top = names_y + plane_below_name, bottom = 306, one_row_down = 50, gap = 24;
    constexpr double largest_cell = 30, largest_strip_cell = 17;
    constexpr double strips_bottom = 528, strips_bottom_over_legend = 510, usual_strips = 4;
    PaddingLayout l;
    const int count = needs.modes;
    const double width = (page_width - 2 * l.margin - (count - 1) * gap) / count,
                 cell = fitting_cell(width, bottom - top, needs.rows, needs.columns, largest_cell);
    for (int n = 0; n < count; ++n) {
        l.names_y.push_back(names_y);
        l.modes.push_back({{std::round(l.margin + n * (width + gap)), layer.rank() > 1 ? top : top + one_row_down},
                           cell,
                           needs.rows,
                           needs.columns});
    }
    const double room = page_width - 2 * l.margin - l.names_width - l.says_width - 20;
    l.strip_cell = std::min(room / longest_strip(layer), largest_strip_cell);
    l.strips_apart =
        ((needs.legend ? strips_bottom_over_legend : strips_bottom) - l.strips_top - l.strips_head) / usual_strips;
    l.strips_apart = l.strips_apart * usual_strips / needs.strips;
    return l;
}

constexpr double brackets_px = 20, one_line = 20;

// Chooses the place of the strips' words by the width of the page, and the least height of a strip.
inline void fit_strips(PaddingLayout& l, const PaddingNeeds& needs, const PageSize& page) {
    constexpr double least_strip_cell = 12, readable_strip_cell = 9, two_lines = 38, words_gap = 2 * unit_px;
    const double whole = page.width - 2 * l.margin;
    const auto beside = [&] { return (whole - l.names_width - l.says_width - words_gap) / needs.longest_strip; };
    l.who_left = needs.names_width + 12;
    l.says_width = needs.says_width;
    l.names_width = l.who_left + needs.who_width + words_gap;
    if (beside() < readable_strip_cell) {
        l.names_width = std::max(needs.names_width, needs.who_width) + words_gap;
        l.who_below = true;
    }
    if (beside() < readable_strip_cell) l.names_width = 0, l.who_below = false, l.words_above = true;
    l.widest_strip_cell = l.words_above ? whole / needs.longest_strip : beside();
    l.strips_apart = std::min(l.widest_strip_cell, least_strip_cell) + brackets_px + (l.words_above ? one_line : 0);
    if (l.who_below) l.strips_apart = std::max(l.strips_apart, two_lines);
    l.title_wraps = needs.title_width > whole - l.says_width - words_gap;
    if (l.title_wraps) l.strips_head += 4 + 16 * needs.title_lines;
    if (l.words_above) l.strips_head += one_line;
}

inline PaddingLayout lay_out_padding_page(const PaddingNeeds& needs, const ViewOptions& options) {
    constexpr double names_y = 100, row_gap = 26, gap = 24, largest_cell = 48, before_strips = 36;
    constexpr double largest_strip_cell = 20, most_between_strips = 20, most_between_rows = 40, foot = 8,
                     foot_with_legend = 26;
    PaddingLayout l;
    fit_strips(l, needs, options.page);
    const double strips_bottom = options.page.height - (needs.legend ? foot_with_legend : foot),
                 top = options.labels ? names_y + needs.extra : l.margin,
                 bottom = options.labels ? strips_bottom - l.strips_head - needs.strips * l.strips_apart - before_strips
                                         : options.page.height - l.margin;
    // A mode with the whole width has its words on one line.
    const auto heading = [&](int columns) {
        return !options.labels ? 0 : plane_below_name - (columns == 1 ? says_below_name : 0);
    };
    double cell = 0, width = 0;
    int across = 1, down = needs.modes;
    for (int rows = 1; rows <= needs.modes; ++rows) {
        const int columns = (needs.modes + rows - 1) / rows;
        const double column = (options.page.width - 2 * l.margin - (columns - 1) * gap) / columns,
                     high = (bottom - top - (rows - 1) * row_gap) / rows - heading(columns);
        if ((options.labels && columns > 1 && column < needs.words_width) || high <= 0) continue;
        const double fits = fitting_cell(column, high, needs.rows, needs.columns, largest_cell);
        if (fits >= cell) cell = fits, across = columns, down = (needs.modes + columns - 1) / columns, width = column;
    }
    l.says_beside = across == 1;
    // What is left goes between the rows and into the strips.
    const double used = down * (heading(across) + cell * needs.rows) + (down - 1) * row_gap,
                 left = std::max(bottom - top - used, 0.0) / (down + (options.labels ? needs.strips : 0)),
                 row = heading(across) + cell * needs.rows + row_gap + std::min(left, most_between_rows);
    for (int n = 0; n < needs.modes; ++n) {
        l.names_y.push_back(std::round(top + n / across * row));
        l.modes.push_back({{std::round(l.margin + n % across * (width + gap)), l.names_y.back() + heading(across)},
                           cell,
                           needs.rows,
                           needs.columns});
    }
    l.strips_apart += std::min(left, most_between_strips);
    l.strip_cell = std::min(
        {l.widest_strip_cell, l.strips_apart - brackets_px - (l.words_above ? one_line : 0), largest_strip_cell});
    l.strips_top = strips_bottom - l.strips_head - needs.strips * l.strips_apart;
    return l;
}

inline PaddingLayout lay_out_padding(const arith::Layer& layer, const PaddingNeeds& needs, const ViewOptions& options) {
    return options.page.is_slide() ? lay_out_padding_slide(layer, needs) : lay_out_padding_page(needs, options);
}

}  // namespace convloom::scene::padding_view
