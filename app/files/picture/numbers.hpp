// Reads numbers from bytes, in either byte order; bytes beyond the end are 0.
#pragma once
#include <cstdint>
#include <cstring>
#include <string_view>

namespace convloom::files::picture {

struct Numbers {
    std::string_view all;
    bool little = false;

    bool holds(std::size_t at, std::size_t count) const { return at <= all.size() && count <= all.size() - at; }
    std::uint32_t byte(std::size_t at) const { return at < all.size() ? static_cast<unsigned char>(all[at]) : 0; }
    std::uint32_t two(std::size_t at) const {
        return little ? byte(at) | byte(at + 1) << 8 : byte(at) << 8 | byte(at + 1);
    }
    std::uint32_t four(std::size_t at) const {
        return little ? two(at) | two(at + 2) << 16 : two(at) << 16 | two(at + 2);
    }
    std::int32_t signed_four(std::size_t at) const { return static_cast<std::int32_t>(four(at)); }
    std::uint64_t eight(std::size_t at) const {
        const std::uint64_t first = four(at), second = four(at + 4);
        return little ? first | second << 32 : first << 32 | second;
    }
};

inline float float_of(std::uint32_t bits) {
    float value;
    std::memcpy(&value, &bits, sizeof value);
    return value;
}

}  // namespace convloom::files::picture
