#include "app/files/arrays/npy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/arith/layer/counts.hpp"
#include "core/state/base/error.hpp"

namespace convloom::files {
namespace {

using arith::Index;

constexpr std::string_view magic = "\x93NUMPY";

// The text after a key of the header, which is a Python dictionary in a form that NumPy prescribes.
std::string_view after(std::string_view header, std::string_view key) {
    const std::size_t at = header.find(key);
    if (at == std::string_view::npos) throw Error("The .npy file's header is damaged.");
    std::string_view rest = header.substr(at + key.size());
    rest.remove_prefix(std::min(rest.find_first_not_of(": "), rest.size()));
    return rest;
}

arith::Shape shape_of(std::string_view text, Index most) {
    if (!text.starts_with('(')) throw Error("The .npy file's header is damaged.");
    text = text.substr(1, std::min(text.find(')'), text.size()) - 1);
    arith::Shape shape;
    Index number = -1;
    for (std::size_t n = 0; n <= text.size(); ++n) {
        const char c = n < text.size() ? text[n] : ',';
        if (c >= '0' && c <= '9') {
            number = std::max<Index>(number, 0) * 10 + (c - '0');
            if (number > most) throw Error(fmt::format("The array has more than {} numbers.", most));
        } else if (c == ',') {
            if (number >= 0) shape.push_back(number);
            number = -1;
        } else if (c != ' ' && c != 'L') {
            throw Error("The .npy file's header is damaged.");
        }
    }
    return shape;
}

template <class Number>
float number_at(const char* bytes, bool swapped) {
    char own[sizeof(Number)];
    std::memcpy(own, bytes, sizeof own);
    if (swapped) std::reverse(own, own + sizeof own);
    Number number;
    std::memcpy(&number, own, sizeof own);
    return static_cast<float>(number);
}

struct Type {
    std::string_view code;
    std::size_t size;
    float (*read)(const char*, bool);
};
constexpr Type types[] = {
    {"f4", 4, number_at<float>},         {"f8", 8, number_at<double>},        {"i1", 1, number_at<std::int8_t>},
    {"u1", 1, number_at<std::uint8_t>},  {"b1", 1, number_at<std::uint8_t>},  {"i2", 2, number_at<std::int16_t>},
    {"u2", 2, number_at<std::uint16_t>}, {"i4", 4, number_at<std::int32_t>},  {"u4", 4, number_at<std::uint32_t>},
    {"i8", 8, number_at<std::int64_t>},  {"u8", 8, number_at<std::uint64_t>},
};

// The place of a value in C order, from its place in Fortran order.
Index c_order(Index place, const arith::Shape& shape) {
    Index at = 0, stride = *arith::element_count(shape);
    for (const Index extent : shape) {
        stride /= extent;
        at += place % extent * stride;
        place /= extent;
    }
    return at;
}

}  // namespace

state::Array read_npy(std::string_view bytes, Index most) {
    if (!bytes.starts_with(magic) || bytes.size() < 12) throw Error("This is not an .npy file.");
    const auto byte = [&](std::size_t n) { return static_cast<std::size_t>(static_cast<unsigned char>(bytes[n])); };
    const bool first = byte(6) == 1;
    const std::size_t start = first ? 10 : 12, length = first
                                                            ? byte(8) | byte(9) << 8
                                                            : byte(8) | byte(9) << 8 | byte(10) << 16 | byte(11) << 24;
    if (byte(6) < 1 || byte(6) > 3 || length > bytes.size() - start) throw Error("The .npy file's header is damaged.");
    const std::string_view header = bytes.substr(start, length);
    std::string_view descr = after(header, "'descr'");
    descr = descr.starts_with('\'') ? descr.substr(1, std::min(descr.find('\'', 1), descr.size()) - 1) : "";
    const auto type = std::find_if(std::begin(types), std::end(types),
                                   [&](const Type& one) { return descr.size() == 3 && descr.substr(1) == one.code; });
    if (type == std::end(types))
        throw Error(fmt::format("The array's numbers are of the kind “{}”; real and whole numbers can be read.",
                                descr.substr(0, 24)));
    state::Array array{shape_of(after(header, "'shape'"), most), {}, false};
    if (array.shape.size() > state::most_array_axes)
        throw Error(
            fmt::format("The array has {} axes; up to {} can be used.", array.shape.size(), state::most_array_axes));
    const auto count = arith::element_count(array.shape);
    if (!count || *count > most) throw Error(fmt::format("The array has more than {} numbers.", most));
    if (*count < 1) throw Error("The array holds no numbers.");
    const std::string_view numbers = bytes.substr(start + length);
    if (numbers.size() < static_cast<std::size_t>(*count) * type->size)
        throw Error(fmt::format("The file is cut off: its array has {} numbers, the file holds {}.", *count,
                                numbers.size() / type->size));
    array.values.resize(static_cast<std::size_t>(*count));
    const bool fortran = after(header, "'fortran_order'").starts_with("True");
    for (Index n = 0; n < *count; ++n) {
        const float value = type->read(numbers.data() + static_cast<std::size_t>(n) * type->size, descr[0] == '>');
        if (!std::isfinite(value)) throw Error(fmt::format("Number {} of the array is not finite.", n + 1));
        array.values[static_cast<std::size_t>(fortran ? c_order(n, array.shape) : n)] = value;
    }
    if (array.shape.empty()) array.shape = {1};
    return array;
}

}  // namespace convloom::files
