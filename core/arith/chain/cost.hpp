// The cost of a layer: parameters, multiplications, additions and memory. Products with padding are counted, as in
// 86,400 = 128·3·3·3·5·5 and in common tables of multiply-adds.
#pragma once
#include <string>
#include <vector>

#include "core/arith/chain/chain.hpp"

namespace convloom::arith {

struct Cost {
    Index parameters = 0;       // weights and biases
    Index multiplications = 0;  // 0 for max pooling; one division per cell for average pooling
    Index additions = 0;        // comparisons for max pooling
    Index input_bytes = 0, weight_bytes = 0, output_bytes = 0;  // float32; weight with bias

    Cost& operator+=(const Cost& other);
    friend bool operator==(const Cost&, const Cost&) = default;
};

// Expects a layer without problems. Saturates at the largest Index instead of overflowing.
Cost cost(const Layer& layer);

// The parameters of the betweens after a layer, and the multiplications and additions of those that multiply by
// weights, such as Linear. A normalization is not counted, since evaluation can fold it into the layer before.
Cost cost_after(const Link& link);

// The cost of a whole chain with its betweens: parameters and operations are summed; the input is the first layer's,
// the output the last's.
Cost cost(const Chain& chain);

// Other layers with the same input and output shapes, to compare with the given one: standard, grouped (every number of
// groups that divides both channel counts), depthwise separable, and 1x1 where the sizes allow it. Expects a
// convolution of rank 1 to 3, direct or transposed.
struct Alternative {
    std::string name;  // "standard", "2 groups", "depthwise separable", "1×1"
    Chain chain;
    Cost cost;
};
std::vector<Alternative> alternatives(const Layer& layer);

}  // namespace convloom::arith
