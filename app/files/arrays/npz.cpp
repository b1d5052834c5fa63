#include "app/files/arrays/npz.hpp"

#include <fmt/format.h>

#include <bit>

namespace convloom::files {

static_assert(std::endian::native == std::endian::little, "the headers below say little endian");

void Npz::add(const std::string& name, const arith::Shape& shape, std::span<const float> values) {
    add(name, "<f4", shape, values.data(), values.size_bytes());
}
void Npz::add(const std::string& name, const arith::Shape& shape, std::span<const std::int32_t> values) {
    add(name, "<i4", shape, values.data(), values.size_bytes());
}
void Npz::add(const std::string& name, const arith::Shape& shape, std::span<const std::int64_t> values) {
    add(name, "<i8", shape, values.data(), values.size_bytes());
}
void Npz::add(const std::string& name, const arith::Shape& shape, std::span<const std::uint8_t> truths) {
    add(name, "|b1", shape, truths.data(), truths.size_bytes());
}

namespace {

std::string npy(const char* type, const arith::Shape& shape, const void* values, std::size_t size) {
    std::string header = fmt::format("{{'descr': '{}', 'fortran_order': False, 'shape': ({}{}), }}", type,
                                     fmt::join(shape, ", "), shape.size() == 1 ? "," : "");
    // Magic, version and length take 10 bytes; the whole is padded with spaces to a multiple of 64 and ends in a
    // newline.
    header.append(63 - (10 + header.size()) % 64, ' ');
    header += '\n';
    std::string bytes = "\x93NUMPY";
    bytes += '\x01';
    bytes += '\0';
    bytes += static_cast<char>(header.size() & 255);
    bytes += static_cast<char>(header.size() >> 8);
    bytes += header;
    bytes.append(static_cast<const char*>(values), size);
    return bytes;
}

}  // namespace

void Npz::add(const std::string& name, const char* type, const arith::Shape& shape, const void* values,
              std::size_t size) {
    entries_.push_back({name + ".npy", npy(type, shape, values, size)});
}

std::string npy_bytes(const arith::Shape& shape, std::span<const float> values) {
    return npy("<f4", shape, values.data(), values.size_bytes());
}

std::string Npz::bytes() const {
    return zip_archive(entries_, ".npz archive");
}

}  // namespace convloom::files
