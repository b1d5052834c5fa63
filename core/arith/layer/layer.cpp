#include "core/arith/layer/layer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <numeric>

#include "core/arith/layer/layer_switches.hpp"
#include "core/arith/layer/output_size.hpp"

namespace convloom::arith {
namespace {

struct Finder {
    const Layer& layer;
    std::vector<Problem> found;

    void add(LayerField field, int axis, std::string sentence, std::optional<Index> nearest = {}) {
        found.push_back({field, axis, std::move(sentence), nearest});
    }

    bool in_range(LayerField field, int axis, std::string_view name, Index value, Index low) {
        if (value >= low && value <= max_field) return true;
        // What is too small has a nearest value; the largest number that can be counted would hardly run.
        add(field, axis, fmt::format("{} is {}; it must be from {} to {}.", name, value, low, max_field),
            value < low ? std::optional(low) : std::nullopt);
        return false;
    }

    void check_axis(int a) {
        const Axis& axis = layer.axes[a];
        bool sane = in_range(LayerField::size, a, "Input size", axis.size, 1);
        sane &= in_range(LayerField::kernel, a, "Kernel size", axis.kernel, 1);
        sane &= in_range(LayerField::stride, a, "Stride", axis.stride, 1);
        sane &= in_range(LayerField::padding, a, "Padding", std::min(axis.pad_before, axis.pad_after), 0);
        sane &= in_range(LayerField::padding, a, "Padding", std::max(axis.pad_before, axis.pad_after), 0);
        sane &= in_range(LayerField::dilation, a, "Dilation", axis.dilation, 1);
        sane &= in_range(LayerField::output_padding, a, "Output padding", axis.output_padding, 0);
        if (!sane) return;
        check_output_padding(a);
        check_padding_mode(a);
        if (layer.is_transposed())
            check_crop(a);
        else if (!layer.is_pooling())
            check_fit(a);
        else
            check_pooling_axis(a);
    }

    // PyTorch's rule: more rows than the stride or the dilation would have no input to come from.
    void check_output_padding(int a) {
        const Axis& axis = layer.axes[a];
        const Index limit = layer.is_transposed() ? std::max(axis.stride, axis.dilation) - 1 : 0;
        if (axis.output_padding <= limit) return;
        add(LayerField::output_padding, a,
            layer.is_transposed()
                ? fmt::format("Output padding {} must be smaller than the stride {} or the dilation {}.",
                              axis.output_padding, axis.stride, axis.dilation)
                : fmt::format("Output padding is {}, but only a transposed convolution has any.", axis.output_padding),
            limit);
    }

    // The padding of a transposed convolution crops; something must be left.
    void check_crop(int a) {
        const Axis& axis = layer.axes[a];
        const Index size = output_size(layer, a);
        if (size >= 1) return;
        const std::string sentence = fmt::format(
            "Padding {} and {} crop all of the {} cells that stride {}, kernel {} and dilation {} give for an input of "
            "{}.",
            axis.pad_before, axis.pad_after, size + axis.pad_before + axis.pad_after, axis.stride, axis.kernel,
            axis.dilation, axis.size);
        add(LayerField::padding, a, sentence, (size + axis.pad_before + axis.pad_after - 1) / 2);
    }

    void check_pooling_axis(int a) {
        const Axis& axis = layer.axes[a];
        if (layer.op == Op::average_pooling && axis.dilation != 1)
            add(LayerField::dilation, a, fmt::format("Dilation is {}, but average pooling has none.", axis.dilation),
                1);
        // As in ONNX. PyTorch takes half of the kernel at most, which its words hold to.
        const Index widest = std::max(axis.pad_before, axis.pad_after), limit = kernel_extent(axis) - 1;
        if (widest > limit)
            add(LayerField::padding, a,
                fmt::format("Padding {} of a pooling layer must be smaller than the {} cells that its window covers.",
                            widest, kernel_extent(axis)),
                limit);
        else if (!layer.ceil_mode)
            check_fit(a);
        else if (output_size(layer, a) < 1)
            add(LayerField::size, a, fmt::format("An input of {} gives no output, even when rounded up.", axis.size));
    }

    void check_pooling() {
        if (layer.out_channels != layer.in_channels)
            add(LayerField::channels, -1,
                fmt::format("out_channels is {}, but a pooling layer keeps its {} channels.", layer.out_channels,
                            layer.in_channels),
                layer.in_channels);
        if (layer.bias) add(LayerField::pooling, -1, "A pooling layer has no bias.");
        if (layer.groups != 1)
            add(LayerField::groups, -1,
                fmt::format("groups is {}, but a pooling layer has none; each channel is pooled alone.", layer.groups),
                1);
    }

    // Settings of one kind of layer are no other's.
    void check_settings() {
        for (const LayerSwitch& one : layer_switches())
            if (!one.belongs_to(layer.op) && !is_by_default(layer, one)) add(LayerField::pooling, -1, one.refusal);
        if (layer.op != Op::average_pooling && layer.divisor_override != 0)
            add(LayerField::pooling, -1,
                fmt::format("divisor_override is {}, but only average pooling divides.", layer.divisor_override));
        if (layer.divisor_override < -max_field || layer.divisor_override > max_field)
            add(LayerField::pooling, -1,
                fmt::format("divisor_override is {}; it must be from {} to {}.", layer.divisor_override, -max_field,
                            max_field));
    }

    // The dilated kernel has to fit into the padded input at least once.
    void check_fit(int a) {
        const Axis& axis = layer.axes[a];
        const Index extent = kernel_extent(axis), room = padded_size(axis);
        if (extent <= room) return;
        const std::string sentence =
            fmt::format("The kernel covers {} cells (k {}, d {}), but the padded input has only {} (i {}, p {}{}).",
                        extent, axis.kernel, axis.dilation, room, axis.size, axis.pad_before,
                        axis.pad_after == axis.pad_before ? "" : fmt::format(" and {}", axis.pad_after));
        const Index missing = extent - room;
        add(LayerField::size, a, sentence, axis.size + missing);
        add(LayerField::kernel, a, sentence, (room - 1) / axis.dilation + 1);
        add(LayerField::padding, a, sentence, axis.pad_before + (missing + 1) / 2);
        if (axis.kernel <= room)
            add(LayerField::dilation, a, sentence, axis.kernel > 1 ? (room - 1) / (axis.kernel - 1) : 1);
    }

    void check_padding_mode(int a) {
        const Axis& axis = layer.axes[a];
        if (layer.op != Op::convolution && layer.padding_mode != PaddingMode::zeros)
            return add(LayerField::padding, -1,
                       fmt::format("Padding mode {} is only for convolutions; a {} pads with zeros.",
                                   name_of(layer.padding_mode), name_of(layer.op)));
        const Index widest = std::max(axis.pad_before, axis.pad_after);
        const Index limit = layer.padding_mode == PaddingMode::reflect    ? axis.size - 1
                            : layer.padding_mode == PaddingMode::circular ? axis.size
                                                                          : max_field;
        if (widest > limit)
            add(LayerField::padding, a,
                fmt::format("Padding {} is too wide for mode {}: an input of {} allows at most {}.", widest,
                            name_of(layer.padding_mode), axis.size, limit),
                limit);
    }

    void check_channels() {
        bool sane = in_range(LayerField::channels, -1, "in_channels", layer.in_channels, 1);
        sane &= in_range(LayerField::channels, -1, "out_channels", layer.out_channels, 1);
        sane &= in_range(LayerField::groups, -1, "groups", layer.groups, 1);
        if (!sane) return;
        if (layer.is_pooling()) return;
        for (auto [name, channels] :
             {std::pair{"in_channels", layer.in_channels}, std::pair{"out_channels", layer.out_channels}})
            if (channels % layer.groups != 0)
                add(LayerField::groups, -1,
                    fmt::format("{} is {}, which is not divisible by groups {}.", name, channels, layer.groups),
                    nearest_groups());
    }

    // Of the numbers that divide both channels.
    Index nearest_groups() const {
        const Index common = std::gcd(layer.in_channels, layer.out_channels);
        Index best = 1;
        auto offer = [&](Index g) {
            if (std::abs(g - layer.groups) < std::abs(best - layer.groups)) best = g;
        };
        for (Index g = 1; g * g <= common; ++g)
            if (common % g == 0) offer(g), offer(common / g);
        return best;
    }

    void check_memory() {
        for (auto [name, shape] :
             {std::pair{"The input", input_shape(layer)}, std::pair{"The weight", weight_shape(layer)},
              std::pair{"The output", output_shape(layer)}}) {
            const auto count = element_count(shape);
            if (count && *count <= max_tensor_bytes / static_cast<Index>(sizeof(float))) continue;
            double bytes = sizeof(float);
            for (Index extent : shape) bytes *= static_cast<double>(extent);
            const double gib = static_cast<double>(Index{1} << 30);
            add(LayerField::memory, -1,
                fmt::format("{} {} needs {:.1f} GiB; the limit is {:.0f} GiB.", name, to_text(shape), bytes / gib,
                            max_tensor_bytes / gib));
        }
    }

    // The same sentence about every axis is one problem of the layer.
    void merge_axes() {
        std::vector<Problem> merged;
        for (const Problem& problem : found) {
            auto same = std::find_if(merged.begin(), merged.end(), [&](const Problem& other) {
                return other.field == problem.field && other.sentence == problem.sentence;
            });
            if (same == merged.end())
                merged.push_back(problem);
            else if (same->axis != problem.axis)
                same->axis = -1;
        }
        found = std::move(merged);
    }
};

}  // namespace

std::vector<Problem> check(const Layer& layer) {
    Finder finder{layer, {}};
    if (layer.rank() < 1 || layer.rank() > max_rank) {
        finder.add(LayerField::rank, -1, fmt::format("A layer has 1 to 3 spatial axes, not {}.", layer.rank()));
        return finder.found;
    }
    finder.check_channels();
    if (layer.is_pooling()) finder.check_pooling();
    finder.check_settings();
    for (int a = 0; a < layer.rank(); ++a) finder.check_axis(a);
    if (finder.found.empty()) finder.check_memory();
    finder.merge_axes();
    return finder.found;
}

Index kernel_extent(const Axis& axis) {
    return axis.dilation * (axis.kernel - 1) + 1;
}
Index padded_size(const Axis& axis) {
    return axis.size + axis.pad_before + axis.pad_after;
}

Layer square_layer(Index size, Index kernel, Index stride, Index padding, Index dilation) {
    const Axis axis{size, kernel, stride, padding, padding, dilation};
    Layer layer;
    layer.axes = {axis, axis};
    return layer;
}

namespace {
constexpr std::pair<PaddingMode, std::string_view> padding_names[] = {
    {PaddingMode::zeros, "zeros"},
    {PaddingMode::reflect, "reflect"},
    {PaddingMode::replicate, "replicate"},
    {PaddingMode::circular, "circular"},
};
}  // namespace

std::string_view name_of(LayerField field) {
    constexpr std::string_view names[] = {"rank",    "channels", "groups",         "size",    "kernel", "stride",
                                          "padding", "dilation", "output_padding", "pooling", "memory"};
    return names[static_cast<int>(field)];
}

std::string_view name_of(Op op) {
    constexpr std::string_view names[] = {"convolution", "transposed convolution", "average pooling", "max pooling"};
    return names[static_cast<int>(op)];
}

std::string_view name_of(PaddingMode mode) {
    return padding_names[static_cast<int>(mode)].second;
}

std::optional<PaddingMode> padding_mode_named(std::string_view name) {
    for (auto [mode, text] : padding_names)
        if (text == name) return mode;
    return std::nullopt;
}

std::string_view axis_name(int rank, int axis) {
    constexpr std::string_view names[] = {"depth", "height", "width"};
    return rank == 1 ? "length" : names[axis + max_rank - rank];
}

}  // namespace convloom::arith
