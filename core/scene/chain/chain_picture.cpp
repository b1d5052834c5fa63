#include "core/scene/chain/chain_picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "core/arith/layer/output_size.hpp"
#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/pieces/sheet.hpp"
#include "core/scene/pieces/titles.hpp"

namespace convloom::scene::chain_view {
namespace {

constexpr double wide_gap = 13 * unit_px, narrow_gap = 10 * unit_px, more_room = 8 * unit_px,
                 largest_cell_on_slide = 30, largest_cell_elsewhere = 48, least_width_for_long_names = 700;
constexpr double least_side = 40,
                 readable_side = 26,  // below this the numbers of a stack touch each other
    tiny_side = 16;                   // a tensor with sides below this is drawn larger than the others
constexpr double least_grid_px = 1.5;
constexpr int few_tensors = 3, most_tensors = 5;
// Of the bars between two tensors and after the last; fewer if the page has no room for them.
constexpr std::size_t most_bars = 4, most_bars_at_end = 9;

PlacesTaken places_of(const std::vector<Index>& origins, Index of) {
    PlacesTaken places;
    for (std::size_t n = 0; n < origins.size(); ++n)
        if (origins[n] == of) places.at.push_back(static_cast<Index>(n));
    return places;
}

// Sets name, shape and contributing part of each tensor.
void set_tensors(ChainPicture& f) {
    const arith::Chain& chain = f.chain.chain;
    const int count = static_cast<int>(chain.size()), shown = f.chain.shown;
    f.first = std::clamp(shown - most_tensors / 2 + 1, 0, std::max(count + 1 - most_tensors, 0));
    f.last = std::min(count, f.first + most_tensors - 1);
    f.crowded = f.last - f.first >= few_tensors || f.page.width < least_width_for_long_names;
    for (int n = 0; n <= count; ++n) {
        Tensor t;
        t.shape = n < count ? arith::input_shape(chain[static_cast<std::size_t>(n)].layer)
                            : arith::output_shape(chain.back().layer);
        t.name = n == 0       ? tr(f.language, "Input")
                 : n == count ? tr(f.language, "Output")
                 : f.crowded  ? trf(f.language, "After {}", n)
                              : trf(f.language, "After layer {}", n);
        t.says = arith::to_text(t.shape);
        f.tensors.push_back(std::move(t));
    }
    const arith::Layer& layer = f.recording.layer();
    const Index row = layer.rank() > 1 ? f.step.output[0] : 0, column = f.step.output[layer.rank() - 1];
    arith::Link link = chain[static_cast<std::size_t>(shown)];
    // The output of the chain is that of its last layer, before what stands at the end.
    if (shown + 1 == count) link.after.clear();
    f.own_channels = origins(link, 0);
    f.own_rows = layer.rank() > 1 ? origins(link, 1) : std::vector<Index>{0};
    f.own_columns = origins(link, layer.rank());
    const PlacesTaken channels = places_of(f.own_channels, f.step.channel);
    TakingPart& lit = f.tensors[static_cast<std::size_t>(shown) + 1].lit;
    lit = {{}, places_of(f.own_rows, row), places_of(f.own_columns, column)};
    if (!channels.at.empty()) lit.channels = {channels.at.front(), channels.at.back()};
    TakingPart part{{f.step.channel, f.step.channel}, {{row}}, {{column}}};
    for (int n = shown; n >= 0; --n) {
        const arith::Link& from = chain[static_cast<std::size_t>(n)];
        part = behind(from.layer, n == shown ? part : through(from, part));
        f.tensors[static_cast<std::size_t>(n)].lit = part;
    }
    for (Tensor& t : f.tensors)
        t.pile = stack(static_cast<int>(t.shape[0]), t.rows(), t.columns(),
                       static_cast<int>(std::max<Index>(t.lit.channels.from, 0)), f.projection);
}

std::span<Tensor> drawn(ChainPicture& f) {
    return std::span(f.tensors).subspan(static_cast<std::size_t>(f.first),
                                        static_cast<std::size_t>(f.last - f.first + 1));
}

// Sets the bars: at most so many in a row, and twice as many at the end.
void set_bars(ChainPicture& f, std::size_t most) {
    const arith::Chain& chain = f.chain.chain;
    const int count = static_cast<int>(chain.size());
    for (int n = f.first; n <= f.last; ++n) {
        std::vector<BetweenBar>& bars = f.tensors[static_cast<std::size_t>(n)].bars;
        if (n == 0)
            bars = bars_of(chain.front().before, arith::input_shape(chain), most, f.language);
        else if (n < count)
            bars = bars_of(chain[static_cast<std::size_t>(n) - 1].after,
                           arith::output_shape(chain[static_cast<std::size_t>(n) - 1].layer), most, f.language);
    }
    // The first tensor drawn is what the layers before it give; their bars are not drawn.
    if (f.first > 0) f.tensors[static_cast<std::size_t>(f.first)].bars.clear();
    if (f.last == count)
        f.bars_at_end = bars_of(chain.back().after, arith::output_shape(chain.back().layer),
                                std::min(2 * most, most_bars_at_end), f.language);
}

// Sets the size and position of each drawn tensor; all have the same baseline. Returns whether the labels of their
// stacks have room.
bool place_tensors(ChainPicture& f) {
    const std::span<Tensor> tensors = drawn(f);
    const double gap = gap_of(f), before = f.first > 0 ? more_room : 0,
                 after = f.last + 1 < static_cast<int>(f.tensors.size()) ? more_room : 0;
    auto head = [&](const Tensor& t) {
        return f.crowded ? std::max(text_width(t.name, label_size, Weight::semibold), text_width(t.says, small_size))
                         : plane_title_width(t.name, t.says);
    };
    auto width = [&](double cell_px, double side) {
        double sum = gap * static_cast<double>(tensors.size() - 1) + 4 * unit_px + before + after +
                     (f.bars_at_end.empty() ? 0 : room_for_numbers + bars_width(f.bars_at_end.size()));
        for (Tensor& t : tensors) {
            sum += bars_width(t.bars.size());
            t.cell_px = std::max(cell_px, std::min(largest_cell_on_slide, side / std::max(t.rows(), t.columns())));
            sum += t.width = std::max(t.cell_px * t.pile.bounds.width, head(t));
        }
        return sum;
    };
    double highest = 1;
    const double largest_cell = f.page.is_slide() ? largest_cell_on_slide : largest_cell_elsewhere;
    for (const Tensor& t : tensors) highest = std::max(highest, t.pile.bounds.height);
    double cell_px = std::min((f.stacks_bottom() - f.stacks_top) / highest, largest_cell);
    double side = least_side;
    const double room = f.page.width - 2 * margin;
    while (width(cell_px, side) > room && cell_px > (f.page.is_slide() ? 0.01 : 0.0005)) cell_px *= 0.97;
    while (width(cell_px, side) > room && side > tiny_side) side *= 0.97;
    for (std::size_t most = most_bars; width(cell_px, side) > room && most > 1;) set_bars(f, --most);
    double x = (f.page.width - width(cell_px, side)) / 2 + before, height = 0;
    for (const Tensor& t : tensors) height = std::max(height, t.cell_px * t.pile.bounds.height);
    const double ground = (f.stacks_top + f.stacks_bottom() + height) / 2;
    for (Tensor& t : tensors) {
        x += bars_width(t.bars.size());
        t.origin = {x - t.cell_px * t.pile.bounds.x, ground - t.cell_px * t.pile.bounds.bottom()};
        x += t.width + gap;
    }
    return side >= readable_side && width(cell_px, side) <= room;
}

// Draws one tensor less, of those that are farthest from the current layer.
void drop_tensor(ChainPicture& f) {
    const int shown = f.chain.shown;
    if (f.last - (shown + 1) >= shown - f.first)
        --f.last, f.bars_at_end.clear();
    else
        ++f.first;
}

// Each computed tensor has a map of its own range of values.
void set_maps(ChainPicture& f, const ViewOptions& options) {
    f.layer_maps = value_maps(f.recording, options);
    f.maps.resize(f.tensors.size());
    if (!f.layer_maps.any()) return;
    for (std::size_t n = 0; n < f.chain.made.size() && n < f.maps.size(); ++n)
        f.maps[n] = map_of(*f.chain.made[n], f.theme);
    f.maps[static_cast<std::size_t>(f.chain.shown) + 1] = f.layer_maps.output;
}

}  // namespace

Plane ChainPicture::slab(int number, const Slot& slot, const Moment& moment) const {
    const Tensor& t = tensors[static_cast<std::size_t>(number)];
    Plane plane{fmt::format("tensor {} slab {}", number, slot.slab),
                this->plane(t, slot.z),
                {},
                tensor_role(number, slot.slab)};
    const bool output = number == chain.shown + 1, slab_lit = t.lit.channels.has(slot.slab);
    auto there = [&](int r, int c) {
        if (made(number) || !output) return made(number);
        const Index own = own_number(slot.slab, r, c);
        return own >= 0 && own <= step.number;
    };
    const std::optional<ValueMap>& map = maps[static_cast<std::size_t>(number)];
    CellFill fill(map, number == 0 ? theme.input : theme.output,
                  [&](int r, int c) { return value(number, slot.slab, r, c, moment); });
    // Cells coloured by value keep their colours when highlighted; only the outline marks them.
    const auto lit = static_cast<std::uint8_t>(fill.palette.size()), not_made = static_cast<std::uint8_t>(lit + 1);
    fill.palette.push_back(theme.covered);
    fill.palette.push_back(theme.ground);
    fill.index = [&, of_value = std::move(fill.index)](int r, int c) -> std::uint8_t {
        if (!there(r, c)) return not_made;
        if (of_value) return of_value(r, c);
        return slab_lit && !output && t.lit.rows.has(r) && t.lit.columns.has(c) ? lit : 0;
    };
    // All tensors have the same grid lines, thinner where cells are small.
    const double grid_px = t.cell_px < least_grid_px ? 0 : std::min(thin_px, t.cell_px / 6);
    Field cells{"cells", {}, 1, t.rows(), t.columns(), {}, {}, {theme.grid, grid_px}};
    fill.fill(cells);
    plane.items.push_back(cells);
    fill.add_signs(plane, cells, 0, 0, there);
    // Without edges an empty slab would be invisible.
    if (t.cell_px < 4)
        plane.items.push_back(
            Line{"edge",
                 {{0, 0}, {t.columns() + 0.0, 0}, {t.columns() + 0.0, t.rows() + 0.0}, {0, t.rows() + 0.0}},
                 true,
                 {theme.grid, thin_px}});
    if (slab_lit && !t.lit.empty()) {
        const std::vector<Point> around = t.lit.around();
        const std::string name = output ? "output cell" : "lit";
        ItemRole mark{output ? Mark::output_cell : Mark::none, 0, true};
        if (map) plane.items.push_back(Line{name + "'s border", around, true, {theme.ground, 2 * window_px}, mark});
        mark.border = false;
        plane.items.push_back(Line{name, around, true, {theme.window, thick_px}, mark});
    }
    return plane;
}

double gap_of(const ChainPicture& f) {
    return f.crowded ? narrow_gap : wide_gap;
}

double bars_room(const ChainPicture& f, int tensor) {
    return bars_width(f.tensors[static_cast<std::size_t>(tensor)].bars.size());
}

ChainPicture picture_of(const ChainFigure& chain, const arith::Recording& recording, const Moment& moment,
                        const ViewOptions& options, const std::string& parameters) {
    ChainPicture f{.chain = chain,
                   .recording = recording,
                   .step = recording.step(moment.step),
                   .theme = *options.theme,
                   .language = options.language,
                   .projection = Projection(options.turn_deg, options.tilt_deg),
                   .page = options.page,
                   .stacks_top = least_stacks_top + head_extra(options, parameters)};
    set_tensors(f);
    set_bars(f, most_bars);
    const int fewest = f.page.is_narrow() ? 2 : few_tensors;
    while (!place_tensors(f) && f.last - f.first >= fewest) {
        drop_tensor(f);
        set_bars(f, most_bars);
    }
    set_maps(f, options);
    return f;
}

}  // namespace convloom::scene::chain_view
