#include "core/state/networks/onnx_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "core/state/base/error.hpp"

namespace convloom::state::onnx {

using network::ElementType;
using network::Index;
using network::Sizes;
using network::Values;
using protozero::data_view;
using protozero::pbf_reader;
using protozero::pbf_wire_type;

namespace {

template <class Stored>
void append(std::string& bytes, Stored value) {
    bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
}

// A whole number as an element of the given type.
void append_integer(std::string& bytes, ElementType type, Index value) {
    const int size = network::bytes_of(type);
    char little[8];
    std::memcpy(little, &value, sizeof value);
    bytes.append(little, static_cast<std::size_t>(std::min(size, 8)));
}

// Nothing outside the folder of the model is read, so that a model cannot ask for other files of its user.
void check_place(const std::string& location, const std::string& title) {
    const std::string parts = "/" + location + "/";
    if (location.front() == '/' || location.find('\\') != std::string::npos || parts.find("/../") != std::string::npos)
        throw UnreadableFile(fmt::format(
            "The values of “{}” would come from “{}”, outside the model's folder; only files in it are read.", title,
            location));
}

std::int64_t whole_number(const std::string& text) {
    std::int64_t number = 0;
    for (const char digit : text) {
        if (digit < '0' || digit > '9' || number > (std::int64_t{1} << 58))
            throw UnreadableFile(fmt::format("The place “{}” in another file is not a number of bytes.", text));
        number = number * 10 + (digit - '0');
    }
    return number;
}

void external(data_view bytes, Values& values) {
    std::string key, value;
    for (pbf_reader in(bytes); in.next();) switch (in.tag()) {
            case 1:
                key = clean(in.get_view());
                break;
            case 2:
                value = clean(in.get_view());
                break;
            default:
                in.skip();
        }
    if (key == "location") values.location = value;
    if (key == "offset") values.offset = whole_number(value);
    if (key == "length") values.length = whole_number(value);
}

}  // namespace

std::string clean(data_view text) {
    std::string out;
    const char *at = text.data(), *end = at + text.size();
    while (at < end) {
        const auto first = static_cast<unsigned char>(*at);
        const std::ptrdiff_t more = first < 0x80                    ? 0
                                    : first >= 0xF0 && first < 0xF5 ? 3
                                    : first >= 0xE0                 ? 2
                                    : first >= 0xC2                 ? 1
                                                                    : -1;
        bool good = more >= 0 && first < 0xF5 && end - at > more && first >= 0x20 && first != 0x7F;
        for (std::ptrdiff_t n = 1; good && n <= more; ++n) good = (static_cast<unsigned char>(at[n]) & 0xC0) == 0x80;
        if (good && more == 2) {  // overlong forms and surrogates
            const auto second = static_cast<unsigned char>(at[1]);
            good = !(first == 0xE0 && second < 0xA0) && !(first == 0xED && second >= 0xA0);
        }
        if (good && more == 3) {
            const auto second = static_cast<unsigned char>(at[1]);
            good = !(first == 0xF0 && second < 0x90) && !(first == 0xF4 && second >= 0x90);
        }
        if (good)
            out.append(at, static_cast<std::size_t>(more) + 1);
        else
            out += '?';
        at += good ? more + 1 : 1;
    }
    return out;
}

void add_integers(pbf_reader& from, Sizes& to) {
    if (from.wire_type() == pbf_wire_type::length_delimited)
        for (const Index value : from.get_packed_int64()) to.push_back(value);
    else
        to.push_back(from.get_int64());
}

void add_reals(pbf_reader& from, std::vector<float>& to) {
    if (from.wire_type() == pbf_wire_type::length_delimited)
        for (const float value : from.get_packed_float()) to.push_back(value);
    else
        to.push_back(from.get_float());
}

Index check_sizes(const Values& values, const std::string& title) {
    for (const Index size : values.sizes)
        if (size < 0) throw UnreadableFile(fmt::format("The tensor “{}” has an axis of the size {}.", title, size));
    const auto count = network::element_count(values.sizes);
    Index bytes = 0;
    if (!count || __builtin_mul_overflow(*count, Index{16}, &bytes))
        throw UnreadableFile(fmt::format("The tensor “{}” of {} has more elements than can be counted.", title,
                                         network::sizes_text(values.sizes)));
    return *count;
}

Values read_values(data_view bytes, const std::shared_ptr<const void>& owner, std::string* name) {
    Values out;
    std::string own;  // values that stand in typed fields
    data_view raw;
    bool has_raw = false, elsewhere = false;
    Index texts = 0;
    std::string title;
    std::vector<data_view> whole;  // the fields of whole numbers, read when the type is known
    std::vector<Index> single;
    for (pbf_reader in(bytes); in.next();) switch (in.tag()) {
            case 1:
                add_integers(in, out.sizes);
                break;
            case 2:
                out.type = static_cast<ElementType>(in.get_int32());
                break;
            case 4:
                if (in.wire_type() == pbf_wire_type::length_delimited)
                    for (const float value : in.get_packed_float()) append(own, value);
                else
                    append(own, in.get_float());
                break;
            case 5:
            case 7:
            case 11:
                if (in.wire_type() == pbf_wire_type::length_delimited)
                    whole.push_back(in.get_view());
                else
                    single.push_back(in.get_int64());
                break;
            case 6:
                ++texts, in.skip();
                break;
            case 8:
                title = clean(in.get_view());
                break;
            case 9:
                raw = in.get_view(), has_raw = true;
                break;
            case 10:
                if (in.wire_type() == pbf_wire_type::length_delimited)
                    for (const double value : in.get_packed_double()) append(own, value);
                else
                    append(own, in.get_double());
                break;
            case 13:
                external(in.get_view(), out);
                break;
            case 14:
                elsewhere = in.get_enum() == 1;
                break;
            default:
                in.skip();
        }
    for (const data_view packed : whole)
        for (const char *at = packed.data(), *end = at + packed.size(); at != end;)
            append_integer(own, out.type, static_cast<Index>(protozero::decode_varint(&at, end)));
    for (const Index value : single) append_integer(own, out.type, value);
    if (name != nullptr) *name = title;
    if (elsewhere || !out.location.empty()) {
        if (out.location.empty())
            throw UnreadableFile(fmt::format("The tensor “{}” stands in another file, which is not named.", title));
        check_place(out.location, title);
        check_sizes(out, title);
        return out;
    }
    if (has_raw) {
        out.bytes = {raw.data(), raw.size()};
        out.owner = owner;
    } else if (!own.empty()) {
        const auto kept = std::make_shared<const std::string>(std::move(own));
        out.bytes = *kept;
        out.owner = kept;
    }
    const Index count = check_sizes(out, title);
    const int size = network::bytes_of(out.type);
    const auto held = size > 0 ? static_cast<Index>(out.bytes.size()) / size : texts;
    if (size > 0 ? static_cast<Index>(out.bytes.size()) != count * size : held != count)
        throw UnreadableFile(fmt::format("The tensor “{}” of {} {} has {} elements; the file holds {} of them.", title,
                                         network::sizes_text(out.sizes), network::name_of(out.type), count, held));
    return out;
}

}  // namespace convloom::state::onnx
