// A tensor: a shape and its values in float32, row-major (the last axis fastest). A plain value; whoever
// builds one keeps values.size() equal to the shape's element count.
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
