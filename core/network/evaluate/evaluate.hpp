// The values of a network's tensors for given inputs.
//
// Each operator has a kernel in the table of its family (kernels_for_*.cpp), beside its rule for shapes: kernels take
// the sizes from the inference. What slides is a Layer (node_layer.hpp), computed as everywhere else, so that the
// values of a node are those of its recording, bit for bit. All values are float32, as are those of quantized and whole
// tensors.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/arith/compute/fast.hpp"
#include "core/network/shapes/inference.hpp"

namespace convloom::network {

// Row-major; all sizes are known.
struct Array {
    Sizes sizes;
    std::vector<float> values;
};

struct EvaluateOptions {
    std::vector<int> wanted;             // tensors to keep; others are freed after their last use
    bool all = false;                    // keep every tensor
    arith::ParallelFor parallel = {};    // for layers that slide
    std::function<bool()> goes_on = {};  // asked before each node; false ends the work
    Index most_bytes = Index{4} << 30;   // of all tensors that are alive at a time
};

struct Evaluation {
    std::vector<std::shared_ptr<const Array>> arrays;  // one per tensor; null without values, or if it was freed
    // One per node: why it has no values, as a sentence; empty if it has.
    std::vector<std::string> faults;
    bool stopped = false;
};

// The inference must have been made with the sizes of the inputs. A node whose operator has no kernel, or that lacks a
// value that it needs, has a fault; nothing else stops. What would not fit is refused before it is allocated.
Evaluation evaluate(const Graph& graph, const Inference& inference, const std::map<int, Array>& inputs,
                    const EvaluateOptions& options);

// Whether the operator has a kernel.
bool computes(const Node& node);

// Stored values as float32. Nothing if they are not at hand or no real numbers.
std::optional<std::vector<float>> floats(const Values& values);

}  // namespace convloom::network
