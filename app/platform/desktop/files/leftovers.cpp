// Removes what runs left that were ended by force (unfinished.hpp).
#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <mutex>
#include <set>
#include <system_error>
#include <utility>

#include "app/files/replacement.hpp"
#include "app/platform/desktop/files/running.hpp"

namespace convloom::files {
namespace {

// Of the files that a process may have open, for a sequence that is put in place all at once. What is beyond is held by
// its process's number alone.
constexpr int most_held = 200;
std::atomic<int> held = 0;

bool lives(int process) {
    return process != getpid() && (kill(process, 0) == 0 || errno != ESRCH);
}

void clear(const std::filesystem::path& file) {
    const int open = ::open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (open < 0) return;
    struct stat about;
    if (fstat(open, &about) == 0 && S_ISREG(about.st_mode) && flock(open, LOCK_EX | LOCK_NB) == 0)
        ::unlink(file.c_str());
    close(open);
}

}  // namespace

Hold::Hold(int file) : file_(file) {
    struct stat about;
    flock(file_, LOCK_SH | LOCK_NB);  // not every file system has locks
    lost_ = fstat(file_, &about) != 0 || about.st_nlink == 0;
    if (++held > most_held) {
        --held;
        close(std::exchange(file_, -1));
    }
}

Hold::~Hold() {
    if (file_ < 0) return;
    --held;
    close(file_);
}

void clear_leftovers(const std::filesystem::path& folder) {
    constexpr auto again_after = std::chrono::seconds(10);  // a sequence of many files looks once
    static std::mutex mutex;
    static std::filesystem::path last;
    static std::chrono::steady_clock::time_point when;
    {
        const std::lock_guard lock(mutex);
        const auto now = std::chrono::steady_clock::now();
        if (folder == last && when.time_since_epoch().count() != 0 && now - when < again_after) return;
        last = folder;
        when = now;
    }
    std::error_code ec;
    const std::set<std::string> own = begun_names();
    std::filesystem::directory_iterator at(folder.empty() ? "." : folder, ec);
    for (; !ec && at != std::filesystem::directory_iterator(); at.increment(ec)) {
        const std::string name = at->path().filename().string();
        const int process = process_of_temporary(name);
        if (process > 0 && !lives(process) && !own.contains(name)) clear(folder / name);
    }
}

}  // namespace convloom::files
