// Pad layers, and those that move values between channels and places.
#include <algorithm>

#include "core/arith/chain/between_rows.hpp"
#include "core/arith/layer/padding_modes.hpp"

namespace convloom::arith {
namespace {

using Takes = BetweenSetting::Takes;
using Open = BetweenSetting::Open;

// How many cells are added before and after each axis of the shape; the channels get none. PyTorch's list begins with
// the last axis: left, right, top, bottom, front, back. Negative ones cut cells off.
struct Pads {
    std::vector<Index> before, after;
};
Pads pads_of(const Between& b, const Shape& shape) {
    const std::vector<Index> given = b.wholes("padding");
    Pads pads{std::vector<Index>(shape.size()), std::vector<Index>(shape.size())};
    for (std::size_t a = 1; a < shape.size(); ++a) {
        const std::size_t from_end = shape.size() - 1 - a;
        pads.before[a] = given.size() == 1 ? given[0] : 2 * from_end < given.size() ? given[2 * from_end] : 0;
        pads.after[a] = given.size() == 1 ? given[0] : 2 * from_end + 1 < given.size() ? given[2 * from_end + 1] : 0;
    }
    return pads;
}

PaddingMode mode_of(const Between& b) {
    const std::string_view name = b.kind->json;
    if (name == "reflection_pad") return PaddingMode::reflect;
    if (name == "replication_pad") return PaddingMode::replicate;
    if (name == "circular_pad") return PaddingMode::circular;
    return PaddingMode::zeros;
}

BetweenShape pad_shape(const Between& b, const Shape& shape) {
    if (auto problem = rank_problem(b, shape)) return {shape, problem};
    const std::vector<Index> given = b.wholes("padding");
    const std::size_t rank = shape.size() - 1;
    if (given.size() != 1 && given.size() != 2 * rank)
        return {shape, between_problem(fmt::format("{} has {} of padding; it takes 1 or {} here.", title_of(b),
                                                   counted(static_cast<Index>(given.size()), "number"), 2 * rank))};
    const Pads pads = pads_of(b, shape);
    Shape after = shape;
    for (std::size_t a = 1; a < shape.size(); ++a) {
        const std::string_view axis = axis_name(static_cast<int>(rank), static_cast<int>(a) - 1);
        const Index widest = info_of(mode_of(b)).widest(shape[a]), wide = std::max(pads.before[a], pads.after[a]);
        if (wide > widest)
            return {shape, between_problem(fmt::format("{} pads the {} of {} by {}; at most {} is possible.",
                                                       title_of(b), axis, shape[a], wide, widest))};
        after[a] = shape[a] + pads.before[a] + pads.after[a];
        if (after[a] < 1)
            return {shape, between_problem(fmt::format("{} cuts {} off the {}, which is {}.", title_of(b),
                                                       shape[a] - after[a], axis, shape[a]))};
    }
    return {after, {}};
}

Tensor padded(const Between& b, Tensor t) {
    const Pads pads = pads_of(b, t.shape);
    const PaddingMode mode = mode_of(b);
    Tensor after{pad_shape(b, t.shape).shape, {}};
    const Index count = *element_count(after.shape);
    after.values.reserve(static_cast<std::size_t>(count));
    const auto constant = static_cast<float>(mode == PaddingMode::zeros ? b.number("value") : 0);
    for (Index n = 0; n < count; ++n) {
        Index rest = n, from = 0, stride = 1;
        for (std::size_t a = t.shape.size(); a-- > 0 && from >= 0;) {
            const Index place = rest % after.shape[a] - pads.before[a];
            rest /= after.shape[a];
            const Index source = a == 0 ? place : padding_source(place, t.shape[a], mode);
            from = source < 0 ? -1 : from + source * stride;
            stride *= t.shape[a];
        }
        after.values.push_back(from < 0 ? constant : t.values[from]);
    }
    return after;
}

BetweenGrid pad_grid(const Between& b, const Shape& shape, int axis) {
    return {.shift = pads_of(b, shape).before[static_cast<std::size_t>(axis)], .outside = mode_of(b)};
}

std::optional<Problem> two_sizes(const Between& b, const Shape& shape) {
    if (shape.size() == 3) return {};
    return between_problem(
        fmt::format("{} takes channels and 2 sizes, but it is given {}.", title_of(b), to_text(shape)));
}
BetweenShape shuffle_shape(const Between& b, const Shape& shape) {
    if (auto problem = two_sizes(b, shape)) return {shape, problem};
    const Index r = b.whole("upscale_factor", 1);
    if (shape[0] % (r * r) != 0)
        return {shape, between_problem(fmt::format("{} takes the pixels from groups of {}·{} channels, which do not "
                                                   "divide {}.",
                                                   title_of(b), r, r, counted(shape[0], "channel")))};
    return {{shape[0] / (r * r), shape[1] * r, shape[2] * r}, {}};
}
BetweenShape unshuffle_shape(const Between& b, const Shape& shape) {
    if (auto problem = two_sizes(b, shape)) return {shape, problem};
    const Index r = b.whole("downscale_factor", 1);
    if (shape[1] % r != 0 || shape[2] % r != 0)
        return {shape, between_problem(fmt::format("{} makes squares of {}, which do not divide {}×{}.", title_of(b), r,
                                                   shape[1], shape[2]))};
    return {{shape[0] * r * r, shape[1] / r, shape[2] / r}, {}};
}
// The fine tensor has the cell (c, r·y + i, r·x + j) where the coarse one has (c·r² + i·r + j, y, x).
template <class Move>
void for_each_pixel(const Shape& fine, Index r, Move move) {
    const Index high = fine[1] / r, wide = fine[2] / r;
    for (Index c = 0; c < fine[0]; ++c)
        for (Index y = 0; y < fine[1]; ++y)
            for (Index x = 0; x < fine[2]; ++x)
                move((c * fine[1] + y) * fine[2] + x, (((c * r + y % r) * r + x % r) * high + y / r) * wide + x / r);
}
Tensor shuffled(const Between& b, Tensor t) {
    Tensor after{shuffle_shape(b, t.shape).shape, std::vector<float>(t.values.size())};
    for_each_pixel(after.shape, b.whole("upscale_factor", 1),
                   [&](Index fine, Index coarse) { after.values[fine] = t.values[coarse]; });
    return after;
}
Tensor unshuffled(const Between& b, Tensor t) {
    Tensor after{unshuffle_shape(b, t.shape).shape, std::vector<float>(t.values.size())};
    for_each_pixel(t.shape, b.whole("downscale_factor", 1),
                   [&](Index fine, Index coarse) { after.values[coarse] = t.values[fine]; });
    return after;
}
BetweenGrid shuffle_grid(const Between& b, const Shape&, int axis) {
    const Index r = b.whole("upscale_factor", 1);
    return axis == 0 ? BetweenGrid{.coarser = r * r} : BetweenGrid{.finer = r};
}
BetweenGrid unshuffle_grid(const Between& b, const Shape&, int axis) {
    const Index r = b.whole("downscale_factor", 1);
    return axis == 0 ? BetweenGrid{.finer = r * r} : BetweenGrid{.coarser = r};
}
BetweenShape channel_shuffle_shape(const Between& b, const Shape& shape) {
    const Index groups = b.whole("groups", 1);
    if (shape[0] % groups != 0)
        return {shape, between_problem(fmt::format("{} makes {} groups, which do not divide {}.", title_of(b), groups,
                                                   counted(shape[0], "channel")))};
    return {shape, {}};
}
Tensor channels_shuffled(const Between& b, Tensor t) {
    const Index groups = b.whole("groups", 1), each = t.shape[0] / groups,
                count = static_cast<Index>(t.values.size()) / t.shape[0];
    Tensor after = t;
    for (Index c = 0; c < t.shape[0]; ++c) {
        const Index from = c % groups * each + c / groups;
        std::copy_n(t.values.begin() + from * count, count, after.values.begin() + c * count);
    }
    return after;
}

// The channels come from all over; places stay.
BetweenGrid channels_mixed(const Between& b, const Shape& shape, int axis) {
    return axis == 0 ? whole_grid(b, shape, axis) : BetweenGrid{};
}

constexpr BetweenSetting pad_sizes{.key = "padding",
                                   .takes = Takes::wholes,
                                   .by_default = {},
                                   .keras_default = 1,
                                   .open = Open::needed,
                                   .in_title = true,
                                   .least = -max_field,
                                   .most = max_field};
constexpr BetweenSetting only_padding[] = {pad_sizes};
// The value of a zero pad is fixed; it is a setting so that both are computed alike.
constexpr BetweenSetting zero_settings[] = {
    pad_sizes, {.key = "value", .by_default = 0, .in_torch = false, .least = 0, .most = 0}};
constexpr BetweenSetting constant_settings[] = {
    pad_sizes, {.key = "value", .by_default = {}, .onnx_default = 0, .open = Open::needed, .in_title = true}};
constexpr BetweenSetting factor_setting(const char* key) {
    return {.key = key,
            .takes = Takes::whole,
            .open = Open::needed,
            .in_title = true,
            .least = 1,
            .most = 1024,
            .start = 2};
}
constexpr BetweenSetting shuffle_settings[] = {factor_setting("upscale_factor")};
constexpr BetweenSetting unshuffle_settings[] = {factor_setting("downscale_factor")};
constexpr BetweenSetting channel_shuffle_settings[] = {factor_setting("groups")};

const BetweenKind padding_table[] = {
    {.json = "zero_pad",
     .torch = "ZeroPad{}d",
     .keras = "ZeroPadding{}D",
     .settings = zero_settings,
     .group = BetweenGroup::padding,
     .says = "adds zeros around; negative numbers cut off",
     .shape = pad_shape,
     .values = padded,
     .grid = pad_grid,
     .offered = true},
    {.json = "constant_pad",
     .torch = "ConstantPad{}d",
     .onnx = "Pad",
     .settings = constant_settings,
     .group = BetweenGroup::padding,
     .says = "adds cells with this value around; negative numbers cut off",
     .shape = pad_shape,
     .values = padded,
     .grid = pad_grid},
    {.json = "reflection_pad",
     .torch = "ReflectionPad{}d",
     .settings = only_padding,
     .group = BetweenGroup::padding,
     .says = "adds the mirrored cells around, without the edge",
     .shape = pad_shape,
     .values = padded,
     .grid = pad_grid},
    {.json = "replication_pad",
     .torch = "ReplicationPad{}d",
     .settings = only_padding,
     .group = BetweenGroup::padding,
     .says = "adds copies of the edge around",
     .shape = pad_shape,
     .values = padded,
     .grid = pad_grid},
    {.json = "circular_pad",
     .torch = "CircularPad{}d",
     .settings = only_padding,
     .group = BetweenGroup::padding,
     .says = "adds the cells of the other side around",
     .shape = pad_shape,
     .values = padded,
     .grid = pad_grid},
    {.json = "pixel_shuffle",
     .torch = "PixelShuffle",
     .settings = shuffle_settings,
     .group = BetweenGroup::shape,
     .says = "makes a square of pixels from each group of channels",
     .shape = shuffle_shape,
     .values = shuffled,
     .grid = shuffle_grid},
    {.json = "pixel_unshuffle",
     .torch = "PixelUnshuffle",
     .settings = unshuffle_settings,
     .group = BetweenGroup::shape,
     .says = "makes channels from each square of pixels",
     .shape = unshuffle_shape,
     .values = unshuffled,
     .grid = unshuffle_grid},
    {.json = "channel_shuffle",
     .torch = "ChannelShuffle",
     .settings = channel_shuffle_settings,
     .group = BetweenGroup::shape,
     .says = "mixes the channels of the groups like cards",
     .shape = channel_shuffle_shape,
     .values = channels_shuffled,
     .grid = channels_mixed},
};

}  // namespace

std::span<const BetweenKind> padding_rows() {
    return padding_table;
}

}  // namespace convloom::arith
