#include "app/files/unfinished.hpp"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>

#include "app/platform/desktop/files/running.hpp"

namespace convloom::files {
namespace {

struct Begun {
    std::mutex mutex;
    std::multiset<std::filesystem::path> files;
    std::multiset<pid_t> programs;
};

// Never destroyed: the signal thread may need it while the process ends.
Begun& begun() {
    static auto& all = *new Begun;
    return all;
}

void end(pid_t program) {
    kill(program, SIGKILL);
    // The program must be dead before its file is removed, or it might create the file again. Its owner collects its
    // status.
    siginfo_t info;
    while (waitid(P_PID, static_cast<id_t>(program), &info, WEXITED | WNOWAIT) < 0 && errno == EINTR) {
    }
}

void tell_stopped() {
    const std::string_view says = "convloom: Stopped. Unfinished files were removed; all others are whole.\n";
    const std::string_view clear = isatty(STDERR_FILENO) ? "\r\033[K" : "";  // clears a progress line
    if (::write(STDERR_FILENO, clear.data(), clear.size()) < 0) return;
    if (::write(STDERR_FILENO, says.data(), says.size()) < 0) return;
}

[[noreturn]] void stop(int number) {
    Begun& all = begun();
    // Held until the process ends, so that no file is put in place and no error is reported any more.
    const std::lock_guard lock(all.mutex);
    for (const pid_t program : all.programs) end(program);
    for (const std::filesystem::path& file : all.files) {
        std::error_code ec;
        std::filesystem::remove(file, ec);
    }
    tell_stopped();
    // Ends by the signal itself, so that a shell ends its loop too.
    signal(number, SIG_DFL);
    sigset_t one;
    sigemptyset(&one);
    sigaddset(&one, number);
    pthread_sigmask(SIG_UNBLOCK, &one, nullptr);
    kill(getpid(), number);
    for (;;) pause();
}

}  // namespace

UnfinishedFile::UnfinishedFile(std::filesystem::path path) : path_(std::move(path)) {
    const auto lock = not_to_be_stopped();
    begun().files.insert(path_);
}

UnfinishedFile::~UnfinishedFile() {
    const auto lock = not_to_be_stopped();
    begun().files.erase(begun().files.find(path_));
}

std::set<std::string> begun_names() {
    const auto lock = not_to_be_stopped();
    std::set<std::string> names;
    for (const std::filesystem::path& file : begun().files) names.insert(file.filename().string());
    return names;
}

RunningProgram::RunningProgram(pid_t program) : program_(program) {
    const auto lock = not_to_be_stopped();
    begun().programs.insert(program_);
}

RunningProgram::~RunningProgram() {
    const auto lock = not_to_be_stopped();
    begun().programs.erase(begun().programs.find(program_));
}

std::unique_lock<std::mutex> not_to_be_stopped() {
    return std::unique_lock(begun().mutex);
}

void stop_when_told() {
    sigset_t told;
    sigemptyset(&told);
    for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
        struct sigaction now;
        const bool ignored = sigaction(number, nullptr, &now) != 0 || now.sa_handler == SIG_IGN;
        if (number == SIGINT || !ignored) sigaddset(&told, number);
    }
    pthread_sigmask(SIG_BLOCK, &told, nullptr);  // inherited by every thread that is started from here on
    try {
        std::thread([told] {
            int number = 0;
            while (sigwait(&told, &number) != 0) {
            }
            stop(number);
        }).detach();
    } catch (const std::system_error&) {  // no thread available: the signals keep their default action
        pthread_sigmask(SIG_UNBLOCK, &told, nullptr);
    }
}

}  // namespace convloom::files
