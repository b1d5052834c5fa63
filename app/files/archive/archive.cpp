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

}  // namespace convloom::files
