#include "core/scene/views/view_table.hpp"

#include <fmt/format.h>

#include "core/scene/compare/compose_compare.hpp"
#include "core/scene/maps/compose_maps.hpp"
#include "core/scene/views/compose.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::scene {
namespace {

using arith::Layer;

bool one_channel(const Layer& layer) {
    return layer.in_channels == 1 && layer.out_channels == 1;
}

std::string only_volume(const Layer& layer, std::string_view view) {
    const std::string channels =
        one_channel(layer) ? "" : fmt::format(" with {} to {} channels", layer.in_channels, layer.out_channels);
    return fmt::format("The {} view cannot draw this {} of rank {}{}; the volume view can.", view,
                       arith::name_of(layer.op), layer.rank(), channels);
}

std::string always_drawable(const Layer&) {
    return "";
}
std::string not_stacked(const Layer& layer) {
    return layer.rank() == 2 && one_channel(layer) ? "" : only_volume(layer, "stacked");
}
std::string not_flat(const Layer& layer) {
    // A layer of rank 1 is drawn with its channels as rows.
    const bool rows = layer.rank() == 1 && (layer.groups == 1 || !layer.mixes_channels());
    return rows || (layer.rank() == 2 && one_channel(layer)) ? "" : only_volume(layer, "flat");
}
std::string not_signal(const Layer& layer) {
    return layer.rank() == 1
               ? ""
               : fmt::format("The signal view draws layers of rank 1; this one has rank {}.", layer.rank());
}
std::string not_chain(const Layer& layer) {
    return layer.rank() < 3 ? "" : "The chain view draws layers of rank 1 and 2; this one has rank 3.";
}

// For views that draw only the current layer.
template <Scene (*compose)(const arith::Recording&, const Moment&, const ViewOptions&)>
Scene of_layer(const Subject& subject, const Moment& moment, const ViewOptions& options) {
    return compose(subject.recording, moment, options);
}
Scene of_chain(const Subject& subject, const Moment& moment, const ViewOptions& options) {
    return compose_chain(subject.chain, subject.recording, moment, options);
}
Scene of_pair(const Subject& subject, const Moment& moment, const ViewOptions& options) {
    return compose_compare(subject.recording, subject.compared ? *subject.compared : subject.recording, moment,
                           options);
}

constexpr ViewInfo table[] = {
    {View::flat, "flat", "Numbers side by side", "Flat",
     "Input, kernel and output side by side with their numbers, and the sum written out.", not_flat,
     of_layer<compose_flat>, true},
    {View::stacked, "stacked", "Stacked planes", "Stacked",
     "The output plane above the input plane, with beams from the window to the cell it computes.", not_stacked,
     of_layer<compose_stacked>, true},
    {View::volume, "volume", "Stacks of channels or slices", "Volume",
     "Input, kernel and output as stacks of slabs: one a channel, or a slice of depth.", always_drawable,
     of_layer<compose_volume>, true},
    {View::signal, "signal", "Signal", "Signal",
     "A sequence as stems along one axis, the kernel at its position, the products as bars.", not_signal,
     of_layer<compose_signal>, true},
    {View::chain, "chain", "Chain of layers", "Chain",
     "A chain's tensors from left to right, with the cells that feed this step's output.", not_chain, of_chain, true},
    {View::channels, "channels", "Channels one by one", "Channels",
     "Each kernel on its own channel, then the sum and the bias; and which filter sees which channels.", not_channels,
     compose_channels, true},
    {View::matrix, "matrix", "Unrolled matrix", "Matrix",
     "The layer as one sparse matrix times the flattened input, and its transpose beside it.", not_matrix,
     compose_matrix, true},
    {View::im2col, "im2col", "Windows as columns (im2col)", "im2col",
     "Every window as a column, every filter as a row, the output where they meet.", not_im2col, compose_im2col, true},
    {View::maps, "maps", "Maps of all channels", "Maps",
     "All channels of the output as small pictures, beside the input and the filters: what each filter finds.",
     not_maps, of_layer<compose_maps>, true},
    {View::readings, "readings", "Three readings of a transposed layer", "Readings",
     "A transposed layer as inserted zeros, as stamps and as a matrix, with the number of products for each output.",
     not_readings, compose_readings, true},
    {View::receptive, "receptive", "Receptive field", "Field",
     "The receptive field of one cell, back to the chain's input, how often each cell is used, and which outputs a "
     "cell feeds.",
     not_receptive, compose_receptive, true},
    {View::padding, "padding", "Padding modes side by side", "Padding",
     "All padding modes on the same input, with the source of each padded cell, and the conventions called “same”.",
     not_padding, compose_padding, true},
    {View::borders, "borders", "Borders by everybody's names", "Borders",
     "One row of the input in every padding mode, with its names in PyTorch, NumPy, SciPy, OpenCV, ONNX and MATLAB.",
     not_borders, compose_borders, true},
    {View::gradient, "gradient", "Gradients, step by step", "Gradient",
     "The gradients of input and kernel, as each output cell's gradient flows back along its taps.", not_gradient,
     compose_gradient, true},
    {View::cost, "cost", "Cost, compared", "Cost",
     "The multiplications, counted as the steps run, beside other layers with the same shapes.", not_cost, compose_cost,
     true},
    {View::compare, "compare", "Two conventions side by side", "Compare",
     "The layer and one that differs from it by a convention, on the same data, with the cells that differ.",
     not_compare, of_pair, true},
    {View::photo, "photo", "Photo", "Photo", "A photo before and after a filter, with the filter's kernel.",
     always_drawable, nullptr},
};

}  // namespace

std::span<const ViewInfo> view_infos() {
    return table;
}

const ViewInfo& info_of(View view) {
    for (const ViewInfo& info : table)
        if (info.view == view) return info;
    return table[0];
}

std::string view_names(bool with_photo) {
    std::string names;
    const ViewInfo* last = nullptr;
    auto add = [&](const char* before) {
        if (last) names += fmt::format("{}{}", names.empty() ? "" : before, last->name);
    };
    for (const ViewInfo& info : table) {
        if (info.view == View::photo && !with_photo) continue;
        add(", ");
        last = &info;
    }
    add(" and ");
    return names;
}

std::string_view name_of(View view) {
    return info_of(view).name;
}

std::optional<View> view_named(std::string_view name) {
    for (const ViewInfo& info : table)
        if (info.name == name) return info.view;
    return std::nullopt;
}

std::string undrawable(const Layer& layer, View view) {
    const ViewInfo& info = info_of(view);
    const bool listed = view == View::flat || view == View::stacked || view == View::volume || view == View::photo;
    if (!layer.kind().windowed && !listed)
        return fmt::format("The {} view draws regular windows, not {}; the flat, stacked and volume views can.",
                           info.name, with_article(arith::name_of(layer.op)));
    return info.undrawable(layer);
}

}  // namespace convloom::scene
