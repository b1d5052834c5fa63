#include "app/files/replacement.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <system_error>
#include <utility>
#include <vector>

#include "app/files/placed.hpp"
#include "core/state/base/error.hpp"

namespace convloom::files {

namespace fs = std::filesystem;

namespace {

// Closes the file at the end of its scope at the latest.
struct Handle {
    int number = -1;
    Handle(const fs::path& path, int flags, mode_t mode = 0) : number(::open(path.c_str(), flags | O_CLOEXEC, mode)) {}
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() {
        if (number >= 0) ::close(number);
    }
    bool close() { return ::close(std::exchange(number, -1)) == 0; }
    bool write(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t wrote = ::write(number, bytes.data(), bytes.size());
            if (wrote < 0 && errno == EINTR) continue;
            if (wrote == 0) errno = EIO;
            if (wrote <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(wrote));
        }
        return true;
    }
};

// Follows links, whether the target exists or not.
fs::path followed(const fs::path& path, std::error_code& ec) {
    constexpr int most_links = 40;  // the system's own limit
    fs::path at = path;
    for (int n = 0; n < most_links; ++n) {
        if (!fs::is_symlink(fs::symlink_status(at, ec))) {
            ec.clear();
            return at;
        }
        const fs::path to = fs::read_symlink(at, ec);
        if (ec) return at;
        at = to.is_absolute() ? to : at.parent_path() / to;
    }
    ec = std::make_error_code(std::errc::too_many_symbolic_link_levels);
    return at;
}

// Shortens the name to leave room for a suffix, between two UTF-8 characters.
std::string with_room(std::string name) {
    constexpr std::size_t longest = 200;  // of the 255 bytes that a name may have
    if (name.size() <= longest) return name;
    std::size_t end = longest;
    while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xc0) == 0x80) --end;
    return name.substr(0, end);
}

}  // namespace

std::string error_text(int error) {
    return std::generic_category().message(error);
}

Replacement::Replacement(fs::path path, const std::string& ending) : path_(std::move(path)) {
    struct stat now;
    if (::stat(path_.c_str(), &now) == 0) {
        if (S_ISDIR(now.st_mode)) fail("it is a folder");
        // A device or a pipe cannot be replaced; it is written directly.
        if (!S_ISREG(now.st_mode)) {
            target_ = beside_ = path_;
            return;
        }
        old_ = now;
    }
    std::error_code ec;
    target_ = followed(path_, ec);
    if (ec) fail(ec.message());
    make_beside(ending);
}

Replacement::~Replacement() {
    if (!unfinished_) return;
    std::error_code ec;
    fs::remove(beside_, ec);
}

void Replacement::make_beside(const std::string& ending) {
    static std::atomic<int> count = 0;
    const std::string name = with_room(target_.filename().string());
    // Nobody else may read the new file before it has the old file's permissions.
    const mode_t mode = old_ ? 0600 : 0666;
    for (;;) {
        const int number = count++;
        beside_ = target_.parent_path() /
                  fmt::format("{}.{}{}.part{}", name, getpid(), number == 0 ? "" : fmt::format("-{}", number), ending);
        unfinished_.emplace(beside_);
        Handle made(beside_, O_WRONLY | O_CREAT | O_EXCL, mode);
        if (made.number >= 0) return;
        const int error = errno;
        unfinished_.reset();  // if it exists, it belongs to another process
        if (error != EEXIST) fail(error_text(error));
    }
}

void Replacement::take_over_rights() const {
    if (!old_) return;
    mode_t mode = old_->st_mode & 07777;
    // The setuid and setgid bits are kept only if owner and group are kept.
    if (::chown(beside_.c_str(), old_->st_uid, old_->st_gid) != 0) {
        mode &= 0777;
        if (::chown(beside_.c_str(), static_cast<uid_t>(-1), old_->st_gid) != 0) errno = 0;
    }
    if (::chmod(beside_.c_str(), mode) != 0) fail(error_text(errno));
}

// False, with errno set, if old bytes were overwritten and the new ones are incomplete.
bool Replacement::write_over() const {
    Handle from(beside_, O_RDONLY), to(target_, O_WRONLY);
    if (from.number < 0 || to.number < 0) fail(error_text(errno));
    struct stat made;
    if (fstat(from.number, &made) != 0) fail(error_text(errno));
    // Reserves the space before the first old byte is overwritten. Not every file system supports it.
    if (!reserve_room(to.number, std::max<off_t>(made.st_size, 1)) && errno != EOPNOTSUPP) fail(error_text(errno));
    std::vector<char> block(1 << 20);
    bool good = true;
    for (;;) {
        const ssize_t got = ::read(from.number, block.data(), block.size());
        if (got < 0 && errno == EINTR) continue;
        good = got == 0 || (got > 0 && to.write({block.data(), static_cast<std::size_t>(got)}));
        if (!good || got == 0) break;
    }
    if (const int error = errno; !good && lseek(to.number, 0, SEEK_CUR) == 0)
        fail(error_text(error));  // the file is unchanged
    return good && ftruncate(to.number, made.st_size) == 0 && fsync(to.number) == 0 && to.close();
}

void Replacement::put_in_place() {
    if (beside_ == target_) return;
    if (old_ && old_->st_nlink > 1) {
        int error = 0;
        {
            const auto lock = not_to_be_stopped();
            if (!write_over()) error = errno;
        }
        if (error == 0) return placed(target_);
        unfinished_.reset();  // the temporary file is kept
        fail(fmt::format("{}; the complete new file is {}", error_text(error), beside_.string()));
    }
    take_over_rights();
    {
        const auto lock = not_to_be_stopped();
        if (::rename(beside_.c_str(), target_.c_str()) != 0) fail(error_text(errno));
    }
    unfinished_.reset();
    placed(target_);
}

void Replacement::fail(const std::string& reason) const {
    throw Failure(fmt::format("Cannot write {}: {}.", path_.string(), reason));
}

void write(Replacement& file, std::string_view bytes) {
    Handle out(file.beside(), O_WRONLY | O_TRUNC);
    if (out.number < 0) file.fail(error_text(errno));
    if (!out.write(bytes) || !out.close()) file.fail(error_text(errno));
}

}  // namespace convloom::files
