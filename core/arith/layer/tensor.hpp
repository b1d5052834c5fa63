// A tensor: a shape and its float32 values, row-major (the last axis contiguous). Code that builds one has to keep
// values.size() equal to the shape's element count.
#pragma once
#include <vector>

#include "core/arith/layer/shape.hpp"

namespace convloom::arith {

struct Tensor {
    Shape shape;
    std::vector<float> values;

    friend bool operator==(const Tensor&, const Tensor&) = default;
};

}  // namespace convloom::arith
