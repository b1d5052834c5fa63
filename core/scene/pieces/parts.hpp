// Pieces that several views share: titles, a grid of numbers, the head of the page. Only compose_*.cpp
// include this.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "core/arith/steps/recording.hpp"
#include "core/scene/layout/sliding.hpp"
#include "core/scene/layout/stack.hpp"
#include "core/scene/looks/value_map.hpp"
#include "core/scene/looks/view.hpp"

namespace convloom::scene {

// The baseline that centres figures and capitals on y.
constexpr double centred_baseline(double y, double size) {
    return y + 0.357 * size;
}

// The page in its ground colour; planes are added to it.
Scene empty_page(const ViewOptions& options, std::string sentence);

// Page title and the parameters in one muted line under it.
void add_head(Plane& page, const ViewOptions& options, const std::string& parameters, const std::string& right);

// "**Input** 5×5" with its baseline at `at`, the name // in the language; the items are called by the English name.
void add_plane_title(Plane& page, Point at, const std::string& name, const std::string& shape, const Theme& theme,
                     Language language = Language::english);

double plane_title_width(const std::string& name, const std::string& shape, Language language = Language::english);

// The fill of a grid's cells: one colour, or of a palette each its own.
struct CellFill {
    std::vector<Color> palette;
    std::function<std::uint8_t(int row, int column)> index;  // into the palette; none for the first colour everywhere
    std::function<void(Plane&, int row, int column, int place_row, int place_column)>
        sign;  // what tells the value beside the colour; none for nothing

    // Each cell by its value; without a map all in one colour.
    template <class ValueAt>
    CellFill(const std::optional<ValueMap>& map, Color otherwise, ValueAt value) : palette{otherwise} {
        if (!map) return;
        palette = map->palette;
        index = [map = *map, value](int r, int c) { return map.level(value(r, c)); };
        if (map->has_signs())
            sign = [map = *map, value](Plane& plane, int r, int c, int row, int column) {
                add_value_sign(plane, map, row, column, value(r, c));
            };
    }
    // Signs in the cells of a field that it has filled, where they are large enough, and `there` allows.
    void add_signs(Plane& plane, const Field& field, int first_row = 0, int first_column = 0,
                   const std::function<bool(int, int)>& there = {}) const;
    void fill(Field& field, int first_row = 0, int first_column = 0) const;
};

// The colour of a number that stands on a cell.
Color number_color(const std::optional<ValueMap>& map, float value, Color otherwise);

// The input's cells on their plane, as one field `name`s, or where zeros stand between them one field each.
void add_input_cells(Plane& plane, const SlidingAxis& high, const SlidingAxis& wide, const CellFill& fill, Stroke edge,
                     const std::string& name = "input cell");

// What the plane has beside the input, for its label: "zeros inserted, padded to 7×7, hatched: unused".
std::string plane_words(std::initializer_list<SlidingAxis> axes, Language language = Language::english);

// Hatches one cell: no window comes to it.
void add_hatch(Plane& plane, int row, int column, Stroke stroke);
// Hatches the cells of a plane, one unit each, from row or column `reached` on: no window comes to them.
void add_unused(Plane& plane, int reached_rows, int reached_columns, int rows, int columns, Stroke stroke);

// One number centred in a cell of a plane whose cells have side 1, shrunk until it fits.
void add_cell_number(Plane& plane, const std::string& name, int row, int column, const std::string& text, double size,
                     Color color, Weight weight = Weight::regular);

// The numbers of a pile's slabs, right of each one's lower corner, which no nearer slab hides, and ellipses for those
// that are left out. With `per_group` slabs a group also the group's letter; 0 for none.
void add_pile_labels(Plane& page, const std::string& name, const Stack& pile,
                     const std::function<Affine(double z)>& plane, arith::Index per_group, const Theme& theme);

// A kernel, or a pooling's window, as its plane's English title and what stands after it.
std::string kernel_title(const arith::Layer& layer);
std::string kernel_shape(const arith::Layer& layer, const Sliding& plane, Language language = Language::english);

// The kernel as it lies on the input, a flat grid of weights, top left corner at `at`; the cell of this moment's
// tap stands out. Nothing but the empty plane for a pooling, which has no weights.
Plane kernel_plane(const arith::Recording& recording, const Sliding& sliding, const Moment& moment, Point at,
                   double cell_px, const Theme& theme, const std::optional<ValueMap>& map);

// "max" or "average" for a pooling, else "*".
std::string operator_sign(const arith::Layer& layer, Language language = Language::english);

// What the padding holds, for print: nothing where a maximum passes over it.
bool prints_padding(const arith::Layer& layer);

// The layer's numbers put into a form, in the order i, k, s, p, d, o; each once where the axes agree.
constexpr const char* letters_form = "i {:<3}  k {:<3}  s {:<3}  p {:<3}  d {:<3}  o {}";
inline constexpr char words_form[] =
    "input i = {},  kernel k = {},  stride s = {},  padding p = {},  dilation d = {},  output o = {}";
std::string parameters_text(const arith::Layer& layer, const char* form = words_form,
                            Language language = Language::english);

// "step 3 of 9" and, where the moment is a tap, "tap 2 of 9".
std::string moment_text(const arith::Recording& recording, const Moment& moment, Language language = Language::english);

// Cells that print a number must be at least this large on the page.
constexpr double least_number_cell_px = 20;
// Beyond this many cells a grid carries no numbers, whatever the page's size.
constexpr arith::Index most_numbers = 4096;

// The names of cells in a figure: "input 2 3" and so on.
std::string cell_name(const char* plane, arith::Index row, arith::Index column);

}  // namespace convloom::scene
