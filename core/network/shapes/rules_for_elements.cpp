// The shapes of what works element by element, of normalizations, products of matrices, reductions and recurrent
// layers.
#include <algorithm>
#include <cmath>

#include "core/network/shapes/rule.hpp"

namespace convloom::network {
namespace {

void same(Call& call) {
    if (const Sizes* x = call.sizes(0)) call.give(*x);
}

void truth(Call& call) {
    same(call);
    call.give(ElementType::boolean);
}

template <double (*function)(double)>
void each(Call& call) {
    same(call);
    if (const std::vector<double>* x = call.values(0)) {
        std::vector<double> out = *x;
        for (double& value : out) value = function(value);
        call.give_values(std::move(out));
    }
}

// All inputs, broadcast to one shape.
void joined(Call& call) {
    std::optional<Sizes> out;
    for (std::size_t n = 0; n < call.input_count(); ++n) {
        if (!call.has(n)) continue;
        const Sizes* x = call.sizes(n);
        if (x == nullptr) return;
        out = out ? broadcast(*out, *x) : *x;
    }
    if (out) call.give(std::move(*out));
}

void compared(Call& call) {
    joined(call);
    call.give(ElementType::boolean);
}

double quotient(double a, double b) {
    return b == 0 ? 0 : a / b;
}
double whole_quotient(double a, double b) {
    return b == 0 ? 0 : std::trunc(a / b);
}
double remainder(double a, double b) {
    return b == 0 ? 0 : a - b * std::floor(a / b);
}
double sum(double a, double b) {
    return a + b;
}
double difference(double a, double b) {
    return a - b;
}
double multiple(double a, double b) {
    return a * b;
}
double least(double a, double b) {
    return std::min(a, b);
}
double most(double a, double b) {
    return std::max(a, b);
}
double equal(double a, double b) {
    return a == b ? 1 : 0;
}
double less(double a, double b) {
    return a < b ? 1 : 0;
}
double greater(double a, double b) {
    return a > b ? 1 : 0;
}

// Values of two small tensors: of the same size, or one of them a single number.
void pair_values(Call& call, double (*function)(double, double)) {
    const std::vector<double>*a = call.values(0), *b = call.values(1);
    if (a == nullptr || b == nullptr || call.input_count() != 2) return;
    if (a->size() != b->size() && a->size() != 1 && b->size() != 1) return;
    std::vector<double> out(a->empty() || b->empty() ? 0 : std::max(a->size(), b->size()));
    for (std::size_t n = 0; n < out.size(); ++n)
        out[n] = function((*a)[a->size() == 1 ? 0 : n], (*b)[b->size() == 1 ? 0 : n]);
    call.give_values(std::move(out));
}

template <double (*function)(double, double)>
void pair(Call& call) {
    joined(call);
    pair_values(call, function);
}

void divide(Call& call) {
    joined(call);
    pair_values(call, is_floating(call.in(0).type) ? quotient : whole_quotient);
}

template <double (*function)(double, double)>
void pair_truth(Call& call) {
    compared(call);
    pair_values(call, function);
}

void dropout(Call& call) {
    same(call);
    if (call.output_count() > 1 && call.out().sizes) {
        call.give(*call.out().sizes, 1);
        call.give(ElementType::boolean, 1);
    }
}

void batch_normalization(Call& call) {
    const Sizes* x = call.sizes(0);
    if (x == nullptr) return;
    const Sizes* scale = call.sizes(1);
    if (scale != nullptr && scale->size() == 1 && x->size() > 1 && (*x)[1] >= 0 && (*scale)[0] >= 0 &&
        (*scale)[0] != (*x)[1])
        fault("The input has {} channels, the scale has {} numbers.", (*x)[1], (*scale)[0]);
    call.give(*x);
}

void gemm(Call& call) {
    const Sizes *a = call.sizes(0), *b = call.sizes(1);
    if (a == nullptr || b == nullptr) return;
    if (a->size() != 2 || b->size() != 2)
        fault("Gemm multiplies two matrices; these are {} and {}.", sizes_text(*a), sizes_text(*b));
    const bool ta = call.number("transA", 0) != 0, tb = call.number("transB", 0) != 0;
    const Index inner = (*a)[ta ? 0 : 1], other = (*b)[tb ? 1 : 0];
    if (inner >= 0 && other >= 0 && inner != other)
        fault("The matrices {} and {} cannot be multiplied: {} columns meet {} rows.", sizes_text(*a), sizes_text(*b),
              inner, other);
    call.give({(*a)[ta ? 1 : 0], (*b)[tb ? 0 : 1]});
}

void multiply(Call& call, std::size_t left, std::size_t right) {
    if (call.sizes(left) == nullptr || call.sizes(right) == nullptr) return;
    Sizes a = *call.sizes(left), b = *call.sizes(right);
    if (a.empty() || b.empty()) fault("MatMul needs at least one axis.");
    const bool row = a.size() == 1, column = b.size() == 1;
    if (row) a.insert(a.begin(), 1);
    if (column) b.push_back(1);
    const Index inner = a.back(), other = b[b.size() - 2];
    if (inner >= 0 && other >= 0 && inner != other)
        fault("The matrices {} and {} cannot be multiplied: {} columns meet {} rows.", sizes_text(a), sizes_text(b),
              inner, other);
    Sizes out = broadcast(Sizes(a.begin(), a.end() - 2), Sizes(b.begin(), b.end() - 2));
    if (!row) out.push_back(a[a.size() - 2]);
    if (!column) out.push_back(b.back());
    call.give(std::move(out));
}

void mat_mul(Call& call) {
    multiply(call, 0, 1);
}
void mat_mul_integer(Call& call) {
    multiply(call, 0, 1);
    call.give(ElementType::int32);
}
void qlinear_mat_mul(Call& call) {
    multiply(call, 0, 3);
}

void quantize(Call& call) {
    same(call);
    call.give(call.has(2) ? call.in(2).type : ElementType::uint8);
}

void dequantize(Call& call) {
    same(call);
    call.give(call.has(1) ? call.in(1).type : ElementType::float32);
}

void dynamic_quantize(Call& call) {
    same(call);
    call.give(ElementType::uint8);
    for (std::size_t n = 1; n < std::min<std::size_t>(call.output_count(), 3); ++n) {
        call.give(Sizes{}, n);
        call.give(n == 1 ? ElementType::float32 : ElementType::uint8, n);
    }
}

void reduce(Call& call) {
    const Sizes* x = call.sizes(0);
    if (x == nullptr) return;
    const bool keep = call.number("keepdims", 1) != 0;
    std::optional<Sizes> axes = call.numbers_or_input("axes", 1);
    if (!axes && call.has(1)) return;  // computed, and not known
    if (axes && axes->empty()) axes.reset();
    if (!axes && call.number("noop_with_empty_axes", 0) != 0) return call.give(*x);
    std::vector<char> gone(x->size(), axes ? 0 : 1);
    if (axes)
        for (const Index axis : *axes) gone[axis_of(axis, x->size())] = 1;
    Sizes out;
    for (std::size_t n = 0; n < x->size(); ++n) {
        if (gone[n] == 0)
            out.push_back((*x)[n]);
        else if (keep)
            out.push_back(1);
    }
    call.give(std::move(out));
    const std::vector<double>* values = call.values(0);
    if (values != nullptr && x->size() <= 1 && (call.node.op == "ReduceProd" || call.node.op == "ReduceSum")) {
        const bool adds = call.node.op == "ReduceSum";
        double total = adds ? 0 : 1;
        for (const double value : *values) total = adds ? total + value : total * value;
        call.give_values({total});
    }
}

void arg_of(Call& call) {
    const Sizes* x = call.sizes(0);
    call.give(ElementType::int64);
    if (x == nullptr) return;
    Sizes out = *x;
    const std::size_t axis = axis_of(call.number("axis", 0), x->size());
    if (call.number("keepdims", 1) != 0)
        out[axis] = 1;
    else
        out.erase(out.begin() + static_cast<std::ptrdiff_t>(axis));
    call.give(std::move(out));
}

void recurrent(Call& call) {
    const Sizes *x = call.sizes(0), *r = call.sizes(2);
    if (x == nullptr || x->size() != 3) return;
    const Index hidden = call.number("hidden_size", r != nullptr && r->size() == 3 ? (*r)[2] : unknown_size);
    const Index directions = call.text("direction") == "bidirectional" ? 2 : 1;
    if (call.number("layout", 0) != 0) return;
    call.give({(*x)[0], directions, (*x)[1], hidden});
    for (std::size_t n = 1; n < call.output_count(); ++n)
        call.give({directions, (*x)[1], hidden}, n), call.give(call.in(0).type, n);
}

double floor_of(double x) {
    return std::floor(x);
}
double ceil_of(double x) {
    return std::ceil(x);
}
double round_of(double x) {
    return std::nearbyint(x);
}
double negative(double x) {
    return -x;
}
double magnitude(double x) {
    return std::fabs(x);
}
double root(double x) {
    return std::sqrt(x);
}
double opposite(double x) {
    return x == 0 ? 1 : 0;
}

constexpr NamedRule element_rules[] = {
    {"Relu", same},
    {"LeakyRelu", same},
    {"PRelu", same},
    {"Elu", same},
    {"Selu", same},
    {"Celu", same},
    {"Gelu", same},
    {"Mish", same},
    {"ThresholdedRelu", same},
    {"Sigmoid", same},
    {"HardSigmoid", same},
    {"HardSwish", same},
    {"Swish", same},
    {"Tanh", same},
    {"Softplus", same},
    {"Softsign", same},
    {"Softmax", same},
    {"LogSoftmax", same},
    {"Hardmax", same},
    {"Exp", same},
    {"Log", same},
    {"Reciprocal", same},
    {"Erf", same},
    {"Sign", same},
    {"Sin", same},
    {"Cos", same},
    {"Tan", same},
    {"Asin", same},
    {"Acos", same},
    {"Atan", same},
    {"Sinh", same},
    {"Cosh", same},
    {"Asinh", same},
    {"Acosh", same},
    {"Atanh", same},
    {"Clip", same},
    {"Shrink", same},
    {"CumSum", same},
    {"Trilu", same},
    {"LRN", same},
    {"InstanceNormalization", same},
    {"LayerNormalization", same},
    {"GroupNormalization", same},
    {"MeanVarianceNormalization", same},
    {"LpNormalization", same},
    {"BatchNormalization", batch_normalization},
    {"Dropout", dropout},
    {"Floor", each<floor_of>},
    {"Ceil", each<ceil_of>},
    {"Round", each<round_of>},
    {"Neg", each<negative>},
    {"Abs", each<magnitude>},
    {"Sqrt", each<root>},
    {"Not", each<opposite>},
    {"IsNaN", truth},
    {"IsInf", truth},
    {"Add", pair<sum>},
    {"Sub", pair<difference>},
    {"Mul", pair<multiple>},
    {"Div", divide},
    {"Mod", pair<remainder>},
    {"Pow", joined},
    {"Sum", joined},
    {"Mean", joined},
    {"Min", pair<least>},
    {"Max", pair<most>},
    {"BitShift", joined},
    {"Equal", pair_truth<equal>},
    {"Less", pair_truth<less>},
    {"Greater", pair_truth<greater>},
    {"LessOrEqual", compared},
    {"GreaterOrEqual", compared},
    {"And", compared},
    {"Or", compared},
    {"Xor", compared},
    {"Gemm", gemm},
    {"MatMul", mat_mul},
    {"MatMulInteger", mat_mul_integer},
    {"QLinearMatMul", qlinear_mat_mul},
    {"QuantizeLinear", quantize},
    {"DequantizeLinear", dequantize},
    {"DynamicQuantizeLinear", dynamic_quantize},
    {"ReduceMean", reduce},
    {"ReduceSum", reduce},
    {"ReduceProd", reduce},
    {"ReduceMax", reduce},
    {"ReduceMin", reduce},
    {"ReduceL1", reduce},
    {"ReduceL2", reduce},
    {"ReduceLogSum", reduce},
    {"ReduceLogSumExp", reduce},
    {"ReduceSumSquare", reduce},
    {"ArgMax", arg_of},
    {"ArgMin", arg_of},
    {"LSTM", recurrent},
    {"GRU", recurrent},
    {"RNN", recurrent},
};

}  // namespace

std::span<const NamedRule> rules_for_elements() {
    return element_rules;
}

}  // namespace convloom::network
