// What the chain view draws: the tensors with their places on the page, and what stands between them.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/scene/chain/between_bars.hpp"
#include "core/scene/chain/taking_part.hpp"
#include "core/scene/layout/stack.hpp"
#include "core/scene/looks/view.hpp"
#include "core/scene/pieces/cells.hpp"

namespace convloom::scene::chain_view {

using arith::Index;

// Beside the last tensor for the numbers of its slabs, if bars follow.
constexpr double room_for_numbers = 4 * unit_px;
constexpr double margin = 5 * unit_px, least_stacks_top = 136, below_stacks = page_height - 416;

struct Tensor {
    arith::Shape shape;
    Stack pile;
    TakingPart lit;
    Point origin;
    double width = 0, cell_px = 1;
    std::string name, says;
    std::vector<BetweenBar> bars;  // what stands between the layer before and this tensor
    int rows() const { return shape.size() > 2 ? static_cast<int>(shape[1]) : 1; }
    int columns() const { return static_cast<int>(shape.back()); }
};

struct ChainPicture {
    const ChainFigure& chain;
    const arith::Recording& recording;
    arith::Step step;
    const Theme& theme;
    Language language;
    Projection projection;
    PageSize page = {};
    double stacks_top = least_stacks_top;
    std::vector<Tensor> tensors = {};
    int first = 0, last = 0;  // the tensors that are drawn
    bool crowded = false;     // titles take two lines, and gaps are smaller
    std::vector<BetweenBar> bars_at_end = {};
    // Along channels, rows and columns of the tensor that the current layer gives, after what follows it: the places of
    // the layer's own output.
    std::vector<Index> own_channels = {}, own_rows = {}, own_columns = {};

    std::vector<std::optional<ValueMap>> maps = {};  // of each tensor, if cells are coloured by value
    ValueMaps layer_maps = {};                       // of the current layer

    double stacks_bottom() const { return page.height - below_stacks; }
    bool made(int tensor) const { return tensor <= chain.shown; }
    // The value of a cell that is already computed: of a layer's input, or of the current layer's output.
    float value(int tensor, Index channel, Index row, Index column, const Moment& moment) const {
        if (tensor == chain.shown + 1) return layer_maps.output_at(recording, own_number(channel, row, column), moment);
        const Tensor& t = tensors[static_cast<std::size_t>(tensor)];
        return chain.made[static_cast<std::size_t>(tensor)]
            ->values[static_cast<std::size_t>((channel * t.rows() + row) * t.columns() + column)];
    }
    Affine plane(const Tensor& t, double z) const { return projection.plane(z, t.cell_px, t.origin); }

    // A slab of a tensor with its cells; those that are not made yet are empty.
    Plane slab(int number, const Slot& slot, const Moment& moment) const;

    // The step that computes a cell of the tensor that the current layer gives; -1 for padding.
    Index own_number(Index channel, Index row, Index column) const {
        const Index c = own_channels[channel], r = own_rows[row], x = own_columns[column];
        return c < 0 || r < 0 || x < 0 ? -1 : number_of(c, r, x);
    }
    Index number_of(Index channel, Index row, Index column) const {
        return recording.step_at(
            channel, recording.layer().rank() > 1 ? arith::Cell{row, column, 0} : arith::Cell{column, 0, 0});
    }
};

// The picture with the tensors and bars in their places.
ChainPicture picture_of(const ChainFigure& chain, const arith::Recording& recording, const Moment& moment,
                        const ViewOptions& options, const std::string& parameters);

// Between two tensors without bars.
double gap_of(const ChainPicture& f);
// The room of the bars in front of a tensor.
double bars_room(const ChainPicture& f, int tensor);

}  // namespace convloom::scene::chain_view
