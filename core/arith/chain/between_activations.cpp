// Activations: a function of each value alone, and the softmax family, which divides among the values of an axis.
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/arith/chain/between_rows.hpp"

namespace convloom::arith {
namespace {

using Takes = BetweenSetting::Takes;
using Changes = BetweenSetting::Changes;

double sigmoid(double x) {
    return 1 / (1 + std::exp(-x));
}
double softplus(double x) {
    return x > 20 ? x : std::log1p(std::exp(x));
}

// Keras's ReLU has a ceiling, a threshold and a slope below it.
EachValue relu_of(const Between& b) {
    return [threshold = b.number("threshold"), slope = b.number("negative_slope"),
            most = b.number("max_value", std::numeric_limits<double>::max())](double x) {
        return x < threshold ? slope * (x - threshold) : std::min(x, most);
    };
}
EachValue with_slope(double slope) {
    return [slope](double x) { return x > 0 ? x : slope * x; };
}
EachValue elu_of(const Between& b) {
    return [alpha = b.number("alpha")](double x) { return x > 0 ? x : alpha * std::expm1(x); };
}
EachValue celu_of(const Between& b) {
    return [alpha = b.number("alpha")](double x) { return x > 0 ? x : alpha * std::expm1(x / alpha); };
}
double selu(double x) {
    constexpr double alpha = 1.6732632423543772, scale = 1.0507009873554805;
    return scale * (x > 0 ? x : alpha * std::expm1(x));
}
EachValue gelu_of(const Between& b) {
    constexpr double pi = 3.141592653589793;
    if (b.value("approximate").text == "tanh")
        return [](double x) { return 0.5 * x * (1 + std::tanh(std::sqrt(2 / pi) * (x + 0.044715 * x * x * x))); };
    return [](double x) { return 0.5 * x * (1 + std::erf(x / std::sqrt(2.0))); };
}
EachValue hardsigmoid_of(const Between& b) {
    return [slope = b.number("alpha"), middle = b.number("beta")](double x) {
        return std::clamp(slope * x + middle, 0.0, 1.0);
    };
}
EachValue softplus_of(const Between& b) {
    return [beta = b.number("beta"), threshold = b.number("threshold")](double x) {
        return beta * x > threshold ? x : std::log1p(std::exp(beta * x)) / beta;
    };
}

EachValue hardtanh_of(const Between& b) {
    return [least = b.number("min_val"), most = b.number("max_val")](double x) {
        return std::min(std::max(x, least), most);
    };
}
EachValue hardshrink_of(const Between& b) {
    return [around = b.number("lambd")](double x) { return std::abs(x) > around ? x : 0; };
}
EachValue softshrink_of(const Between& b) {
    return [around = b.number("lambd")](double x) { return x - std::clamp(x, -around, around); };
}
EachValue threshold_of(const Between& b) {
    return [threshold = b.number("threshold"), otherwise = b.number("value")](double x) {
        return x > threshold ? x : otherwise;
    };
}
// Calls `change` with the values along the axis that `key` names, once for each place on the other axes.
template <class Change>
Tensor along_axis(const Between& b, Tensor t, const char* key, Change change) {
    const int axis = axis_of(b, key, t.shape, 0).axis;
    Index inner = 1;
    for (std::size_t n = static_cast<std::size_t>(axis) + 1; n < t.shape.size(); ++n) inner *= t.shape[n];
    const Index size = t.shape[static_cast<std::size_t>(axis)], whole = static_cast<Index>(t.values.size());
    std::vector<double> line(static_cast<std::size_t>(size));
    for (Index outer = 0; outer < whole; outer += size * inner)
        for (Index n = outer; n < outer + inner; ++n) {
            for (Index at = 0; at < size; ++at) line[at] = t.values[n + at * inner];
            change(line);
            for (Index at = 0; at < size; ++at) t.values[n + at * inner] = static_cast<float>(line[at]);
        }
    return t;
}

void softmax(std::vector<double>& line, bool logarithm) {
    const double most = *std::max_element(line.begin(), line.end());
    double sum = 0;
    for (const double x : line) sum += std::exp(x - most);
    for (double& x : line) x = logarithm ? x - most - std::log(sum) : std::exp(x - most) / sum;
}
Tensor softmax_of(const Between& b, Tensor t) {
    return along_axis(b, std::move(t), "dim", [](std::vector<double>& line) { softmax(line, false); });
}
Tensor log_softmax_of(const Between& b, Tensor t) {
    return along_axis(b, std::move(t), "dim", [](std::vector<double>& line) { softmax(line, true); });
}
Tensor softmin_of(const Between& b, Tensor t) {
    for (float& x : t.values) x = -x;
    return softmax_of(b, std::move(t));
}
BetweenShape softmax_shape(const Between& b, const Shape& shape) {
    return {shape, axis_of(b, "dim", shape, 0).problem};
}

// One slope for all channels, one each, or in Keras one for each cell.
BetweenShape prelu_shape(const Between& b, const Shape& shape) {
    const Index slopes = b.whole("num_parameters");
    if (slopes > 1 && slopes != shape[0])
        return {shape, between_problem(counting({{slopes, "slope"}}, "{} has {} slopes, but it is given {} channels.",
                                                title_of(b), slopes, shape[0]))};
    return {shape, {}};
}
Index prelu_parameters(const Between& b, const Shape& shape) {
    const Index slopes = b.whole("num_parameters");
    return slopes == 0 ? element_count(shape).value_or(0) : slopes;
}

constexpr BetweenSetting inplace{.key = "inplace", .takes = Takes::flag, .by_default = 0, .changes = Changes::nothing};
constexpr BetweenSetting relu_settings[] = {
    inplace,
    {.key = "max_value", .in_torch = false, .keras = "max_value", .least = 0},
    {.key = "negative_slope", .by_default = 0, .in_torch = false, .keras = "negative_slope"},
    {.key = "threshold", .by_default = 0, .in_torch = false, .keras = "threshold"}};
constexpr BetweenSetting only_inplace[] = {inplace};
constexpr BetweenSetting leaky_settings[] = {{.key = "negative_slope",
                                              .by_default = 0.01,
                                              .keras_default = 0.3,
                                              .in_title = true,
                                              .keras = "negative_slope,alpha",
                                              .onnx = "alpha"},
                                             inplace};
constexpr BetweenSetting prelu_settings[] = {{.key = "num_parameters",
                                              .takes = Takes::whole,
                                              .by_default = 1,
                                              .keras_default = 0,
                                              .one_or_channels = true,
                                              .in_title = true,
                                              .least = 0,
                                              .most = max_field},
                                             {.key = "init", .by_default = 0.25, .keras_default = 0}};
constexpr BetweenSetting rrelu_settings[] = {
    {.key = "lower", .by_default = 0.125}, {.key = "upper", .by_default = 1.0 / 3}, inplace};
constexpr BetweenSetting elu_settings[] = {{.key = "alpha", .by_default = 1, .keras = "alpha", .onnx = "alpha"},
                                           inplace};
constexpr BetweenSetting celu_settings[] = {{.key = "alpha", .by_default = 1, .onnx = "alpha", .least = 1e-6}, inplace};
constexpr BetweenSetting gelu_settings[] = {
    {.key = "approximate", .takes = Takes::text, .onnx = "approximate", .words = "none, tanh"}};
constexpr BetweenSetting hardsigmoid_settings[] = {
    inplace,
    {.key = "alpha", .by_default = 1.0 / 6, .onnx_default = 0.2, .in_torch = false, .onnx = "alpha"},
    {.key = "beta", .by_default = 0.5, .in_torch = false, .onnx = "beta"}};
constexpr BetweenSetting hardtanh_settings[] = {
    {.key = "min_val", .by_default = -1, .onnx_default = -3.4e38, .in_title = true, .onnx = "min", .least = -3.5e38},
    {.key = "max_val", .by_default = 1, .onnx_default = 3.4e38, .in_title = true, .onnx = "max", .most = 3.5e38},
    inplace};
constexpr BetweenSetting softplus_settings[] = {{.key = "beta", .by_default = 1, .least = 1e-6},
                                                {.key = "threshold", .by_default = 20}};
constexpr BetweenSetting shrink_settings[] = {{.key = "lambd", .by_default = 0.5, .onnx = "lambd", .least = 0}};
constexpr BetweenSetting threshold_settings[] = {{.key = "threshold", .open = BetweenSetting::Open::needed},
                                                 {.key = "value", .open = BetweenSetting::Open::needed},
                                                 inplace};
constexpr BetweenSetting softmax_settings[] = {{.key = "dim", .takes = Takes::whole, .least = -4, .most = 3}};
const BetweenKind activation_table[] = {
    {.json = "relu",
     .torch = "ReLU",
     .keras = "ReLU",
     .onnx = "Relu",
     .activation = "relu",
     .settings = relu_settings,
     .says = "max(x, 0)",
     .each = relu_of,
     .offered = true},
    {.json = "relu6",
     .torch = "ReLU6",
     .activation = "relu6",
     .settings = only_inplace,
     .says = "x limited to 0 … 6",
     .each = [](const Between&) -> EachValue { return [](double x) { return std::clamp(x, 0.0, 6.0); }; }},
    {.json = "leaky_relu",
     .torch = "LeakyReLU",
     .keras = "LeakyReLU",
     .onnx = "LeakyRelu",
     .activation = "leaky_relu",
     .settings = leaky_settings,
     .says = "negative values are multiplied by the slope",
     .each = [](const Between& b) { return with_slope(b.number("negative_slope")); },
     .offered = true},
    {.json = "prelu",
     .torch = "PReLU",
     .keras = "PReLU",
     .onnx = "PRelu",
     .activation = "prelu",
     .settings = prelu_settings,
     .says = "negative values are multiplied by a learned slope, at first the initial one",
     .shape = prelu_shape,
     .each = [](const Between& b) { return with_slope(b.number("init")); },
     .parameters = prelu_parameters},
    {.json = "rrelu",
     .torch = "RReLU",
     .activation = "rrelu",
     .settings = rrelu_settings,
     .says = "negative values are multiplied by the mean slope; in training by a random one",
     .each = [](const Between& b) { return with_slope((b.number("lower") + b.number("upper")) / 2); }},
    {.json = "elu",
     .torch = "ELU",
     .keras = "ELU",
     .onnx = "Elu",
     .activation = "elu",
     .settings = elu_settings,
     .says = "x, and α(eˣ − 1) for negative x",
     .each = elu_of},
    {.json = "celu",
     .torch = "CELU",
     .onnx = "Celu",
     .activation = "celu",
     .settings = celu_settings,
     .says = "x, and α(e^(x/α) − 1) for negative x",
     .each = celu_of},
    {.json = "selu",
     .torch = "SELU",
     .onnx = "Selu",
     .activation = "selu",
     .settings = only_inplace,
     .says = "a scaled ELU that keeps mean 0 and variance 1",
     .each = [](const Between&) -> EachValue { return selu; }},
    {.json = "gelu",
     .torch = "GELU",
     .onnx = "Gelu",
     .activation = "gelu",
     .settings = gelu_settings,
     .says = "x times the normal distribution's Φ(x)",
     .each = gelu_of,
     .offered = true},
    {.json = "silu",
     .torch = "SiLU",
     .aliases = "Swish",
     .activation = "silu,swish",
     .settings = only_inplace,
     .says = "x times sigmoid(x)",
     .each = [](const Between&) -> EachValue { return [](double x) { return x * sigmoid(x); }; },
     .offered = true},
    {.json = "mish",
     .torch = "Mish",
     .onnx = "Mish",
     .activation = "mish",
     .settings = only_inplace,
     .says = "x times tanh(softplus(x))",
     .each = [](const Between&) -> EachValue { return [](double x) { return x * std::tanh(softplus(x)); }; }},
    {.json = "hardswish",
     .torch = "Hardswish",
     .onnx = "HardSwish",
     .aliases = "HardSwish",
     .activation = "hardswish,hard_swish,hard_silu",
     .settings = only_inplace,
     .says = "x · min(max(x + 3, 0), 6) / 6",
     .each = [](const Between&) -> EachValue { return [](double x) { return x * std::clamp(x + 3, 0.0, 6.0) / 6; }; }},
    {.json = "hardsigmoid",
     .torch = "Hardsigmoid",
     .onnx = "HardSigmoid",
     .aliases = "HardSigmoid",
     .activation = "hardsigmoid,hard_sigmoid",
     .settings = hardsigmoid_settings,
     .says = "a straight line limited to 0 … 1",
     .each = hardsigmoid_of},
    {.json = "hardtanh",
     .torch = "Hardtanh",
     .onnx = "Clip",
     .activation = "hardtanh",
     .settings = hardtanh_settings,
     .says = "x limited to a range",
     .each = hardtanh_of},
    {.json = "sigmoid",
     .torch = "Sigmoid",
     .onnx = "Sigmoid",
     .activation = "sigmoid",
     .says = "1 / (1 + e⁻ˣ)",
     .each = [](const Between&) -> EachValue { return [](double x) { return sigmoid(x); }; },
     .offered = true},
    {.json = "log_sigmoid",
     .torch = "LogSigmoid",
     .activation = "logsigmoid,log_sigmoid",
     .says = "the logarithm of the sigmoid",
     .each = [](const Between&) -> EachValue {
         return [](double x) { return std::min(x, 0.0) - std::log1p(std::exp(-std::abs(x))); };
     }},
    {.json = "tanh",
     .torch = "Tanh",
     .onnx = "Tanh",
     .activation = "tanh",
     .says = "tanh(x), between −1 and 1",
     .each = [](const Between&) -> EachValue { return [](double x) { return std::tanh(x); }; },
     .offered = true},
    {.json = "tanhshrink",
     .torch = "Tanhshrink",
     .activation = "tanhshrink,tanh_shrink",
     .says = "x − tanh(x)",
     .each = [](const Between&) -> EachValue { return [](double x) { return x - std::tanh(x); }; }},
    {.json = "softplus",
     .torch = "Softplus",
     .onnx = "Softplus",
     .activation = "softplus",
     .settings = softplus_settings,
     .says = "log(1 + eˣ)",
     .each = softplus_of},
    {.json = "softsign",
     .torch = "Softsign",
     .onnx = "Softsign",
     .activation = "softsign",
     .says = "x / (1 + |x|)",
     .each = [](const Between&) -> EachValue { return [](double x) { return x / (1 + std::abs(x)); }; }},
    {.json = "hardshrink",
     .torch = "Hardshrink",
     .activation = "hardshrink,hard_shrink",
     .settings = shrink_settings,
     .says = "0 where |x| is at most λ, otherwise x",
     .each = hardshrink_of},
    {.json = "softshrink",
     .torch = "Softshrink",
     .activation = "softshrink,soft_shrink",
     .settings = shrink_settings,
     .says = "x moved towards 0 by λ",
     .each = softshrink_of},
    {.json = "threshold",
     .torch = "Threshold",
     .activation = "threshold",
     .settings = threshold_settings,
     .says = "x above the threshold, otherwise the value",
     .each = threshold_of},
    {.json = "exponential",
     .onnx = "Exp",
     .activation = "exponential",
     .says = "eˣ",
     .each = [](const Between&) -> EachValue { return [](double x) { return std::exp(x); }; }},
    {.json = "softmax",
     .torch = "Softmax",
     .keras = "Softmax",
     .onnx = "Softmax",
     .aliases = "Softmax2d",
     .activation = "softmax",
     .settings = softmax_settings,
     .says = "eˣ divided by the sum of all eˣ along an axis",
     .shape = softmax_shape,
     .values = softmax_of,
     .offered = true},
    {.json = "log_softmax",
     .torch = "LogSoftmax",
     .onnx = "LogSoftmax",
     .activation = "log_softmax",
     .settings = softmax_settings,
     .says = "the logarithm of the softmax",
     .shape = softmax_shape,
     .values = log_softmax_of},
    {.json = "softmin",
     .torch = "Softmin",
     .activation = "softmin",
     .settings = softmax_settings,
     .says = "the softmax of −x",
     .shape = softmax_shape,
     .values = softmin_of},
};

}  // namespace

std::span<const BetweenKind> activation_rows() {
    return activation_table;
}

}  // namespace convloom::arith
