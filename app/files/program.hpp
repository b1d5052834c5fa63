// Another program of the desktop, run beside this one: a file dialog that is asked, a clipboard that is fed. A browser
// has none.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

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

    // `done` is called once, from any thread, when it has ended.
    // Asked: what it prints is kept. Throws an Error where it cannot be started.
    static std::unique_ptr<Program> asked(std::vector<std::string> words, std::function<void()> done);
    // Fed: gets the bytes as standard input. It may leave a process behind that serves them on.
    static std::unique_ptr<Program> fed(std::vector<std::string> words, std::string bytes, std::function<void()> done);

    // One that still runs is ended.
    virtual ~Program() = default;
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    // Nothing while it runs.
    virtual std::optional<Ended> ended() const = 0;

  protected:
    Program() = default;
};

}  // namespace convloom::files
