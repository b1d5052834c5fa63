// Two layers on the same data: which layers can be compared, the choices that differ from a layer by one convention,
// and the settings in which two layers differ.
//
// The choices come from the tables of padding rules, padding modes and switches, so a new switch or mode is offered
// without a change here. All of them are valid layers for the same input.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/arith/layer/layer.hpp"

namespace convloom::arith {

// A layer that differs from another one by one convention.
struct Contrast {
    std::string name;   // in links and on the command line: "same_lower"
    const char* title;  // in menus: "SAME_LOWER: the odd cell of padding before"
    Layer layer;
};

// Those that are valid and differ from the layer, the most instructive ones first.
std::vector<Contrast> contrasts(const Layer& layer);
std::optional<Layer> contrast_named(const Layer& layer, std::string_view name);
// The layer to compare with if none is chosen: the first of contrasts(), or the layer itself if there are none.
Layer usual_contrast(const Layer& layer);

// Why two layers cannot be compared, as a sentence; empty if they take the same input.
std::string not_comparable(const Layer& a, const Layer& b);

// The one with more output cells, whose steps a comparison goes through; `a` if they have equally many.
const Layer& walked(const Layer& a, const Layer& b);
// Its recording or any other property, chosen in the same way.
bool walks_second(const Layer& a, const Layer& b);

// `other` after the layer beside it was changed from `before` to `after`: the settings that agreed with `before`
// follow.
Layer followed(Layer other, const Layer& before, const Layer& after);

// A setting in which two layers differ, with both values as text: {"padding", "0+1", "1+0"}. Its key is that of state
// files. The numbers of all axes are given once if they agree.
struct SettingPair {
    std::string key;
    const char* title;  // of its control, or nullptr
    std::string a, b;
};
std::vector<SettingPair> differing_settings(const Layer& a, const Layer& b);

// The kernel cell, counted from 0 as the kernel lies, that is on the input cell with the output's index, or on the
// first input cell for output 0 if the layer has a stride: SciPy's origin. Nothing if no kernel cell lies there.
std::optional<Index> kernel_origin(const Layer& layer, int axis);

// "SAME_UPPER" or "SAME_LOWER" if the padding is that of one of the rules and not of the other; else empty.
std::string same_rule_name(const Layer& layer);

// Whether two outputs differ by more than rounding.
bool values_differ(float a, float b);

}  // namespace convloom::arith
