#include "core/arith/chain/chain.hpp"

#include <fmt/format.h>

#include "core/arith/layer/counts.hpp"
#include "core/arith/layer/output_size.hpp"

namespace convloom::arith {
namespace {

Shape spatial(const Layer& layer, const Cell& extents) {
    return {extents.begin(), extents.begin() + layer.rank()};
}

// The reason why the second layer cannot take the first one's output, or nothing.
std::optional<Problem> misfit(const Layer& first, const Layer& second) {
    if (first.rank() != second.rank())
        return Problem{LayerField::rank, -1,
                       counting({{second.rank(), "axis"}}, "it has {} axes, but the layer before has {}.",
                                second.rank(), first.rank()),
                       first.rank()};
    if (first.out_channels != second.in_channels)
        return Problem{
            LayerField::channels, -1,
            fmt::format("in_channels is {}, but the layer before gives {}.", second.in_channels, first.out_channels),
            first.out_channels};
    const Shape given = spatial(first, output_extents(first)), wanted = spatial(second, input_extents(second));
    if (given != wanted)
        return Problem{LayerField::size,
                       -1,
                       fmt::format("the input is {}, but the layer before gives {}.", to_text(wanted), to_text(given)),
                       {}};
    return {};
}

}  // namespace

std::vector<ChainProblem> check(const Chain& chain) {
    std::vector<ChainProblem> found;
    auto add = [&](int link, Problem problem) {
        if (chain.size() > 1) problem.sentence = fmt::format("Layer {}: {}", link + 1, problem.sentence);
        found.push_back({link, std::move(problem)});
    };
    bool before_runs = false;
    for (int n = 0; n < static_cast<int>(chain.size()); ++n) {
        const std::vector<Problem> own = check(chain[n].layer);
        for (const Problem& problem : own) add(n, problem);
        if (n > 0 && before_runs && own.empty())
            if (auto problem = misfit(chain[n - 1].layer, chain[n].layer)) add(n, std::move(*problem));
        before_runs = own.empty();
    }
    if (chain.empty()) found.push_back({0, {LayerField::rank, -1, "A chain needs at least one layer.", {}}});
    return found;
}

void connect(Chain& chain) {
    for (std::size_t n = 1; n < chain.size(); ++n) {
        const Layer& before = chain[n - 1].layer;
        Layer& layer = chain[n].layer;
        if (!check(before).empty() || before.rank() != layer.rank()) return;
        const Cell sizes = output_extents(before);
        for (int a = 0; a < layer.rank(); ++a) layer.axes[a].size = sizes[a];
        if (layer.in_channels == 0) layer.in_channels = before.out_channels;
        if (!layer.mixes_channels() && layer.out_channels == 0) layer.out_channels = layer.in_channels;
    }
}

std::vector<std::vector<ReceptiveField>> receptive_fields(const Chain& chain) {
    std::vector<std::vector<ReceptiveField>> all;
    if (chain.empty()) return all;
    std::vector<ReceptiveField> now(chain.front().layer.rank());
    for (const Link& link : chain) {
        for (int a = 0; a < link.layer.rank(); ++a) {
            const Axis& axis = link.layer.axes[a];
            ReceptiveField& field = now[a];
            const auto reach = static_cast<double>(kernel_extent(axis) - 1);
            const auto padding = static_cast<double>(axis.pad_before), stride = static_cast<double>(axis.stride);
            if (link.layer.is_transposed()) {
                // Input cells are `stride` places apart, so the kernel covers at most this many of them after the
                // first.
                const auto seen = static_cast<double>((kernel_extent(axis) - 1) / axis.stride);
                field.size += seen * field.stride;
                field.offset += (padding - reach) / stride * field.stride;
                field.stride /= stride;
            } else {
                field.size += reach * field.stride;
                field.offset -= padding * field.stride;
                field.stride *= stride;
            }
        }
        all.push_back(now);
    }
    return all;
}

Chain depthwise_separable(const Layer& standard) {
    Layer depthwise = standard, pointwise = standard;
    depthwise.out_channels = depthwise.groups = standard.in_channels;
    depthwise.bias = false;
    pointwise.groups = 1;
    pointwise.padding_mode = PaddingMode::zeros;
    for (int a = 0; a < standard.rank(); ++a) pointwise.axes[a] = Axis{.size = output_size(standard, a)};
    return {{depthwise, Activation::none}, {pointwise, Activation::none}};
}

std::optional<Layer> standard_of(const Chain& separable) {
    if (separable.size() != 2 || separable[0].layer.op != Op::convolution || separable[0].layer.in_channels < 2)
        return {};
    Layer standard = separable[0].layer;
    standard.groups = 1;
    standard.out_channels = separable[1].layer.out_channels;
    standard.bias = separable[1].layer.bias;
    Chain plain = separable;
    plain[0].layer.bias = false;
    for (Link& link : plain) link.after = Activation::none;
    if (depthwise_separable(standard) != plain) return {};
    return standard;
}

}  // namespace convloom::arith
