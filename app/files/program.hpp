// Another program of the desktop, run beside this one: a file dialog that is asked, a clipboard that is fed.
//
// A thread of its own waits for it, so that the window need not; `done` is called from there, once.
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

// A variable of the environment that is there and not empty.
bool is_set(const char* variable);

// Where the PATH has it; empty where it does not.
std::string program_on_path(const std::string& name);

class Program {
  public:
    static constexpr std::size_t most_output = std::size_t{1} << 30;
    struct Ended {
        int status = 0;      // 0 for well; -1 where it left its bytes unread or printed more than is taken
        std::string output;  // of standard output; empty where the program was fed
        std::string said;    // the first line of standard error
    };

    // Asked: what it prints is kept. Throws an Error where it cannot be started.
    static std::unique_ptr<Program> asked(std::vector<std::string> words, std::function<void()> done);
    // Fed: gets the bytes as standard input. It may leave a process behind that serves them on.
    static std::unique_ptr<Program> fed(std::vector<std::string> words, std::string bytes, std::function<void()> done);
    // One that still runs is ended.
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
