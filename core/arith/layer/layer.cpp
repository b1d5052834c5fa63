#include "core/arith/layer/layer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>

#include "core/arith/base/saturating.hpp"
#include "core/arith/layer/counts.hpp"
#include "core/arith/layer/layer_numbers.hpp"
#include "core/arith/layer/layer_switches.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/arith/layer/side_tensors.hpp"

namespace convloom::arith {
namespace {

Index widest_padding(const Layer& layer, const Axis& axis) {
    return layer.wide_padding ? max_field : info_of(layer.padding_mode).widest(axis.size);
}

struct Finder {
    const Layer& layer;
    std::vector<Problem> found;

    void add(LayerField field, int axis, std::string sentence, std::optional<Index> nearest = {}) {
        found.push_back({field, axis, std::move(sentence), nearest});
    }

    bool in_range(LayerField field, int axis, std::string_view name, Index value, Index low) {
        if (value >= low && value <= max_field) return true;
        // For a value that is too small the lower limit is suggested; a layer of the maximum size would be too large to
        // be useful, so a value that is too large gets no suggestion.
        add(field, axis, fmt::format("{} is {}; it must be from {} to {}.", name, value, low, max_field),
            value < low && low > -max_field ? std::optional(low) : std::nullopt);
        return false;
    }

    void check_axis(int a) {
        const Axis& axis = layer.axes[a];
        bool sane = true;
        for (const LayerNumber& one : layer_numbers()) {
            if (!one.of_axis) continue;
            const Index value = axis.*one.of_axis, other = one.after ? axis.*one.after : value;
            sane &= in_range(one.field, a, one.name, std::min(value, other), one.least);
            if (one.after) sane &= in_range(one.field, a, one.name, std::max(value, other), one.least);
        }
        if (!sane) return;
        check_output_padding(a);
        check_padding_mode(a);
        for (const LayerNumber& one : layer_numbers())
            if (one.of_axis && one.of_axis != &Axis::output_padding) check_belongs(one, a);
        switch (layer.op) {
            case Op::convolution:
            case Op::deformable_convolution:
            case Op::partial_convolution:
                return check_fit(a);
            case Op::transposed_convolution:
                return check_crop(a);
            case Op::average_pooling:
            case Op::max_pooling:
            case Op::lp_pooling:
                return check_pooling_axis(a);
            case Op::adaptive_average_pooling:
            case Op::adaptive_max_pooling:
                return;
            case Op::upsample_nearest:
            case Op::upsample_linear:
                return check_upsampling(a);
            case Op::max_unpooling:
                return check_unpooling(a);
            case Op::unfold:
                return check_fit(a);
            case Op::fold:
                return check_fold(a);
        }
    }

    // The windows of an unfold over the output must be as many as the input has.
    void check_fold(int a) {
        const Axis& axis = layer.axes[a];
        Axis direct = axis;
        direct.size = restored_size(axis);
        const Index windows = direct.size < 1 || padded_size(direct) < kernel_extent(direct) ? 0 : output_size(direct);
        if (windows != axis.size)
            add(LayerField::output_size, a,
                fmt::format("An output of {} has {} of {} cells, but the input has {} along this axis.", direct.size,
                            counted(windows, "window"), kernel_extent(direct), axis.size),
                0);
    }

    // PyTorch's rule: a pooling may have left out less than a stride of cells, or reached past the end by as much. And
    // every window has a cell to put its value in.
    void check_unpooling(int a) {
        Axis plain = layer.axes[a];
        plain.restored_size = 0;
        const Index usual = restored_size(plain), size = restored_size(layer.axes[a]);
        if (size != usual && std::abs(size - usual) >= plain.stride)
            return add(LayerField::output_size, a,
                       fmt::format("The output size {} is not within a stride of {} cells of {}, which the windows "
                                   "give.",
                                   size, plain.stride, usual),
                       0);
        const Index last = (plain.size - 1) * plain.stride - plain.pad_before;
        if (plain.kernel <= plain.pad_before || last >= size || size < 1)
            add(LayerField::padding, a,
                fmt::format("A window lies in the padding of {} alone: the output has {}, the windows have {}.",
                            plain.pad_before, counted(std::max<Index>(size, 0), "cell"), counted(plain.kernel, "cell")),
                0);
        if (plain.pad_before != plain.pad_after)
            add(LayerField::padding, a, "The padding of a max unpooling is the same on both sides.", plain.pad_before);
    }

    // PyTorch takes one of the two.
    void check_upsampling(int a) {
        const Axis& axis = layer.axes[a];
        if (axis.upsample_size != 0 && axis.scale_factor != 1)
            add(LayerField::output_size, a,
                fmt::format("The output size {} and the scale factor {} are both set; an upsampling takes one of them.",
                            axis.upsample_size, axis.scale_factor),
                0);
        else if ((axis.upsample_size != 0) != (layer.axes[0].upsample_size != 0))
            add(LayerField::output_size, a, "An upsampling takes an output size for every axis or for none.");
    }

    // Reports a number that belongs to another kind of layer. Returns true if it belongs to this one.
    bool check_belongs(const LayerNumber& one, int a) {
        if (one.belongs_to(layer.op)) return true;
        Index value = one.of_axis ? layer.axes[a].*one.of_axis : layer.*one.of_layer;
        if (one.after) value = std::max(value, layer.axes[a].*one.after);
        if (value != one.by_default)
            add(one.field, a, fmt::format(fmt::runtime(one.refusal), value),
                one.zero_refused ? std::nullopt : std::optional(one.by_default));
        return false;
    }

    // PyTorch's rule: output padding of the stride or dilation and more would add cells that no input reaches.
    void check_output_padding(int a) {
        const Axis& axis = layer.axes[a];
        if (!check_belongs(number_of(&Axis::output_padding), a)) return;
        const Index limit = std::max(axis.stride, axis.dilation) - 1;
        if (axis.output_padding > limit)
            add(LayerField::output_padding, a,
                fmt::format("Output padding {} must be smaller than the stride {} or the dilation {}.",
                            axis.output_padding, axis.stride, axis.dilation),
                limit);
    }

    // The padding of a transposed convolution crops its output; at least one cell must remain.
    void check_crop(int a) {
        const Axis& axis = layer.axes[a];
        const Index size = output_size(layer, a);
        if (size >= 1) return;
        const Index cells = size + axis.pad_before + axis.pad_after;
        const std::string sentence =
            counting({{cells, "cell"}},
                     "Padding {} and {} crop all of the {} cells that stride {}, kernel {} and dilation {} give for an "
                     "input of {}.",
                     axis.pad_before, axis.pad_after, cells, axis.stride, axis.kernel, axis.dilation, axis.size);
        add(LayerField::padding, a, sentence, (cells - 1) / 2);
    }

    void check_pooling_axis(int a) {
        const Axis& axis = layer.axes[a];
        // Any padding is computed, as in ONNX. PyTorch allows half of the kernel; the writer of PyTorch code says so.
        if (!layer.ceil_mode)
            check_fit(a);
        else if (output_size(layer, a) < 1)
            add(LayerField::size, a, fmt::format("An input of {} gives no output, even when rounded up.", axis.size));
    }

    // An unfold or a fold has a channel for each cell of its window. A wrong kernel is reported with its axis.
    void check_window_channels() {
        for (const Axis& axis : layer.axes)
            if (axis.kernel < 1 || axis.kernel > max_field) return;
        const Index cells = layer.window_cells(), out = layer.out_channels_for(layer.in_channels);
        if (layer.kind().folds && saturating_product(out, cells) != layer.in_channels)
            add(LayerField::channels, -1,
                fmt::format("in_channels is {}, but a fold takes {} for each output channel, one a cell of the window.",
                            layer.in_channels, counted(cells, "channel")),
                saturating_product(out, cells));
        else if (layer.out_channels != out)
            add(LayerField::channels, -1,
                fmt::format("out_channels is {}, but {} with windows of {} give {}.", layer.out_channels,
                            counted(layer.in_channels, "channel"), counted(cells, "cell"), out),
                out);
    }

    // Reports channels, a bias or groups that are set on a kind that does not have them.
    void check_plain() {
        if (layer.changes_channels())
            check_window_channels();
        else if (!layer.mixes_channels() && layer.out_channels != layer.in_channels)
            add(LayerField::channels, -1,
                counting({{layer.in_channels, "channel"}},
                         "out_channels is {}, but this kind of layer keeps its {} channels.", layer.out_channels,
                         layer.in_channels),
                layer.in_channels);
        if (layer.bias && !layer.kind().bias) add(LayerField::pooling, -1, "Only a convolution has a bias.");
        check_belongs(number_of(&Layer::groups), -1);
    }

    // Reports switches that belong to another kind.
    void check_settings() {
        for (const LayerSwitch& one : layer_switches())
            if (!one.belongs_to(layer.op) && !is_by_default(layer, one)) add(LayerField::pooling, -1, one.refusal);
        for (const LayerNumber& one : layer_numbers()) {
            if (!one.of_layer || one.of_layer == &Layer::groups) continue;
            check_belongs(one, -1);
            in_range(one.field, -1, one.name, layer.*one.of_layer, one.least);
        }
    }

    // The dilated kernel must fit into the padded input at least once.
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
        if (!layer.kind().has_padding_modes && layer.padding_mode != PaddingMode::zeros)
            return add(LayerField::padding, -1,
                       fmt::format("Padding mode {} is only for convolutions; this {} pads with zeros.",
                                   name_of(layer.padding_mode), name_of(layer.op)));
        const Index widest = std::max(axis.pad_before, axis.pad_after), limit = widest_padding(layer, axis);
        if (widest > limit)
            add(LayerField::padding, a,
                fmt::format("Padding {} is too wide for mode {}: PyTorch allows at most {} for an input of {}; wide "
                            "padding goes on as in NumPy.",
                            widest, name_of(layer.padding_mode), limit, axis.size),
                limit);
    }

    void check_padding_value() {
        if (layer.padding_value != 0 && layer.padding_mode != PaddingMode::constant)
            add(LayerField::padding, -1,
                fmt::format("Padding value {} is only for mode constant; this layer's mode is {}.", layer.padding_value,
                            name_of(layer.padding_mode)));
        if (!std::isfinite(layer.padding_value))
            add(LayerField::padding, -1, "The padding value must be a finite number.");
    }

    void check_channels() {
        bool sane = in_range(LayerField::channels, -1, "in_channels", layer.in_channels, 1);
        sane &= in_range(LayerField::channels, -1, "out_channels", layer.out_channels, 1);
        const LayerNumber& groups = number_of(&Layer::groups);
        sane &= in_range(groups.field, -1, groups.name, layer.groups, groups.least);
        if (!sane) return;
        if (!layer.mixes_channels()) return;
        for (auto [name, channels] :
             {std::pair{"in_channels", layer.in_channels}, std::pair{"out_channels", layer.out_channels}})
            if (channels % layer.groups != 0)
                add(LayerField::groups, -1,
                    fmt::format("{} is {}, which is not divisible by groups {}.", name, channels, layer.groups),
                    nearest_groups());
        if (layer.offset_groups >= 1 && layer.offset_groups <= max_field &&
            layer.in_channels % layer.offset_groups != 0)
            add(LayerField::groups, -1,
                fmt::format("in_channels is {}, which is not divisible by offset_groups {}.", layer.in_channels,
                            layer.offset_groups),
                1);
    }

    // Reports a rank that the kind does not have.
    void check_rank() {
        const int only = layer.kind().only_rank;
        if (only != 0 && layer.rank() != only)
            add(LayerField::rank, -1,
                fmt::format("A {} has {} spatial axes here, not {}.", name_of(layer.op), only, layer.rank()), only);
    }

    // The nearest number that divides both channel counts.
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

    void check_indices() {
        constexpr Index most = Index{1} << 24;  // of a float
        if (layer.op != Op::max_unpooling) return;
        Shape plane = output_shape(layer);
        plane[0] = 1;
        if (const auto cells = element_count(plane); !cells || *cells > most)
            add(LayerField::memory, -1,
                fmt::format("A plane of the output has more than {} cells, which is more than indices can name.",
                            most));
    }

    void check_memory() {
        std::vector<std::pair<std::string, Shape>> all = {{"The input", input_shape(layer)},
                                                          {"The weight", weight_shape(layer)},
                                                          {"The output", output_shape(layer)}};
        for (SideTensor& side : side_tensors(layer))
            all.emplace_back(fmt::format("The {}", side.name.key), std::move(side.shape));
        for (const auto& [name, shape] : all) {
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

    // Merges a problem that is the same on every axis into one problem of the layer.
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
    finder.check_rank();
    finder.check_channels();
    finder.check_plain();
    finder.check_settings();
    finder.check_padding_value();
    for (int a = 0; a < layer.rank(); ++a) finder.check_axis(a);
    if (finder.found.empty()) finder.check_memory();
    if (finder.found.empty()) finder.check_indices();
    finder.merge_axes();
    return finder.found;
}

Index kernel_extent(const Axis& axis) {
    return axis.dilation * (axis.kernel - 1) + 1;
}
Index padded_size(const Axis& axis) {
    return axis.size + axis.pad_before + axis.pad_after;
}

void set_padding_mode(Layer& layer, const AskedPadding& asked) {
    layer.padding_mode = asked.mode;
    layer.wide_padding = asked.is_wide && std::any_of(layer.axes.begin(), layer.axes.end(), [&](const Axis& axis) {
                             return std::max(axis.pad_before, axis.pad_after) > info_of(asked.mode).widest(axis.size);
                         });
}

Layer square_layer(Index size, Index kernel, Index stride, Index padding, Index dilation) {
    const Axis axis{size, kernel, stride, padding, padding, dilation};
    Layer layer;
    layer.axes = {axis, axis};
    return layer;
}

std::string_view name_of(LayerField field) {
    constexpr std::string_view names[] = {"rank",   "channels",    "groups",   "size",           "kernel",
                                          "stride", "padding",     "dilation", "output_padding", "pooling",
                                          "memory", "output_size", "between"};
    return names[static_cast<int>(field)];
}

std::string_view name_of(Op op) {
    return kind_of(op).name;
}

std::string_view axis_name(int rank, int axis) {
    constexpr std::string_view names[] = {"depth", "height", "width"};
    return rank == 1 ? "length" : names[axis + max_rank - rank];
}

}  // namespace convloom::arith
