#include "app/files/replacement.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <system_error>

#include "core/state/error.hpp"

namespace convloom::files {

namespace fs = std::filesystem;

Replacement::Replacement(fs::path path, const std::string& ending) : path_(std::move(path)) {
    std::error_code ec;
    if (fs::is_directory(path_, ec)) fail("it is a folder");
    // A device or a pipe cannot be replaced by a rename; it is written as it stands.
    const fs::file_status status = fs::status(path_, ec);
    const bool in_place = fs::exists(status) && !fs::is_regular_file(status);
    beside_ = in_place ? path_ : fs::path(fmt::format("{}.{}.part{}", path_.string(), getpid(), ending));
}

Replacement::~Replacement() {
    std::error_code ec;
    if (beside_ != path_) fs::remove(beside_, ec);
}

void Replacement::put_in_place() {
    std::error_code ec;
    if (beside_ != path_) fs::rename(beside_, path_, ec);
    if (ec) fail(ec.message());
}

void Replacement::fail(const std::string& reason) const {
    throw Error(fmt::format("Cannot write {}: {}.", path_.string(), reason));
}

}  // namespace convloom::files
