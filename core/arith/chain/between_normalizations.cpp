// Normalizations, with the statistics they have when they are made, and dropout, which evaluation passes through.
#include <algorithm>
#include <cmath>

#include "core/arith/base/saturating.hpp"
#include "core/arith/chain/between_rows.hpp"

namespace convloom::arith {
namespace {

using Takes = BetweenSetting::Takes;
using Open = BetweenSetting::Open;
using Changes = BetweenSetting::Changes;

Index spatial_count(const Shape& shape) {
    Index n = 1;
    for (std::size_t a = 1; a < shape.size(); ++a) n *= shape[a];
    return n;
}

// The places of the values that are normalized together: `count` of them from `first` on, `step` apart.
void normalize(std::vector<float>& values, Index first, Index count, Index step, double eps) {
    double mean = 0, variance = 0;
    for (Index n = 0; n < count; ++n) mean += values[first + n * step];
    mean /= static_cast<double>(count);
    for (Index n = 0; n < count; ++n) {
        const double away = values[first + n * step] - mean;
        variance += away * away;
    }
    const double scale = 1 / std::sqrt(variance / static_cast<double>(count) + eps);
    for (Index n = 0; n < count; ++n) {
        float& value = values[first + n * step];
        value = static_cast<float>((value - mean) * scale);
    }
}

// The first problem of a shape for which a number of channels is written down.
std::optional<Problem> channels_problem(const Between& b, const char* key, const Shape& shape) {
    const Index channels = b.whole(key);
    if (channels == 0 || channels == shape[0]) return {};
    return between_problem(counting({{channels, "channel"}}, "{} takes {} channels, but it is given {}.", title_of(b),
                                    channels, shape[0]));
}

// BatchNorm1d also takes channels alone, as they are after Flatten.
BetweenShape batch_norm_shape(const Between& b, const Shape& shape) {
    if (!(b.rank == 1 && shape.size() == 1))
        if (auto problem = rank_problem(b, shape)) return {shape, problem};
    return {shape, channels_problem(b, "num_features", shape)};
}
BetweenShape instance_norm_shape(const Between& b, const Shape& shape) {
    if (auto problem = rank_problem(b, shape)) return {shape, problem};
    if (shape.size() == 1)
        return {shape,
                between_problem(fmt::format(
                    "{} normalizes each channel by itself, and there is one value for each here.", title_of(b)))};
    return {shape, channels_problem(b, "num_features", shape)};
}
Tensor instance_norm_of(const Between& b, Tensor t) {
    const Index count = spatial_count(t.shape);
    for (Index c = 0; c < t.shape[0]; ++c) normalize(t.values, c * count, count, 1, b.number("eps"));
    return t;
}
Tensor batch_norm_of(const Between& b, Tensor t) {
    if (!b.flag("track_running_stats")) return instance_norm_of(b, std::move(t));
    const double scale = 1 / std::sqrt(1 + b.number("eps"));
    for (float& value : t.values) value = static_cast<float>(value * scale);
    return t;
}
BetweenShape group_norm_shape(const Between& b, const Shape& shape) {
    if (auto problem = channels_problem(b, "num_channels", shape)) return {shape, problem};
    const Index groups = b.whole("num_groups", 1);
    if (shape[0] % groups != 0)
        return {shape, between_problem(fmt::format("{} makes {} groups, which do not divide {}.", title_of(b), groups,
                                                   counted(shape[0], "channel")))};
    return {shape, {}};
}
Tensor group_norm_of(const Between& b, Tensor t) {
    const Index groups = b.whole("num_groups", 1), count = t.shape[0] / groups * spatial_count(t.shape);
    for (Index g = 0; g < groups; ++g) normalize(t.values, g * count, count, 1, b.number("eps"));
    return t;
}
// Over the last axes, which normalized_shape names; without it, as in Keras, over the channels of each place.
BetweenShape layer_norm_shape(const Between& b, const Shape& shape) {
    const std::vector<Index> wanted = b.wholes("normalized_shape");
    if (wanted.size() > shape.size() || !std::equal(wanted.rbegin(), wanted.rend(), shape.rbegin()))
        return {shape, between_problem(fmt::format("{} normalizes over {}, but it is given {}.", title_of(b),
                                                   to_text(wanted), to_text(shape)))};
    return {shape, {}};
}
Tensor layer_norm_of(const Between& b, Tensor t) {
    const std::vector<Index> over = b.wholes("normalized_shape");
    const Index whole = static_cast<Index>(t.values.size()), places = spatial_count(t.shape);
    if (over.empty()) {
        for (Index n = 0; n < places; ++n) normalize(t.values, n, t.shape[0], places, b.number("eps"));
        return t;
    }
    const Index count = *element_count(over);
    for (Index n = 0; n < whole; n += count) normalize(t.values, n, count, 1, b.number("eps"));
    return t;
}
// Divides by the sum of the squares in neighbouring channels, those before first where `size` is even.
Tensor local_response_norm_of(const Between& b, Tensor t) {
    const Index size = b.whole("size", 1), count = spatial_count(t.shape), channels = t.shape[0];
    const Tensor from = t;
    for (Index n = 0; n < count; ++n) {
        // A running sum, since `size` may be as large as the number of channels.
        std::vector<double> sums(static_cast<std::size_t>(channels) + 1);
        for (Index c = 0; c < channels; ++c) {
            const double value = from.values[c * count + n];
            sums[c + 1] = sums[c] + value * value;
        }
        for (Index c = 0; c < channels; ++c) {
            const Index first = std::max<Index>(c - size / 2, 0), end = std::min(c + (size - 1) / 2 + 1, channels);
            const double mean = (sums[end] - sums[first]) / static_cast<double>(size);
            t.values[c * count + n] = static_cast<float>(
                from.values[c * count + n] / std::pow(b.number("k") + b.number("alpha") * mean, b.number("beta")));
        }
    }
    return t;
}

// A weight and a bias for each channel.
Index two_each(const Between& b, const Shape& shape) {
    return b.flag("affine") ? 2 * shape[0] : 0;
}
Index weight_and_bias(const Between& b, const Shape& shape) {
    return b.flag("affine") ? (b.flag("center") + b.flag("scale")) * shape[0] : 0;
}
Index layer_norm_parameters(const Between& b, const Shape& shape) {
    if (!b.flag("elementwise_affine")) return 0;
    const std::vector<Index> over = b.wholes("normalized_shape");
    return saturating_product(b.flag("bias") ? 2 : 1, over.empty() ? shape[0] : element_count(over).value_or(0));
}
constexpr BetweenSetting eps{
    .key = "eps", .by_default = 1e-5, .keras_default = 1e-3, .keras = "epsilon", .onnx = "epsilon", .least = 0};
constexpr BetweenSetting batch_momentum{
    .key = "momentum", .by_default = 0.1, .changes = Changes::training, .keras = "momentum", .onnx = "momentum"};
constexpr BetweenSetting affine{.key = "affine", .takes = Takes::flag, .by_default = 1};
constexpr BetweenSetting num_features{.key = "num_features",
                                      .takes = Takes::whole,
                                      .open = Open::channels,
                                      .in_title = true,
                                      .least = 1,
                                      .most = max_field};
constexpr BetweenSetting batch_norm_settings[] = {
    num_features,
    eps,
    batch_momentum,
    affine,
    {.key = "track_running_stats", .takes = Takes::flag, .by_default = 1},
    {.key = "center", .takes = Takes::flag, .by_default = 1, .in_torch = false, .keras = "center"},
    {.key = "scale", .takes = Takes::flag, .by_default = 1, .in_torch = false, .keras = "scale"}};
constexpr BetweenSetting instance_norm_settings[] = {
    num_features,
    {.key = "eps", .by_default = 1e-5, .onnx = "epsilon", .least = 0},
    batch_momentum,
    {.key = "affine", .takes = Takes::flag, .by_default = 0, .onnx_default = 1},
    {.key = "track_running_stats", .takes = Takes::flag, .by_default = 0, .changes = Changes::training}};
constexpr BetweenSetting group_norm_settings[] = {{.key = "num_groups",
                                                   .takes = Takes::whole,
                                                   .by_default = {},
                                                   .keras_default = 32,
                                                   .open = Open::needed,
                                                   .in_title = true,
                                                   .keras = "groups",
                                                   .onnx = "num_groups",
                                                   .least = 1,
                                                   .most = max_field},
                                                  {.key = "num_channels",
                                                   .takes = Takes::whole,
                                                   .open = Open::channels,
                                                   .in_title = true,
                                                   .least = 1,
                                                   .most = max_field},
                                                  eps,
                                                  affine};
constexpr BetweenSetting layer_norm_settings[] = {
    {.key = "normalized_shape",
     .takes = Takes::wholes,
     .open = Open::last_sizes,
     .in_title = true,
     .least = 1,
     .most = max_field},
    eps,
    {.key = "elementwise_affine", .takes = Takes::flag, .by_default = 1},
    {.key = "bias", .takes = Takes::flag, .by_default = 1, .keras = "center"}};
constexpr BetweenSetting local_response_settings[] = {{.key = "size",
                                                       .takes = Takes::whole,
                                                       .open = Open::needed,
                                                       .in_title = true,
                                                       .onnx = "size",
                                                       .least = 1,
                                                       .most = max_field,
                                                       .start = 5},
                                                      {.key = "alpha", .by_default = 1e-4, .onnx = "alpha", .least = 0},
                                                      {.key = "beta", .by_default = 0.75, .onnx = "beta"},
                                                      {.key = "k", .by_default = 1, .onnx = "bias", .least = 1e-6}};
constexpr BetweenSetting dropout_settings[] = {
    {.key = "p", .by_default = 0.5, .in_title = true, .keras = "rate", .onnx = "ratio", .least = 0, .most = 1},
    {.key = "inplace", .takes = Takes::flag, .by_default = 0, .changes = Changes::nothing}};
constexpr BetweenSetting drop_path_settings[] = {
    {.key = "drop_prob", .by_default = 0, .in_title = true, .least = 0, .most = 1},
    {.key = "scale_by_keep", .takes = Takes::flag, .by_default = 1, .changes = Changes::nothing}};

constexpr const char* passes = "passes everything on; in training some values become 0";

const BetweenKind normalization_table[] = {
    {.json = "batch_norm",
     .torch = "BatchNorm{}d",
     .keras = "BatchNormalization",
     .onnx = "BatchNormalization",
     .aliases = "SyncBatchNorm,LazyBatchNorm{}d",
     .settings = batch_norm_settings,
     .group = BetweenGroup::normalization,
     .says = "(x − mean) / √(variance + ε) for each channel, here with the initial mean 0 and variance 1",
     .shape = batch_norm_shape,
     .values = batch_norm_of,
     .parameters = weight_and_bias,
     .offered = true},
    {.json = "instance_norm",
     .torch = "InstanceNorm{}d",
     .onnx = "InstanceNormalization",
     .aliases = "LazyInstanceNorm{}d",
     .settings = instance_norm_settings,
     .group = BetweenGroup::normalization,
     .says = "(x − mean) / √(variance + ε), over each channel by itself",
     .shape = instance_norm_shape,
     .values = instance_norm_of,
     .parameters = two_each},
    {.json = "group_norm",
     .torch = "GroupNorm",
     .keras = "GroupNormalization",
     .onnx = "GroupNormalization",
     .settings = group_norm_settings,
     .group = BetweenGroup::normalization,
     .says = "(x − mean) / √(variance + ε), over each group of channels",
     .shape = group_norm_shape,
     .values = group_norm_of,
     .parameters = two_each},
    {.json = "layer_norm",
     .torch = "LayerNorm",
     .keras = "LayerNormalization",
     .onnx = "LayerNormalization",
     .settings = layer_norm_settings,
     .group = BetweenGroup::normalization,
     .says = "(x − mean) / √(variance + ε), over the axes that it names",
     .shape = layer_norm_shape,
     .values = layer_norm_of,
     .parameters = layer_norm_parameters},
    {.json = "local_response_norm",
     .torch = "LocalResponseNorm",
     .onnx = "LRN",
     .settings = local_response_settings,
     .group = BetweenGroup::normalization,
     .says = "x / (k + α · mean of the squares in neighbouring channels)^β",
     .values = local_response_norm_of},
    {.json = "dropout",
     .torch = "Dropout",
     .keras = "Dropout",
     .onnx = "Dropout",
     .settings = dropout_settings,
     .group = BetweenGroup::dropout,
     .says = passes,
     .offered = true},
    {.json = "channel_dropout",
     .torch = "Dropout{}d",
     .keras = "SpatialDropout{}D",
     .settings = dropout_settings,
     .group = BetweenGroup::dropout,
     .says = "passes everything on; in training some channels become 0"},
    {.json = "alpha_dropout",
     .torch = "AlphaDropout",
     .keras = "AlphaDropout",
     .aliases = "FeatureAlphaDropout",
     .settings = dropout_settings,
     .group = BetweenGroup::dropout,
     .says = passes},
    {.json = "drop_path",
     .torch = "DropPath",
     .aliases = "StochasticDepth",
     .settings = drop_path_settings,
     .group = BetweenGroup::dropout,
     .says = "passes everything on; in training a whole branch is left out at random"},
    {.json = "gaussian_dropout",
     .keras = "GaussianDropout",
     .settings = dropout_settings,
     .group = BetweenGroup::dropout,
     .says = "passes everything on; in training values are multiplied by noise"},
    {.json = "gaussian_noise",
     .keras = "GaussianNoise",
     .group = BetweenGroup::dropout,
     .says = "passes everything on; in training noise is added"},
};

}  // namespace

std::span<const BetweenKind> normalization_rows() {
    return normalization_table;
}

}  // namespace convloom::arith
