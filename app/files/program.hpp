// Runs another desktop program in the background: a file dialog whose answer is read, or a clipboard tool that is sent
// a picture.
//
// A separate thread waits for it, so that the window need not; `done` is called once from that thread.
#pragma once
#include <sys/types.h>

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "app/files/child.hpp"
#include "app/files/unfinished.hpp"

namespace convloom::files {

// Whether an environment variable is set and not empty.
bool is_set(const char* variable);

// Its path on the PATH; empty if it is not there.
std::string program_on_path(const std::string& name);

class Program {
  public:
    static constexpr std::size_t most_output = std::size_t{1} << 30;
    struct Ended {
        int status = 0;      // 0 for success; -1 if it did not read all its input or printed too much
        std::string output;  // from standard output; empty if the program was sent input
        std::string said;    // the first line of standard error
    };

    // Runs a program and keeps its output. Throws an Error if it cannot be started.
    static std::unique_ptr<Program> asked(std::vector<std::string> words, std::function<void()> done);
    // Sends the bytes to its standard input. It may leave a process behind that serves them.
    static std::unique_ptr<Program> fed(std::vector<std::string> words, std::string bytes, std::function<void()> done);
    // Ends a program that is still running.
    ~Program();
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    // Nothing while it runs.
    std::optional<Ended> ended() const;

  private:
    Program() = default;
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

}  // namespace convloom::files
