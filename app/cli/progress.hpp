// "40 of 237 cases" on standard error, for runs that take over a second on a terminal. Standard output stays clean.
#pragma once
#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <string>

namespace convloom::cli {

class Progress {
  public:
    explicit Progress(std::string what) : what_(std::move(what)), shown_at_(Clock::now()), on_(isatty(STDERR_FILENO) != 0) {}
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    ~Progress() {
        if (shown_) fmt::print(stderr, "\r\033[K");
    }
    void at(long long number, long long of) {
        if (!on_) return;
        const Clock::time_point now = Clock::now();
        if (now - shown_at_ < (shown_ ? std::chrono::milliseconds(100) : std::chrono::milliseconds(1000))) return;
        shown_at_ = now;
        shown_ = true;
        fmt::print(stderr, "\r{} of {} {}\033[K", number, of, what_);
        std::fflush(stderr);
    }

  private:
    using Clock = std::chrono::steady_clock;
    std::string what_;
    Clock::time_point shown_at_;
    bool on_, shown_ = false;
};

}  // namespace convloom::cli
