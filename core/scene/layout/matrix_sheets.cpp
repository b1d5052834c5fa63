#include "core/scene/layout/matrix_sheets.hpp"

#include "core/arith/layer/output_size.hpp"
#include "core/arith/steps/unrolled.hpp"

namespace convloom::scene {

using arith::CellName;
using arith::Index;
using arith::Part;

bool is_matrix(Content content) {
    return content == Content::flat_input || content == Content::flat_output || content == Content::unrolled ||
           content == Content::columns || content == Content::filters || content == Content::products;
}

Part part_of(Content sheet) {
    switch (sheet) {
        case Content::flat_input:
        case Content::columns:
            return Part::input;
        case Content::flat_output:
        case Content::products:
            return Part::output;
        default:
            return Part::kernel;
    }
}

Place size_of(Content sheet, const arith::Layer& layer) {
    const arith::Extents e(layer);
    const auto number = [](Index n) { return static_cast<int>(n); };
    const int inputs = number(layer.in_channels * e.in_volume), outputs = number(layer.out_channels * e.out_volume);
    const int taps = number(layer.group_in() * e.kernel_volume), places = number(e.out_volume),
              filters = number(layer.group_out());
    switch (sheet) {
        case Content::flat_input:
            return {1, inputs};
        case Content::flat_output:
            return {outputs, 1};
        case Content::unrolled:
            return {outputs, inputs};
        case Content::columns:
            if (layer.kind().folds) return {number(layer.group_in()), number(e.in_volume)};
            return {taps, places};
        case Content::filters:
            return {filters, taps};
        default:
            return {filters, places};
    }
}

namespace {

// The weight between two channels of a group.
CellName weight(const arith::Layer& layer, Index in_channel, Index out_channel, const arith::Cell& at) {
    if (layer.is_transposed()) return {Part::kernel, in_channel, out_channel % layer.group_out(), at};
    return {Part::kernel, out_channel, in_channel % layer.group_in(), at};
}

}  // namespace

std::optional<CellName> cell_of(Content sheet, const arith::Layer& layer, const arith::Step& step, int row,
                                int column) {
    const arith::Extents e(layer);
    const int rank = layer.rank();
    const Index group = layer.mixes_channels() || layer.changes_channels() ? step.channel / layer.group_out() : 0;
    auto input = [&](Index n) {
        return CellName{Part::input, n / e.in_volume, 0, arith::cell_at(n % e.in_volume, e.in, rank)};
    };
    auto output = [&](Index n) {
        return CellName{Part::output, n / e.out_volume, 0, arith::cell_at(n % e.out_volume, e.out, rank)};
    };
    switch (sheet) {
        case Content::flat_input:
            return input(column);
        case Content::flat_output:
            return output(row);
        case Content::unrolled: {
            const CellName from = input(column), to = output(row);
            if (!layer.has_weight() || from.channel / layer.group_in() != to.channel / layer.group_out())
                return std::nullopt;
            const auto at = arith::kernel_between(layer, from.at, to.at);
            return at ? std::optional(weight(layer, from.channel, to.channel, *at)) : std::nullopt;
        }
        case Content::columns: {
            if (layer.kind().folds)
                return CellName{Part::input, group * layer.group_in() + row, 0, arith::cell_at(column, e.in, rank)};
            CellName cell{Part::input, group * layer.group_in() + row / e.kernel_volume, 0, {}};
            const arith::Cell lies = arith::cell_at(row % e.kernel_volume, e.kernel, rank),
                              to = arith::cell_at(column, e.out, rank);
            for (int a = 0; a < rank; ++a) {
                const SlidingAxis s = sliding_axis(layer, a);
                const int place = s.window(to[a]) + static_cast<int>(lies[a]) * s.dilation;
                if (layer.is_transposed() && !s.on_input(place)) return std::nullopt;
                cell.at[a] = s.cell(place);
            }
            return cell;
        }
        case Content::filters:
            return weight(layer, group * layer.group_in() + column / e.kernel_volume, group * layer.group_out() + row,
                          arith::kernel_lying_at(layer, arith::cell_at(column % e.kernel_volume, e.kernel, rank)));
        default:
            break;
    }
    return output((group * layer.group_out() + row) * e.out_volume + column);
}

}  // namespace convloom::scene
