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

constexpr std::string_view mark = ".convloom.part";  // of a temporary file

}  // namespace

std::string temporary_name(const std::string& name, int number, const std::string& ending) {
    const std::string nth = number == 0 ? "" : fmt::format("-{}", number);
    return fmt::format("{}.{}{}{}{}", name, getpid(), nth, mark, ending);
}

std::string lasting_name(const std::string& temporary) {
    const std::size_t at = temporary.rfind(mark);
    return at == temporary.npos ? temporary : temporary.substr(0, at) + ".part" + temporary.substr(at + mark.size());
}

int process_of_temporary(std::string_view name) {
    const std::size_t end = name.rfind(mark);
    if (end == name.npos || end == 0) return 0;
    const std::size_t dot = name.rfind('.', end - 1);
    if (dot == name.npos || dot == 0) return 0;
    // "1234" or "1234-1"
    const std::string_view numbers = name.substr(dot + 1, end - dot - 1);
    const std::string_view process = numbers.substr(0, numbers.find('-'));
    const auto is_number = [](std::string_view text) {
        return !text.empty() && text.size() <= 9 && text.find_first_not_of("0123456789") == text.npos;
    };
    if (!is_number(process)) return 0;
    if (process.size() < numbers.size() && !is_number(numbers.substr(process.size() + 1))) return 0;
    return std::stoi(std::string(process));
}

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
    clear_leftovers(target_.parent_path());
    // Nobody else may read the new file before it has the old file's permissions.
    const mode_t mode = old_ ? 0600 : 0666;
    for (;;) {
        beside_ = target_.parent_path() / temporary_name(name, count++, ending);
        unfinished_.emplace(beside_);
        Handle made(beside_, O_WRONLY | O_CREAT | O_EXCL, mode);
        if (made.number >= 0) {
            hold_ = Hold(std::exchange(made.number, -1));
            if (hold_.is_good()) return;
            unfinished_.reset();
            continue;
        }
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

// Under a name by which nobody clears it away: while the file is written over, there is no other whole copy.
void Replacement::keep_beside() {
    const fs::path lasting = beside_.parent_path() / lasting_name(beside_.filename().string());
    if (::rename(beside_.c_str(), lasting.c_str()) != 0) fail(error_text(errno));
    beside_ = lasting;
}

// The old file's name may reach the disk before the new file's bytes: after a power cut there would be neither. Some
// file systems have no way to wait for it.
void Replacement::bring_to_disk() const {
    const Handle file(beside_, O_RDONLY);
    if (file.number < 0 || (::fsync(file.number) != 0 && errno != EINVAL && errno != ENOTSUP)) fail(error_text(errno));
}

void Replacement::put_in_place(Disk disk) {
    if (beside_ == target_) return;
    if (old_ && old_->st_nlink > 1) {
        int error = 0;
        {
            const auto lock = not_to_be_stopped();
            keep_beside();
            if (!write_over())
                error = errno;
            else
                ::unlink(beside_.c_str());
        }
        unfinished_.reset();
        if (error == 0) return placed(target_);
        fail(fmt::format("{}; the complete new file is {}", error_text(error), beside_.string()));
    }
    take_over_rights();
    if (old_ && disk == Disk::waited_for) bring_to_disk();
    {
        const auto lock = not_to_be_stopped();
        if (::rename(beside_.c_str(), target_.c_str()) != 0) fail(error_text(errno));
    }
    unfinished_.reset();
    hold_ = {};
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
