// The shapes of what slides over its input: convolutions, poolings, and operators that resize.
// Formulas: ONNX's operator pages, the same as in core/arith/layer/output_size.hpp.
#include <algorithm>
#include <cmath>

#include "core/network/shapes/rule.hpp"

namespace convloom::network {
namespace {

// The numbers of the spatial axes, each list as long as there are such axes.
struct Windows {
    Sizes kernel, strides, dilations, before, after;
    std::string auto_pad;
};

Sizes for_axes(const Call& call, std::string_view attribute, std::size_t axes, Index otherwise) {
    Sizes numbers = call.numbers(attribute).value_or(Sizes(axes, otherwise));
    if (numbers.size() != axes)
        fault("“{}” has {} numbers; the input has {} spatial axes.", attribute, numbers.size(), axes);
    return numbers;
}

void expect_positive(const Sizes& numbers, std::string_view attribute) {
    for (const Index number : numbers)
        if (number < 1) fault("“{}” holds {}; it must be at least 1.", attribute, number);
}

Windows windows_of(const Call& call, std::size_t axes, const Sizes& kernel) {
    Windows w;
    w.kernel = kernel.empty() ? for_axes(call, "kernel_shape", axes, 0) : kernel;
    w.strides = for_axes(call, "strides", axes, 1);
    w.dilations = for_axes(call, "dilations", axes, 1);
    expect_positive(w.kernel, "kernel_shape");
    expect_positive(w.strides, "strides");
    expect_positive(w.dilations, "dilations");
    const Sizes pads = for_axes(call, "pads", 2 * axes, 0);  // all beginnings, then all ends
    w.before.assign(pads.begin(), pads.begin() + static_cast<std::ptrdiff_t>(axes));
    w.after.assign(pads.begin() + static_cast<std::ptrdiff_t>(axes), pads.end());
    w.auto_pad = call.text("auto_pad", "NOTSET");
    if (w.auto_pad != "NOTSET" && w.auto_pad != "VALID" && w.auto_pad != "SAME_UPPER" && w.auto_pad != "SAME_LOWER")
        fault("“auto_pad” is {}; known are NOTSET, VALID, SAME_UPPER and SAME_LOWER.", w.auto_pad);
    if (w.auto_pad != "NOTSET") w.before.assign(axes, 0), w.after.assign(axes, 0);
    return w;
}

Index windows_along(const Windows& w, std::size_t axis, Index size, bool ceil) {
    if (size < 0) return unknown_size;
    const Index stride = w.strides[axis];
    if (w.auto_pad.starts_with("SAME")) return (size + stride - 1) / stride;
    const Index reach = plus(times(w.dilations[axis], w.kernel[axis] - 1), 1);
    Index padded = 0;
    if (__builtin_add_overflow(size, w.before[axis], &padded) || __builtin_add_overflow(padded, w.after[axis], &padded))
        fault("The padding of axis {} is more than can be counted.", axis);
    if (padded < reach) fault("The window reaches over {} cells, the padded input has {}.", reach, padded);
    const Index room = padded - reach;
    Index out = room / stride + 1;
    // A last window that would begin in the padding after the input is dropped.
    if (ceil && room % stride != 0 && out * stride < size + w.before[axis]) ++out;
    return out;
}

void slide(Call& call, const Sizes& x, const Sizes& kernel, Index channels, bool ceil = false) {
    if (x.size() < 3) fault("The input {} has no spatial axes.", sizes_text(x));
    const Windows w = windows_of(call, x.size() - 2, kernel);
    Sizes out = {x[0], channels};
    for (std::size_t a = 0; a < w.kernel.size(); ++a) out.push_back(windows_along(w, a, x[a + 2], ceil));
    call.give(std::move(out));
}

void check_channels(const Call& call, Index channels, Index expected) {
    if (channels >= 0 && expected >= 0 && channels != expected)
        fault("The input has {} channels; the weights with group={} expect {}.", channels, call.number("group", 1),
              expected);
}

void convolve(Call& call, std::size_t weights) {
    const Sizes *x = call.sizes(0), *w = call.sizes(weights);
    if (x == nullptr || w == nullptr) return;
    if (x->size() != w->size() || w->size() < 3)
        fault("The input {} and the weights {} must have the same number of axes, at least 3.", sizes_text(*x),
              sizes_text(*w));
    check_channels(call, (*x)[1], times((*w)[1], call.number("group", 1)));
    const Sizes kernel(w->begin() + 2, w->end());
    if (const auto said = call.numbers("kernel_shape"); said && *said != kernel && element_count(kernel))
        fault("“kernel_shape” is {}, the weights are {}.", sizes_text(*said), sizes_text(*w));
    slide(call, *x, kernel, (*w)[0]);
}

void conv(Call& call) {
    convolve(call, 1);
}
void qlinear_conv(Call& call) {
    convolve(call, 3);
    if (call.has(7)) call.give(call.in(7).type);
}
void conv_integer(Call& call) {
    convolve(call, 1);
    call.give(ElementType::int32);
}

void conv_transpose(Call& call) {
    const Sizes *x = call.sizes(0), *weights = call.sizes(1);
    if (x == nullptr || weights == nullptr) return;
    if (x->size() != weights->size() || x->size() < 3)
        fault("The input {} and the weights {} must have the same number of axes, at least 3.", sizes_text(*x),
              sizes_text(*weights));
    check_channels(call, (*x)[1], (*weights)[0]);
    const std::size_t axes = x->size() - 2;
    const Windows w = windows_of(call, axes, Sizes(weights->begin() + 2, weights->end()));
    const Sizes extra = for_axes(call, "output_padding", axes, 0);
    Sizes out = {(*x)[0], times((*weights)[1], call.number("group", 1))};
    const std::optional<Sizes> asked = call.numbers("output_shape");
    for (std::size_t a = 0; a < axes; ++a) {
        const Index size = (*x)[a + 2];
        if (asked && asked->size() >= axes)
            out.push_back((*asked)[asked->size() - axes + a]);
        else if (size < 0)
            out.push_back(unknown_size);
        else if (w.auto_pad.starts_with("SAME"))
            out.push_back(times(size, w.strides[a]));
        else
            out.push_back(plus(times(w.strides[a], size - 1), plus(times(w.dilations[a], w.kernel[a] - 1), 1)) +
                          extra[a] - w.before[a] - w.after[a]);
        if (size >= 0 && out.back() < 1) fault("Axis {} of the output would have the size {}.", a + 2, out.back());
    }
    call.give(std::move(out));
}

void pool(Call& call) {
    if (const Sizes* x = call.sizes(0)) {
        slide(call, *x, {}, x->size() > 1 ? (*x)[1] : unknown_size, call.number("ceil_mode", 0) != 0);
        if (call.output_count() > 1 && call.out().sizes) call.give(*call.out().sizes, 1);
    }
    if (call.output_count() > 1) call.give(ElementType::int64, 1);
}

void global_pool(Call& call) {
    const Sizes* x = call.sizes(0);
    if (x == nullptr) return;
    if (x->size() < 3) fault("The input {} has no spatial axes.", sizes_text(*x));
    Sizes out(x->size(), 1);
    out[0] = (*x)[0];
    out[1] = (*x)[1];
    call.give(std::move(out));
}

void max_unpool(Call& call) {
    const Sizes* x = call.sizes(0);
    if (x == nullptr || x->size() < 3) return;
    if (const auto asked = call.whole(2)) return call.give(*asked);
    const std::size_t axes = x->size() - 2;
    const Windows w = windows_of(call, axes, {});
    Sizes out = {(*x)[0], (*x)[1]};
    for (std::size_t a = 0; a < axes; ++a)
        out.push_back((*x)[a + 2] < 0 ? unknown_size
                                      : times((*x)[a + 2] - 1, w.strides[a]) + w.kernel[a] - w.before[a] - w.after[a]);
    call.give(std::move(out));
}

// The sizes times factors, rounded down.
void scaled(Call& call, const Sizes& x, const std::vector<double>& factors, const Sizes& axes) {
    Sizes out = x;
    if (factors.size() != axes.size()) fault("There are {} scales for {} axes.", factors.size(), axes.size());
    for (std::size_t n = 0; n < axes.size(); ++n) {
        Index& size = out[axis_of(axes[n], x.size())];
        const double scaled = std::floor(static_cast<double>(size) * factors[n]);
        if (!(factors[n] > 0) || scaled > 1e15) fault("The scale {} of axis {} is not possible.", factors[n], axes[n]);
        if (size >= 0) size = static_cast<Index>(scaled);
    }
    call.give(std::move(out));
}

Sizes all_axes(const Sizes& x) {
    Sizes axes(x.size());
    for (std::size_t n = 0; n < x.size(); ++n) axes[n] = static_cast<Index>(n);
    return axes;
}

void resize(Call& call) {
    const Sizes* x = call.sizes(0);
    if (x == nullptr) return;
    const Sizes axes = call.numbers("axes").value_or(all_axes(*x));
    const bool old = call.opset > 0 && call.opset < 11;  // X, scales
    if (const auto asked = old ? std::optional<Sizes>() : call.whole(3); asked && !asked->empty()) {
        if (asked->size() != axes.size()) fault("There are {} sizes for {} axes.", asked->size(), axes.size());
        if (call.text("keep_aspect_ratio_policy", "stretch") != "stretch")
            return call.give(Sizes(x->size(), unknown_size));
        Sizes out = *x;
        for (std::size_t n = 0; n < axes.size(); ++n) out[axis_of(axes[n], x->size())] = (*asked)[n];
        return call.give(std::move(out));
    }
    if (const std::vector<double>* factors = call.values(old ? 1 : 2); factors != nullptr && !factors->empty())
        return scaled(call, *x, *factors, axes);
    call.give(Sizes(x->size(), unknown_size));
}

void upsample(Call& call) {
    const Sizes* x = call.sizes(0);
    if (x == nullptr) return;
    const Attribute* scales = call.node.attribute("scales");
    if (scales != nullptr)
        return scaled(call, *x, std::vector<double>(scales->reals.begin(), scales->reals.end()), all_axes(*x));
    if (const std::vector<double>* factors = call.values(1)) return scaled(call, *x, *factors, all_axes(*x));
    call.give(Sizes(x->size(), unknown_size));
}

void depth_to_space(Call& call) {
    const Sizes* x = call.sizes(0);
    if (x == nullptr) return;
    const Index block = call.number("blocksize", 0);
    if (x->size() != 4 || block < 1 || block > 1 << 20)
        fault("The input {} with blocksize={} is not possible.", sizes_text(*x), block);
    const Index channels = (*x)[1];
    if (channels > 0 && channels % (block * block) != 0)
        fault("{} channels cannot be divided by {}.", channels, block * block);
    call.give({(*x)[0], channels < 0 ? unknown_size : channels / (block * block), times((*x)[2], block),
               times((*x)[3], block)});
}

void space_to_depth(Call& call) {
    const Sizes* x = call.sizes(0);
    if (x == nullptr) return;
    const Index block = call.number("blocksize", 0);
    if (x->size() != 4 || block < 1 || block > 1 << 20)
        fault("The input {} with blocksize={} is not possible.", sizes_text(*x), block);
    for (const Index size : {(*x)[2], (*x)[3]})
        if (size > 0 && size % block != 0) fault("The size {} cannot be divided by {}.", size, block);
    auto part = [&](Index size) { return size < 0 ? unknown_size : size / block; };
    call.give({(*x)[0], times((*x)[1], block * block), part((*x)[2]), part((*x)[3])});
}

void roi_align(Call& call) {
    const Sizes *x = call.sizes(0), *rois = call.sizes(1);
    if (x == nullptr || x->size() != 4) return;
    call.give({rois != nullptr && !rois->empty() ? (*rois)[0] : unknown_size, (*x)[1], call.number("output_height", 1),
               call.number("output_width", 1)});
}

void grid_sample(Call& call) {
    const Sizes *x = call.sizes(0), *grid = call.sizes(1);
    if (x == nullptr || grid == nullptr || x->size() != grid->size() || x->size() < 3) return;
    Sizes out = {(*x)[0], (*x)[1]};
    out.insert(out.end(), grid->begin() + 1, grid->end() - 1);
    call.give(std::move(out));
}

constexpr NamedRule window_rules[] = {
    {"Conv", conv},
    {"ConvInteger", conv_integer},
    {"QLinearConv", qlinear_conv},
    {"DeformConv", conv},
    {"ConvTranspose", conv_transpose},
    {"MaxPool", pool},
    {"AveragePool", pool},
    {"LpPool", pool},
    {"GlobalAveragePool", global_pool},
    {"GlobalMaxPool", global_pool},
    {"GlobalLpPool", global_pool},
    {"MaxUnpool", max_unpool},
    {"Resize", resize},
    {"Upsample", upsample},
    {"DepthToSpace", depth_to_space},
    {"SpaceToDepth", space_to_depth},
    {"RoiAlign", roi_align},
    {"GridSample", grid_sample},
};

}  // namespace

std::span<const NamedRule> rules_for_windows() {
    return window_rules;
}

}  // namespace convloom::network
