// Kernels that work element by element, with broadcasting as in NumPy. Formulas: ONNX's operator pages.
#include <algorithm>
#include <cmath>

#include "core/network/evaluate/kernel.hpp"

namespace convloom::network {
namespace {

template <float (*function)(float)>
void each(const Work& work) {
    const std::vector<float>& x = work.in(0).values;
    for (std::size_t n = 0; n < x.size(); ++n) work.out().values[n] = function(x[n]);
}

// With one or two attributes, a and b.
template <class Function>
void each_with(const Work& work, const Function& function) {
    const std::vector<float>& x = work.in(0).values;
    for (std::size_t n = 0; n < x.size(); ++n) work.out().values[n] = function(x[n]);
}

template <class Function>
void pairs(const Work& work, const Function& function) {
    const Array &a = work.in(0), &b = work.in(1);
    Array& out = work.out();
    if (a.sizes == out.sizes && b.sizes == out.sizes) {
        for (std::size_t n = 0; n < out.values.size(); ++n) out.values[n] = function(a.values[n], b.values[n]);
        return;
    }
    for_each_place(out.sizes, broadcast_steps(a.sizes, out.sizes), [&](Index n, Index at) {
        out.values[static_cast<std::size_t>(n)] = a.values[static_cast<std::size_t>(at)];
    });
    for_each_place(out.sizes, broadcast_steps(b.sizes, out.sizes), [&](Index n, Index at) {
        float& value = out.values[static_cast<std::size_t>(n)];
        value = function(value, b.values[static_cast<std::size_t>(at)]);
    });
}

template <float (*function)(float, float)>
void pair(const Work& work) {
    pairs(work, function);
}

// Of any number of inputs.
template <float (*function)(float, float)>
void several(const Work& work) {
    Array& out = work.out();
    for (std::size_t input = 0; input < work.inputs.size(); ++input) {
        const Array& x = work.in(input);
        for_each_place(out.sizes, broadcast_steps(x.sizes, out.sizes), [&](Index n, Index at) {
            float& value = out.values[static_cast<std::size_t>(n)];
            const float next = x.values[static_cast<std::size_t>(at)];
            value = input == 0 ? next : function(value, next);
        });
    }
}

float add(float a, float b) {
    return a + b;
}
float subtract(float a, float b) {
    return a - b;
}
float multiply(float a, float b) {
    return a * b;
}
float power(float a, float b) {
    return std::pow(a, b);
}
float smaller(float a, float b) {
    return std::isnan(a) || a < b ? a : b;
}
float larger(float a, float b) {
    return std::isnan(a) || a > b ? a : b;
}
float equal(float a, float b) {
    return a == b ? 1.0f : 0.0f;
}
float greater(float a, float b) {
    return a > b ? 1.0f : 0.0f;
}
float less(float a, float b) {
    return a < b ? 1.0f : 0.0f;
}
float greater_or_equal(float a, float b) {
    return a >= b ? 1.0f : 0.0f;
}
float less_or_equal(float a, float b) {
    return a <= b ? 1.0f : 0.0f;
}
float both(float a, float b) {
    return a != 0 && b != 0 ? 1.0f : 0.0f;
}
float either(float a, float b) {
    return a != 0 || b != 0 ? 1.0f : 0.0f;
}
float one_of_two(float a, float b) {
    return (a != 0) != (b != 0) ? 1.0f : 0.0f;
}

float same(float x) {
    return x;
}
float negated(float x) {
    return -x;
}
float opposite(float x) {
    return x == 0 ? 1.0f : 0.0f;
}
float positive(float x) {
    return std::max(x, 0.0f);
}
float sigmoid(float x) {
    return 1 / (1 + std::exp(-x));
}
float softplus(float x) {
    return x > 20 ? x : std::log1p(std::exp(x));
}
float softsign(float x) {
    return x / (1 + std::abs(x));
}
float mish(float x) {
    return x * std::tanh(softplus(x));
}
float hard_swish(float x) {
    return x * std::clamp(x / 6 + 0.5f, 0.0f, 1.0f);
}
float reciprocal(float x) {
    return 1 / x;
}
float sign(float x) {
    return x > 0 ? 1.0f : x < 0 ? -1.0f : 0.0f;
}
float is_nan(float x) {
    return std::isnan(x) ? 1.0f : 0.0f;
}
float absolute(float x) {
    return std::abs(x);
}
float floor_of(float x) {
    return std::floor(x);
}
float ceil_of(float x) {
    return std::ceil(x);
}
float nearest(float x) {
    return std::nearbyint(x);
}  // half to even
float root(float x) {
    return std::sqrt(x);
}
float exponential(float x) {
    return std::exp(x);
}
float logarithm(float x) {
    return std::log(x);
}
float tangent_h(float x) {
    return std::tanh(x);
}
float error_function(float x) {
    return std::erf(x);
}
float sine(float x) {
    return std::sin(x);
}
float cosine(float x) {
    return std::cos(x);
}

bool is_whole(ElementType type) {
    return !is_floating(type) && type != ElementType::undefined;
}

void divide(const Work& work) {
    // Whole numbers are divided without a rest, towards zero.
    if (is_whole(work.call.in(0).type))
        pairs(work, [](float a, float b) { return b == 0 ? 0.0f : std::trunc(a / b); });
    else
        pairs(work, [](float a, float b) { return a / b; });
}

void modulo(const Work& work) {
    if (work.call.number("fmod", 0) != 0)
        pairs(work, [](float a, float b) { return std::fmod(a, b); });
    else
        pairs(work, [](float a, float b) { return b == 0 ? 0.0f : a - b * std::floor(a / b); });
}

void mean_of_inputs(const Work& work) {
    several<add>(work);
    for (float& value : work.out().values) value /= static_cast<float>(work.inputs.size());
}

void leaky_relu(const Work& work) {
    const float alpha = work.call.real("alpha", 0.01f);
    each_with(work, [=](float x) { return x < 0 ? alpha * x : x; });
}
void elu(const Work& work) {
    const float alpha = work.call.real("alpha", 1);
    each_with(work, [=](float x) { return x < 0 ? alpha * std::expm1(x) : x; });
}
void celu(const Work& work) {
    const float alpha = work.call.real("alpha", 1);
    each_with(work, [=](float x) { return std::max(x, 0.0f) + std::min(0.0f, alpha * std::expm1(x / alpha)); });
}
void selu(const Work& work) {
    const float alpha = work.call.real("alpha", 1.67326319217681884765625f),
                gamma = work.call.real("gamma", 1.05070102214813232421875f);
    each_with(work, [=](float x) { return gamma * (x < 0 ? alpha * std::expm1(x) : x); });
}
void hard_sigmoid(const Work& work) {
    const float alpha = work.call.real("alpha", 0.2f), beta = work.call.real("beta", 0.5f);
    each_with(work, [=](float x) { return std::clamp(alpha * x + beta, 0.0f, 1.0f); });
}
void thresholded_relu(const Work& work) {
    const float alpha = work.call.real("alpha", 1);
    each_with(work, [=](float x) { return x > alpha ? x : 0.0f; });
}
void gelu(const Work& work) {
    if (work.call.text("approximate", "none") == "tanh")
        each_with(work,
                  [](float x) { return 0.5f * x * (1 + std::tanh(0.7978845608f * (x + 0.044715f * x * x * x))); });
    else
        each_with(work, [](float x) { return 0.5f * x * (1 + std::erf(x * 0.70710678118f)); });
}

void p_relu(const Work& work) {
    const Array& x = work.in(0);
    pairs(work, [](float a, float slope) { return a < 0 ? slope * a : a; });
    if (work.out().sizes != x.sizes)
        fault("The slopes {} do not go with {}.", sizes_text(work.in(1).sizes), sizes_text(x.sizes));
}

void clip(const Work& work) {
    float least = work.call.real("min", -HUGE_VALF), most = work.call.real("max", HUGE_VALF);
    if (work.has(1) && !work.in(1).values.empty()) least = work.in(1).values[0];
    if (work.has(2) && !work.in(2).values.empty()) most = work.in(2).values[0];
    each_with(work, [=](float x) { return std::min(std::max(x, least), most); });
}

void where(const Work& work) {
    Array& out = work.out();
    const Array &a = work.in(1), &b = work.in(2), &chosen = work.in(0);
    for_each_place(out.sizes, broadcast_steps(b.sizes, out.sizes), [&](Index n, Index at) {
        out.values[static_cast<std::size_t>(n)] = b.values[static_cast<std::size_t>(at)];
    });
    std::vector<char> takes(out.values.size());
    for_each_place(out.sizes, broadcast_steps(chosen.sizes, out.sizes), [&](Index n, Index at) {
        takes[static_cast<std::size_t>(n)] = chosen.values[static_cast<std::size_t>(at)] != 0;
    });
    for_each_place(out.sizes, broadcast_steps(a.sizes, out.sizes), [&](Index n, Index at) {
        if (takes[static_cast<std::size_t>(n)] != 0)
            out.values[static_cast<std::size_t>(n)] = a.values[static_cast<std::size_t>(at)];
    });
}

void cast(const Work& work) {
    const auto to = static_cast<ElementType>(work.call.number("to", 1));
    if (to == ElementType::boolean)
        each_with(work, [](float x) { return x != 0 ? 1.0f : 0.0f; });
    else if (is_whole(to) && to != ElementType::string)
        each_with(work, [](float x) { return std::trunc(x); });
    else
        each<same>(work);
}

// The element of a scale or zero point that belongs to a place along the axis.
struct PerAxis {
    const Array& numbers;
    Index inner = 1, size = 1;
    PerAxis(const Array& of, const Sizes& sizes, Index axis) : numbers(of) {
        if (of.values.size() == 1) return;
        const std::size_t a = axis_of(axis, sizes.size());
        size = sizes[a];
        for (std::size_t n = a + 1; n < sizes.size(); ++n) inner *= sizes[n];
        if (static_cast<Index>(of.values.size()) != size)
            fault("There are {} scales for {} places of axis {}.", of.values.size(), size, axis);
    }
    float at(std::size_t n) const {
        return numbers.values.size() == 1
                   ? numbers.values[0]
                   : numbers.values[static_cast<std::size_t>(static_cast<Index>(n) / inner % size)];
    }
};

void dequantize(const Work& work) {
    const Array& x = work.in(0);
    const Index axis = work.call.number("axis", 1);
    const PerAxis scale(work.in(1), x.sizes, axis);
    std::optional<PerAxis> zero;
    if (work.has(2)) zero.emplace(work.in(2), x.sizes, axis);
    for (std::size_t n = 0; n < x.values.size(); ++n)
        work.out().values[n] = (x.values[n] - (zero ? zero->at(n) : 0)) * scale.at(n);
}

void quantize(const Work& work) {
    const Array& x = work.in(0);
    const Index axis = work.call.number("axis", 1);
    const PerAxis scale(work.in(1), x.sizes, axis);
    std::optional<PerAxis> zero;
    if (work.has(2)) zero.emplace(work.in(2), x.sizes, axis);
    const bool is_signed = work.has(2) && work.call.in(2).type == ElementType::int8;
    const float least = is_signed ? -128.0f : 0.0f, most = is_signed ? 127.0f : 255.0f;
    for (std::size_t n = 0; n < x.values.size(); ++n)
        work.out().values[n] =
            std::clamp(std::nearbyint(x.values[n] / scale.at(n)) + (zero ? zero->at(n) : 0), least, most);
}

constexpr NamedKernel element_kernels[] = {
    {"Identity", each<same>},
    {"Dropout", each<same>},
    {"Relu", each<positive>},
    {"LeakyRelu", leaky_relu},
    {"PRelu", p_relu},
    {"Elu", elu},
    {"Celu", celu},
    {"Selu", selu},
    {"Gelu", gelu},
    {"Sigmoid", each<sigmoid>},
    {"HardSigmoid", hard_sigmoid},
    {"HardSwish", each<hard_swish>},
    {"Mish", each<mish>},
    {"Tanh", each<tangent_h>},
    {"Softplus", each<softplus>},
    {"Softsign", each<softsign>},
    {"ThresholdedRelu", thresholded_relu},
    {"Clip", clip},
    {"Abs", each<absolute>},
    {"Neg", each<negated>},
    {"Not", each<opposite>},
    {"Sign", each<sign>},
    {"Floor", each<floor_of>},
    {"Ceil", each<ceil_of>},
    {"Round", each<nearest>},
    {"Sqrt", each<root>},
    {"Exp", each<exponential>},
    {"Log", each<logarithm>},
    {"Reciprocal", each<reciprocal>},
    {"Erf", each<error_function>},
    {"Sin", each<sine>},
    {"Cos", each<cosine>},
    {"IsNaN", each<is_nan>},
    {"Cast", cast},
    {"Add", pair<add>},
    {"Sub", pair<subtract>},
    {"Mul", pair<multiply>},
    {"Div", divide},
    {"Mod", modulo},
    {"Pow", pair<power>},
    {"Equal", pair<equal>},
    {"Greater", pair<greater>},
    {"GreaterOrEqual", pair<greater_or_equal>},
    {"Less", pair<less>},
    {"LessOrEqual", pair<less_or_equal>},
    {"And", pair<both>},
    {"Or", pair<either>},
    {"Xor", pair<one_of_two>},
    {"Sum", several<add>},
    {"Mean", mean_of_inputs},
    {"Min", several<smaller>},
    {"Max", several<larger>},
    {"Where", where},
    {"DequantizeLinear", dequantize},
    {"QuantizeLinear", quantize},
};

}  // namespace

std::span<const NamedKernel> kernels_for_elements() {
    return element_kernels;
}

}  // namespace convloom::network
