// Texts about what stands between two layers.
#pragma once
#include <string>

#include "core/arith/chain/between.hpp"
#include "core/scene/words/language.hpp"

namespace convloom::scene {

// What it does to an input of this shape: "ReLU: max(x, 0)", "BatchNorm2d(64): 128 parameters", "Flatten → 400",
// "CBAM: not known here, the shape is kept".
std::string between_text(const arith::Between& between, const arith::Shape& shape, Language language);

}  // namespace convloom::scene
