// Where everything of the readings view is on its page.
//
// On a slide there are three columns, one per reading: input and kernel; input and output, with the scaled kernel below
// the input; the matrix below the flattened input and beside the flattened output. At the bottom are the number of
// products per cell and the input and output of the direct layer. On other pages the first two readings may also stand
// one above the other, beside the matrix, or the matrix below both: whichever way and widths give the larger cells.
// Only compose_readings.cpp includes this.
#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "core/scene/layout/sliding.hpp"
#include "core/scene/looks/view.hpp"
#include "core/scene/measure/wrap.hpp"
#include "core/scene/pieces/sheet.hpp"
#include "core/scene/pieces/sum_line.hpp"

namespace convloom::scene::readings_view {

// Two grids side by side with the same cell size.
struct Pair {
    SheetBox left, right;
    // The room that both need, in cells of one size.
    double columns() const { return left.columns + right.columns; }
    double rows() const { return std::max(left.rows, right.rows); }
};

// The blocks, each with a title.
enum Block { zeros_block, stamps_block, matrix_block, reach_block, direct_block, block_count };

struct BlockTitle {
    Point at;  // of its last line
    double width = 1e6;
};
struct Words {
    Point at;
    double width = 0;
    bool shown = true;
};

struct ReadingsLayout {
    double margin = 5 * unit_px, pair_y = 87, sum_top = 474;
    std::array<BlockTitle, block_count> titles;
    Pair zeros, stamps, back;
    SheetBox scaled, reach, flat_input, rows, flat_output;
    Words reach_says, direct_says;
};

// The sizes of all grids, and the words that the layout makes room for.
struct ReadingsNeeds {
    Place zeros, kernel, input, output, direct;
    int matrix_rows = 1, matrix_columns = 1;
    std::array<double, block_count> title_widths = {};
    std::string reach_says = {}, direct_says = {};
    bool is_pair = false, legend = false;
    double extra = 0;  // of the head
};

constexpr double grid_below_title = 12, inner_gap = 18, title_line_px = 18, says_size = small_size, says_line_px = 16;

inline Pair side_by_side(Point at, double width, double height, Place left, Place right, double largest) {
    const double cell =
        fitting_cell(width - inner_gap, height, std::max(left.row, right.row), left.column + right.column, largest);
    Pair pair{{at, cell, left.row, left.column}, {at, cell, right.row, right.column}};
    pair.right.at.x = pair.left.right() + inner_gap;
    return pair;
}

// The matrix with the flattened input above and the flattened output beside it.
inline void place_matrix(ReadingsLayout& l, const ReadingsNeeds& n, Point at, double cell) {
    l.flat_input = {at, cell, 1, n.matrix_columns};
    l.rows = {{at.x, l.flat_input.bottom() + 10}, cell, n.matrix_rows, n.matrix_columns};
    l.flat_output = {{l.rows.right() + 10, l.rows.at.y}, cell, n.matrix_rows, 1};
}

// Below the input, if the height that the block was given leaves room.
inline void place_scaled(ReadingsLayout& l, const ReadingsNeeds& n, double height) {
    const Point at = l.stamps.left.at;
    const double room = height - l.stamps.left.height() - 26;
    l.scaled = {{at.x, at.y + height - room + 4},
                fitting_cell(std::max(l.stamps.left.width(), 60.0), std::max(room - 4, 1.0), n.kernel.row,
                             n.kernel.column, l.stamps.left.cell_px),
                n.kernel.row,
                n.kernel.column};
}

inline ReadingsLayout lay_out_readings_slide(const ReadingsNeeds& n) {
    constexpr double first_x = 5 * unit_px, second_x = 380, third_x = 716, upper_top = 118, lower_top = 336;
    constexpr double column_width = 310, upper_height = 170, lower_height = 118, largest_cell = 30;
    constexpr double matrix_bottom = 462, reach_width = 170;
    ReadingsLayout l;
    l.zeros = side_by_side({first_x, upper_top}, column_width, upper_height, n.zeros, n.kernel, largest_cell);
    l.stamps = side_by_side({second_x, upper_top}, column_width, upper_height, n.input, n.output, largest_cell);
    place_scaled(l, n, upper_height);
    l.reach = {{first_x, lower_top},
               fitting_cell(reach_width, lower_height, n.output.row, n.output.column, largest_cell),
               n.output.row,
               n.output.column};
    l.back = side_by_side({second_x, lower_top}, column_width, lower_height, n.direct, n.input, largest_cell);
    const double third_width = page_width - l.margin - third_x;
    place_matrix(l, n, {third_x, upper_top},
                 fitting_cell(third_width - 40, matrix_bottom - upper_top - 12, n.matrix_rows + 1, n.matrix_columns + 1,
                              largest_cell));
    const double upper_title = upper_top - grid_below_title, lower_title = lower_top - grid_below_title;
    l.titles = {BlockTitle{{first_x, upper_title}}, BlockTitle{{second_x, upper_title}},
                BlockTitle{{third_x, upper_title}}, BlockTitle{{first_x, lower_title}},
                BlockTitle{{second_x, lower_title}}};
    const double beside = l.reach.right() + 14, right = l.back.right.right() + 14;
    l.reach_says = {{beside, lower_top + 10}, std::min(second_x - 26 - beside, 170.0)};
    l.direct_says = {{right, lower_top + 10}, third_x - 20 - right, third_x - 20 - right > 60};
    return l;
}

// Blocks above each other: the rows of cells that each needs, and the size that its cells have at most because of the
// width. All get cells of one size as far as they can.
struct Band {
    double rows = 1, largest = 1;
    double height(double cell) const { return std::min(cell, largest) * rows; }
};
template <std::size_t count>
double common_cell(const std::array<Band, count>& bands, double height, double largest) {
    double low = 0, high = largest;
    for (int tries = 0; tries < 30; ++tries) {
        const double cell = (low + high) / 2;
        double used = 0;
        for (const Band& band : bands) used += band.height(cell);
        (used > height ? high : low) = cell;
    }
    return low;
}

class ReadingsPage {
  public:
    ReadingsPage(const ReadingsNeeds& needs, const PageSize& page) : n_(needs), page_(page) {
        l_.pair_y += n_.extra;
        l_.sum_top = page.height - (n_.legend ? sum_bottom_over_legend : sum_bottom);
        first_title_ = 106 + n_.extra + (n_.is_pair && page.is_narrow() ? second_pair_line : 0);
    }
    ReadingsLayout best() {
        // Narrow blocks have their words below.
        if (const auto [first, second] = lower_widths(); page_.width < least_for_three)
            words_height_ = says_gap + says_line_px * static_cast<double>(
                                                          std::max(wrapped(n_.reach_says, first, says_size).size(),
                                                                   wrapped(n_.direct_says, second, says_size).size()));
        const double inner = page_.width - 2 * l_.margin;
        ReadingsLayout best;
        double best_score = -1;
        const auto take = [&](double score) {
            bool titles_fit = true;
            for (std::size_t n = 0; n < l_.titles.size(); ++n)
                titles_fit &= n_.title_widths[n] <= 1.7 * l_.titles[n].width;
            if (!titles_fit) score = std::max(score, 0.0) * 1e-3;
            if (score > best_score) best_score = score, best = l_;
        };
        for (double wide = 0.4 * inner; wide < 0.8 * inner; wide += step) take(two_columns(wide));
        for (double wide = 0.3 * inner; wide < 0.7 * inner; wide += step) take(matrix_below(wide));
        for (double wide = 0.24 * inner; page_.width >= least_for_three && wide < 0.5 * inner; wide += step)
            for (double second = 0.24 * inner; second < 0.5 * inner; second += step)
                if (inner - wide - second - 2 * gap >= 0.15 * inner) take(three_columns(wide, second));
        return best;
    }

  private:
    static constexpr double gap = 30, step = 14, largest_cell = 48, before_sum = 14, between_blocks = 30;
    static constexpr double least_for_three = 640, sum_bottom = 66, sum_bottom_over_legend = 88, second_pair_line = 18,
                            lower_weight = 0.75, matrix_weight = 0.5, least_words = 88, matrix_gaps = 24, says_gap = 8;

    // How much lower the grid begins because its title is wider than its column. It takes two lines at most.
    double more_lines(Block block, double width) const {
        return n_.title_widths[static_cast<std::size_t>(block)] > width ? title_line_px : 0;
    }
    double cell_in(double width, Place left, Place right) const {
        return std::max((width - inner_gap) / (left.column + right.column), 0.1);
    }
    Band zeros(double width) const {
        return {static_cast<double>(std::max(n_.zeros.row, n_.kernel.row)), cell_in(width, n_.zeros, n_.kernel)};
    }
    Band stamps(double width) const {
        // A large input leaves no room for the scaled kernel.
        const double with_scaled =
            n_.input.row < n_.output.row || n_.output.row == 1 ? n_.input.row + n_.kernel.row + 1.5 : n_.input.row;
        return {std::max<double>(n_.output.row, with_scaled), cell_in(width, n_.input, n_.output)};
    }
    Band lower(double first, double second) const {
        const double rows = lower_weight * std::max({n_.output.row, n_.direct.row, n_.input.row});
        const double cell = std::max(0.6 * first / n_.output.column, cell_in(second, n_.direct, n_.input));
        return {std::max(rows, 3.0), cell / lower_weight};
    }
    double matrix_cell(double width, double height) const {
        return fitting_cell(width - matrix_gaps, height - 12, n_.matrix_rows + 1, n_.matrix_columns + 1, largest_cell);
    }
    void title(Block block, Point grid, double width) {
        l_.titles[static_cast<std::size_t>(block)] = {{grid.x, grid.y - grid_below_title}, width};
    }
    // Both grids at the bottom with their words, beside or below.
    void place_lower(double top, double first_x, double first, double second_x, double second) {
        const double height = l_.sum_top - before_sum - top,
                     largest = std::max(l_.zeros.left.cell_px, l_.stamps.left.cell_px);
        const auto fit = [&](double x, double width, const std::string& says, Words& words, const auto& place,
                             const auto& lowest) {
            double right = place(height);
            const auto lines = [&](double room) { return static_cast<double>(wrapped(says, room, says_size).size()); };
            const double room = x + width - right - 14;
            if (room >= least_words && says_line_px * lines(room) <= height) {
                words = {{right + 14, top + 10}, room};
                return;
            }
            const double below = says_line_px * lines(width) + says_gap;
            place(std::max(height - below, 8.0));
            words = {{x, lowest() + 18}, width};
        };
        fit(
            first_x, first, n_.reach_says, l_.reach_says,
            [&](double high) {
                l_.reach = {{first_x, top},
                            fitting_cell(first, high, n_.output.row, n_.output.column, largest),
                            n_.output.row,
                            n_.output.column};
                return l_.reach.right();
            },
            [&] { return l_.reach.bottom(); });
        fit(
            second_x, second, n_.direct_says, l_.direct_says,
            [&](double high) {
                l_.back = side_by_side({second_x, top}, second, high, n_.direct, n_.input, largest);
                return l_.back.right.right();
            },
            [&] { return std::max(l_.back.left.bottom(), l_.back.right.bottom()); });
        title(reach_block, {first_x, top}, first);
        title(direct_block, {second_x, top}, second);
    }
    // Cells that are large enough for numbers, and a matrix whose rows can be told apart, count most.
    double score() const {
        constexpr double for_numbers = 16, readable_matrix = 12, least_matrix = 6;
        const double upper = std::min(l_.zeros.left.cell_px, l_.stamps.left.cell_px), matrix = l_.rows.cell_px,
                     lower = std::min(l_.reach.cell_px, l_.back.left.cell_px);
        return 1.2 * std::min(upper, for_numbers) + 0.5 * upper + std::min(matrix, readable_matrix) + 0.2 * matrix -
               3 * std::max(least_matrix - matrix, 0.0) + 0.2 * lower;
    }

    // What is left between blocks makes their gaps wider.
    template <std::size_t count>
    static double spread(const std::array<Band, count>& bands, double cell, double room) {
        constexpr double most = 70;
        double used = 0;
        for (const Band& band : bands) used += band.height(cell);
        return std::clamp((room - used) / count, 0.0, most);
    }
    // The widths of the two blocks at the bottom.
    std::pair<double, double> lower_widths() const {
        const double inner = page_.width - 2 * l_.margin - gap, of_back = n_.direct.column + n_.input.column + 2;
        const double first = inner * std::clamp((n_.output.column + 2) / (n_.output.column + 2 + of_back), 0.4, 0.5);
        return {first, inner - first};
    }
    void place_stamps(Point at, double width, double height) {
        l_.stamps = side_by_side(at, width, height, n_.input, n_.output, largest_cell);
        place_scaled(l_, n_, height);
        title(stamps_block, at, width);
    }
    void place_zeros(Point at, double width, double height) {
        l_.zeros = side_by_side(at, width, height, n_.zeros, n_.kernel, largest_cell);
        title(zeros_block, at, width);
    }
    void place_matrix_in(Point at, double width, double height) {
        place_matrix(l_, n_, at, matrix_cell(width, height));
        title(matrix_block, at, width);
    }
    static constexpr double head = between_blocks + grid_below_title;

    // The first two readings above each other, the matrix beside them.
    double two_columns(double wide) {
        const double x = l_.margin, right = page_.width - l_.margin, matrix_x = x + wide + gap,
                     matrix_wide = right - matrix_x;
        const auto [first, second] = lower_widths();
        const double second_head = head + more_lines(stamps_block, wide),
                     lower_head = head + std::max(more_lines(reach_block, first), more_lines(direct_block, second)),
                     top = std::round(first_title_ + more_lines(zeros_block, wide) + grid_below_title),
                     room = l_.sum_top - before_sum - top - second_head - lower_head - words_height_;
        const std::array<Band, 3> bands{zeros(wide), stamps(wide), lower(first, second)};
        const double cell = common_cell(bands, room, largest_cell), more = spread(bands, cell, room);
        const double second_top = std::round(top + bands[0].height(cell) + second_head + more),
                     lower_top = std::round(second_top + bands[1].height(cell) + lower_head + more);
        place_zeros({x, top}, wide, bands[0].height(cell));
        place_stamps({x, second_top}, wide, bands[1].height(cell));
        const double matrix_top = std::round(first_title_ + more_lines(matrix_block, matrix_wide) + grid_below_title);
        place_matrix_in({matrix_x, matrix_top}, matrix_wide, lower_top - lower_head - matrix_top);
        place_lower(lower_top, x, first, x + first + gap, second);
        return score();
    }

    // The first two readings beside each other, a wide matrix below them.
    double matrix_below(double wide) {
        const double x = l_.margin, inner = page_.width - 2 * x, second_x = x + wide + gap,
                     second_wide = inner - wide - gap;
        const auto [first, second] = lower_widths();
        const double upper_more = std::max(more_lines(zeros_block, wide), more_lines(stamps_block, second_wide)),
                     lower_head = head + std::max(more_lines(reach_block, first), more_lines(direct_block, second)),
                     top = std::round(first_title_ + upper_more + grid_below_title),
                     room = l_.sum_top - before_sum - top - head - lower_head - words_height_;
        const Band a = zeros(wide), b = stamps(second_wide);
        const double rows = std::max(a.rows, b.rows), matrix_cell_px = (inner - matrix_gaps) / (n_.matrix_columns + 1);
        const std::array<Band, 3> bands{
            Band{rows, std::max(a.largest * a.rows, b.largest * b.rows) / rows},
            Band{matrix_weight * (n_.matrix_rows + 2), std::max(matrix_cell_px, 0.1) / matrix_weight},
            lower(first, second)};
        const double cell = common_cell(bands, room, largest_cell), more = spread(bands, cell, room);
        const double matrix_top = std::round(top + bands[0].height(cell) + head + more),
                     lower_top = std::round(matrix_top + bands[1].height(cell) + lower_head + more);
        place_zeros({x, top}, wide, bands[0].height(cell));
        place_stamps({second_x, top}, second_wide, bands[0].height(cell));
        place_matrix_in({x, matrix_top}, inner, bands[1].height(cell));
        place_lower(lower_top, x, first, x + first + gap, second);
        return score();
    }

    // As on a slide.
    double three_columns(double first, double second) {
        const double x = l_.margin, second_x = x + first + gap, third_x = second_x + second + gap,
                     third = page_.width - l_.margin - third_x;
        const double upper_more = std::max({more_lines(zeros_block, first), more_lines(stamps_block, second),
                                            more_lines(matrix_block, third)}),
                     lower_head = head + std::max(more_lines(reach_block, first), more_lines(direct_block, second));
        const double top = std::round(first_title_ + upper_more + grid_below_title),
                     room = l_.sum_top - before_sum - top - lower_head;
        const Band a = zeros(first), b = stamps(second);
        const double rows = std::max(a.rows, b.rows);
        const std::array<Band, 2> bands{Band{rows, std::max(a.largest * a.rows, b.largest * b.rows) / rows},
                                        lower(first, second)};
        const double cell = common_cell(bands, room, largest_cell), high = bands[0].height(cell);
        place_zeros({x, top}, first, high);
        place_stamps({second_x, top}, second, high);
        place_matrix_in({third_x, top}, third, l_.sum_top - before_sum - top);
        place_lower(std::round(top + high + lower_head + spread(bands, cell, room)), x, first, second_x, second);
        return score();
    }

    const ReadingsNeeds& n_;
    const PageSize& page_;
    ReadingsLayout l_;
    double first_title_ = 0, words_height_ = 0;
};

inline ReadingsLayout lay_out_readings(const ReadingsNeeds& needs, const PageSize& page) {
    return page.is_slide() ? lay_out_readings_slide(needs) : ReadingsPage(needs, page).best();
}

}  // namespace convloom::scene::readings_view
