#include "core/scene/volume/volume.hpp"

#include "core/scene/pieces/layer_words.hpp"

namespace convloom::scene {

Volume::Volume(const arith::Recording& r, const Moment& moment)
    : recording(r), step(r.step(moment.step)), taps(r.taps(step)) {
    const arith::Layer& layer = r.layer();
    now = current_tap(taps, moment);
    turned = kernel_turned(layer);
    const arith::Index first = layer.first_in_channel(step.channel);
    channel = now ? now->in_channel : first;
    wide = sliding_axis(layer, layer.rank() - 1);
    if (layer.rank() > 1) high = sliding_axis(layer, layer.rank() - 2);
    wide.show(step.output[layer.rank() - 1]);
    if (layer.rank() > 1) high.show(step.output[layer.rank() - 2]);
    if (layer.rank() == 3) {
        deep = sliding_axis(layer, 0);
        deep.show(step.output[0]);
        return;
    }
    deep.input = deep.total = deep.reached = static_cast<int>(layer.in_channels);
    deep.kernel = static_cast<int>(layer.group_in());
    deep.output = static_cast<int>(layer.out_channels);
    deep.step = 0;
    deep.first = static_cast<int>(first);
}

arith::Cell Volume::cell(arith::Index slab, arith::Index row, arith::Index column) const {
    if (voxels()) return {slab, row, column};
    return layer().rank() == 2 ? arith::Cell{row, column, 0} : arith::Cell{column, 0, 0};
}

Spot Volume::spot(arith::Index channel_number, const arith::Cell& c) const {
    const int rank = layer().rank();
    return {static_cast<int>(voxels() ? c[0] : channel_number), rank > 1 ? static_cast<int>(c[rank - 2]) : 0,
            static_cast<int>(c[rank - 1])};
}

Spot Volume::window() const {
    const Spot out = output();
    return {deep.window(voxels() ? out.slab : 0), high.window(out.row), wide.window(out.column)};
}

Spot Volume::place(const arith::Tap& tap) const {
    const Spot at = spot(tap.in_channel, tap.at);
    return {deep.place(at.slab), high.place(at.row), wide.place(at.column)};
}

Spot Volume::kernel_spot(const Spot& place) const {
    const Spot from = window();
    return {deep.kernel_cell(from.slab, place.slab), high.kernel_cell(from.row, place.row),
            wide.kernel_cell(from.column, place.column)};
}

float Volume::input(const Spot& at) const {
    return recording.input_value(voxels() ? channel : at.slab,
                                 cell(deep.cell(at.slab), high.cell(at.row), wide.cell(at.column)));
}

float Volume::weight(const Spot& q) const {
    auto lies = [&](int at, int size) { return turned ? size - 1 - at : at; };
    const arith::Cell at = cell(lies(q.slab, deep.kernel), lies(q.row, high.kernel), lies(q.column, wide.kernel));
    const arith::Index in = voxels() ? channel % layer().group_in() : q.slab;
    if (!layer().is_transposed()) return recording.weight_value(step.channel, in, at);
    const arith::Index group = step.channel / layer().group_out();
    return recording.weight_value(group * layer().group_in() + in, step.channel % layer().group_out(), at);
}

std::string Volume::input_words(bool solid, Language language) const {
    SlidingAxis axes[] = {deep, high, wide};
    // Around a solid block unused padding is not hatched, so only unused cells of the input are mentioned.
    for (SlidingAxis& a : axes)
        if (solid && a.reached >= a.before + a.input) a.reached = a.total;
    if (voxels()) return plane_words({axes[0], axes[1], axes[2]}, language);
    return layer().rank() == 2 ? plane_words({high, wide}, language) : plane_words({wide}, language);
}

Field VolumeFigure::grid(std::string name, int row, int column, int rows, int columns, std::vector<Color> palette,
                         Stroke stroke) const {
    Field f{std::move(name),
            {static_cast<double>(column), static_cast<double>(row)},
            1,
            rows,
            columns,
            std::move(palette),
            {},
            stroke};
    if (f.palette.empty()) f.cells.assign(static_cast<std::size_t>(rows) * columns, Field::unfilled);
    return f;
}

Color VolumeFigure::input_hue(int slab) const {
    const arith::Layer& layer = v.layer();
    const arith::Index channel = v.voxels() ? v.channel : slab;
    const Color hues[] = {theme.input, theme.input_second, theme.input_third};
    return hues[layer.groups > 1 ? channel / layer.group_in() % 3 : 0];
}

}  // namespace convloom::scene
