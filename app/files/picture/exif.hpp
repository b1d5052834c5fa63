// EXIF: what a camera notes beside its picture. How it was held is followed when a picture is read; the rest is kept in
// what is written, without what would be wrong there. A block begins with TIFF's byte order.
#pragma once
#include <string>
#include <string_view>

namespace convloom::files::picture {

// 1 to 8; 1 where the block says nothing.
int orientation_in(std::string_view exif);

// For a picture of this size that stands upright and is sRGB: without the thumbnail, which shows another picture.
// Empty for what is no EXIF.
std::string exif_to_write(std::string exif, int width, int height);

// The block itself, where "Exif\0\0" stands before it.
std::string without_exif_head(std::string exif);

}  // namespace convloom::files::picture
