#include "app/files/program.hpp"

#include <cstdlib>

#include "core/state/base/error.hpp"

namespace convloom::files {

bool is_set(const char* variable) {
    const char* value = std::getenv(variable);
    return value && *value;
}

std::string program_on_path(const std::string&) {
    return "";
}

std::unique_ptr<Program> Program::asked(std::vector<std::string> words, std::function<void()>) {
    throw Failure(words.front() + " cannot be started: WebAssembly starts no other programs.");
}

std::unique_ptr<Program> Program::fed(std::vector<std::string> words, std::string, std::function<void()> done) {
    return asked(std::move(words), std::move(done));
}

}  // namespace convloom::files
