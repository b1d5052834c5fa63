// The shapes of constants, of choices among values, and of operators that give sizes as values.
#include <algorithm>
#include <cmath>

#include "core/network/shapes/rule.hpp"

namespace convloom::network {
namespace {

void identity(Call& call) {
    if (const Sizes* x = call.sizes(0)) call.give(*x);
    call.pass_values();
}

void cast(Call& call) {
    identity(call);
    if (!call.has_attribute("to")) return;
    const auto type = static_cast<ElementType>(call.number("to", 0));
    call.give(type);
    const std::vector<double>* x = call.values(0);
    if (x == nullptr || is_floating(type)) return;
    std::vector<double> out = *x;
    for (double& value : out) value = type == ElementType::boolean ? (value != 0 ? 1 : 0) : std::trunc(value);
    call.give_values(std::move(out));
}

void cast_like(Call& call) {
    identity(call);
    if (call.has(1)) call.give(call.in(1).type);
}

void shape(Call& call) {
    call.give(ElementType::int64);
    const Sizes* x = call.sizes(0);
    if (x == nullptr) return;
    const auto axes = static_cast<Index>(x->size());
    auto place = [&](Index n) { return std::clamp<Index>(n < 0 ? n + axes : n, 0, axes); };
    const Index start = place(call.number("start", 0));
    const Index count = std::max<Index>(0, place(call.number("end", axes)) - start);
    const Sizes part(x->begin() + start, x->begin() + start + count);
    call.give({count});
    if (std::none_of(part.begin(), part.end(), [](Index size) { return size < 0; }))
        call.give_values(std::vector<double>(part.begin(), part.end()));
}

void size(Call& call) {
    call.give(ElementType::int64);
    call.give(Sizes{});
    if (const Sizes* x = call.sizes(0))
        if (const auto count = element_count(*x)) call.give_values({static_cast<double>(*count)});
}

void constant(Call& call) {
    if (const Attribute* value = call.node.attribute("value"); value != nullptr && value->tensor) {
        call.give(value->tensor->type);
        if (const auto all = numbers(*value->tensor, most_small_values)) call.give_values(*all);
        return call.give(value->tensor->sizes);
    }
    for (const Attribute& one : call.node.attributes) {
        if (one.name == "value_int" && one.number)
            return call.give(ElementType::int64), call.give_values({static_cast<double>(*one.number)}),
                   call.give(Sizes{});
        if (one.name == "value_float" && one.real)
            return call.give(ElementType::float32), call.give_values({*one.real}), call.give(Sizes{});
        if (one.name == "value_ints") {
            call.give(ElementType::int64);
            call.give_values(std::vector<double>(one.numbers.begin(), one.numbers.end()));
            return call.give({static_cast<Index>(one.numbers.size())});
        }
        if (one.name == "value_floats") {
            call.give(ElementType::float32);
            call.give_values(std::vector<double>(one.reals.begin(), one.reals.end()));
            return call.give({static_cast<Index>(one.reals.size())});
        }
    }
}

void constant_of_shape(Call& call) {
    const Attribute* value = call.node.attribute("value");
    const bool given = value != nullptr && value->tensor;
    call.give(given ? value->tensor->type : ElementType::float32);
    const auto asked = call.whole(0);
    if (!asked) return;
    call.give(*asked);
    const auto count = element_count(*asked);
    if (!count || *count > most_small_values) return;
    const auto number = given ? numbers(*value->tensor, 1) : std::vector<double>{0};
    if (number && number->size() == 1)
        call.give_values(std::vector<double>(static_cast<std::size_t>(*count), (*number)[0]));
}

void where(Call& call) {
    call.give(call.has(1) ? call.in(1).type : ElementType::undefined);
    const Sizes *c = call.sizes(0), *a = call.sizes(1), *b = call.sizes(2);
    if (c != nullptr && a != nullptr && b != nullptr) call.give(broadcast(broadcast(*c, *a), *b));
    const std::vector<double>*truths = call.values(0), *yes = call.values(1), *no = call.values(2);
    if (truths == nullptr || yes == nullptr || no == nullptr || yes->size() != truths->size() ||
        no->size() != truths->size())
        return;
    std::vector<double> out(truths->size());
    for (std::size_t n = 0; n < out.size(); ++n) out[n] = (*truths)[n] != 0 ? (*yes)[n] : (*no)[n];
    call.give_values(std::move(out));
}

void range(Call& call) {
    const std::vector<double>*start = call.values(0), *limit = call.values(1), *delta = call.values(2);
    if (start == nullptr || limit == nullptr || delta == nullptr || start->size() != 1 || limit->size() != 1 ||
        delta->size() != 1)
        return call.give({unknown_size});
    const double count = std::max(0.0, std::ceil(((*limit)[0] - (*start)[0]) / (*delta)[0]));
    if (!(count < 1e15)) fault("Range would have {} elements.", count);
    call.give({static_cast<Index>(count)});
    if (count > static_cast<double>(most_small_values)) return;
    std::vector<double> out(static_cast<std::size_t>(count));
    for (std::size_t n = 0; n < out.size(); ++n) out[n] = (*start)[0] + static_cast<double>(n) * (*delta)[0];
    call.give_values(std::move(out));
}

void top_k(Call& call) {
    const Sizes* x = call.sizes(0);
    if (call.output_count() > 1) call.give(ElementType::int64, 1);
    if (x == nullptr) return;
    const auto k = call.numbers_or_input("k", 1);
    Sizes out = *x;
    out[axis_of(call.number("axis", -1), x->size())] = call.has_attribute("k") ? call.number("k", 0)
                                                       : k && k->size() == 1   ? (*k)[0]
                                                                               : unknown_size;
    call.give(out);
    call.give(std::move(out), 1);
}

void one_hot(Call& call) {
    const Sizes* x = call.sizes(0);
    if (call.has(2)) call.give(call.in(2).type);
    if (x == nullptr) return;
    const auto depth = call.whole(1);
    Sizes out = *x;
    out.insert(out.begin() + static_cast<std::ptrdiff_t>(axis_of(call.number("axis", -1), x->size() + 1)),
               depth && depth->size() == 1 ? (*depth)[0] : unknown_size);
    call.give(std::move(out));
}

void non_zero(Call& call) {
    call.give(ElementType::int64);
    if (const Sizes* x = call.sizes(0)) call.give({static_cast<Index>(x->size()), unknown_size});
}

void non_max_suppression(Call& call) {
    call.give(ElementType::int64);
    call.give({unknown_size, 3});
}

constexpr NamedRule value_rules[] = {
    {"Identity", identity},
    {"Cast", cast},
    {"CastLike", cast_like},
    {"Shape", shape},
    {"Size", size},
    {"Constant", constant},
    {"ConstantOfShape", constant_of_shape},
    {"Where", where},
    {"Range", range},
    {"TopK", top_k},
    {"OneHot", one_hot},
    {"NonZero", non_zero},
    {"NonMaxSuppression", non_max_suppression},
};

}  // namespace

std::span<const NamedRule> rules_for_values() {
    return value_rules;
}

}  // namespace convloom::network
