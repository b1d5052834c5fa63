#include "core/scene/marks/index_marks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/arith/layer/unpooling.hpp"
#include "core/scene/marks/pointer.hpp"
#include "core/scene/pieces/cells.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::scene {
namespace {

arith::Cell target_of(const arith::Recording& recording, const arith::Tap& tap) {
    return arith::unpooled_cell(recording.layer(), recording.extents(), recording.sides()[0], tap.in_channel, tap.at);
}

}  // namespace

arith::Cell IndexMarks::target(const arith::Tap& tap) const {
    return target_of(recording, tap);
}

Place IndexMarks::place(const arith::Cell& cell, arith::Index channel) const {
    return sliding.rank == 1 ? Place{static_cast<int>(channel), static_cast<int>(cell[0])}
                             : Place{static_cast<int>(cell[0]), static_cast<int>(cell[1])};
}

void IndexMarks::add_arrows(Plane& page, const Affine& input, const Affine& output, Point anchor) const {
    for (const arith::Tap& tap : taps) {
        if (now && &tap != now) continue;
        const Place from = place(tap.at, tap.in_channel), to = place(target(tap), tap.in_channel);
        const bool here = tap.has_source;
        const Point start = input({from.column + anchor.x, from.row + anchor.y}),
                    end = output({to.column + anchor.x, to.row + anchor.y});
        // Leaves the numbers in the middles of both cells readable.
        const double length = std::hypot(end.x - start.x, end.y - start.y),
                     leave = 0.34 * std::sqrt(std::abs(input.determinant())) / std::max(length, 1e-9),
                     stop = 0.34 * std::sqrt(std::abs(output.determinant())) / std::max(length, 1e-9);
        const auto along = [&](double part) {
            return Point{start.x + (end.x - start.x) * part, start.y + (end.y - start.y) * part};
        };
        add_pointer(page, fmt::format("index {}", tap.number), along(leave), along(1 - stop),
                    here ? theme.window : theme.muted, here ? 2.5 : 1.5, here ? 0 : dash_px);
    }
}

void IndexMarks::add_windows(Plane& output) const {
    for (const arith::Tap& tap : taps) {
        if (now && &tap != now) continue;
        const arith::UnpoolingWindow window = arith::unpooling_window(recording.layer(), tap.at);
        const Place from = place(window.begin, tap.in_channel);
        const double x = from.column, y = from.row, right = x + static_cast<double>(window.extents[sliding.rank - 1]),
                     bottom = y + (sliding.rank == 1 ? 1 : static_cast<double>(window.extents[0]));
        output.items.push_back(Line{fmt::format("reach {}", tap.number),
                                    {{x, y}, {right, y}, {right, bottom}, {x, bottom}},
                                    true,
                                    {theme.window, thick_px, dash_px}});
    }
}

void IndexMarks::add_numbers(Plane& input, double least, Color ink) const {
    const arith::Layer& layer = recording.layer();
    const arith::Extents& e = recording.extents();
    const arith::Index channels = sliding.rank == 1 ? layer.in_channels : 1;
    for (arith::Index n = 0; n < channels * e.in_volume; ++n) {
        const arith::Cell cell = arith::cell_at(n % e.in_volume, e.in, layer.rank());
        const arith::Index channel = n / e.in_volume;
        const Place at = place(cell, channel);
        const arith::Cell to = arith::unpooled_cell(layer, e, recording.sides()[0], channel, cell);
        input.items.push_back(Text{cell_name("index", at.row, at.column),
                                   {at.column + 0.94, at.row + 0.92},
                                   fmt::format("→{}", arith::index_of(to, e.out, layer.rank())),
                                   std::max(0.25, least),
                                   Anchor::end,
                                   Weight::semibold,
                                   ink});
    }
}

std::string index_words(const arith::Recording& recording, const arith::Step& step, const arith::Tap* now,
                        Language in) {
    const arith::Layer& layer = recording.layer();
    const std::vector<arith::Tap> taps = recording.taps(step);
    if (taps.empty()) return tr(in, "No window of the pooling has this cell, so it is 0.");
    const auto giver = std::find_if(taps.begin(), taps.end(), [](const arith::Tap& tap) { return tap.has_source; });
    const arith::Tap* told = now ? now : giver != taps.end() ? &*giver : &taps.front();
    const arith::Cell to = target_of(recording, *told);
    const std::string index = count_text(arith::index_of(to, recording.extents().out, layer.rank())),
                      from = cell_text(layer.rank(), told->at), goes = cell_text(layer.rank(), to);
    if (told->has_source)
        return trf(in, "The index of input cell {} is {}: its value goes here, to {}.", from, index, goes);
    if (to == step.output)
        return trf(in, "The index of input cell {} is {}, but a later cell with the same index overwrites it.", from,
                   index);
    if (now || taps.size() == 1)
        return trf(in, "The index of input cell {} is {}: its value goes to {}, and this cell stays 0.", from, index,
                   goes);
    return tr(in, "The indices of all these input cells name other cells, so this one stays 0.");
}

}  // namespace convloom::scene
