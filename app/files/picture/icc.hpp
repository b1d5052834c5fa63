// Converts colours with the file's ICC profile to sRGB, with lcms2.
#pragma once
#include "app/files/picture/reader.hpp"

namespace convloom::files::picture {

// Grey stays grey and RGB stays RGB; CMYK and Lab become RGB. A profile that is already sRGB changes nothing; a broken
// profile, or one for other channels, is ignored, as browsers do.
void bring_to_srgb(Decoded& decoded);

// An RGB profile with sRGB's curve and D65 white, for a file that gives its primaries as numbers: x and y of red, green
// and blue.
std::string profile_of_primaries(const double (&primaries)[6]);

}  // namespace convloom::files::picture
