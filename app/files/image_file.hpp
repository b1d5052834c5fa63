// Pictures in files: read by a table of readers, one a format (picture/reader.hpp), written as PNG, JPEG, WebP or
// numbers. What a file holds is kept: 16 bits stay 16 bits, .hdr stays float and light, alpha stays. A camera's note on
// how it was held is followed, colours are brought to sRGB by the file's profile, and what else is noted beside the
// pixels stays with them for what is written.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/files/files.hpp"

namespace convloom::files {

// From a file's bytes; throws an UnreadableFile whose sentence begins with `name`. Sizes are looked at before anything
// is made room for.
image::Image decode_image(std::string_view bytes, const std::string& name, long long most_pixels = most_image_pixels);

// Throws likewise where the beginning of a file is that of no picture that can be read.
void check_is_picture(std::string_view beginning, const std::string& name);

// ".png", ".jpg" and so on: what files that can be read are called, though their first bytes alone decide.
std::vector<std::string> picture_endings();

enum class ImageFormat {
    png,
    jpeg,
    webp,
    npy
};  // the last for NumPy: float32, (height, width, channels), nothing clamped
std::optional<ImageFormat> image_format_of(const fs::path& path);  // by its ending
std::string_view name_of(ImageFormat format);

struct SaveOptions {
    int bits = 0;                         // of PNG, 8 or 16; 0 for those that the picture has
    int quality = 92;                     // of JPEG and WebP; 100 is WebP without loss
    arith::Shared<image::Notes> notes{};  // EXIF and resolution of the picture that it was made of
    std::function<void()> goes_on = {};   // called again and again; what it throws ends the work
};

// Throws an Error for a side that the format cannot hold. JPEG has no alpha; the picture is laid on white.
std::string encode_image(const image::Image& image, ImageFormat format, const SaveOptions& options = {});

}  // namespace convloom::files
