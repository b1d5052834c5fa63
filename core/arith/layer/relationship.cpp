#include "core/arith/layer/relationship.hpp"

#include <algorithm>
#include <cstdlib>
#include <tuple>

#include "core/arith/layer/output_size.hpp"

namespace convloom::arith {
namespace {

constexpr Relationship relationships[] = {
    {0, "", "none of the fifteen"},
    {1, "o = (i - k) + 1", "no padding, unit strides"},
    {2, "o = (i - k) + 2p + 1", "any padding, unit strides"},
    {3, "o = i", "half (same) padding, odd kernel, unit strides"},
    {4, "o = i + (k - 1)", "full padding, unit strides"},
    {5, "o = floor((i - k) / s) + 1", "no padding, any strides"},
    {6, "o = floor((i + 2p - k) / s) + 1", "any padding, any strides"},
    {7, "o = floor((i - k) / s) + 1", "pooling"},
    {8, "o' = i' + (k - 1)", "transposed; no padding, unit strides; p' = k-1"},
    {9, "o' = i' + (k - 1) - 2p", "transposed; any padding, unit strides; p' = k-p-1"},
    {10, "o' = i'", "transposed; half (same) padding, odd kernel, unit strides; p' = p"},
    {11, "o' = i' - (k - 1)", "transposed; full padding, unit strides; p' = 0"},
    {12, "o' = s(i' - 1) + k", "transposed; no padding, any strides; p' = k-1, s-1 zeros between"},
    {13, "o' = s(i' - 1) + k - 2p", "transposed; any padding, any strides; p' = k-p-1, s-1 zeros between"},
    {14, "o' = s(i' - 1) + a + k - 2p", "transposed; any padding, any strides; a more rows at the end"},
    {15, "o = floor((i + 2p - k - (k-1)(d-1)) / s) + 1", "dilated; any padding, any strides"},
};

int number_of(const Layer& layer, const Axis& a) {
    if (a.pad_before != a.pad_after) return 0;
    const Index p = a.pad_before, k = a.kernel;
    const bool half = k % 2 == 1 && p == k / 2 && p > 0, full = p == k - 1 && p > 0;
    switch (layer.op) {
        case Op::convolution:
        case Op::deformable_convolution:
        case Op::partial_convolution:
        case Op::unfold:
            if (a.dilation != 1) return 15;
            if (a.stride != 1) return p == 0 ? 5 : 6;
            return p == 0 ? 1 : half ? 3 : full ? 4 : 2;
        case Op::transposed_convolution:
            if (a.dilation != 1) return 0;
            if (a.output_padding != 0) return 14;
            if (a.stride != 1) return p == 0 ? 12 : 13;
            return p == 0 ? 8 : half ? 10 : full ? 11 : 9;
        case Op::adaptive_average_pooling:
        case Op::adaptive_max_pooling:
        case Op::upsample_nearest:
        case Op::upsample_linear:
        case Op::max_unpooling:
        case Op::fold:
            return 0;
        case Op::average_pooling:
        case Op::max_pooling:
        case Op::lp_pooling:
            return p == 0 && a.dilation == 1 && !layer.ceil_mode ? 7 : 0;
    }
    std::abort();
}

bool in_range(const Axis& axis) {
    const auto numbers = {axis.size, axis.kernel, axis.stride, axis.dilation};
    return std::all_of(numbers.begin(), numbers.end(), [](Index n) { return n >= 1 && n <= max_field; });
}

// An odd cell goes after the input, except for same_lower.
std::pair<Index, Index> split(Index total, PaddingRule rule) {
    const Index less = total / 2, more = total - less;
    return rule == PaddingRule::same_lower ? std::pair{more, less} : std::pair{less, more};
}

// ONNX: total = s(i-1) + output padding + extent - i·s. The input's size cancels out.
void crop_to_same(Axis& axis, PaddingRule rule) {
    axis.pad_before = axis.pad_after = 0;
    if (!in_range(axis) || axis.output_padding < 0 || axis.output_padding > max_field) return;
    const Index total = kernel_extent(axis) + axis.output_padding - axis.stride;
    if (total >= 0)
        std::tie(axis.pad_before, axis.pad_after) = split(total, rule);
    else
        axis.output_padding -= total;
}

}  // namespace

Relationship relationship(const Layer& layer, int axis) {
    return relationships[number_of(layer, layer.axes[axis])];
}

std::pair<Index, Index> padding_for(PaddingRule rule, const Axis& axis) {
    if (!in_range(axis)) return {0, 0};
    const Index reach = kernel_extent(axis) - 1;
    switch (rule) {
        case PaddingRule::valid:
            return {0, 0};
        case PaddingRule::full:
            return {reach, reach};
        case PaddingRule::same:
            return {reach / 2, reach - reach / 2};
        case PaddingRule::same_upper:
        case PaddingRule::same_lower:
            break;
    }
    const Index outputs = (axis.size + axis.stride - 1) / axis.stride;
    const Index total = std::max<Index>(0, (outputs - 1) * axis.stride + reach + 1 - axis.size);
    return split(total, rule);
}

void set_padding(Layer& layer, PaddingRule rule) {
    for (Axis& axis : layer.axes) {
        const bool same = rule != PaddingRule::valid && rule != PaddingRule::full;
        if (layer.is_transposed() && same)
            crop_to_same(axis, rule);
        else
            std::tie(axis.pad_before, axis.pad_after) = padding_for(rule, axis);
    }
}

EquivalentDirect equivalent_direct(const Axis& axis) {
    const Index reach = kernel_extent(axis) - 1;
    return {axis.stride - 1, axis.stride * (axis.size - 1) + 1, reach - axis.pad_before,
            reach - axis.pad_after + axis.output_padding, axis.output_padding};
}

}  // namespace convloom::arith
