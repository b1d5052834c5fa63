// Why the outputs of two layers differ, in words made from the settings in which they differ: "The padding is 0+1 in A
// and 1+0 in B: as many cells in all, but every window of B begins 1 cell earlier."
//
// They are functions of the two layers alone, for the compare view and for `convloom compare`.
#pragma once
#include <string>

#include "core/arith/layer/layer.hpp"
#include "core/scene/words/language.hpp"

namespace convloom::scene {

// One sentence for each setting that differs, with both numbers, and one about the sizes if they differ.
std::string why_different(const arith::Layer& a, const arith::Layer& b, Language language);

// The settings of one layer that differ from the other's, for its title: "Padding p: 0+1 (SAME_UPPER), Stride s: 2".
std::string own_settings(const arith::Layer& own, const arith::Layer& other, Language language);

}  // namespace convloom::scene
