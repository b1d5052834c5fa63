// The shapes of what rearranges elements: reshaping, joining, cutting; with the values of small tensors, since
// exporters write arithmetic on shapes with these operators.
#include <algorithm>
#include <cmath>

#include "core/network/shapes/rule.hpp"

namespace convloom::network {
namespace {

void reshape(Call& call) {
    const std::optional<Sizes> asked = call.numbers_or_input("shape", 1);
    const Sizes* x = call.sizes(0);
    call.pass_values();
    if (!asked) {
        if (const Sizes* shape = call.sizes(1);
            shape != nullptr && shape->size() == 1 && (*shape)[0] >= 0 && (*shape)[0] <= 64)
            call.give(Sizes(static_cast<std::size_t>((*shape)[0]), unknown_size));
        return;
    }
    Sizes out = *asked;
    std::optional<std::size_t> open;
    for (std::size_t n = 0; n < out.size(); ++n) {
        if (out[n] == 0 && call.number("allowzero", 0) == 0) {
            if (x != nullptr && n >= x->size())
                fault("The new size of axis {} is that of the input, which has {} axes.", n, x->size());
            out[n] = x != nullptr ? (*x)[n] : unknown_size;
        } else if (out[n] == -1) {
            if (open) fault("The new sizes {} leave two axes open.", sizes_text(*asked));
            open = n;
        }
    }
    const std::optional<Index> all = x != nullptr ? element_count(*x) : std::nullopt;
    if (open) {
        Index rest = 1;
        for (std::size_t n = 0; n < out.size(); ++n)
            if (n != *open) rest = times(rest, out[n]);
        out[*open] = unknown_size;
        if (all && rest > 0) {
            if (*all % rest != 0)
                fault("{} elements of {} cannot become {}.", *all, sizes_text(*x), sizes_text(*asked));
            out[*open] = *all / rest;
        }
    } else if (const auto count = element_count(out); all && count && *count != *all) {
        fault("{} elements of {} cannot become {} of {}.", *all, sizes_text(*x), *count, sizes_text(out));
    }
    call.give(std::move(out));
}

void flatten(Call& call) {
    const Sizes* x = call.sizes(0);
    if (x == nullptr) return;
    Index axis = call.number("axis", 1);
    const auto axes = static_cast<Index>(x->size());
    if (axis < -axes || axis > axes) fault("Axis {} is not one of the {} axes.", axis, axes);
    if (axis < 0) axis += axes;
    call.give({product(*x, 0, static_cast<std::size_t>(axis)), product(*x, static_cast<std::size_t>(axis), x->size())});
}

void transpose(Call& call) {
    const Sizes* x = call.sizes(0);
    if (x == nullptr) return;
    Sizes order = call.numbers("perm").value_or(Sizes());
    if (order.empty())
        for (std::size_t n = x->size(); n-- > 0;) order.push_back(static_cast<Index>(n));
    if (order.size() != x->size()) fault("“perm” has {} numbers for {} axes.", order.size(), x->size());
    Sizes out;
    std::vector<char> used(x->size(), 0);
    for (const Index axis : order) {
        const std::size_t from = axis_of(axis, x->size());
        if (used[from]++ != 0) fault("“perm” names axis {} twice.", axis);
        out.push_back((*x)[from]);
    }
    call.give(std::move(out));
}

void concat(Call& call) {
    Sizes out;
    std::size_t axis = 0;
    std::vector<double> values;
    bool all_values = true;
    for (std::size_t n = 0; n < call.input_count(); ++n) {
        const Sizes* x = call.sizes(n);
        if (x == nullptr) return;
        const std::vector<double>* known = call.values(n);
        all_values = all_values && known != nullptr && x->size() == 1;
        if (all_values) values.insert(values.end(), known->begin(), known->end());
        if (n == 0) {
            out = *x;
            axis = axis_of(call.number("axis", 1), out.size());
            continue;
        }
        if (x->size() != out.size())
            fault("{} and {} have different numbers of axes.", sizes_text(out), sizes_text(*x));
        for (std::size_t a = 0; a < out.size(); ++a) {
            if (a == axis)
                out[a] = plus(out[a], (*x)[a]);
            else if (out[a] < 0)
                out[a] = (*x)[a];
            else if ((*x)[a] >= 0 && (*x)[a] != out[a])
                fault("{} and {} differ in axis {}, and are joined along axis {}.", sizes_text(out), sizes_text(*x), a,
                      axis);
        }
    }
    call.give(std::move(out));
    if (all_values) call.give_values(std::move(values));
}

void split(Call& call) {
    const Sizes* x = call.sizes(0);
    if (x == nullptr) return;
    const std::size_t axis = axis_of(call.number("axis", 0), x->size());
    std::optional<Sizes> parts = call.numbers_or_input("split", 1);
    const auto count = static_cast<Index>(call.output_count());
    if (!parts && !call.has(1)) {
        // Parts of equal size, the last one smaller.
        const Index size = (*x)[axis], each = size < 0 ? unknown_size : (size + count - 1) / count;
        parts = Sizes(static_cast<std::size_t>(count), each);
        if (size >= 0) parts->back() = size - each * (count - 1);
    }
    if (parts && static_cast<Index>(parts->size()) != count)
        fault("“split” has {} sizes for {} outputs.", parts->size(), count);
    if (parts && (*x)[axis] >= 0) {
        Index sum = 0;
        for (const Index part : *parts) {
            if (part < 0)
                fault("{} along axis {} cannot be split into {} parts, one of {}.", (*x)[axis], axis, count, part);
            sum = plus(sum, part);
        }
        if (sum != (*x)[axis]) fault("The parts of axis {} make {}; it has {}.", axis, sum, (*x)[axis]);
    }
    Index begin = 0;
    for (std::size_t n = 0; n < call.output_count(); ++n) {
        Sizes out = *x;
        out[axis] = parts ? (*parts)[n] : unknown_size;
        call.give(ElementType(call.in(0).type), n);
        const std::vector<double>* values = call.values(0);
        if (values != nullptr && x->size() == 1 && parts)
            call.out(n).values = std::vector<double>(values->begin() + begin, values->begin() + begin + out[axis]);
        begin = plus(begin, std::max<Index>(out[axis], 0));
        call.give(std::move(out), n);
    }
}

// How many elements Slice takes along an axis, with NumPy's rules; `start` becomes the first.
Index cut(Index size, Index& start, Index end, Index step) {
    if (step == 0) fault("A step of 0 never ends.");
    if (start < 0) start += size;
    if (end < 0) end += size;
    if (step > 0) {
        start = std::clamp<Index>(start, 0, size);
        end = std::clamp<Index>(end, 0, size);
        return end <= start ? 0 : (end - start + step - 1) / step;
    }
    start = std::clamp<Index>(start, -1, size - 1);
    end = std::clamp<Index>(end, -1, size - 1);
    return start <= end ? 0 : (start - end - step - 1) / -step;
}

void slice(Call& call) {
    const Sizes* x = call.sizes(0);
    if (x == nullptr) return;
    const auto starts = call.numbers_or_input("starts", 1), ends = call.numbers_or_input("ends", 2);
    auto axes = call.numbers_or_input("axes", 3), steps = call.whole(4);
    if (!starts || !ends) return call.give(Sizes(x->size(), unknown_size));
    if (!axes) {
        axes = Sizes();
        for (std::size_t n = 0; n < starts->size(); ++n) axes->push_back(static_cast<Index>(n));
    }
    if (!steps) steps = Sizes(starts->size(), 1);
    if (ends->size() != starts->size() || axes->size() != starts->size() || steps->size() != starts->size())
        fault("Slice has {} starts, {} ends, {} axes and {} steps.", starts->size(), ends->size(), axes->size(),
              steps->size());
    Sizes out = *x;
    for (std::size_t n = 0; n < starts->size(); ++n) {
        Index& size = out[axis_of((*axes)[n], x->size())];
        if (size < 0) continue;
        Index start = (*starts)[n];
        const Index count = cut(size, start, (*ends)[n], (*steps)[n]);
        const std::vector<double>* values = call.values(0);
        if (values != nullptr && x->size() == 1 && starts->size() == 1) {
            std::vector<double> taken;
            for (Index k = 0; k < count; ++k)
                taken.push_back((*values)[static_cast<std::size_t>(start + k * (*steps)[n])]);
            call.give_values(std::move(taken));
        }
        size = count;
    }
    call.give(std::move(out));
}

void gather(Call& call) {
    const Sizes *x = call.sizes(0), *indices = call.sizes(1);
    if (x == nullptr || indices == nullptr) return;
    const std::size_t axis = axis_of(call.number("axis", 0), x->size());
    Sizes out(x->begin(), x->begin() + static_cast<std::ptrdiff_t>(axis));
    out.insert(out.end(), indices->begin(), indices->end());
    out.insert(out.end(), x->begin() + static_cast<std::ptrdiff_t>(axis) + 1, x->end());
    call.give(std::move(out));
    const std::vector<double>* values = call.values(0);
    const auto which = call.whole(1);
    if (values == nullptr || !which || x->size() != 1) return;
    std::vector<double> taken;
    for (const Index index : *which) taken.push_back((*values)[axis_of(index, values->size())]);
    call.give_values(std::move(taken));
}

void like_indices(Call& call) {
    if (const Sizes* indices = call.sizes(1)) call.give(*indices);
}

void gather_nd(Call& call) {
    const Sizes *x = call.sizes(0), *indices = call.sizes(1);
    if (x == nullptr || indices == nullptr || indices->empty() || indices->back() < 0) return;
    const Index batch = call.number("batch_dims", 0), taken = batch + indices->back();
    if (taken < 0 || taken > static_cast<Index>(x->size())) fault("The indices name {} of {} axes.", taken, x->size());
    Sizes out(indices->begin(), indices->end() - 1);
    out.insert(out.end(), x->begin() + taken, x->end());
    call.give(std::move(out));
}

void unsqueeze(Call& call) {
    const Sizes* x = call.sizes(0);
    const auto axes = call.numbers_or_input("axes", 1);
    call.pass_values();
    if (x == nullptr || !axes) return;
    const std::size_t count = x->size() + axes->size();
    std::vector<char> added(count, 0);
    for (const Index axis : *axes)
        if (added[axis_of(axis, count)]++ != 0) fault("“axes” names axis {} twice.", axis);
    Sizes out;
    std::size_t next = 0;
    for (std::size_t n = 0; n < count; ++n) out.push_back(added[n] != 0 ? 1 : (*x)[next++]);
    call.give(std::move(out));
}

void squeeze(Call& call) {
    const Sizes* x = call.sizes(0);
    const auto axes = call.numbers_or_input("axes", 1);
    call.pass_values();
    if (x == nullptr || (!axes && call.has(1))) return;
    std::vector<char> gone(x->size(), 0);
    if (axes)
        for (const Index axis : *axes) gone[axis_of(axis, x->size())] = 1;
    Sizes out;
    for (std::size_t n = 0; n < x->size(); ++n) {
        const bool drop = axes ? gone[n] != 0 : (*x)[n] == 1;
        if (drop && axes && (*x)[n] >= 0 && (*x)[n] != 1)
            fault("Axis {} has the size {} and cannot be left out.", n, (*x)[n]);
        if (!drop) out.push_back((*x)[n]);
    }
    call.give(std::move(out));
}

void expand(Call& call) {
    const Sizes* x = call.sizes(0);
    const auto asked = call.whole(1);
    if (x != nullptr && asked) call.give(broadcast(*x, *asked));
}

void tile(Call& call) {
    const Sizes* x = call.sizes(0);
    if (x == nullptr) return;
    const auto repeats = call.whole(1);
    if (!repeats) return call.give(Sizes(x->size(), unknown_size));
    if (repeats->size() != x->size()) fault("There are {} repeats for {} axes.", repeats->size(), x->size());
    Sizes out;
    for (std::size_t n = 0; n < x->size(); ++n) out.push_back(times((*x)[n], (*repeats)[n]));
    call.give(std::move(out));
}

void pad(Call& call) {
    const Sizes* x = call.sizes(0);
    if (x == nullptr) return;
    const auto pads = call.numbers_or_input(call.has_attribute("paddings") ? "paddings" : "pads", 1);
    if (!pads) return call.give(Sizes(x->size(), unknown_size));
    Sizes axes = call.whole(3).value_or(Sizes());
    if (axes.empty())
        for (std::size_t n = 0; n < x->size(); ++n) axes.push_back(static_cast<Index>(n));
    if (pads->size() != 2 * axes.size())
        fault("There are {} pads for {} axes; there must be twice as many.", pads->size(), axes.size());
    Sizes out = *x;
    for (std::size_t n = 0; n < axes.size(); ++n) {
        Index& size = out[axis_of(axes[n], x->size())];
        if (size < 0) continue;
        const Index before = (*pads)[n], after = (*pads)[n + axes.size()];
        if (__builtin_add_overflow(size, before, &size) || __builtin_add_overflow(size, after, &size) || size < 0)
            fault("Axis {} of {} cannot be padded by {} and {}.", axes[n], sizes_text(*x), before, after);
    }
    call.give(std::move(out));
}

void same_form(Call& call) {
    if (const Sizes* x = call.sizes(0)) call.give(*x);
}

constexpr NamedRule form_rules[] = {
    {"Reshape", reshape},
    {"Flatten", flatten},
    {"Transpose", transpose},
    {"Concat", concat},
    {"Split", split},
    {"Slice", slice},
    {"Gather", gather},
    {"GatherElements", like_indices},
    {"GatherND", gather_nd},
    {"ScatterElements", same_form},
    {"ScatterND", same_form},
    {"Scatter", same_form},
    {"EyeLike", same_form},
    {"ReverseSequence", same_form},
    {"Unsqueeze", unsqueeze},
    {"Squeeze", squeeze},
    {"Expand", expand},
    {"Tile", tile},
    {"Pad", pad},
};

}  // namespace

std::span<const NamedRule> rules_for_forms() {
    return form_rules;
}

}  // namespace convloom::network
