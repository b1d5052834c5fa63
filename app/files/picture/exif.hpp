// EXIF metadata. The orientation is applied when a picture is read; the rest is kept for the file that is written,
// without entries that would be wrong there. A block begins with TIFF's byte order.
#pragma once
#include <string>
#include <string_view>

namespace convloom::files::picture {

// 1 to 8; 1 if the block has none.
int orientation_in(std::string_view exif);

// The block for an upright sRGB picture of this size, without the thumbnail, which shows the old picture. Empty if the
// block is not EXIF.
std::string exif_to_write(std::string exif, int width, int height);

// Removes a leading "Exif\0\0".
std::string without_exif_head(std::string exif);

}  // namespace convloom::files::picture
