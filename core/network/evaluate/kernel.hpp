// What the kernels of the operators share: access to a node's values, and to its attributes through the Call of its
// rule.
#pragma once
#include <memory>
#include <span>
#include <vector>

#include "core/network/evaluate/evaluate.hpp"
#include "core/network/shapes/rule.hpp"

namespace convloom::network {

// One node at work. Kernels throw a RuleFault where they cannot compute it.
struct Work {
    const Call& call;
    std::vector<const Array*> inputs;  // null for those that are left out
    std::vector<Array>& outputs;       // with the sizes that the inference found, and values of zero
    const EvaluateOptions& options;

    bool has(std::size_t n) const { return n < inputs.size() && inputs[n] != nullptr; }
    const Array& in(std::size_t n) const {
        if (!has(n)) fault("{} lacks its input {}.", call.node.op, n + 1);
        return *inputs[n];
    }
    Array& out(std::size_t n = 0) const { return outputs[n]; }
};

using Kernel = void (*)(const Work& work);

struct NamedKernel {
    const char* op;
    Kernel kernel;
};

std::span<const NamedKernel> kernels_for_windows();   // convolutions, poolings, resizing
std::span<const NamedKernel> kernels_for_elements();  // element by element, and with broadcasting
std::span<const NamedKernel> kernels_for_sums();      // normalizations, products of matrices, reductions
std::span<const NamedKernel> kernels_for_forms();     // reshaping, joining, cutting

// Row-major distances between neighbours along each axis.
Sizes steps_of(const Sizes& sizes);

// Where an element of the output lies in an input that is broadcast to it: distances of 0 along the axes of size 1.
Sizes broadcast_steps(const Sizes& from, const Sizes& to);

// Calls body(n, offset) for all n places of `sizes` in row-major order, where the offset follows `steps`.
template <class Body>
void for_each_place(const Sizes& sizes, const Sizes& steps, const Body& body) {
    Index count = 1;
    for (const Index size : sizes) count *= size;
    if (count == 0) return;
    Sizes at(sizes.size(), 0);
    Index offset = 0;
    for (Index n = 0; n < count; ++n) {
        body(n, offset);
        for (std::size_t a = sizes.size(); a-- > 0;) {
            offset += steps[a];
            if (++at[a] < sizes[a]) break;
            offset -= steps[a] * sizes[a];
            at[a] = 0;
        }
    }
}

}  // namespace convloom::network
