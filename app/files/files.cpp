#include "app/files/files.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <system_error>

#include "app/files/replacement.hpp"
#include "core/state/error.hpp"

namespace convloom::files {
namespace {

std::string reason(int error) {
    return std::generic_category().message(error);
}

}  // namespace

std::string read(const fs::path& path) {
    std::error_code ec;
    if (fs::is_directory(path, ec)) throw Error(fmt::format("Cannot read {}: it is a folder.", path.string()));
    errno = 0;
    std::ifstream in(path, std::ios::binary);
    if (!in) throw Error(fmt::format("Cannot read {}: {}.", path.string(), reason(errno)));
    const auto size = fs::file_size(path, ec);
    if (!ec && size > largest_file)
        throw Error(
            fmt::format("Cannot read {}: it has {} bytes; the limit is {}.", path.string(), size, largest_file));
    std::string bytes;
    char block[1 << 16];
    while (in.read(block, sizeof block) || in.gcount() > 0) {
        bytes.append(block, static_cast<std::size_t>(in.gcount()));
        if (bytes.size() > largest_file)
            throw Error(fmt::format("Cannot read {}: it has more than {} bytes.", path.string(), largest_file));
    }
    if (in.bad()) throw Error(fmt::format("Cannot read {}: {}.", path.string(), reason(errno)));
    return bytes;
}

std::string read_standard_input() {
    std::string bytes;
    char block[1 << 16];
    while (const std::size_t got = std::fread(block, 1, sizeof block, stdin)) {
        bytes.append(block, got);
        if (bytes.size() > largest_file)
            throw Error(fmt::format("Cannot read standard input: it has more than {} bytes.", largest_file));
    }
    return bytes;
}

void write(Replacement& file, std::string_view bytes) {
    errno = 0;
    std::ofstream out(file.beside(), std::ios::binary | std::ios::trunc);
    if (!out) file.fail(reason(errno));
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.close();
    if (!out) file.fail(reason(errno));
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
