// What a camera wrote beside its picture that matters here: how it was held.
#pragma once
#include <string_view>

namespace convloom::files {

// EXIF's orientation, 1 to 8, of a JPEG or PNG; 1 where there is none.
int orientation_of(std::string_view bytes);

}  // namespace convloom::files
