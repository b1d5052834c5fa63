// Pictures in files: read by a table of readers, one per format (picture/reader.hpp), written as PNG, JPEG, WebP or
// NumPy arrays. What a file holds is kept: 16 bits stay 16 bits, .hdr stays float and linear light, alpha stays. The
// EXIF orientation is applied, colours are converted to sRGB with the file's profile, and other metadata is kept for
// the file that is written.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/files/files.hpp"

namespace convloom::files {

// Decodes a file's bytes; throws an UnreadableFile whose sentence begins with `name`. Checks sizes before it allocates
// memory.
image::Image decode_image(std::string_view bytes, const std::string& name, long long most_pixels = most_image_pixels);

// Throws the same if the first bytes are not those of a picture that can be read.
void check_is_picture(std::string_view beginning, const std::string& name);

// ".png", ".jpg" and so on: the extensions of files that can be read, although only the first bytes decide.
std::vector<std::string> picture_endings();

enum class ImageFormat { png, jpeg, webp, npy };  // npy is for NumPy: float32, (height, width, channels), not clamped
std::optional<ImageFormat> image_format_of(const fs::path& path);  // from its extension
std::string_view name_of(ImageFormat format);

struct SaveOptions {
    int bits = 0;                         // of a PNG, 8 or 16; 0 for the picture's own depth
    int quality = 92;                     // of JPEG and WebP; 100 is lossless WebP
    arith::Shared<image::Notes> notes{};  // EXIF and resolution of the original picture
    std::function<void()> goes_on = {};   // called repeatedly; an exception from it ends the work
};

// Throws an Error for a side that the format cannot hold. JPEG has no alpha; the picture is placed on white.
std::string encode_image(const image::Image& image, ImageFormat format, const SaveOptions& options = {});

}  // namespace convloom::files
