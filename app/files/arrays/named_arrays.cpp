#include "app/files/arrays/named_arrays.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <string>

#include "app/files/archive/archive.hpp"
#include "app/files/arrays/npy.hpp"
#include "core/network/evaluate/evaluate.hpp"
#include "core/state/base/error.hpp"

namespace convloom::files {
namespace {

using network::ElementType;

constexpr arith::Index most_numbers = arith::Index{1} << 28;  // of all arrays of a file

ElementType type_named(std::string_view name) {
    constexpr std::pair<std::string_view, ElementType> types[] = {
        {"F32", ElementType::float32}, {"F16", ElementType::float16}, {"BF16", ElementType::bfloat16},
        {"F64", ElementType::float64}, {"I8", ElementType::int8},     {"U8", ElementType::uint8},
        {"I16", ElementType::int16},   {"U16", ElementType::uint16},  {"I32", ElementType::int32},
        {"U32", ElementType::uint32},  {"I64", ElementType::int64},   {"U64", ElementType::uint64},
        {"BOOL", ElementType::boolean}};
    for (const auto& [word, type] : types)
        if (word == name) return type;
    return ElementType::undefined;
}

void expect_finite(const state::NamedArray& array) {
    for (std::size_t n = 0; n < array.tensor.values.size(); ++n)
        if (!std::isfinite(array.tensor.values[n]))
            throw Error(fmt::format("Number {} of “{}” is not finite.", n + 1, array.name));
}

state::NamedArray read_tensor(const std::string& name, const nlohmann::json& entry, std::string_view data) {
    const auto damaged = [&] { return Error(fmt::format("The entry of “{}” in the header is damaged.", name)); };
    const auto is_count = [](const nlohmann::json& one) {
        return one.is_number_unsigned() && one.get<std::uint64_t>() <= std::uint64_t{1} << 40;
    };
    const auto list = [&](const char* key) {
        arith::Shape numbers;
        if (!entry.contains(key) || !entry[key].is_array()) throw damaged();
        for (const nlohmann::json& one : entry[key]) {
            if (!is_count(one)) throw damaged();
            numbers.push_back(one.get<arith::Index>());
        }
        return numbers;
    };
    if (!entry.is_object() || !entry.contains("dtype") || !entry["dtype"].is_string()) throw damaged();
    const std::string word = entry["dtype"].get<std::string>();
    network::Values values;
    values.type = type_named(word);
    if (values.type == ElementType::undefined)
        throw Error(fmt::format("The numbers of “{}” are of the kind “{}”; real and whole numbers can be read.", name,
                                word.substr(0, 24)));
    values.sizes = list("shape");
    const arith::Shape place = list("data_offsets");
    if (place.size() != 2 || place[0] > place[1] || place[1] > static_cast<arith::Index>(data.size()))
        throw Error(fmt::format("The numbers of “{}” stand outside of the file, which is cut off or damaged.", name));
    values.bytes = data.substr(static_cast<std::size_t>(place[0]), static_cast<std::size_t>(place[1] - place[0]));
    const auto count = network::element_count(values.sizes);
    if (!count || *count > most_numbers || *count * network::bytes_of(values.type) != place[1] - place[0])
        throw Error(fmt::format("“{}” is {} of {}, which does not take {} bytes.", name,
                                network::sizes_text(values.sizes), word, place[1] - place[0]));
    auto numbers = network::floats(values);
    if (!numbers) throw damaged();
    return {name, {arith::Shape(values.sizes.begin(), values.sizes.end()), std::move(*numbers)}};
}

// Eight bytes with the length of the header, the header, and the numbers.
std::vector<state::NamedArray> read_safetensors(std::string_view bytes) {
    std::uint64_t length = 0;
    for (std::size_t n = 8; n-- > 0;) length = length << 8 | static_cast<unsigned char>(bytes[n]);
    if (length > bytes.size() - 8) throw Error("The .safetensors file is cut off or damaged.");
    const auto header = nlohmann::json::parse(bytes.substr(8, length), nullptr, false);
    if (!header.is_object()) throw Error("The .safetensors file's header is damaged.");
    const std::string_view data = bytes.substr(8 + length);
    std::vector<state::NamedArray> arrays;
    arith::Index numbers = 0;
    for (const auto& [name, entry] : header.items()) {
        if (name == "__metadata__") continue;
        arrays.push_back(read_tensor(name, entry, data));
        expect_finite(arrays.back());
        numbers += static_cast<arith::Index>(arrays.back().tensor.values.size());
        if (numbers > most_numbers) throw Error(fmt::format("The file holds more than {} numbers.", most_numbers));
    }
    return arrays;
}

state::NamedArray named(std::string name, state::Array array) {
    return {std::move(name), {std::move(array.shape), std::move(array.values)}};
}

}  // namespace

bool names_arrays(std::string_view file) {
    return file.ends_with(".npy") || file.ends_with(".npz") || file.ends_with(".safetensors");
}

std::vector<state::NamedArray> read_named_arrays(std::string_view bytes) {
    std::vector<state::NamedArray> arrays;
    if (bytes.starts_with("\x93NUMPY")) {
        arrays.push_back(named("", read_npy(bytes, most_numbers)));
    } else if (bytes.starts_with("PK")) {
        for (const ArchiveEntry& entry : read_archive(bytes, most_numbers * sizeof(float))) {
            constexpr std::string_view ending = ".npy";
            if (!entry.name.ends_with(ending)) continue;
            try {
                arrays.push_back(named(entry.name.substr(0, entry.name.size() - ending.size()),
                                       read_npy(entry.bytes, most_numbers)));
            } catch (const Error& error) {
                throw Error(fmt::format("“{}”: {}", entry.name, error.what()));
            }
        }
    } else if (bytes.size() > 9 && bytes[8] == '{') {
        arrays = read_safetensors(bytes);
    } else {
        throw Error("This is no .npy, .npz or .safetensors file.");
    }
    if (arrays.empty()) throw Error("The file holds no arrays.");
    return arrays;
}

}  // namespace convloom::files
