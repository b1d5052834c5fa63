#include "app/files/archive/archive.hpp"

#include <fmt/format.h>
#include <zip.h>

#include <ctime>
#include <memory>

#include "core/state/base/error.hpp"

namespace convloom::files {

std::string zip_archive(const std::vector<ArchiveEntry>& entries, const char* what) {
    zip_error_t error;
    zip_error_init(&error);
    auto fail = [&] { throw Failure(fmt::format("The {} cannot be made: {}.", what, zip_error_strerror(&error))); };
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
    for (const ArchiveEntry& entry : entries) {
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

std::vector<ArchiveEntry> read_archive(std::string_view bytes, std::size_t most) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    zip_t* opened = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : nullptr;
    if (!opened) {
        if (source) zip_source_free(source);
        throw Error("The archive cannot be read: it is no zip archive, or it is damaged.");
    }
    const std::unique_ptr<zip_t, decltype(&zip_discard)> archive(opened, zip_discard);
    std::vector<ArchiveEntry> entries;
    for (zip_int64_t n = 0; n < zip_get_num_entries(opened, 0); ++n) {
        const auto number = static_cast<zip_uint64_t>(n);
        zip_stat_t stat;
        if (zip_stat_index(opened, number, 0, &stat) != 0 || !(stat.valid & ZIP_STAT_SIZE) ||
            !(stat.valid & ZIP_STAT_NAME))
            throw Error("The archive cannot be read: it is damaged.");
        // Deflate makes at most 1032 bytes of one.
        if (stat.size / 1032 > bytes.size()) throw Error("The archive cannot be read: it is damaged.");
        if (stat.size > most) throw Error(fmt::format("The archive holds more than {} bytes.", most));
        most -= stat.size;
        const std::unique_ptr<zip_file_t, decltype(&zip_fclose)> file(zip_fopen_index(opened, number, 0), zip_fclose);
        ArchiveEntry entry{stat.name, std::string(stat.size, '\0')};
        if (!file || zip_fread(file.get(), entry.bytes.data(), stat.size) != static_cast<zip_int64_t>(stat.size))
            throw Error(fmt::format("“{}” in the archive is damaged.", entry.name));
        entries.push_back(std::move(entry));
    }
    return entries;
}

}  // namespace convloom::files
