#include "app/files/npz.hpp"

#include <fmt/format.h>
#include <zip.h>

#include <bit>
#include <memory>

#include "core/state/base/error.hpp"

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
    zip_error_t error;
    zip_error_init(&error);
    auto fail = [&] { throw Failure(fmt::format("The .npz archive cannot be made: {}.", zip_error_strerror(&error))); };
    zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
    if (!target) fail();
    zip_source_keep(target);  // to read from once the archive is closed
    const std::unique_ptr<zip_source_t, decltype(&zip_source_free)> kept(target, zip_source_free);
    zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
    if (!archive) {
        zip_source_free(target);
        fail();
    }
    constexpr time_t one_day = 315532800 + 86400;  // 1980-01-02, within the format's range in every time zone
    for (const Entry& entry : entries_) {
        zip_source_t* source = zip_source_buffer(archive, entry.bytes.data(), entry.bytes.size(), 0);
        const zip_int64_t index = source ? zip_file_add(archive, entry.name.c_str(), source, ZIP_FL_ENC_UTF_8) : -1;
        if (index < 0) {
            if (source) zip_source_free(source);
            error = *zip_get_error(archive);
            zip_discard(archive);
            fail();
        }
        zip_file_set_mtime(archive, static_cast<zip_uint64_t>(index), one_day, 0);
    }
    if (zip_close(archive) != 0) {
        error = *zip_get_error(archive);
        zip_discard(archive);
        fail();
    }
    zip_stat_t stat;
    std::string bytes;
    if (zip_source_stat(target, &stat) != 0 || zip_source_open(target) != 0) fail();
    bytes.resize(stat.size);
    const zip_int64_t got = zip_source_read(target, bytes.data(), bytes.size());
    zip_source_close(target);
    if (got != static_cast<zip_int64_t>(bytes.size())) fail();
    return bytes;
}

}  // namespace convloom::files
