#include "core/network/evaluate/layer_part.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "core/arith/layer/output_size.hpp"

namespace convloom::network {
namespace {

using arith::Axis;
using arith::Layer;

// The axis of the cells from `first` on, `count` of them; `begin` becomes the first input cell that they see. Its size
// is less than 1 if they see none.
Axis direct_part(const Axis& whole, Index first, Index count, Index& begin) {
    const Index start = first * whole.stride - whole.pad_before,
                end = start + (count - 1) * whole.stride + arith::kernel_extent(whole);
    begin = std::max<Index>(start, 0);
    Axis part = whole;
    part.size = std::min(end, whole.size) - begin;
    part.pad_before = std::max<Index>(-start, 0);
    // A window that the ceiling adds reaches beyond the padding; the part has it by the ceiling as well.
    part.pad_after = std::clamp<Index>(end - whole.size, 0, whole.pad_after);
    return part;
}

Axis transposed_part(const Axis& whole, Index first, Index count, Index& begin) {
    // Positions in the output before it is cropped: input cell n reaches from n·stride on.
    const Index low = first + whole.pad_before, high = low + count - 1, extent = arith::kernel_extent(whole);
    begin = std::min(
        {(std::max<Index>(low - extent + 1, 0) + whole.stride - 1) / whole.stride, low / whole.stride, whole.size - 1});
    Axis part = whole;
    part.size = std::max(std::min(high / whole.stride, whole.size - 1), begin) - begin + 1;
    part.pad_before = low - begin * whole.stride;
    const Index beyond = (part.size - 1) * part.stride + extent - part.pad_before - count;
    part.pad_after = std::max<Index>(beyond, 0);
    part.output_padding = std::max<Index>(-beyond, 0);
    return part;
}

// The groups of the chosen channels; each must give as many.
std::string set_channels(const Layer& whole, const OutputPart& output, LayerPart& part) {
    const auto count = static_cast<Index>(output.channels.size());
    part.layer.out_channels = count;
    if (!whole.mixes_channels()) {
        part.in_channels = output.channels;
        part.layer.in_channels = count;
        return "";
    }
    std::vector<Index> groups;
    for (const Index channel : output.channels)
        if (const Index group = channel / whole.group_out(); groups.empty() || groups.back() != group)
            groups.push_back(group);
    const auto number = static_cast<Index>(groups.size());
    for (std::size_t n = 0; n < output.channels.size(); ++n)
        if (count % number != 0 ||
            output.channels[n] / whole.group_out() != groups[n / static_cast<std::size_t>(count / number)])
            return fmt::format(
                "The {} channels belong to {} groups of the layer; choose channels of one group, or as many of each.",
                count, number);
    for (const Index group : groups)
        for (Index c = 0; c < whole.group_in(); ++c) part.in_channels.push_back(group * whole.group_in() + c);
    part.layer.groups = number;
    part.layer.in_channels = static_cast<Index>(part.in_channels.size());
    return "";
}

// Calls body(n) for the row-major index of each cell of a box in a grid of these sizes.
template <class Body>
void each_cell(const std::vector<Index>& sizes, const std::vector<Index>& begin, const std::vector<Index>& extent,
               const Body& body) {
    std::vector<Index> at(sizes.size(), 0);
    for (;;) {
        Index n = 0;
        for (std::size_t a = 0; a < sizes.size(); ++a) n = n * sizes[a] + begin[a] + at[a];
        body(n);
        std::size_t axis = sizes.size();
        while (axis-- > 0) {
            if (++at[axis] < extent[axis]) break;
            at[axis] = 0;
            if (axis == 0) return;
        }
    }
}

std::vector<Index> spatial(const arith::Shape& shape) {
    return {shape.begin() + 1, shape.end()};
}

arith::Tensor boxes_of(const arith::Tensor& from, const std::vector<Index>& channels, const std::vector<Index>& sizes,
                       const std::vector<Index>& begin, const std::vector<Index>& extent) {
    arith::Tensor made{{static_cast<Index>(channels.size())}, {}};
    made.shape.insert(made.shape.end(), extent.begin(), extent.end());
    const Index volume = std::accumulate(sizes.begin(), sizes.end(), Index{1}, std::multiplies<>());
    for (const Index channel : channels)
        each_cell(sizes, begin, extent,
                  [&](Index n) { made.values.push_back(from.values[static_cast<std::size_t>(channel * volume + n)]); });
    return made;
}

}  // namespace

OutputPart whole_output(const arith::Layer& layer) {
    OutputPart part;
    part.channels.resize(static_cast<std::size_t>(layer.out_channels));
    std::iota(part.channels.begin(), part.channels.end(), Index{0});
    part.size = spatial(arith::output_shape(layer));
    part.begin.assign(part.size.size(), 0);
    return part;
}

std::string part_text(const OutputPart& part) {
    const Index first = part.channels.front(), last = part.channels.back();
    std::string text = "[";
    if (first == last)
        text += std::to_string(first);
    else if (last - first + 1 == static_cast<Index>(part.channels.size()))
        text += fmt::format("{}:{}", first, last + 1);
    else
        text += fmt::format("[{}]", fmt::join(part.channels, ", "));
    for (std::size_t a = 0; a < part.begin.size(); ++a)
        text += fmt::format(", {}:{}", part.begin[a], part.begin[a] + part.size[a]);
    return text + "]";
}

FoundPart part_of(const arith::Layer& layer, const OutputPart& output) {
    LayerPart part{layer, {}, std::vector<Index>(layer.axes.size(), 0)};
    if (output.channels.empty() || output.channels.front() < 0 || output.channels.back() >= layer.out_channels)
        return {{}, fmt::format("The output has the channels 0 to {}.", layer.out_channels - 1)};
    if (std::adjacent_find(output.channels.begin(), output.channels.end(), std::greater_equal<>()) !=
        output.channels.end())
        return {{}, "The channels must be given in ascending order, each once."};
    for (int a = 0; a < layer.rank(); ++a) {
        const auto at = static_cast<std::size_t>(a);
        const Index first = output.begin[at], count = output.size[at], all = arith::output_size(layer, a);
        if (first < 0 || count < 1 || first >= all || count > all - first)
            return {{},
                    fmt::format("Cells {} to {} are not in the output, whose {} is {}.", first, first + count - 1,
                                arith::axis_name(layer.rank(), a), all)};
        if (first == 0 && count == all) continue;
        part.layer.axes[at] = layer.is_transposed() ? transposed_part(layer.axes[at], first, count, part.begin[at])
                                                    : direct_part(layer.axes[at], first, count, part.begin[at]);
        if (part.layer.axes[at].size < 1 || arith::output_size(part.layer, a) != count)
            return {{}, fmt::format("Cells {} to {} see nothing of the input.", first, first + count - 1)};
    }
    if (std::string fault = set_channels(layer, output, part); !fault.empty()) return {{}, std::move(fault)};
    if (const auto problems = arith::check(part.layer); !problems.empty()) return {{}, problems.front().sentence};
    return {std::move(part), ""};
}

arith::Tensor part_input(const arith::Layer& whole, const LayerPart& part, const arith::Tensor& input) {
    return boxes_of(input, part.in_channels, spatial(arith::input_shape(whole)), part.begin,
                    spatial(arith::input_shape(part.layer)));
}

arith::Tensor part_weight(const arith::Layer& whole, const LayerPart& part, const OutputPart& output,
                          const arith::Tensor& weight) {
    if (!whole.has_weight()) return {{0}, {}};
    arith::Tensor made{arith::weight_shape(part.layer), {}};
    const arith::Shape shape = arith::weight_shape(whole);
    const Index cells = std::accumulate(shape.begin() + 2, shape.end(), Index{1}, std::multiplies<>()),
                out = whole.group_out(), part_out = part.layer.group_out(), part_in = part.layer.group_in();
    auto add = [&](Index from, Index count) {
        made.values.insert(made.values.end(), weight.values.begin() + from, weight.values.begin() + from + count);
    };
    if (!whole.is_transposed()) {
        for (const Index channel : output.channels) add(channel * shape[1] * cells, shape[1] * cells);
        return made;
    }
    for (std::size_t n = 0; n < part.in_channels.size(); ++n) {
        const Index group = static_cast<Index>(n) / part_in;
        for (Index k = 0; k < part_out; ++k) {
            const Index channel = output.channels[static_cast<std::size_t>(group * part_out + k)];
            add((part.in_channels[n] * out + channel % out) * cells, cells);
        }
    }
    return made;
}

arith::Tensor part_bias(const OutputPart& output, const arith::Tensor& bias) {
    arith::Tensor made{{static_cast<Index>(output.channels.size())}, {}};
    for (const Index channel : output.channels) made.values.push_back(bias.values[static_cast<std::size_t>(channel)]);
    return made;
}

arith::Tensor part_output(const arith::Layer& whole, const OutputPart& output, const arith::Tensor& values) {
    return boxes_of(values, output.channels, spatial(arith::output_shape(whole)), output.begin, output.size);
}

}  // namespace convloom::network
