#include "app/files/standard_output.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>

namespace convloom::files {
namespace {

constexpr std::size_t most_waiting = 1 << 16;
std::string waiting;

[[noreturn]] void fail(int error) {
    if (error == EPIPE) throw ClosedPipe();
    throw Failure(fmt::format("Standard output cannot be written: {}.", std::generic_category().message(error)));
}

void write_all(int to, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t wrote = ::write(to, bytes.data(), bytes.size());
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote <= 0) fail(wrote < 0 ? errno : EIO);
        bytes.remove_prefix(static_cast<std::size_t>(wrote));
    }
}

// Nothing more is written after an error.
void write_waiting() {
    const std::string bytes = std::move(waiting);
    waiting.clear();
    write_all(STDOUT_FILENO, bytes);
}

}  // namespace

void hold_standard_streams() {
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        if (fcntl(stream, F_GETFD) < 0 && errno == EBADF) {
            // The lowest free descriptor is this one. Opened in the wrong direction, it refuses its use.
            if (::open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY) != stream) std::_Exit(1);
        }
    signal(SIGPIPE, SIG_IGN);
}

void put(std::string_view bytes) {
    if (waiting.size() + bytes.size() > most_waiting) {
        write_waiting();
        if (bytes.size() > most_waiting) return write_all(STDOUT_FILENO, bytes);
    }
    waiting += bytes;
}

void finish_standard_output() {
    write_waiting();
    // Some file systems report a full disk only when the file is closed.
    const int copy = dup(STDOUT_FILENO);
    if (copy >= 0 && close(copy) != 0 && errno != EINTR) fail(errno);
}

void tell(std::string_view line) {
    const std::string whole = fmt::format("{}\n", line);
    std::string_view left = whole;
    while (!left.empty()) {
        const ssize_t wrote = ::write(STDERR_FILENO, left.data(), left.size());
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote <= 0) return;
        left.remove_prefix(static_cast<std::size_t>(wrote));
    }
}

void end_by_closed_pipe() {
    signal(SIGPIPE, SIG_DFL);
    raise(SIGPIPE);
    std::_Exit(128 + SIGPIPE);
}

}  // namespace convloom::files
