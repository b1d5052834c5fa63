// The strips of the padding view: the last axis with the padding of each convention, and what each gives.
//
// They depend on the layer alone. Only compose_padding.cpp includes this.
#pragma once
#include <fmt/format.h>

#include <string>
#include <vector>

#include "core/arith/layer/output_size.hpp"
#include "core/arith/layer/relationship.hpp"
#include "core/scene/words/language.hpp"

namespace convloom::scene::padding_view {

using arith::Index;

// One convention along the last axis.
struct Convention {
    const char* name;
    const char* who;
    arith::PaddingRule rule;
};
constexpr Convention conventions[] = {
    {"valid", "", arith::PaddingRule::valid},
    {"same", "PyTorch", arith::PaddingRule::same},
    {"SAME_UPPER", "ONNX, TensorFlow", arith::PaddingRule::same_upper},
    {"SAME_LOWER", "ONNX", arith::PaddingRule::same_lower},
};

// The conventions, and first the layer's own padding if it is none of them.
struct Strip {
    std::string name, who;
    const Convention* convention = nullptr;  // null for the layer's own
    arith::Axis axis = {};                   // with this padding
    std::string says = {}, refusal = {};     // one of the two
};

inline void describe(Strip& strip, Language in) {
    const arith::Axis& axis = strip.axis;
    if (strip.convention && strip.convention->rule == arith::PaddingRule::same && axis.stride > 1) {
        strip.refusal = trf(in, "refused: PyTorch allows “same” for stride 1 only; this one is {}", axis.stride);
    } else if (arith::kernel_extent(axis) > arith::padded_size(axis)) {
        strip.refusal = tr(in, "the kernel does not fit");
    } else {
        strip.says = trf(in, "{} + {} gives {}", axis.pad_before, axis.pad_after, arith::output_size(axis));
        if (const Index unused = arith::unused_cells(axis); unused > 0) strip.says += trf(in, ", {} unused", unused);
    }
}

// Of a layer as padded(), whose padding is its own or not.
inline std::vector<Strip> strips_of(const arith::Layer& layer, bool own, Language in) {
    const arith::Axis& axis = layer.axes.back();
    bool known = !own;
    std::vector<Strip> strips;
    for (const Convention& one : conventions) {
        arith::Axis bare = axis;
        bare.pad_before = bare.pad_after = 0;
        const auto [before, after] = arith::padding_for(one.rule, bare);
        bare.pad_before = before;
        bare.pad_after = after;
        known = known || (before == axis.pad_before && after == axis.pad_after);
        strips.push_back(
            {one.name, one.rule == arith::PaddingRule::valid ? tr(in, "no padding") : one.who, &one, bare});
    }
    if (!known)
        strips.insert(strips.begin(),
                      {tr(in, "this layer"), fmt::format("{} + {}", axis.pad_before, axis.pad_after), nullptr, axis});
    for (Strip& strip : strips) describe(strip, in);
    return strips;
}

// What the strips show: "along 5 cells, window of 3, stride 1; brackets: the windows".
inline std::string strips_say(const arith::Axis& axis, Language in) {
    return trn(in, {{axis.size, "cell"}}, "along {} cells, window of {}, stride {}; brackets: {}", axis.size,
               arith::kernel_extent(axis), axis.stride,
               arith::kernel_extent(axis) <= 2 * axis.stride ? tr(in, "the windows")
                                                             : tr(in, "the first window and the last"));
}

}  // namespace convloom::scene::padding_view
