#include "app/files/camera_note.hpp"

#include <cstdint>

namespace convloom::files {
namespace {

// Numbers out of bytes; 0 beyond the end.
struct Bytes {
    std::string_view all;
    bool little = false;

    std::uint32_t byte(std::size_t at) const { return at < all.size() ? static_cast<unsigned char>(all[at]) : 0; }
    std::uint32_t two(std::size_t at) const {
        return little ? byte(at) | byte(at + 1) << 8 : byte(at) << 8 | byte(at + 1);
    }
    std::uint32_t four(std::size_t at) const {
        return little ? two(at) | two(at + 2) << 16 : two(at) << 16 | two(at + 2);
    }
};

// The orientation in a TIFF block, which begins with its byte order.
int orientation_in(std::string_view tiff) {
    if (!tiff.starts_with("II") && !tiff.starts_with("MM")) return 1;
    const Bytes in{tiff, tiff[0] == 'I'};
    const std::size_t directory = in.four(4);
    if (directory >= tiff.size()) return 1;
    for (std::uint32_t n = 0; n < in.two(directory); ++n) {
        const std::size_t entry = directory + 2 + 12 * static_cast<std::size_t>(n);
        if (entry + 12 > tiff.size()) return 1;
        if (in.two(entry) != 0x0112) continue;
        const auto value = static_cast<int>(in.two(entry + 8));
        return value >= 1 && value <= 8 ? value : 1;
    }
    return 1;
}

bool is_jpeg(std::string_view bytes) {
    return bytes.starts_with("\xff\xd8");
}

// Calls visit(marker, contents) for the segments before the picture's own data, until it gives true.
template <class Visit>
void visit_segments(std::string_view bytes, Visit visit) {
    const Bytes in{bytes};
    std::size_t at = 2;
    while (at + 4 <= bytes.size() && in.byte(at) == 0xff) {
        const std::uint32_t marker = in.byte(at + 1), length = in.two(at + 2);
        if (marker == 0xff) {  // filling
            ++at;
            continue;
        }
        if (length < 2 || visit(marker, bytes.substr(at + 4, length - 2)) || marker == 0xda) return;
        at += 2 + static_cast<std::size_t>(length);
    }
}

int orientation_in_jpeg(std::string_view bytes) {
    int orientation = 1;
    visit_segments(bytes, [&](std::uint32_t marker, std::string_view contents) {
        constexpr std::string_view head("Exif\0\0", 6);
        if (marker != 0xe1 || !contents.starts_with(head)) return false;
        orientation = orientation_in(contents.substr(head.size()));
        return true;
    });
    return orientation;
}

int orientation_in_png(std::string_view bytes) {
    const Bytes in{bytes};
    for (std::size_t at = 8; at + 12 <= bytes.size(); at += 12 + static_cast<std::size_t>(in.four(at)))
        if (bytes.substr(at + 4, 4) == "eXIf") return orientation_in(bytes.substr(at + 8, in.four(at)));
    return 1;
}

}  // namespace

int orientation_of(std::string_view bytes) {
    if (is_jpeg(bytes)) return orientation_in_jpeg(bytes);
    if (bytes.starts_with("\x89PNG")) return orientation_in_png(bytes);
    return 1;
}

}  // namespace convloom::files
