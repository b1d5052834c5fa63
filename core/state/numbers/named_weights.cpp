#include "core/state/numbers/named_weights.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <string_view>

#include "core/arith/layer/counts.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/scene/words/number_text.hpp"
#include "core/state/base/error.hpp"

namespace convloom::state {
namespace {

using arith::Shape;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// "conv2" before "conv10".
bool comes_first(std::string_view a, std::string_view b) {
    while (!a.empty() && !b.empty()) {
        if (is_digit(a.front()) && is_digit(b.front())) {
            const auto number = [](std::string_view& text) {
                while (text.size() > 1 && text[0] == '0' && is_digit(text[1])) text.remove_prefix(1);
                std::size_t end = 0;
                while (end < text.size() && is_digit(text[end])) ++end;
                const std::string_view digits = text.substr(0, end);
                text.remove_prefix(end);
                return digits;
            };
            const std::string_view left = number(a), right = number(b);
            if (left.size() != right.size()) return left.size() < right.size();
            if (left != right) return left < right;
        } else {
            if (a.front() != b.front()) return a.front() < b.front();
            a.remove_prefix(1), b.remove_prefix(1);
        }
    }
    return a.empty() && !b.empty();
}

// "conv1" for "conv1.weight", "conv1/kernel:0" and "conv1_W"; the whole name if it ends otherwise.
std::string_view stem_of(std::string_view name) {
    const std::size_t end = name.find_last_of("./_");
    return end == std::string_view::npos ? std::string_view() : name.substr(0, end);
}

// Keras's kernel (k…, in, out) as (out, in, k…).
arith::Tensor from_keras(const arith::Tensor& tensor) {
    const std::size_t axes = tensor.shape.size();
    Shape shape{tensor.shape[axes - 1], tensor.shape[axes - 2]};
    shape.insert(shape.end(), tensor.shape.begin(), tensor.shape.end() - 2);
    const auto out = static_cast<std::size_t>(shape[0]), in = static_cast<std::size_t>(shape[1]),
               volume = tensor.values.size() / (out * in);
    arith::Tensor turned{shape, std::vector<float>(tensor.values.size())};
    for (std::size_t k = 0; k < volume; ++k)
        for (std::size_t i = 0; i < in; ++i)
            for (std::size_t o = 0; o < out; ++o)
                turned.values[(o * in + i) * volume + k] = tensor.values[(k * in + i) * out + o];
    return turned;
}

bool is_keras_shape(const Shape& shape, const Shape& wanted) {
    const std::size_t axes = wanted.size();
    return shape.size() == axes && shape[axes - 1] == wanted[0] && shape[axes - 2] == wanted[1] &&
           std::equal(shape.begin(), shape.end() - 2, wanted.begin() + 2);
}

std::string list_of(const std::vector<const NamedArray*>& arrays) {
    constexpr std::size_t most = 6;
    std::string list;
    for (std::size_t n = 0; n < std::min(most, arrays.size()); ++n)
        list += fmt::format("{}{}{}{}", n == 0 ? "" : ", ", arrays[n]->name, arrays[n]->name.empty() ? "" : " ",
                            arith::to_text(arrays[n]->tensor.shape));
    if (arrays.size() > most) list += fmt::format(" and {} more", arrays.size() - most);
    return list.empty() ? "none" : list;
}

}  // namespace

void set_named_weights(State& state, const NamedWeights& weights) {
    std::vector<const NamedArray*> arrays;
    for (const NamedArray& one : weights.arrays) {
        const std::string& prefix = weights.prefix;
        const bool below = one.name.size() > prefix.size() && one.name.starts_with(prefix) &&
                           std::string_view("./_").find(one.name[prefix.size()]) != std::string_view::npos;
        if (prefix.empty() || one.name == prefix || below) arrays.push_back(&one);
    }
    if (arrays.empty()) {
        for (const NamedArray& one : weights.arrays) arrays.push_back(&one);
        throw Error(
            fmt::format("{}: it holds no array “{}”; there are {}.", weights.from, weights.prefix, list_of(arrays)));
    }
    std::stable_sort(arrays.begin(), arrays.end(),
                     [](const NamedArray* a, const NamedArray* b) { return comes_first(a->name, b->name); });
    std::vector<const NamedArray*> left = arrays;
    for (std::size_t n = 0; n < state.stages.size(); ++n) {
        Stage& stage = state.stages[n];
        const arith::Layer& layer = stage.layer;
        if (!layer.has_weight()) continue;
        const Shape wanted = arith::weight_shape(layer);
        const auto found = std::find_if(left.begin(), left.end(), [&](const NamedArray* one) {
            return one->tensor.shape == wanted || is_keras_shape(one->tensor.shape, wanted);
        });
        if (found == left.end())
            throw Error(fmt::format("{}: layer {}, {}, needs weights of {}; {} {}.", weights.from, n + 1,
                                    scene::with_article(arith::name_of(layer.op)), arith::to_text(wanted),
                                    left.size() < arrays.size() ? "what is left are" : "there are", list_of(left)));
        const NamedArray& weight = **found;
        stage.weight = weight.tensor.shape == wanted ? weight.tensor : from_keras(weight.tensor);
        left.erase(found);
        if (!layer.bias) continue;
        const std::string_view stem = stem_of(weight.name);
        const auto bias = std::find_if(left.begin(), left.end(), [&](const NamedArray* one) {
            return one->tensor.shape == Shape{layer.out_channels} && stem_of(one->name) == stem;
        });
        stage.bias = bias != left.end()
                         ? (*bias)->tensor
                         : arith::Tensor{{layer.out_channels},
                                         std::vector<float>(static_cast<std::size_t>(layer.out_channels), 0.0f)};
        if (bias != left.end()) left.erase(bias);
    }
}

}  // namespace convloom::state
