#include "core/image/pass.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace convloom::image {

Pass usual_pass(std::string_view name) {
    const NamedFilter* filter = filter_named(name);
    return {std::string(name), filter ? filter->usual_values() : std::vector<double>{}, {}, {}, true};
}

PassKernels kernels_of(const Pass& pass) {
    PassKernels result{Kind::one_kernel, pass.own, 1, pass.options.stride, pass.options.dilation};
    if (const NamedFilter* filter = filter_named(pass.filter)) {
        const std::vector<double> values = pass.parameters.empty() ? filter->usual_values() : pass.parameters;
        result.kind = filter->kind;
        result.kernels = filter->kernels(values);
        if (filter->is_pooling()) {
            result.side = static_cast<int>(values[0]);
            result.stride = values[1] >= 1 ? static_cast<int>(values[1]) : result.side;
            result.dilation = 1;
            return result;
        }
    }
    for (const Kernel& kernel : result.kernels) result.side = std::max(result.side, kernel.side);
    return result;
}

namespace {

std::string fault_of_own(const Pass& pass, int colour_channels) {
    const auto count = pass.own.size();
    if (count == 0) return "A kernel of one's own has no weights.";
    if (count != 1 && pass.options.channels == Channels::luminance)
        return fmt::format("On luminance there is one channel; {} kernels are given.", count);
    if (count != 1 && static_cast<int>(count) != colour_channels)
        return fmt::format("There are {} kernels and {} colour channels; give one kernel, or one a channel.", count,
                           colour_channels);
    for (const Kernel& kernel : pass.own) {
        if (kernel.side < 1 || kernel.side > most_kernel_side ||
            kernel.weights.size() != static_cast<std::size_t>(kernel.side) * kernel.side)
            return fmt::format("A kernel has {} weights for a side of {}; sides go from 1 to {}.",
                               kernel.weights.size(), kernel.side, most_kernel_side);
        if (!std::all_of(kernel.weights.begin(), kernel.weights.end(), [](float w) { return std::isfinite(w); }))
            return "A weight is not a number.";
    }
    return "";
}

std::string fault_of_parameters(const Pass& pass, const NamedFilter& filter) {
    if (pass.parameters.empty()) return "";
    if (pass.parameters.size() != filter.parameters.size())
        return fmt::format("{} takes {} parameters; {} are given.", filter.title, filter.parameters.size(),
                           pass.parameters.size());
    for (std::size_t n = 0; n < filter.parameters.size(); ++n) {
        const Parameter& p = filter.parameters[n];
        const double value = pass.parameters[n];
        if (!(value >= p.least && value <= p.most))
            return fmt::format("{}'s {} is {}; it goes from {} to {}.", filter.title, p.name, value, p.least, p.most);
        if (p.whole && value != std::floor(value))
            return fmt::format("{}'s {} is {}; it is a whole number.", filter.title, p.name, value);
        // An even square has no pixel in its middle.
        if (p.whole && p.name == "size" && filter.kind == Kind::one_kernel && filter.name != "box" && value > 0 &&
            static_cast<int>(value) % 2 == 0)
            return fmt::format("{}'s {} is {}; it is an odd number, so that there is a middle.", filter.title, p.name,
                               value);
    }
    return "";
}

}  // namespace

std::string fault_of(const Pass& pass, int colour_channels) {
    const PassOptions& o = pass.options;
    const NamedFilter* filter = filter_named(pass.filter);
    if (!filter && pass.filter != own_kernel_name) return fmt::format("There is no filter “{}”.", pass.filter);
    if (o.stride < 1 || o.stride > most_stride)
        return fmt::format("The stride is {}; it goes from 1 to {}.", o.stride, most_stride);
    if (o.dilation < 1 || o.dilation > most_dilation)
        return fmt::format("The dilation is {}; it goes from 1 to {}.", o.dilation, most_dilation);
    if (!std::isfinite(o.gain) || !std::isfinite(o.offset)) return "Gain or offset is not a number.";
    return filter ? fault_of_parameters(pass, *filter) : fault_of_own(pass, colour_channels);
}

int size_after(const Pass& pass, int size) {
    if (!pass.on) return size;
    const PassKernels k = kernels_of(pass);
    // A pooling leaves out what no whole window covers; all others pad so that stride 1 keeps the size.
    if (k.kind == Kind::max_pooling || k.kind == Kind::average_pooling)
        return size < k.side ? 0 : (size - k.side) / k.stride + 1;
    return (size - 1) / k.stride + 1;
}

}  // namespace convloom::image
