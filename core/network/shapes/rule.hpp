// What the rules of the operators share: access to a node's inputs and attributes, and how a fault is reported.
#pragma once
#include <fmt/format.h>

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/network/shapes/inference.hpp"

namespace convloom::network {

// Thrown by rules and caught by infer(): why the node cannot be applied to these inputs.
struct RuleFault {
    std::string sentence;
};

class Call {
  public:
    Call(const Node& called, Index version, std::vector<const Fact*> inputs, std::vector<Fact>& outputs)
        : node(called), opset(version), inputs_(std::move(inputs)), outputs_(outputs) {}

    const Node& node;
    const Index opset;

    std::size_t input_count() const { return inputs_.size(); }
    bool has(std::size_t n) const { return n < inputs_.size() && inputs_[n] != nullptr; }
    const Fact& in(std::size_t n) const;  // faults if it is left out
    // The sizes of an input, or nothing while they are unknown.
    const Sizes* sizes(std::size_t n) const { return has(n) && inputs_[n]->sizes ? &*inputs_[n]->sizes : nullptr; }
    // The values of an input as whole numbers; nothing if they are not known.
    std::optional<Sizes> whole(std::size_t n) const;
    const std::vector<double>* values(std::size_t n) const {
        return has(n) && inputs_[n]->values ? &*inputs_[n]->values : nullptr;
    }

    Index number(std::string_view attribute, Index otherwise) const;
    float real(std::string_view attribute, float otherwise) const;
    std::string text(std::string_view attribute, std::string otherwise = {}) const;
    std::optional<Sizes> numbers(std::string_view attribute) const;
    // An attribute in older opsets that became an input: nothing if it is given by neither or not known.
    std::optional<Sizes> numbers_or_input(std::string_view attribute, std::size_t input) const;
    bool has_attribute(std::string_view attribute) const { return node.attribute(attribute) != nullptr; }

    std::size_t output_count() const { return outputs_.size(); }
    Fact& out(std::size_t n = 0) { return outputs_[n]; }
    void give(Sizes sizes, std::size_t n = 0);
    void give(ElementType type, std::size_t n = 0) { outputs_[n].type = type; }
    void give_values(std::vector<double> values);
    // The values of the first input, in the same order.
    void pass_values() {
        if (const std::vector<double>* x = values(0)) give_values(*x);
    }

  private:
    std::vector<const Fact*> inputs_;
    std::vector<Fact>& outputs_;
};

template <class... Parts>
[[noreturn]] void fault(fmt::format_string<Parts...> format, Parts&&... parts) {
    throw RuleFault{fmt::format(format, std::forward<Parts>(parts)...)};
}

// An axis counted from the end if it is negative; faults if there is none such.
std::size_t axis_of(Index axis, std::size_t axes);
// NumPy's broadcasting; faults if the sizes differ.
Sizes broadcast(const Sizes& a, const Sizes& b);
// A product that is unknown if a factor is; faults if it does not fit.
Index product(const Sizes& sizes, std::size_t from, std::size_t to);
// a + b and so on for sizes that may be unknown; a product or sum that does not fit faults.
Index times(Index a, Index b);
Index plus(Index a, Index b);

using Rule = void (*)(Call& call);

struct NamedRule {
    const char* op;
    Rule rule;
};

// The rules of one family each.
std::span<const NamedRule> rules_for_windows();   // convolutions, poolings, resizing
std::span<const NamedRule> rules_for_elements();  // element by element, normalizations, products of matrices
std::span<const NamedRule> rules_for_forms();     // reshaping, joining, cutting
std::span<const NamedRule> rules_for_values();    // constants, sizes as values, choices among values

}  // namespace convloom::network
