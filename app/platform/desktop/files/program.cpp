#include "app/files/program.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

#include "app/platform/desktop/files/child.hpp"
#include "app/platform/desktop/files/running.hpp"
#include "core/state/base/error.hpp"

namespace convloom::files {

bool is_set(const char* variable) {
    const char* value = std::getenv(variable);
    return value && *value;
}

bool starts_programs() {
    return true;
}

std::string program_on_path(const std::string& name) {
    const char* path = std::getenv("PATH");
    const std::string all = path ? path : "";
    for (std::size_t at = 0; at <= all.size();) {
        const std::size_t colon = std::min(all.find(':', at), all.size());
        const std::string file = all.substr(at, colon - at) + "/" + name;
        std::error_code ec;
        if (colon > at && access(file.c_str(), X_OK) == 0 && std::filesystem::is_regular_file(file, ec)) return file;
        at = colon + 1;
    }
    return "";
}

namespace {

// A thread of its own waits for the program, so that the window need not.
class Child : public Program {
  public:
    Child() = default;
    ~Child() override;
    void begin(std::vector<std::string> words, std::optional<std::string> bytes, std::function<void()> done);
    std::optional<Ended> ended() const override;

  private:
    void start(std::vector<std::string> words, bool feed);
    void wait(const std::string* bytes, const std::function<void()>& done);
    bool pass_on(const std::string* bytes);

    pid_t child_ = 0;
    int end_ = -1;  // ours of the pipe
    Sayings said_;
    Ended ended_;
    std::optional<RunningProgram> running_;  // one that is asked; what serves a clipboard stays
    mutable std::mutex mutex_;
    bool has_ended_ = false;  // its number may be another's by now
    std::thread waiting_;
};

void Child::start(std::vector<std::string> words, bool feed) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) throw Failure(fmt::format("A pipe to {} cannot be made.", words.front()));
    const std::string name = words.front();
    // A program that is sent input gets no output pipe: a process that it leaves behind must not keep our pipe open.
    const Streams streams{feed ? ends[0] : -1, feed ? -1 : ends[1], said_.stream()};
    const int error = start_child(std::move(words), streams, child_);
    close(ends[feed ? 0 : 1]);
    end_ = ends[feed ? 1 : 0];
    if (error == 0) {
        if (!feed) running_.emplace(child_);
        return;
    }
    child_ = 0;
    close(end_);
    throw Failure(fmt::format("{} cannot be started: {}.", name, std::generic_category().message(error)));
}

// Transfers all bytes to the program, or from it. False if that was not possible.
bool Child::pass_on(const std::string* bytes) {
    std::size_t written = 0;
    char block[4096];
    for (;;) {
        if (bytes && written == bytes->size()) return true;
        const ssize_t n =
            bytes ? ::write(end_, bytes->data() + written, bytes->size() - written) : ::read(end_, block, sizeof block);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return !bytes && n == 0;
        if (bytes)
            written += static_cast<std::size_t>(n);
        else if (ended_.output.size() + static_cast<std::size_t>(n) > most_output)
            return false;
        else
            ended_.output.append(block, static_cast<std::size_t>(n));
    }
}

void Child::wait(const std::string* bytes, const std::function<void()>& done) {
    const bool whole = pass_on(bytes);
    close(end_);
    // Checks for the end without reaping the process, so that its id stays valid while it may still be killed.
    siginfo_t info;
    while (waitid(P_PID, static_cast<id_t>(child_), &info, WEXITED | WNOWAIT) < 0 && errno == EINTR) {
    }
    running_.reset();
    {
        const std::lock_guard lock(mutex_);
        ended_.status = status_of_ended(child_);
        if (ended_.status == 0 && !whole) ended_.status = -1;
        ended_.said = said_.first_line();
        has_ended_ = true;
    }
    if (done) done();
}

void Child::begin(std::vector<std::string> words, std::optional<std::string> bytes, std::function<void()> done) {
    start(std::move(words), bytes.has_value());
    try {
        waiting_ = std::thread(
            [this, bytes = std::move(bytes), done = std::move(done)] { wait(bytes ? &*bytes : nullptr, done); });
    } catch (const std::system_error&) {  // nobody could wait for it
        kill(child_, SIGKILL);
        running_.reset();
        close(end_);
        status_of_ended(std::exchange(child_, 0));
        throw Failure("The system allows no further thread.");
    }
}

Child::~Child() {
    {
        const std::lock_guard lock(mutex_);
        if (child_ > 0 && !has_ended_) kill(child_, SIGTERM);
    }
    if (waiting_.joinable()) waiting_.join();
}

std::optional<Program::Ended> Child::ended() const {
    const std::lock_guard lock(mutex_);
    if (!has_ended_) return std::nullopt;
    return ended_;
}

}  // namespace

std::unique_ptr<Program> Program::asked(std::vector<std::string> words, std::function<void()> done) {
    auto child = std::make_unique<Child>();
    child->begin(std::move(words), std::nullopt, std::move(done));
    return child;
}

std::unique_ptr<Program> Program::fed(std::vector<std::string> words, std::string bytes, std::function<void()> done) {
    signal(SIGPIPE, SIG_IGN);  // a program that stops is told by write()
    auto child = std::make_unique<Child>();
    child->begin(std::move(words), std::move(bytes), std::move(done));
    return child;
}

}  // namespace convloom::files
