// "[==== ] 40 of 237 cases, 0:12 left" on standard error, for runs that take over a second on a terminal. Nothing is
// written to standard output.
#pragma once
#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <string>

namespace convloom::cli {

class Progress {
  public:
    explicit Progress(std::string what)
        : what_(std::move(what)), begun_(Clock::now()), shown_at_(begun_), on_(isatty(STDERR_FILENO) != 0) {}
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    ~Progress() {
        if (shown_) std::fputs("\r\033[K", stderr);
    }
    void at(long long number, long long of) {
        if (!on_) return;
        const Clock::time_point now = Clock::now();
        if (now - shown_at_ < (shown_ ? std::chrono::milliseconds(100) : std::chrono::milliseconds(1000))) return;
        shown_at_ = now;
        shown_ = true;
        const double so_far_s = std::chrono::duration<double>(now - begun_).count();
        const auto left_s = static_cast<long long>(
            number > 0 ? so_far_s / static_cast<double>(number) * static_cast<double>(of - number) + 0.5 : 0);
        const int filled = of > 0 ? static_cast<int>(bar_width * number / of) : 0;
        const std::string line =
            fmt::format("\r[{}{}] {} of {} {}, {}:{:02} left\033[K", std::string(static_cast<std::size_t>(filled), '='),
                        std::string(static_cast<std::size_t>(bar_width - filled), ' '), number, of, what_, left_s / 60,
                        left_s % 60);
        std::fputs(line.c_str(), stderr);  // a closed terminal is not an error
        std::fflush(stderr);
    }

  private:
    using Clock = std::chrono::steady_clock;
    std::string what_;
    static constexpr int bar_width = 24;
    Clock::time_point begun_, shown_at_;
    bool on_, shown_ = false;
};

}  // namespace convloom::cli
