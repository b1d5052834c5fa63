// Colours as a file's ICC profile means them, brought to sRGB, by lcms2.
#pragma once
#include "app/files/picture/reader.hpp"

namespace convloom::files::picture {

// Grey stays grey and RGB stays RGB; inks and Lab become RGB. A profile that is sRGB already changes nothing, and one
// that is broken or of other channels is passed over, as browsers do.
void bring_to_srgb(Decoded& decoded);

// An RGB profile with sRGB's curve and white of D65, for a file that gives its primaries by numbers: x and y of red, of
// green, of blue.
std::string profile_of_primaries(const double (&primaries)[6]);

}  // namespace convloom::files::picture
