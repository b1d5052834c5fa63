// The sRGB curve: from stored values to linear light and back. Both functions are odd, so that negative results keep
// their sign.
#pragma once
#include <vector>

namespace convloom::image {

float light_of(float stored);
float stored_of(float light);

// stored_of from a table, within 2e-6 for light from -1 to 1; beyond that range the curve itself.
float stored_of_fast(float light);

// light_of for every value with this many steps: 256 or 65536 entries.
const std::vector<float>& light_table(int steps);

// Weights of red, green and blue in the luminance, for sRGB's (Rec. 709's) primaries.
constexpr float luminance_weights[3] = {0.2126f, 0.7152f, 0.0722f};

}  // namespace convloom::image
