#include "app/files/jpeg_tables.hpp"

#include <cstdint>

namespace convloom::files {
namespace {

using Bytes = std::basic_string_view<char>;

int at(Bytes bytes, std::size_t n) {
    return n < bytes.size() ? static_cast<unsigned char>(bytes[n]) : 0;
}

// Bit class · 4 + number of each table that there is.
struct Tables {
    std::uint8_t defined = 0;
    bool progressive = false;

    bool has(int kind, int number) const { return number < 4 && (defined >> (kind * 4 + number) & 1) != 0; }
    void define(Bytes segment) {
        for (std::size_t n = 0; n + 17 <= segment.size();) {
            const int kind = at(segment, n) >> 4, number = at(segment, n) & 15;
            if (kind < 2 && number < 4) defined = static_cast<std::uint8_t>(defined | 1 << (kind * 4 + number));
            std::size_t values = 0;
            for (std::size_t length = 1; length <= 16; ++length)
                values += static_cast<std::size_t>(at(segment, n + length));
            n += 17 + values;
        }
    }
    // Of a scan's header: count, then component and tables for each, then the first coefficient, the last, and the
    // bits.
    bool suffice(Bytes scan) const {
        const auto count = static_cast<std::size_t>(at(scan, 0));
        const int first = at(scan, 1 + 2 * count), bits_before = at(scan, 3 + 2 * count) >> 4;
        const bool first_kind = !progressive || (first == 0 && bits_before == 0),
                   second_kind = !progressive || first != 0;
        for (std::size_t c = 0; c < count; ++c) {
            const int numbers = at(scan, 2 + 2 * c);
            if ((first_kind && !has(0, numbers >> 4)) || (second_kind && !has(1, numbers & 15))) return false;
        }
        return true;
    }
};

}  // namespace

bool jpeg_defines_its_tables(std::string_view bytes) {
    std::size_t start = 0;
    while (start + 1 < bytes.size() && at(bytes, start) == 0xff && at(bytes, start + 1) == 0xff) ++start;
    if (at(bytes, start) != 0xff || at(bytes, start + 1) != 0xd8) return true;
    Tables tables;
    for (std::size_t n = start + 2; n + 1 < bytes.size();) {
        const int marker = at(bytes, n + 1);
        // Data of a scan and what stands alone have no length.
        if (at(bytes, n) != 0xff || marker == 0xff) {
            ++n;
            continue;
        }
        if (marker == 0 || (marker >= 0xd0 && marker <= 0xd9) || marker == 1) {
            n += 2;
            continue;
        }
        const auto length = static_cast<std::size_t>(at(bytes, n + 2) << 8 | at(bytes, n + 3));
        const Bytes segment = n + 4 <= bytes.size() ? bytes.substr(n + 4, length < 2 ? 0 : length - 2) : Bytes();
        if (marker == 0xc4) tables.define(segment);
        if (marker >= 0xc0 && marker <= 0xc2) tables.progressive = marker == 0xc2;
        if (marker == 0xda && !tables.suffice(segment)) return false;
        n += 2 + (length < 2 ? 0 : length);
    }
    return true;
}

}  // namespace convloom::files
