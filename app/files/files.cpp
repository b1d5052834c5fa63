#include "app/files/files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <system_error>
#include <vector>

#include "app/files/image_file.hpp"
#include "app/files/replacement.hpp"
#include "core/state/base/error.hpp"

namespace convloom::files {
namespace {

[[noreturn]] void fail(const std::string& name, const std::string& why) {
    throw UnreadableFile(fmt::format("Cannot read {}: {}.", name, why));
}

bool is_device(const struct stat& about) {
    return S_ISCHR(about.st_mode) || S_ISBLK(about.st_mode);
}

std::string read_all(int from, const std::string& name, Content content, std::size_t most) {
    struct stat about;
    std::string bytes;
    if (fstat(from, &about) == 0 && S_ISREG(about.st_mode)) {
        const auto size = static_cast<std::size_t>(about.st_size);
        if (size > most) fail(name, fmt::format("it has {} bytes; the limit is {}", size, most));
        bytes.reserve(size + 1);
    }
    std::vector<char> block(1 << 16);
    bool known = false;
    for (;;) {
        const ssize_t got = ::read(from, block.data(), block.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail(name, error_text(errno));
        if (got == 0) return bytes;
        const std::string_view part(block.data(), static_cast<std::size_t>(got));
        if (content == Content::text && part.find('\0') != part.npos) fail(name, "it is not a text file");
        if (bytes.size() + part.size() > most) fail(name, fmt::format("it has more than {} bytes", most));
        bytes += part;
        if (content == Content::picture && !known && bytes.size() >= block.size()) {
            check_is_picture(bytes, name);
            known = true;
        }
    }
}

}  // namespace

std::string read(const fs::path& path, Content content, std::size_t most) {
    struct stat about;
    if (::stat(path.c_str(), &about) == 0) {
        if (S_ISDIR(about.st_mode)) fail(path.string(), "it is a folder");
        if (is_device(about)) fail(path.string(), "it is a device");
    }
    const int from = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (from < 0) fail(path.string(), error_text(errno));
    const std::unique_ptr<const int, void (*)(const int*)> closes(&from, [](const int* f) { ::close(*f); });
    return read_all(from, path.string(), content, most);
}

std::string read_standard_input(Content content, std::size_t most) {
    struct stat about;
    const std::string name = "standard input";
    if (fstat(STDIN_FILENO, &about) == 0 && is_device(about) && !isatty(STDIN_FILENO)) fail(name, "it is a device");
    return read_all(STDIN_FILENO, name, content, most);
}

void write(const fs::path& path, std::string_view bytes) {
    Replacement file(path);
    write(file, bytes);
    file.put_in_place();
}

Sequence::Sequence(std::string pattern) {
    std::string* part = &before_;
    for (std::size_t n = 0; n < pattern.size(); ++n) {
        if (pattern[n] != '%') {
            *part += pattern[n];
            continue;
        }
        const std::size_t start = ++n;
        if (n < pattern.size() && pattern[n] == '%') {
            *part += '%';
            continue;
        }
        while (n < pattern.size() && pattern[n] >= '0' && pattern[n] <= '9') ++n;
        const bool number = n < pattern.size() && pattern[n] == 'd' && n - start <= 2;
        if (!number || numbered_)
            throw Error(fmt::format("The name {} must hold the frame's number once, as in frame_%03d.png.", pattern));
        numbered_ = true;
        width_ = n > start ? std::stoi(pattern.substr(start, n - start)) : 0;
        part = &after_;
    }
}

std::string Sequence::literal(const std::string& name) {
    std::string pattern;
    for (char c : name) pattern += c == '%' ? std::string("%%") : std::string(1, c);
    return pattern;
}

fs::path Sequence::at(long long number) const {
    if (!numbered_) return before_;
    return before_ + fmt::format("{:0{}}", number, width_) + after_;
}

}  // namespace convloom::files
