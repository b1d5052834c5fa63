// Kernels that rearrange elements: reshaping, joining, cutting.
#include <algorithm>
#include <cmath>

#include "core/network/evaluate/kernel.hpp"

namespace convloom::network {
namespace {

void copied(const Work& work) {
    if (work.out().values.size() != work.in(0).values.size())
        fault("{} elements cannot become {}.", work.in(0).values.size(), work.out().values.size());
    work.out().values = work.in(0).values;
}

void expand(const Work& work) {
    Array& out = work.out();
    for_each_place(out.sizes, broadcast_steps(work.in(0).sizes, out.sizes), [&](Index n, Index at) {
        out.values[static_cast<std::size_t>(n)] = work.in(0).values[static_cast<std::size_t>(at)];
    });
}

void transpose(const Work& work) {
    const Array& x = work.in(0);
    Sizes order = work.call.numbers("perm").value_or(Sizes());
    if (order.empty())
        for (std::size_t n = x.sizes.size(); n-- > 0;) order.push_back(static_cast<Index>(n));
    const Sizes own = steps_of(x.sizes);
    Sizes steps;
    for (const Index axis : order) steps.push_back(own[axis_of(axis, own.size())]);
    for_each_place(work.out().sizes, steps, [&](Index n, Index at) {
        work.out().values[static_cast<std::size_t>(n)] = x.values[static_cast<std::size_t>(at)];
    });
}

// Copies `count` places along an axis, from one array at `from` to another at `to`.
void copy_along(const Array& x, Array& out, std::size_t axis, Index from, Index to, Index count) {
    Index inner = 1, outer = 1;
    for (std::size_t n = 0; n < axis; ++n) outer *= x.sizes[n];
    for (std::size_t n = axis + 1; n < x.sizes.size(); ++n) inner *= x.sizes[n];
    for (Index n = 0; n < outer; ++n)
        std::copy_n(x.values.begin() + static_cast<std::ptrdiff_t>((n * x.sizes[axis] + from) * inner),
                    static_cast<std::size_t>(count * inner),
                    out.values.begin() + static_cast<std::ptrdiff_t>((n * out.sizes[axis] + to) * inner));
}

void concat(const Work& work) {
    const std::size_t axis = axis_of(work.call.number("axis", 1), work.out().sizes.size());
    Index to = 0;
    for (std::size_t n = 0; n < work.inputs.size(); ++n) {
        const Array& x = work.in(n);
        copy_along(x, work.out(), axis, 0, to, x.sizes[axis]);
        to += x.sizes[axis];
    }
}

void split(const Work& work) {
    const Array& x = work.in(0);
    const std::size_t axis = axis_of(work.call.number("axis", 0), x.sizes.size());
    Index from = 0;
    for (Array& out : work.outputs) {
        if (out.sizes.size() != x.sizes.size()) continue;  // left out
        if (from + out.sizes[axis] > x.sizes[axis])
            fault("The parts are more than the {} of axis {}.", x.sizes[axis], axis);
        copy_along(x, out, axis, from, 0, out.sizes[axis]);
        from += out.sizes[axis];
    }
}

void slice(const Work& work) {
    const Array& x = work.in(0);
    const auto starts = work.call.numbers_or_input("starts", 1);
    auto axes = work.call.numbers_or_input("axes", 3), strides = work.call.whole(4);
    if (!starts || (!axes && work.has(3))) fault("Where it begins is not known.");
    if (!axes) {
        axes = Sizes();
        for (std::size_t n = 0; n < starts->size(); ++n) axes->push_back(static_cast<Index>(n));
    }
    Sizes steps = steps_of(x.sizes);
    Index begin = 0;
    for (std::size_t n = 0; n < starts->size(); ++n) {
        const std::size_t axis = axis_of((*axes)[n], x.sizes.size());
        const Index size = x.sizes[axis], stride = strides ? (*strides)[n] : 1;
        Index start = (*starts)[n] < 0 ? (*starts)[n] + size : (*starts)[n];
        start = stride > 0 ? std::clamp<Index>(start, 0, size) : std::clamp<Index>(start, -1, size - 1);
        begin += start * steps[axis];
        steps[axis] *= work.out().sizes[axis] > 1 ? stride : 0;  // a single place has no next one
    }
    for_each_place(work.out().sizes, steps, [&](Index n, Index at) {
        work.out().values[static_cast<std::size_t>(n)] = x.values.at(static_cast<std::size_t>(begin + at));
    });
}

void gather(const Work& work) {
    const Array &x = work.in(0), &which = work.in(1);
    const std::size_t axis = axis_of(work.call.number("axis", 0), x.sizes.size());
    Index inner = 1, outer = 1;
    for (std::size_t n = 0; n < axis; ++n) outer *= x.sizes[n];
    for (std::size_t n = axis + 1; n < x.sizes.size(); ++n) inner *= x.sizes[n];
    auto to = work.out().values.begin();
    for (Index n = 0; n < outer; ++n)
        for (const float asked : which.values) {
            if (!(std::abs(asked) < 1e9f)) fault("An index is {}.", asked);
            const std::size_t place = axis_of(static_cast<Index>(asked), static_cast<std::size_t>(x.sizes[axis]));
            to = std::copy_n(
                x.values.begin() + static_cast<std::ptrdiff_t>((n * x.sizes[axis] + static_cast<Index>(place)) * inner),
                static_cast<std::size_t>(inner), to);
        }
}

void tile(const Work& work) {
    const Array& x = work.in(0);
    const Sizes own = steps_of(x.sizes);
    Sizes at(work.out().sizes.size(), 0);
    for (float& value : work.out().values) {
        Index from = 0;
        for (std::size_t a = 0; a < at.size(); ++a) from += at[a] % x.sizes[a] * own[a];
        value = x.values[static_cast<std::size_t>(from)];
        for (std::size_t a = at.size(); a-- > 0;) {
            if (++at[a] < work.out().sizes[a]) break;
            at[a] = 0;
        }
    }
}

// Where a padded place takes its value along an axis; -1 for the constant.
Index source_of(Index place, Index size, const std::string& mode) {
    if (place >= 0 && place < size) return place;
    if (mode == "constant" || size == 0) return -1;
    if (mode == "edge") return std::clamp<Index>(place, 0, size - 1);
    if (mode == "wrap") return ((place % size) + size) % size;
    if (size == 1) return 0;
    const Index period = 2 * (size - 1), at = ((place % period) + period) % period;  // reflect
    return at < size ? at : period - at;
}

void pad(const Work& work) {
    const Array& x = work.in(0);
    Array& out = work.out();
    const auto pads = work.call.numbers_or_input(work.call.has_attribute("paddings") ? "paddings" : "pads", 1);
    if (!pads) fault("The pads are not known.");
    const std::string mode = work.call.text("mode", "constant");
    if (mode != "constant" && mode != "edge" && mode != "wrap" && mode != "reflect") fault("“mode” is {}.", mode);
    const float constant =
        work.has(2) && !work.in(2).values.empty() ? work.in(2).values[0] : work.call.real("value", 0);
    Sizes before(x.sizes.size(), 0), axes = work.call.whole(3).value_or(Sizes());
    if (axes.empty())
        for (std::size_t n = 0; n < x.sizes.size(); ++n) axes.push_back(static_cast<Index>(n));
    for (std::size_t n = 0; n < axes.size(); ++n) before[axis_of(axes[n], before.size())] = (*pads)[n];
    const Sizes own = steps_of(x.sizes);
    Sizes at(out.sizes.size(), 0);
    for (float& value : out.values) {
        Index from = 0;
        bool inside = true;
        for (std::size_t a = 0; a < at.size() && inside; ++a) {
            const Index source = source_of(at[a] - before[a], x.sizes[a], mode);
            inside = source >= 0;
            from += std::max<Index>(source, 0) * own[a];
        }
        value = inside ? x.values[static_cast<std::size_t>(from)] : constant;
        for (std::size_t a = at.size(); a-- > 0;) {
            if (++at[a] < out.sizes[a]) break;
            at[a] = 0;
        }
    }
}

// Blocks of channels become blocks of pixels, or the other way round.
void depth_to_space(const Work& work) {
    const Array& x = work.in(0);
    const Index block = work.call.number("blocksize", 1), channels = work.out().sizes[1], rows = x.sizes[2],
                columns = x.sizes[3];
    const bool columns_first = work.call.text("mode", "DCR") == "DCR";
    std::size_t n = 0;
    for (Index sample = 0; sample < x.sizes[0]; ++sample)
        for (Index c = 0; c < channels; ++c)
            for (Index r = 0; r < rows * block; ++r)
                for (Index q = 0; q < columns * block; ++q) {
                    const Index inside = r % block * block + q % block,
                                from = columns_first ? inside * channels + c : c * block * block + inside;
                    work.out().values[n++] = x.values[static_cast<std::size_t>(
                        ((sample * x.sizes[1] + from) * rows + r / block) * columns + q / block)];
                }
}

void space_to_depth(const Work& work) {
    const Array& x = work.in(0);
    const Index block = work.call.number("blocksize", 1), channels = x.sizes[1], rows = work.out().sizes[2],
                columns = work.out().sizes[3];
    std::size_t n = 0;
    for (Index sample = 0; sample < x.sizes[0]; ++sample)
        for (Index inside = 0; inside < block * block; ++inside)
            for (Index c = 0; c < channels; ++c)
                for (Index r = 0; r < rows; ++r)
                    for (Index q = 0; q < columns; ++q)
                        work.out().values[n++] = x.values[static_cast<std::size_t>(
                            ((sample * channels + c) * x.sizes[2] + r * block + inside / block) * x.sizes[3] +
                            q * block + inside % block)];
}

void shape(const Work& work) {
    for (std::size_t n = 0; n < work.out().values.size(); ++n)
        work.out().values[n] = static_cast<float>(work.in(0).sizes[n]);
}

void constant(const Work& work) {
    const Node& node = work.call.node;
    std::optional<std::vector<float>> values;
    if (const Attribute* value = node.attribute("value"); value != nullptr && value->tensor)
        values = floats(*value->tensor);
    else if (const Attribute* real = node.attribute("value_float"); real != nullptr && real->real)
        values = std::vector<float>{*real->real};
    else if (const Attribute* reals = node.attribute("value_floats"); reals != nullptr)
        values = reals->reals;
    if (!values || values->size() != work.out().values.size()) fault("Its value is not at hand.");
    work.out().values = std::move(*values);
}

void constant_of_shape(const Work& work) {
    const Attribute* value = work.call.node.attribute("value");
    float filled = 0;
    if (value != nullptr && value->tensor) {
        const std::optional<std::vector<float>> values = floats(*value->tensor);
        if (!values || values->empty()) fault("Its value is not at hand.");
        filled = values->front();
    }
    std::fill(work.out().values.begin(), work.out().values.end(), filled);
}

constexpr NamedKernel form_kernels[] = {
    {"Constant", constant},
    {"ConstantOfShape", constant_of_shape},
    {"Reshape", copied},
    {"Flatten", copied},
    {"Squeeze", copied},
    {"Unsqueeze", copied},
    {"Transpose", transpose},
    {"Concat", concat},
    {"Split", split},
    {"Slice", slice},
    {"Gather", gather},
    {"Expand", expand},
    {"Tile", tile},
    {"Pad", pad},
    {"DepthToSpace", depth_to_space},
    {"SpaceToDepth", space_to_depth},
    {"Shape", shape},
};

}  // namespace

std::span<const NamedKernel> kernels_for_forms() {
    return form_kernels;
}

}  // namespace convloom::network
