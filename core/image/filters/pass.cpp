#include "core/image/filters/pass.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/arith/layer/counts.hpp"

namespace convloom::image {

Pass usual_pass(std::string_view name) {
    const NamedFilter* filter = filter_named(name);
    return {std::string(name), filter ? filter->usual_values() : std::vector<double>{}, {}, {}, true};
}

std::vector<double> values_of(const Pass& pass, const NamedFilter& filter) {
    std::vector<double> values = pass.parameters;
    for (std::size_t n = values.size(); n < filter.parameters.size(); ++n) values.push_back(filter.parameters[n].usual);
    return values;
}

namespace {

// Wide kernels take milliseconds and are needed several times per frame: each thread keeps the last two.
std::vector<Kernel> computed(const NamedFilter& filter, const std::vector<double>& values) {
    if (filter.side(values) <= most_table_side) return filter.kernels(values);
    struct Made {
        const NamedFilter* filter = nullptr;
        std::vector<double> values;
        std::vector<Kernel> kernels;
    };
    thread_local Made last, before;
    if (last.filter != &filter || last.values != values) {
        std::swap(last, before);
        if (last.filter != &filter || last.values != values) last = {&filter, values, filter.kernels(values)};
    }
    return last.kernels;
}

}  // namespace

PassKernels shape_of(const Pass& pass) {
    PassKernels result{Kind::one_kernel, {}, 1, pass.options.stride, pass.options.dilation};
    if (const NamedFilter* filter = filter_named(pass.filter)) {
        const std::vector<double> values = values_of(pass, *filter);
        result.kind = filter->kind;
        result.side = filter->side(values);
        if (filter->is_pooling()) {
            result.stride = values[1] >= 1 ? static_cast<int>(values[1]) : result.side;
            result.dilation = 1;
        }
    } else {
        for (const Kernel& kernel : pass.own) result.side = std::max(result.side, kernel.side);
    }
    return result;
}

PassKernels kernels_of(const Pass& pass) {
    PassKernels result = shape_of(pass);
    const NamedFilter* filter = filter_named(pass.filter);
    result.kernels = filter ? computed(*filter, values_of(pass, *filter)) : pass.own;
    return result;
}

ShownAs usual_shown_as(const Stack& stack) {
    ShownAs shown_as = ShownAs::clamped;
    for (const Pass& pass : stack) {
        if (!pass.on) continue;
        const NamedFilter* filter = filter_named(pass.filter);
        const bool sums_to_nothing = std::any_of(pass.own.begin(), pass.own.end(), [](const Kernel& kernel) {
            const bool empty =
                std::all_of(kernel.weights.begin(), kernel.weights.end(), [](float w) { return w == 0; });
            return !empty && !sums_to_more(kernel);
        });
        // The mean of signed responses is signed too.
        if (filter && filter->shown_as != ShownAs::clamped) shown_as = filter->shown_as;
        if (!filter && sums_to_nothing) shown_as = ShownAs::absolute;
        if ((filter && filter->kind == Kind::magnitude) || pass.options.absolute || pass.options.offset != 0)
            shown_as = ShownAs::clamped;
    }
    return shown_as;
}

namespace {

std::string fault_of_own(const Pass& pass, int colour_channels) {
    const auto count = pass.own.size();
    if (count == 0) return "The custom kernel has no weights.";
    if (count != 1 && pass.options.channels == Channels::luminance)
        return fmt::format("On luminance there is one channel, but {} kernels are given; give one.", count);
    if (count != 1 && static_cast<int>(count) != colour_channels)
        return arith::counting({{colour_channels, "colour channel"}},
                               "There are {} kernels and {} colour channels; give one kernel, or one per channel.",
                               count, colour_channels);
    for (const Kernel& kernel : pass.own) {
        if (kernel.side < 1 || kernel.side > most_kernel_side ||
            kernel.weights.size() != static_cast<std::size_t>(kernel.side) * kernel.side)
            return arith::counting({{static_cast<arith::Index>(kernel.weights.size()), "weight"}},
                                   "A kernel has {} weights for a side of {}; a side must be from 1 to {}.",
                                   kernel.weights.size(), kernel.side, most_kernel_side);
        if (!std::all_of(kernel.weights.begin(), kernel.weights.end(), [](float w) { return std::isfinite(w); }))
            return "A weight is not a number.";
    }
    return "";
}

std::string fault_of_parameters(const Pass& pass, const NamedFilter& filter) {
    if (pass.parameters.empty()) return "";
    const std::size_t later = static_cast<std::size_t>(std::count_if(filter.parameters.begin(), filter.parameters.end(),
                                                                     [](const Parameter& p) { return p.is_later; }));
    if (pass.parameters.size() > filter.parameters.size() || pass.parameters.size() + later < filter.parameters.size())
        return arith::counting({{static_cast<arith::Index>(filter.parameters.size()), "parameter"}},
                               "{} takes {} parameters, not {}.", filter.title, filter.parameters.size(),
                               pass.parameters.size());
    const std::vector<double> values = values_of(pass, filter);
    for (std::size_t n = 0; n < filter.parameters.size(); ++n) {
        const Parameter& p = filter.parameters[n];
        const double value = values[n];
        if (!(value >= p.least && value <= p.most))
            return fmt::format("{}'s {} is {}; it must be from {} to {}.", filter.title, p.name, value, p.least,
                               p.most);
        if (p.whole && value != std::floor(value))
            return fmt::format("{}'s {} is {}; it must be a whole number.", filter.title, p.name, value);
        // A square with an even side has no pixel in its middle.
        if (p.whole && p.name == "size" && !filter.is_pooling() && filter.name != "box" && value > 0 &&
            static_cast<int>(value) % 2 == 0)
            return fmt::format("{}'s {} is {}; it must be odd, so that the kernel has a centre.", filter.title, p.name,
                               value);
    }
    if (const int side = filter.side(values); side > most_kernel_side)
        return fmt::format("{} needs a kernel of {}×{} for these parameters; the largest is {}×{}.", filter.title, side,
                           side, most_kernel_side, most_kernel_side);
    return "";
}

// Rows of the picture are kept as long as the kernel covers them.
std::string fault_of_extent(const Pass& pass) {
    const PassKernels shape = shape_of(pass);
    const int extent = (shape.side - 1) * shape.dilation + 1;
    if (extent <= most_extent) return "";
    return fmt::format("A kernel of {}×{} at dilation {} covers {} pixels a side; the limit is {}.", shape.side,
                       shape.side, shape.dilation, extent, most_extent);
}

}  // namespace

std::string fault_of(const Pass& pass, int colour_channels) {
    const PassOptions& o = pass.options;
    const NamedFilter* filter = filter_named(pass.filter);
    if (!filter && pass.filter != own_kernel_name) return fmt::format("There is no filter “{}”.", pass.filter);
    if (o.padding == arith::PaddingMode::constant)
        return "A photo's padding is zeros, reflect, replicate, circular or symmetric; constant is for layers.";
    if (o.stride < 1 || o.stride > most_stride)
        return fmt::format("The stride is {}; it must be from 1 to {}.", o.stride, most_stride);
    if (o.dilation < 1 || o.dilation > most_dilation)
        return fmt::format("The dilation is {}; it must be from 1 to {}.", o.dilation, most_dilation);
    if (!std::isfinite(o.gain) || !std::isfinite(o.offset)) return "Gain or offset is not a number.";
    std::string fault = filter ? fault_of_parameters(pass, *filter) : fault_of_own(pass, colour_channels);
    return fault.empty() ? fault_of_extent(pass) : fault;
}

int size_after(const Pass& pass, int size) {
    if (!pass.on) return size;
    const PassKernels k = shape_of(pass);
    // Pooling drops pixels that no whole window covers; other filters pad so that stride 1 keeps the size.
    if (k.is_pooling()) return size < k.side ? 0 : (size - k.side) / k.stride + 1;
    return (size - 1) / k.stride + 1;
}

}  // namespace convloom::image
