// What changes only the form of a tensor, Linear, global poolings, the joints of branches, and what is not known.
#include <algorithm>
#include <cmath>

#include "core/arith/base/saturating.hpp"
#include "core/arith/chain/between_rows.hpp"

namespace convloom::arith {
namespace {

using Takes = BetweenSetting::Takes;
using Open = BetweenSetting::Open;

// An axis counted as PyTorch does, for which -1 is the last; -1 if it is the batch, and nothing if there is none.
std::optional<int> axis_in(Index dim, const Shape& shape) {
    const auto size = static_cast<Index>(shape.size());
    if (dim < 0) dim += size + 1;
    if (dim < 0 || dim > size) return {};
    return static_cast<int>(dim) - 1;
}

BetweenShape flatten_shape(const Between& b, const Shape& shape) {
    const auto first = axis_in(b.whole("start_dim", 1), shape), last = axis_in(b.whole("end_dim", -1), shape);
    if (!first || !last)
        return {shape, between_problem(fmt::format("{} names an axis that the batch of {} does not have.", title_of(b),
                                                   to_text(shape)))};
    if (*first < 0 || *last < 0)
        return {shape,
                between_problem(fmt::format("{} joins the pictures of a batch; here is one picture, so start_dim is at "
                                            "least 1.",
                                            title_of(b)))};
    if (*last < *first)
        return {shape, between_problem(fmt::format("{} ends before the axis that it begins with.", title_of(b)))};
    Shape after(shape.begin(), shape.begin() + *first);
    Index joined = 1;
    for (int a = *first; a <= *last; ++a) joined *= shape[static_cast<std::size_t>(a)];
    after.push_back(joined);
    after.insert(after.end(), shape.begin() + *last + 1, shape.end());
    return {after, {}};
}

// The wanted sizes with a -1 replaced by what is left of `count`; or why they do not fit.
BetweenShape fitted(const Between& b, std::vector<Index> wanted, Index count) {
    Index known = 1;
    int open = 0;
    for (const Index size : wanted) size == -1 ? void(++open) : void(known = saturating_product(known, size));
    if (wanted.empty() || open > 1 || std::any_of(wanted.begin(), wanted.end(), [](Index n) { return n == 0; }) ||
        (open == 0 ? known != count : count % known != 0))
        return {wanted, between_problem(fmt::format("{} does not take {}.", title_of(b), counted(count, "value")))};
    std::replace(wanted.begin(), wanted.end(), Index{-1}, count / known);
    return {wanted, {}};
}
BetweenShape unflatten_shape(const Between& b, const Shape& shape) {
    const auto axis = axis_in(b.whole("dim", 1), shape);
    if (!axis || *axis < 0)
        return {shape,
                between_problem(fmt::format("{} names an axis that {} does not have.", title_of(b), to_text(shape)))};
    const BetweenShape inner = fitted(b, b.wholes("unflattened_size"), shape[static_cast<std::size_t>(*axis)]);
    if (inner.problem) return {shape, inner.problem};
    Shape after(shape.begin(), shape.begin() + *axis);
    after.insert(after.end(), inner.shape.begin(), inner.shape.end());
    after.insert(after.end(), shape.begin() + *axis + 1, shape.end());
    return {after, {}};
}
BetweenShape reshape_shape(const Between& b, const Shape& shape) {
    const BetweenShape inner = fitted(b, b.wholes("shape"), *element_count(shape));
    return inner.problem ? BetweenShape{shape, inner.problem} : inner;
}
// The values stay in their order.
Tensor reshaped(const Between& b, Tensor t) {
    t.shape = b.kind->shape(b, t.shape).shape;
    return t;
}

BetweenShape linear_shape(const Between& b, const Shape& shape) {
    const Index features = b.whole("in_features");
    if (features != 0 && features != shape.back()) {
        const std::string wanted = counted(features, "feature"), given = to_text(shape);
        if (element_count(shape) == features)
            return {shape,
                    between_problem(fmt::format("{} takes {}, but it is given {}; a Flatten in front of it gives "
                                                "that many.",
                                                title_of(b), wanted, given))};
        return {shape, between_problem(fmt::format("{} takes {}, but it is given {}.", title_of(b), wanted, given))};
    }
    Shape after = shape;
    after.back() = b.whole("out_features", 1);
    return {after, {}};
}
Index linear_weights(const Between& b, const Shape& shape) {
    return saturating_product(shape.back(), b.whole("out_features", 1));
}
Index linear_parameters(const Between& b, const Shape& shape) {
    return saturating_sum(linear_weights(b, shape), b.flag("bias") ? b.whole("out_features", 1) : 0);
}
Index linear_multiplications(const Between& b, const Shape& shape) {
    return saturating_product(*element_count(shape) / shape.back(), linear_weights(b, shape));
}

BetweenShape global_shape(const Between& b, const Shape& shape) {
    if (auto problem = rank_problem(b, shape)) return {shape, problem};
    return {b.flag("keepdims") ? [&] {
                Shape after(shape.size(), 1);
                after[0] = shape[0];
                return after;
            }() : Shape{shape[0]},
            {}};
}
Tensor pooled(const Between& b, Tensor t) {
    Tensor after{global_shape(b, t.shape).shape, {}};
    const Index count = static_cast<Index>(t.values.size()) / t.shape[0];
    for (Index c = 0; c < t.shape[0]; ++c) {
        const auto first = t.values.begin() + c * count;
        double sum = 0;
        for (Index n = 0; n < count; ++n) sum += first[n];
        after.values.push_back(std::string_view(b.kind->json) == "global_max_pool"
                                   ? *std::max_element(first, first + count)
                                   : static_cast<float>(sum / static_cast<double>(count)));
    }
    return after;
}

BetweenShape glu_shape(const Between& b, const Shape& shape) {
    const BetweenAxis at = axis_of(b, "dim", shape, static_cast<int>(shape.size()) - 1);
    if (at.problem) return {shape, at.problem};
    Shape after = shape;
    Index& size = after[static_cast<std::size_t>(at.axis)];
    if (size % 2 != 0)
        return {shape, between_problem(
                           fmt::format("{} halves an axis, but the one that it is given has {}.", title_of(b), size))};
    size /= 2;
    return {after, {}};
}
Tensor glu_of(const Between& b, Tensor t) {
    const BetweenAxis at = axis_of(b, "dim", t.shape, static_cast<int>(t.shape.size()) - 1);
    Tensor after{glu_shape(b, t.shape).shape, {}};
    Index block = 1;  // the cells of one half, which lie in a row
    for (std::size_t n = static_cast<std::size_t>(at.axis); n < after.shape.size(); ++n) block *= after.shape[n];
    for (Index n = 0; n < static_cast<Index>(t.values.size()); n += 2 * block)
        for (Index i = n; i < n + block; ++i)
            after.values.push_back(static_cast<float>(t.values[i] / (1 + std::exp(-t.values[i + block]))));
    return after;
}

// The branch that is joined is not part of the chain: its channels are zeros.
BetweenShape concat_shape(const Between& b, const Shape& shape) {
    Shape after = shape;
    after[0] += b.whole("channels");
    return {after, {}};
}
Tensor concatenated(const Between& b, Tensor t) {
    t.shape = concat_shape(b, t.shape).shape;
    t.values.resize(static_cast<std::size_t>(*element_count(t.shape)));
    return t;
}

constexpr BetweenSetting whole_setting(const char* key, std::optional<double> by_default, double least, double most,
                                       Open open = Open::has_default) {
    return {.key = key,
            .takes = Takes::whole,
            .by_default = by_default,
            .open = open,
            .in_title = open != Open::has_default,
            .least = least,
            .most = most};
}
constexpr BetweenSetting flatten_settings[] = {whole_setting("start_dim", 1, -5, 4),
                                               whole_setting("end_dim", -1, -5, 4)};
constexpr BetweenSetting unflatten_settings[] = {whole_setting("dim", {}, -5, 4, Open::needed),
                                                 {.key = "unflattened_size",
                                                  .takes = Takes::wholes,
                                                  .open = Open::needed,
                                                  .in_title = true,
                                                  .least = -1,
                                                  .most = max_field}};
constexpr BetweenSetting reshape_settings[] = {
    {.key = "shape", .takes = Takes::wholes, .open = Open::needed, .in_title = true, .least = -1, .most = max_field}};
constexpr BetweenSetting linear_settings[] = {
    whole_setting("in_features", {}, 1, max_field, Open::last_size),
    {.key = "out_features",
     .takes = Takes::whole,
     .open = Open::needed,
     .in_title = true,
     .keras = "units",
     .least = 1,
     .most = max_field,
     .start = 10},
    {.key = "bias", .takes = Takes::flag, .by_default = 1, .keras = "use_bias"}};
constexpr BetweenSetting global_settings[] = {
    {.key = "keepdims", .takes = Takes::flag, .by_default = 0, .onnx_default = 1, .keras = "keepdims"}};
constexpr BetweenSetting concat_settings[] = {whole_setting("channels", 0, 0, max_field)};

constexpr BetweenSetting glu_settings[] = {
    {.key = "dim", .takes = Takes::whole, .by_default = -1, .least = -4, .most = 3}};

const BetweenKind shape_table[] = {
    {.json = "glu",
     .torch = "GLU",
     .activation = "glu",
     .settings = glu_settings,
     .says = "the first half times the sigmoid of the second",
     .shape = glu_shape,
     .values = glu_of,
     .grid = whole_grid},
    {.json = "identity",
     .torch = "Identity",
     .keras = "Identity",
     .onnx = "Identity",
     .activation = "linear,identity",
     .group = BetweenGroup::shape,
     .says = "passes everything on"},
    {.json = "flatten",
     .torch = "Flatten",
     .keras = "Flatten",
     .onnx = "Flatten",
     .settings = flatten_settings,
     .group = BetweenGroup::shape,
     .says = "puts all values in a row",
     .shape = flatten_shape,
     .values = reshaped,
     .grid = whole_grid,
     .offered = true},
    {.json = "unflatten",
     .torch = "Unflatten",
     .settings = unflatten_settings,
     .group = BetweenGroup::shape,
     .says = "splits an axis into several",
     .shape = unflatten_shape,
     .values = reshaped,
     .grid = whole_grid},
    {.json = "reshape",
     .keras = "Reshape",
     .onnx = "Reshape",
     .settings = reshape_settings,
     .group = BetweenGroup::shape,
     .says = "the same values in another shape",
     .shape = reshape_shape,
     .values = reshaped,
     .grid = whole_grid},
    {.json = "linear",
     .torch = "Linear",
     .keras = "Dense",
     .onnx = "Gemm",
     .aliases = "LazyLinear",
     .settings = linear_settings,
     .group = BetweenGroup::linear,
     .says = "each output is a weighted sum of all inputs",
     .shape = linear_shape,
     .shape_only = true,
     .grid = whole_grid,
     .parameters = linear_parameters,
     .multiplications = linear_multiplications,
     .offered = true},
    {.json = "global_avg_pool",
     .keras = "GlobalAveragePooling{}D,GlobalAvgPool{}D",
     .onnx = "GlobalAveragePool",
     .settings = global_settings,
     .group = BetweenGroup::shape,
     .says = "the mean of each channel",
     .torch_instead = "AdaptiveAvgPool{}d(1)",
     .shape = global_shape,
     .values = pooled,
     .grid = whole_grid},
    {.json = "global_max_pool",
     .keras = "GlobalMaxPooling{}D,GlobalMaxPool{}D",
     .onnx = "GlobalMaxPool",
     .settings = global_settings,
     .group = BetweenGroup::shape,
     .says = "the largest value of each channel",
     .torch_instead = "AdaptiveMaxPool{}d(1)",
     .shape = global_shape,
     .values = pooled,
     .grid = whole_grid},
    {.json = "add",
     .keras = "Add",
     .onnx = "Add,Sum",
     .group = BetweenGroup::joint,
     .says = "adds a branch, which is passed over here"},
    {.json = "multiply",
     .keras = "Multiply",
     .onnx = "Mul",
     .group = BetweenGroup::joint,
     .says = "multiplies with a branch, which is passed over here"},
    {.json = "concat",
     .keras = "Concatenate",
     .onnx = "Concat",
     .settings = concat_settings,
     .group = BetweenGroup::joint,
     .says = "puts the channels of a branch behind these; the branch is passed over here",
     .shape = concat_shape,
     .values = concatenated},
    {.json = "unknown", .group = BetweenGroup::unknown, .says = "not known here, the shape is kept"},
};

}  // namespace

std::span<const BetweenKind> shape_rows() {
    return shape_table;
}

}  // namespace convloom::arith
