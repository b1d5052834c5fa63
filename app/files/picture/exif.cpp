#include "app/files/picture/exif.hpp"

#include <algorithm>

#include "app/files/picture/numbers.hpp"

namespace convloom::files::picture {
namespace {

enum Tag : std::uint32_t {
    orientation = 0x0112,
    thumbnail_offset = 0x0201,
    thumbnail_length = 0x0202,
    exif_directory = 0x8769,
    colour_space = 0xa001,
    pixel_width = 0xa002,
    pixel_height = 0xa003
};

bool is_block(std::string_view exif) {
    return exif.size() >= 8 && (exif.starts_with("II") || exif.starts_with("MM"));
}
Numbers numbers_of(std::string_view exif) {
    return {exif, exif[0] == 'I'};
}

// Calls visit(tag, position of its entry) for each entry inside the block; returns the position of the next directory's
// offset.
template <class Visit>
std::size_t visit_entries(std::string_view exif, std::size_t directory, Visit visit) {
    const Numbers in = numbers_of(exif);
    if (!in.holds(directory, 2)) return exif.size();
    const std::size_t count = in.two(directory);
    for (std::size_t n = 0; n < count; ++n) {
        const std::size_t entry = directory + 2 + 12 * n;
        if (!in.holds(entry, 12)) return exif.size();
        visit(in.two(entry), entry);
    }
    return directory + 2 + 12 * count;
}

void put(std::string& exif, std::size_t at, int bytes, std::uint32_t number) {
    const bool little = exif[0] == 'I';
    for (int n = 0; n < bytes; ++n) exif[at + n] = static_cast<char>(number >> 8 * (little ? n : bytes - 1 - n) & 255);
}
// A SHORT or a LONG that is stored in the entry itself.
void set(std::string& exif, std::size_t entry, std::uint32_t value) {
    const std::uint32_t type = numbers_of(exif).two(entry + 2);
    if (type == 3) put(exif, entry + 8, 2, std::min(value, 65535u));
    if (type == 4) put(exif, entry + 8, 4, value);
}

void leave_out_thumbnail(std::string& exif, std::size_t next_place) {
    const Numbers in = numbers_of(exif);
    if (!in.holds(next_place, 4)) return;
    std::size_t offset = 0, length = 0;
    visit_entries(exif, in.four(next_place), [&](std::uint32_t tag, std::size_t entry) {
        if (tag == thumbnail_offset) offset = in.four(entry + 8);
        if (tag == thumbnail_length) length = in.four(entry + 8);
    });
    if (in.four(next_place) != 0 && in.holds(offset, length))
        std::fill_n(exif.begin() + static_cast<std::ptrdiff_t>(offset), length, '\0');
    put(exif, next_place, 4, 0);
    // If the thumbnail is at the end, as usual, removing it costs nothing.
    if (offset > next_place + 4 && offset + length == exif.size()) exif.resize(offset);
}

}  // namespace

int orientation_in(std::string_view exif) {
    if (!is_block(exif)) return 1;
    const Numbers in = numbers_of(exif);
    int found = 1;
    visit_entries(exif, in.four(4), [&](std::uint32_t tag, std::size_t entry) {
        const auto value = static_cast<int>(in.two(entry + 8));
        if (tag == orientation && found == 1 && value >= 1 && value <= 8) found = value;
    });
    return found;
}

std::string exif_to_write(std::string exif, int width, int height) {
    if (!is_block(exif)) return {};
    const Numbers in = numbers_of(exif);
    std::size_t camera = 0;
    const std::size_t next_place = visit_entries(exif, in.four(4), [&](std::uint32_t tag, std::size_t entry) {
        if (tag == orientation) set(exif, entry, 1);
        if (tag == exif_directory) camera = in.four(entry + 8);
    });
    if (camera != 0)
        visit_entries(exif, camera, [&](std::uint32_t tag, std::size_t entry) {
            if (tag == colour_space) set(exif, entry, 1);
            if (tag == pixel_width) set(exif, entry, static_cast<std::uint32_t>(width));
            if (tag == pixel_height) set(exif, entry, static_cast<std::uint32_t>(height));
        });
    leave_out_thumbnail(exif, next_place);
    return exif;
}

std::string without_exif_head(std::string exif) {
    constexpr std::string_view head("Exif\0\0", 6);
    if (exif.starts_with(head)) exif.erase(0, head.size());
    return exif;
}

}  // namespace convloom::files::picture
