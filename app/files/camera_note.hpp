// What a camera wrote beside its picture that matters here: how it was held. And whether a JPEG is whole, which decoders
// do not tell.
#pragma once
#include <string_view>

namespace convloom::files {

// EXIF's orientation, 1 to 8, of a JPEG or PNG; 1 where there is none.
int orientation_of(std::string_view bytes);

// True for a JPEG whose data stop before its end is marked.
bool is_cut_jpeg(std::string_view bytes);

}  // namespace convloom::files
