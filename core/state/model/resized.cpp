#include "core/state/model/resized.hpp"

#include "core/state/model/state.hpp"

namespace convloom::state {

using arith::Index;

Index place_in(const arith::Shape& from, Index at, const arith::Shape& to) {
    Index place = 0, stride = 1;
    for (std::size_t n = from.size(); n-- > 0; stride *= to[n]) {
        const Index along = at % from[n];
        at /= from[n];
        if (along >= to[n]) return -1;
        place += along * stride;
    }
    return place;
}

arith::Shared<arith::Tensor> resized(const arith::Shared<arith::Tensor>& old, arith::Shape shape, std::uint32_t seed) {
    if (old && old->shape == shape) return old;
    const Index count = *arith::element_count(shape), columns = shape.back(),
                rows = shape.size() > 1 ? shape[shape.size() - 2] : 1;
    const bool same_rank = old && old->shape.size() == shape.size() && !old->values.empty();
    arith::Tensor tensor{std::move(shape), {}};
    tensor.values.reserve(static_cast<std::size_t>(count));
    for (Index n = 0; n < count; ++n) {
        const Index from = same_rank ? place_in(tensor.shape, n, old->shape) : -1;
        tensor.values.push_back(from >= 0 ? old->values[from]
                                          : pattern_value(seed, n / (rows * columns), n / columns % rows, n % columns));
    }
    return tensor;
}

}  // namespace convloom::state
