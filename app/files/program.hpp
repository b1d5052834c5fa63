// Runs another desktop program in the background: a file dialog whose answer is read, or a clipboard tool that is sent
// a picture. A browser has none.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace convloom::files {

// Whether an environment variable is set and not empty.
bool is_set(const char* variable);

// Its path on the PATH; empty if it is not there.
std::string program_on_path(const std::string& name);
// Whether there can be other programs at all.
bool starts_programs();

class Program {
  public:
    static constexpr std::size_t most_output = std::size_t{1} << 30;
    struct Ended {
        int status = 0;      // 0 for success; -1 if it did not read all its input or printed too much
        std::string output;  // from standard output; empty if the program was sent input
        std::string said;    // the first line of standard error
    };

    // `done` is called once, from any thread, when the program has ended.
    // Runs a program and keeps its output. Throws an Error if it cannot be started.
    static std::unique_ptr<Program> asked(std::vector<std::string> words, std::function<void()> done);
    // Sends the bytes to its standard input. It may leave a process behind that serves them.
    static std::unique_ptr<Program> fed(std::vector<std::string> words, std::string bytes, std::function<void()> done);

    // Ends a program that is still running.
    virtual ~Program() = default;
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    // Nothing while it runs.
    virtual std::optional<Ended> ended() const = 0;

  protected:
    Program() = default;
};

}  // namespace convloom::files
