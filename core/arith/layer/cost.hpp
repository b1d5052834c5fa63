// What a layer costs: parameters, multiplications, additions, memory. Products with padding count, as they do in
// the article's 86,400 = 128·3·3·3·5·5 and in every table of multiply-adds.
#pragma once
#include <string>
#include <vector>

#include "core/arith/layer/chain.hpp"

namespace convloom::arith {

struct Cost {
    Index parameters = 0;       // weights and biases
    Index multiplications = 0;  // none for a maximum; one a cell (the division) for an average
    Index additions = 0;        // comparisons for a maximum
    Index input_bytes = 0, weight_bytes = 0, output_bytes = 0;  // float32; weight with bias

    Cost& operator+=(const Cost& other);
    friend bool operator==(const Cost&, const Cost&) = default;
};

// Expects a layer without problems. Saturates at the largest Index instead of overflowing.
Cost cost(const Layer& layer);

// Of a whole chain: parameters and operations add up; input of the first, output of the last layer.
Cost cost(const Chain& chain);

// The same shapes made in other ways, beside the layer as it is: standard, grouped (every number of groups up to
// the channels that divides both), depthwise separable, 1x1 where the sizes allow it. A convolution of rank 1 to 3,
// transposed or not.
struct Alternative {
    std::string name;  // "standard", "2 groups", "depthwise separable", "1×1"
    Chain chain;
    Cost cost;
};
std::vector<Alternative> alternatives(const Layer& layer);

}  // namespace convloom::arith
