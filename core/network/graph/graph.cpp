#include "core/network/graph/graph.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace convloom::network {
namespace {

struct TypeFacts {
    const char* name;
    int bytes;
    bool floating;
};

constexpr std::array<TypeFacts, 17> element_types = {{{"undefined", 0, false},
                                                      {"float32", 4, true},
                                                      {"uint8", 1, false},
                                                      {"int8", 1, false},
                                                      {"uint16", 2, false},
                                                      {"int16", 2, false},
                                                      {"int32", 4, false},
                                                      {"int64", 8, false},
                                                      {"string", 0, false},
                                                      {"bool", 1, false},
                                                      {"float16", 2, true},
                                                      {"float64", 8, true},
                                                      {"uint32", 4, false},
                                                      {"uint64", 8, false},
                                                      {"complex64", 8, false},
                                                      {"complex128", 16, false},
                                                      {"bfloat16", 2, true}}};

const TypeFacts& facts_of(ElementType type) {
    const auto n = static_cast<std::size_t>(type);
    return element_types[n < element_types.size() ? n : 0];
}

template <class Stored>
Stored stored_at(const char* at) {
    Stored value;
    std::memcpy(&value, at, sizeof value);
    return value;
}

double half_at(const char* at) {  // IEEE 754 binary16
    const auto bits = stored_at<std::uint16_t>(at);
    const int exponent = bits >> 10 & 31, fraction = bits & 1023;
    double value = 0;
    if (exponent == 31)
        value = fraction != 0 ? std::nan("") : HUGE_VAL;
    else
        value = std::ldexp(exponent == 0 ? fraction : fraction + 1024, std::max(exponent, 1) - 25);
    return (bits >> 15) != 0 ? -value : value;
}

double bfloat_at(const char* at) {  // the upper half of a float32
    const std::uint32_t bits = std::uint32_t{stored_at<std::uint16_t>(at)} << 16;
    return stored_at<float>(reinterpret_cast<const char*>(&bits));
}

double number_at(ElementType type, const char* at) {
    switch (type) {
        case ElementType::float32:
            return stored_at<float>(at);
        case ElementType::uint8:
        case ElementType::boolean:
            return stored_at<std::uint8_t>(at);
        case ElementType::int8:
            return stored_at<std::int8_t>(at);
        case ElementType::uint16:
            return stored_at<std::uint16_t>(at);
        case ElementType::int16:
            return stored_at<std::int16_t>(at);
        case ElementType::int32:
            return stored_at<std::int32_t>(at);
        case ElementType::int64:
            return static_cast<double>(stored_at<std::int64_t>(at));
        case ElementType::float16:
            return half_at(at);
        case ElementType::float64:
            return stored_at<double>(at);
        case ElementType::uint32:
            return stored_at<std::uint32_t>(at);
        case ElementType::uint64:
            return static_cast<double>(stored_at<std::uint64_t>(at));
        case ElementType::bfloat16:
            return bfloat_at(at);
        case ElementType::undefined:
        case ElementType::string:
        case ElementType::complex64:
        case ElementType::complex128:
            break;
    }
    return 0;
}

bool is_number(ElementType type) {
    return bytes_of(type) > 0 && type != ElementType::complex64 && type != ElementType::complex128;
}

}  // namespace

std::string_view name_of(ElementType type) {
    return facts_of(type).name;
}
int bytes_of(ElementType type) {
    return facts_of(type).bytes;
}
bool is_floating(ElementType type) {
    return facts_of(type).floating;
}

std::optional<Index> element_count(const Sizes& sizes) {
    if (std::any_of(sizes.begin(), sizes.end(), [](Index size) { return size < 0; })) return {};
    if (std::find(sizes.begin(), sizes.end(), 0) != sizes.end()) return 0;
    Index count = 1;
    for (const Index size : sizes)
        if (__builtin_mul_overflow(count, size, &count) || count > Index{1} << 62) return {};
    return count;
}

std::optional<std::vector<double>> numbers(const Values& values, Index most) {
    const std::optional<Index> count = element_count(values.sizes);
    const int size = bytes_of(values.type);
    if (!count || *count > most || !is_number(values.type)) return {};
    if (values.bytes.size() != static_cast<std::size_t>(*count * size)) return {};
    std::vector<double> all(static_cast<std::size_t>(*count));
    for (std::size_t n = 0; n < all.size(); ++n)
        all[n] = number_at(values.type, values.bytes.data() + n * static_cast<std::size_t>(size));
    return all;
}

const Attribute* Node::attribute(std::string_view wanted) const {
    for (const Attribute& one : attributes)
        if (one.name == wanted) return &one;
    return nullptr;
}

std::string called(const Graph& graph, const Node& node) {
    if (!node.name.empty()) return fmt::format("{} “{}”", node.op, node.name);
    for (const int tensor : node.outputs)
        if (tensor >= 0)
            return fmt::format("{} that computes “{}”", node.op, graph.tensors[static_cast<std::size_t>(tensor)].name);
    return node.op;
}

std::string put_in_order(Graph& graph) {
    const auto count = graph.nodes.size();
    std::vector<char> known(graph.tensors.size(), 0);
    for (std::size_t n = 0; n < graph.tensors.size(); ++n) known[n] = graph.tensors[n].values.has_value();
    for (const int input : graph.inputs) known[static_cast<std::size_t>(input)] = 1;
    for (std::size_t n = 0; n < count; ++n)
        for (const int output : graph.nodes[n].outputs) {
            if (output < 0) continue;
            Tensor& tensor = graph.tensors[static_cast<std::size_t>(output)];
            if (tensor.producer >= 0 || known[static_cast<std::size_t>(output)] != 0)
                return fmt::format("The tensor “{}”, which {} computes, has another source already.", tensor.name,
                                   called(graph, graph.nodes[n]));
            tensor.producer = static_cast<int>(n);
        }

    // Each node waits for its inputs; those that wait for nothing go on in the order of the file.
    std::vector<int> waits(count, 0);
    std::vector<std::vector<int>> waiting(graph.tensors.size());
    for (std::size_t n = 0; n < count; ++n)
        for (const int input : graph.nodes[n].inputs) {
            if (input < 0 || known[static_cast<std::size_t>(input)] != 0) continue;
            const Tensor& tensor = graph.tensors[static_cast<std::size_t>(input)];
            if (tensor.producer < 0)
                return fmt::format("{} reads the tensor “{}”, which nothing in the model computes or stores.",
                                   called(graph, graph.nodes[n]), tensor.name);
            ++waits[n];
            waiting[static_cast<std::size_t>(input)].push_back(static_cast<int>(n));
        }
    std::vector<int> order;
    std::vector<char> done(count, 0);
    order.reserve(count);
    std::vector<int> ready;
    auto finish = [&](int n) {
        order.push_back(n);
        done[static_cast<std::size_t>(n)] = 1;
        for (const int output : graph.nodes[static_cast<std::size_t>(n)].outputs)
            if (output >= 0)
                for (const int other : waiting[static_cast<std::size_t>(output)])
                    if (--waits[static_cast<std::size_t>(other)] == 0) ready.push_back(other);
    };
    for (std::size_t n = 0; n < count; ++n) {
        if (done[n] != 0 || waits[n] > 0) continue;
        finish(static_cast<int>(n));
        // Those in front of this place were passed over; those behind it are reached by the loop.
        while (!ready.empty()) {
            const int next = ready.back();
            ready.pop_back();
            if (next < static_cast<int>(n) && done[static_cast<std::size_t>(next)] == 0) finish(next);
        }
    }
    if (order.size() < count) {
        const auto first = static_cast<std::size_t>(std::find(done.begin(), done.end(), 0) - done.begin());
        return fmt::format("{} depends on its own output: the model has a cycle.", called(graph, graph.nodes[first]));
    }
    std::vector<Node> sorted;
    sorted.reserve(count);
    for (const int n : order) sorted.push_back(std::move(graph.nodes[static_cast<std::size_t>(n)]));
    graph.nodes = std::move(sorted);
    for (std::size_t n = 0; n < count; ++n)
        for (const int output : graph.nodes[n].outputs)
            if (output >= 0) graph.tensors[static_cast<std::size_t>(output)].producer = static_cast<int>(n);
    for (const int output : graph.outputs) {
        const Tensor& tensor = graph.tensors[static_cast<std::size_t>(output)];
        if (tensor.producer < 0 && known[static_cast<std::size_t>(output)] == 0)
            return fmt::format("The output “{}” is not computed by any node of the model.", tensor.name);
    }
    return {};
}

std::string sizes_text(const Sizes& sizes) {
    if (sizes.empty()) return "scalar";
    std::string text;
    for (const Index size : sizes) {
        if (!text.empty()) text += "×";
        text += size < 0 ? "?" : std::to_string(size);
    }
    return text;
}

}  // namespace convloom::network
