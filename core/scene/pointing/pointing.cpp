#include "core/scene/pointing/pointing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "core/arith/layer/output_size.hpp"
#include "core/arith/steps/listed_taps.hpp"
#include "core/scene/layout/block.hpp"
#include "core/scene/layout/matrix_sheets.hpp"
#include "core/scene/layout/sliding.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::scene {
namespace {

using arith::CellName;
using arith::Index;
using arith::Part;

// A plane of the picture that shows a part of the layer. `number` is the index of its slab, or of the row or column
// that a block's face shows; -1 if the plane is the only one.
struct Sheet {
    Part part;
    int number = -1;
    bool stretched = true;  // its places are those of the sliding plane, padding included
    Lie lie = Lie::slab;
    Content matrix = Content::other;  // the matrix, if it shows one instead of a grid
};

// The part of the layer that a plane with this role shows, or nothing. `shown` is the index of the layer in its chain.
std::optional<Sheet> sheet_of(const PlaneRole& role, int shown) {
    if (!role.pointable) return std::nullopt;
    if (is_matrix(role.content)) return Sheet{part_of(role.content), -1, false, Lie::slab, role.content};
    switch (role.content) {
        case Content::input:
            return Sheet{Part::input, role.number, role.padded, role.lie};
        case Content::kernel:
            return Sheet{Part::kernel, role.number, true, role.lie};
        case Content::output:
            return Sheet{Part::output, role.number, true, role.lie};
        case Content::tensor:
            if (role.tensor == shown) return Sheet{Part::input, role.number, false, role.lie};
            if (role.tensor == shown + 1) return Sheet{Part::output, role.number, false, role.lie};
            return std::nullopt;
        default:
            return std::nullopt;
    }
}

// The part of a sheet that its plane shows: all places that one of its fields covers.
struct Extent {
    int top = 0, left = 0, bottom = 0, right = 0;
};

Extent extent_of(const Plane& plane) {
    Extent e;
    bool any = false;
    for (const Item& item : plane.items) {
        const Field* f = std::get_if<Field>(&item);
        if (!f || f->role.mark == Mark::tied_cells) continue;
        const int top = static_cast<int>(std::floor(f->at.y)), left = static_cast<int>(std::floor(f->at.x)),
                  bottom = top + f->rows, right = left + f->columns;
        e = any ? Extent{std::min(e.top, top), std::min(e.left, left), std::max(e.bottom, bottom),
                         std::max(e.right, right)}
                : Extent{top, left, bottom, right};
        any = true;
    }
    return e;
}

// Maps places on sheets to cells of the layer.
class Meaning {
  public:
    Meaning(const arith::Layer& layer, const Moment& moment)
        : layer_(layer), step_(arith::Recording(layer, {}, {}).step(moment.step)) {
        wide_ = sliding_axis(layer, layer.rank() - 1);
        if (layer.rank() > 1) high_ = sliding_axis(layer, layer.rank() - 2);
        if (layer.rank() == 3) deep_ = sliding_axis(layer, 0);
        const Index first = layer.first_in_channel(step_.channel);
        channel_ = first;
        if (moment.tap >= 0) {
            const arith::Recording places(layer, {}, {});
            const Index per_channel = std::max<Index>(1, places.tap_count(step_) / layer.group_in());
            channel_ = first + std::min(moment.tap / per_channel, layer.group_in() - 1);
        }
    }

    const arith::Layer& layer() const { return layer_; }
    Index channel() const { return channel_; }  // the input channel, if only one is shown

    // The number of rows and columns of a sheet.
    Place size(const Sheet& sheet) const {
        if (is_matrix(sheet.matrix)) return size_of(sheet.matrix, layer_);
        auto count = [&](const SlidingAxis& a) {
            return sheet.part == Part::kernel   ? a.kernel
                   : sheet.part == Part::output ? a.output
                   : sheet.stretched            ? a.total
                                                : a.input;
        };
        if (layer_.rank() == 3) {
            const int deep = count(deep_), high = count(high_), wide = count(wide_);
            if (sheet.lie == Lie::level) return {deep, wide};
            return sheet.lie == Lie::slab ? Place{high, wide} : Place{high, deep};
        }
        const bool channels_down = layer_.rank() == 1 && sheet.number < 0;
        if (!channels_down) return {layer_.rank() == 1 ? 1 : count(high_), count(wide_)};
        const Index rows = sheet.part == Part::kernel   ? layer_.group_in()
                           : sheet.part == Part::output ? layer_.out_channels
                                                        : layer_.in_channels;
        return {static_cast<int>(rows), count(wide_)};
    }

    // Nothing if there is no cell.
    std::optional<Pointed> at(const Sheet& sheet, int row, int column) const {
        const Place all = size(sheet);
        if (row < 0 || column < 0 || row >= all.row || column >= all.column) return std::nullopt;
        Pointed p;
        if (is_matrix(sheet.matrix)) {
            const auto cell = cell_of(sheet.matrix, layer_, step_, row, column);
            if (!cell) return std::nullopt;
            p.cell = *cell;
            for (int a = 0; a < layer_.rank(); ++a)
                p.padding |= cell->part == Part::input && (cell->at[a] < 0 || cell->at[a] >= layer_.axes[a].size);
            return p;
        }
        p.cell.part = sheet.part;
        const bool slices = layer_.rank() == 3, channels_down = layer_.rank() == 1 && sheet.number < 0;
        if (channels_down)
            p.cell.channel = row;
        else if (sheet.number >= 0 && !slices)
            p.cell.channel = sheet.number;
        else
            p.cell.channel = sheet.part == Part::input ? channel_ : step_.channel;
        int spatial[arith::max_rank] = {};  // places along the layer's axes
        if (slices) {
            const int slabs = size({sheet.part, 0, sheet.stretched, Lie::level}).row;
            const Spot spot = spot_on(sheet.lie, std::max(sheet.number, 0), slabs, row, column);
            spatial[0] = spot.slab, spatial[1] = spot.row, spatial[2] = spot.column;
        } else if (layer_.rank() == 2)
            spatial[0] = row, spatial[1] = column;
        else
            spatial[0] = column;
        if (sheet.part == Part::kernel) name_weight(p, channels_down ? row : std::max(sheet.number, 0));
        for (int a = 0; a < layer_.rank(); ++a) set_place(p, sheet, a, spatial[a]);
        return p;
    }

  private:
    const SlidingAxis& axis(int a) const {
        return a == layer_.rank() - 1 ? wide_ : a == layer_.rank() - 2 ? high_ : deep_;
    }
    void name_weight(Pointed& p, int row) const {
        // The rows and slabs of a kernel are the input channels of this step's group.
        const Index in = layer_.rank() == 3                               ? channel_ % layer_.group_in()
                         : layer_.rank() == 2 && row >= layer_.group_in() ? 0
                                                                          : row;
        if (layer_.is_transposed()) {
            p.cell.channel = step_.channel / layer_.group_out() * layer_.group_in() + in;
            p.cell.second = step_.channel % layer_.group_out();
        } else {
            p.cell.channel = step_.channel;
            p.cell.second = in;
        }
    }
    void set_place(Pointed& p, const Sheet& sheet, int a, int place) const {
        const SlidingAxis& s = axis(a);
        if (sheet.part == Part::kernel) {
            p.cell.at[a] = kernel_turned(layer_) ? s.kernel - 1 - place : place;
        } else if (sheet.part == Part::output || !sheet.stretched) {
            p.cell.at[a] = place;
        } else {
            // Places between and around the cells of a transposed layer's input are not cells.
            p.put_in |= layer_.is_transposed() && !s.on_input(place) && s.between_input(place);
            p.padding |= !s.on_input(place) && !s.between_input(place);
            p.cell.at[a] = layer_.is_transposed()
                               ? static_cast<Index>(std::floor(static_cast<double>(place - s.before) / s.spacing))
                               : s.cell(place);
        }
    }

    const arith::Layer& layer_;
    arith::Step step_;
    SlidingAxis deep_, high_, wide_;
    Index channel_;  // the input channel, if only one is shown
};

// Adds the marks of one sheet: a field that fills the cells of the sets, and the outline of the pointed cell.
void light_sheet(Plane& plane, const Sheet& sheet, const Meaning& meaning, const std::vector<arith::CellSet>& sets,
                 const Pointed& at, const Theme& theme, const Extent& shown) {
    const Place all = meaning.size(sheet);
    Color fill = theme.accent;
    fill.a = 90;
    Field field{"tied cells", {}, 1, all.row, all.column, {fill}, {}, {}, {Mark::tied_cells}};
    field.cells.assign(static_cast<std::size_t>(all.row) * all.column, Field::unfilled);
    const bool layer_is_spread = meaning.layer().is_transposed();
    bool any = false;
    std::vector<Point> corners;  // in a matrix a cell occurs several times
    for (int r = std::max(shown.top, 0); r < std::min(shown.bottom, all.row); ++r)
        for (int c = std::max(shown.left, 0); c < std::min(shown.right, all.column); ++c) {
            const auto cell = meaning.at(sheet, r, c);
            if (!cell) continue;
            if (*cell == at) corners.push_back({static_cast<double>(c), static_cast<double>(r)});
            if (cell->put_in || (cell->padding && layer_is_spread)) continue;
            const bool tied = std::any_of(sets.begin(), sets.end(),
                                          [&](const arith::CellSet& set) { return set.contains(cell->cell); });
            if (!tied) continue;
            field.cells[static_cast<std::size_t>(r) * all.column + c] = 0;
            any = true;
        }
    if (any) plane.items.push_back(std::move(field));
    for (const auto [x, y] : corners)
        plane.items.push_back(
            Line{"pointed cell", {{x, y}, {x + 1, y}, {x + 1, y + 1}, {x, y + 1}}, true, {theme.accent, thick_px}});
}

bool has_part(const std::vector<arith::CellSet>& sets, const Pointed& at, Part part) {
    return at.cell.part == part ||
           std::any_of(sets.begin(), sets.end(), [&](const arith::CellSet& set) { return set.part == part; });
}

// The offsets of a deformable convolution, which are not part of its layer, decide what its cells are connected to.
std::vector<arith::CellSet> ties_of(const arith::Layer& layer, const Pointed& at) {
    if (layer.op == arith::Op::deformable_convolution) return {};
    const bool nothing = at.put_in || (at.padding && layer.is_transposed());
    return nothing ? std::vector<arith::CellSet>{} : arith::ties(layer, at.cell);
}

std::vector<arith::CellSet> ties_of(const arith::Recording& recording, const Pointed& at) {
    return recording.layer().op == arith::Op::deformable_convolution && !at.padding
               ? arith::sampled_ties(recording, at.cell)
               : ties_of(recording.layer(), at);
}

PointedWords input_words(const arith::Recording& r, const Pointed& at, Language in) {
    const arith::Layer& layer = r.layer();
    if (at.put_in)
        return {tr(in, "A zero inserted between the input's cells"),
                tr(in, "A transposed convolution with stride s inserts s − 1 zeros between neighbouring cells.")};
    if (at.padding && layer.is_transposed()) return {tr(in, "Padding = 0"), ""};
    const std::string channel = layer.in_channels > 1 ? trf(in, "channel {} ", at.cell.channel) : "";
    PointedWords w;
    if (at.padding) {
        const float value = r.padded_value(at.cell.channel, at.cell.at);
        w.cell = trf(in, "Padding {}{} = {}", channel, cell_text(layer.rank(), at.cell.at),
                     layer.reduction() == arith::Reduction::maximum ? "−∞" : number_text(value, 6));
    } else {
        w.cell = trf(in, "Input {}{} = {}", channel, cell_text(layer.rank(), at.cell.at),
                     number_text(r.input_value(at.cell.channel, at.cell.at), 6));
    }
    Index outputs = 0;
    for (const arith::CellSet& set : ties_of(r, at)) {
        if (set.part == Part::output) outputs += set.count();
        if (set.part == Part::input)
            w.ties = trf(in, "repeats input {}; ",
                         cell_text(layer.rank(), {set.along[0][0], set.along[1][0], set.along[2][0]}));
    }
    w.ties +=
        outputs == 0 ? tr(in, "reaches no output") : trn(in, {{outputs, "output"}}, "reaches {} outputs", outputs);
    return w;
}

PointedWords output_words(const arith::Recording& r, const Moment& moment, const Pointed& at, Language in) {
    const arith::Layer& layer = r.layer();
    const Index number = r.step_at(at.cell.channel, at.cell.at);
    const arith::Step step = r.step(number);
    PointedWords w;
    w.cell = output_place(layer, at, in);
    w.cell += number > moment.step ? tr(in, ", not computed yet")
                                   : fmt::format(" = {}", number_text(value_at(r, step, moment), 6));
    const Index products = r.tap_count(step);
    w.ties = trn(in, {{products, "product"}}, "computed in step {} from {} products", count_text(number + 1),
                 count_text(products));
    return w;
}

PointedWords weight_words(const arith::Recording& r, const Pointed& at, Language in) {
    const arith::Layer& layer = r.layer();
    const CellName& c = at.cell;
    std::string channel;
    if (layer.in_channels > 1 || layer.out_channels > 1) channel = fmt::format("[{}, {}] ", c.channel, c.second);
    PointedWords w;
    w.cell = trf(in, "Weight {}{} = {}", channel, cell_text(layer.rank(), c.at),
                 number_text(r.weight_value(c.channel, c.second, c.at), 6));
    Index uses = 0;
    for (const arith::CellSet& set : ties_of(r, at))
        if (set.part == Part::output) uses += set.count();
    w.ties = uses == 0 ? tr(in, "never used") : trn(in, {{uses, "time"}}, "used {} times, once per output", uses);
    return w;
}

// A cell with the plane, row and column in which it is shown.
struct Seen {
    Pointed cell;
    const Plane* plane;
    double row, column;
};

std::optional<Seen> seen_at(const Scene& scene, const Shown& shown, Point page) {
    const Meaning meaning(shown.layer, shown.moment);
    for (auto plane = scene.planes.rbegin(); plane != scene.planes.rend(); ++plane) {
        const auto sheet = sheet_of(plane->role, shown.number);
        if (!sheet || plane->to_page.determinant() == 0) continue;
        const Point at = inverse(plane->to_page, page);
        const Extent seen = extent_of(*plane);
        if (at.x < seen.left || at.x >= seen.right || at.y < seen.top || at.y >= seen.bottom) continue;
        const double row = std::floor(at.y), column = std::floor(at.x);
        if (const auto found = meaning.at(*sheet, static_cast<int>(row), static_cast<int>(column)))
            return Seen{*found, &*plane, row, column};
    }
    return std::nullopt;
}

}  // namespace

std::optional<Pointed> pointed(const Scene& scene, const Shown& shown, Point page) {
    const auto seen = seen_at(scene, shown, page);
    return seen ? std::optional(seen->cell) : std::nullopt;
}

std::optional<Rect> box_of_pointed(const Scene& scene, const Shown& shown, Point page) {
    const auto seen = seen_at(scene, shown, page);
    if (!seen) return std::nullopt;
    Point least = seen->plane->to_page({seen->column, seen->row}), most = least;
    for (const Point corner : {Point{1, 0}, Point{0, 1}, Point{1, 1}}) {
        const Point at = seen->plane->to_page({seen->column + corner.x, seen->row + corner.y});
        least = {std::min(least.x, at.x), std::min(least.y, at.y)};
        most = {std::max(most.x, at.x), std::max(most.y, at.y)};
    }
    return Rect{least.x, least.y, most.x - least.x, most.y - least.y};
}

std::vector<PointablePlane> pointable_planes(const Scene& scene, const Shown& shown) {
    std::vector<PointablePlane> planes;
    const auto meaning = std::make_shared<const Meaning>(shown.layer, shown.moment);
    for (auto plane = scene.planes.rbegin(); plane != scene.planes.rend(); ++plane) {
        const auto sheet = sheet_of(plane->role, shown.number);
        if (!sheet || plane->to_page.determinant() == 0) continue;
        const Extent seen = extent_of(*plane);
        planes.push_back({&*plane, seen.left, seen.top, seen.bottom - seen.top, seen.right - seen.left,
                          [meaning, sheet = *sheet](int row, int column) { return meaning->at(sheet, row, column); }});
    }
    return planes;
}

Scene lit(Scene scene, const Shown& shown, const Pointed& at, const Theme& theme) {
    const std::vector<arith::CellSet> sets = ties_of(shown.layer, at);
    const Meaning meaning(shown.layer, shown.moment);
    for (Plane& plane : scene.planes)
        if (const auto sheet = sheet_of(plane.role, shown.number); sheet && has_part(sets, at, sheet->part))
            light_sheet(plane, *sheet, meaning, sets, at, theme, extent_of(plane));
    return scene;
}

std::string output_place(const arith::Layer& layer, const Pointed& at, Language in) {
    const std::string channel = layer.out_channels > 1 ? trf(in, "channel {} ", at.cell.channel) : "";
    return trf(in, "Output {}{}", channel, cell_text(layer.rank(), at.cell.at));
}

PointedWords words(const arith::Recording& recording, const Moment& moment, const Pointed& at, Language language) {
    switch (at.cell.part) {
        case Part::input:
            return input_words(recording, at, language);
        case Part::output:
            return output_words(recording, moment, at, language);
        case Part::kernel:
            break;
    }
    return weight_words(recording, at, language);
}

}  // namespace convloom::scene
