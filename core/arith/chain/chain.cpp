#include "core/arith/chain/chain.hpp"

#include <fmt/format.h>

#include "core/arith/chain/between_kinds.hpp"
#include "core/arith/layer/counts.hpp"
#include "core/arith/layer/output_size.hpp"

namespace convloom::arith {
namespace {

// What gives a layer its input, for sentences: "the layer before", or the last between that changes the shape.
std::string giver(const Link& first) {
    std::string name;
    Shape shape = output_shape(first.layer);
    for (const Between& between : first.after) {
        Shape after = shape_after(between, shape).shape;
        if (after != shape) name = title_of(between);
        shape = std::move(after);
    }
    return name.empty() ? "the layer before" : fmt::format("{} in front of it", name);
}

// The reason why the second layer cannot take what the first one and its betweens give, or nothing.
std::optional<Problem> misfit(const Link& first, const Shape& given, const Layer& second) {
    const Shape wanted = input_shape(second);
    if (first.layer.rank() != second.rank())
        return Problem{LayerField::rank, -1,
                       counting({{second.rank(), "axis"}}, "it has {} axes, but the layer before has {}.",
                                second.rank(), first.layer.rank()),
                       first.layer.rank()};
    if (given.size() != wanted.size())
        return Problem{LayerField::rank,
                       -1,
                       counting({{second.rank(), "size"}}, "it takes channels and {} sizes, but {} gives {}.",
                                second.rank(), giver(first), to_text(given)),
                       {}};
    if (given[0] != wanted[0])
        return Problem{LayerField::channels, -1,
                       fmt::format("in_channels is {}, but {} gives {}.", wanted[0], giver(first), given[0]), given[0]};
    const Shape given_sizes(given.begin() + 1, given.end()), wanted_sizes(wanted.begin() + 1, wanted.end());
    if (given_sizes != wanted_sizes)
        return Problem{
            LayerField::size,
            -1,
            fmt::format("the input is {}, but {} gives {}.", to_text(wanted_sizes), giver(first), to_text(given_sizes)),
            {}};
    return {};
}

// The first of the betweens whose values are not known.
int first_shape_only(const Betweens& betweens) {
    for (std::size_t n = 0; n < betweens.size(); ++n)
        if (betweens[n].kind->shape_only) return static_cast<int>(n);
    return -1;
}

// Why the betweens in front of the chain do not give its input, or nothing.
std::optional<ChainProblem> problem_in_front(const Link& first) {
    if (first.before.empty() && first.given.empty()) return {};
    const Shape wanted = input_shape(first.layer), &from = first.given.empty() ? wanted : first.given;
    BetweenShapes shapes = shapes_after(first.before, from);
    if (shapes.problem) return ChainProblem{0, *shapes.problem, shapes.failed, true};
    if (shapes.last(from) != wanted)
        return ChainProblem{0,
                            {LayerField::size,
                             -1,
                             fmt::format("the input is {}, but what stands in front gives {}.", to_text(wanted),
                                         to_text(shapes.last(from))),
                             {}},
                            -1,
                            true};
    return {};
}

}  // namespace

std::vector<ChainProblem> check(const Chain& chain) {
    std::vector<ChainProblem> found;
    const int count = static_cast<int>(chain.size());
    auto add = [&](int link, Problem problem, int between = -1) {
        if (count > 1)
            problem.sentence =
                fmt::format("{} {}: {}", between < 0 ? "Layer" : "After layer", link + 1, problem.sentence);
        found.push_back({link, std::move(problem), between, false});
    };
    std::optional<Shape> given;  // by the link before, if it is valid
    for (int n = 0; n < count; ++n) {
        const Link& link = chain[static_cast<std::size_t>(n)];
        const std::vector<Problem> own = check(link.layer);
        for (const Problem& problem : own) add(n, problem);
        if (n == 0 && own.empty())
            if (auto problem = problem_in_front(link)) found.push_back(std::move(*problem));
        if (n > 0 && given && own.empty())
            if (auto problem = misfit(chain[static_cast<std::size_t>(n) - 1], *given, link.layer))
                add(n, std::move(*problem));
        given.reset();
        if (!own.empty()) continue;
        const Shape out = output_shape(link.layer);
        const BetweenShapes after = shapes_after(link.after, out);
        if (after.problem)
            add(n, *after.problem, after.failed);
        else if (const int at = n + 1 < count ? first_shape_only(link.after) : -1; at >= 0)
            add(n,
                {LayerField::between,
                 -1,
                 fmt::format("{} may only stand after the last layer with a window, because its values are not known "
                             "here.",
                             title_of(link.after[static_cast<std::size_t>(at)])),
                 {}},
                at);
        else
            given = after.last(out);
    }
    if (chain.empty()) found.push_back({0, {LayerField::rank, -1, "A chain needs at least one layer.", {}}, -1, false});
    return found;
}

namespace {

// The shape after the betweens, whose open settings are set on the way; nothing if one cannot take its shape.
std::optional<Shape> connect(Betweens& betweens, Shape shape, Fit fit) {
    for (Between& between : betweens) {
        (fit == Fit::all_settings ? follow_shape : take_shape)(between, shape);
        BetweenShape after = shape_after(between, shape);
        if (after.problem) return {};
        shape = std::move(after.shape);
    }
    return shape;
}

void take_input(Layer& layer, const Shape& shape) {
    for (int a = 0; a < layer.rank(); ++a) layer.axes[a].size = shape[static_cast<std::size_t>(a) + 1];
    if (layer.in_channels == 0) layer.in_channels = shape[0];
    if (!layer.mixes_channels() && layer.out_channels == 0)
        layer.out_channels = layer.out_channels_for(layer.in_channels);
}

}  // namespace

void connect(Chain& chain, Fit fit) {
    for (std::size_t n = 0; n < chain.size(); ++n) {
        Link& link = chain[n];
        if (!check(link.layer).empty()) return;
        const std::optional<Shape> given = connect(link.after, output_shape(link.layer), fit);
        if (n + 1 == chain.size() || !given) return;
        Layer& next = chain[n + 1].layer;
        if (static_cast<int>(given->size()) != next.rank() + 1) return;
        take_input(next, *given);
    }
}

void connect(Chain& chain, const Shape& input) {
    if (chain.empty()) return;
    Link& first = chain.front();
    const std::optional<Shape> given = connect(first.before, input, Fit::open_settings);
    if (!given || static_cast<int>(given->size()) != first.layer.rank() + 1) return;
    first.given = *given == input ? Shape{} : input;
    take_input(first.layer, *given);
    connect(chain);
}

Shape input_shape(const Chain& chain) {
    const Link& first = chain.front();
    return first.given.empty() ? input_shape(first.layer) : first.given;
}
Shape output_shape(const Chain& chain) {
    const Shape own = output_shape(chain.back().layer);
    return shapes_after(chain.back().after, own).last(own);
}
std::vector<Shape> shapes_after(const Link& link) {
    return shapes_after(link.after, output_shape(link.layer)).shapes;
}
std::vector<Shape> shapes_before(const Link& first) {
    return shapes_after(first.before, first.given.empty() ? input_shape(first.layer) : first.given).shapes;
}

namespace {

// The fields of the cells after what stands behind the layer: a pad moves them, a pixel shuffle brings them closer.
void see_through(const Link& link, std::vector<ReceptiveField>& now) {
    Shape shape = output_shape(link.layer);
    for (const Between& between : link.after) {
        for (std::size_t a = 0; a < now.size() && a + 1 < shape.size(); ++a) {
            const BetweenGrid grid = grid_of(between, shape, static_cast<int>(a) + 1);
            ReceptiveField& field = now[a];
            field.offset -= static_cast<double>(grid.shift) * field.stride;
            field.size += static_cast<double>(grid.coarser - 1) * field.stride;
            field.stride *= static_cast<double>(grid.coarser) / static_cast<double>(grid.finer);
        }
        shape = shape_after(between, shape).shape;
    }
}

}  // namespace

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
            if (link.layer.has_sized_windows()) {
                // The windows differ; the size is that of the largest one, the stride their distance on average.
                const auto i = static_cast<double>(axis.size), o = static_cast<double>(output_size(link.layer, a));
                const bool corners = link.layer.align_corners;
                field.size += static_cast<double>(largest_window(link.layer, a) - 1) * field.stride;
                if (link.layer.op == Op::upsample_linear && !corners) field.offset += (i / o - 1) / 2 * field.stride;
                field.stride *= !corners ? i / o : o > 1 ? (i - 1) / (o - 1) : 1;
            } else if (link.layer.is_transposed() || link.layer.kind().gathers) {
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
        see_through(link, now);
    }
    return all;
}

Chain depthwise_separable(const Layer& standard) {
    Layer depthwise = standard, pointwise = standard;
    depthwise.out_channels = depthwise.groups = standard.in_channels;
    depthwise.bias = false;
    pointwise.groups = 1;
    pointwise.padding_mode = PaddingMode::zeros;
    pointwise.padding_value = 0;
    pointwise.wide_padding = false;
    for (int a = 0; a < standard.rank(); ++a) pointwise.axes[a] = Axis{.size = output_size(standard, a)};
    return {{depthwise, {}, {}, {}}, {pointwise, {}, {}, {}}};
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
    for (Link& link : plain) link.after.clear(), link.before.clear(), link.given.clear();
    if (depthwise_separable(standard) != plain) return {};
    return standard;
}

}  // namespace convloom::arith
