#include "app/files/program.hpp"

#include <emscripten.h>

#include <cstdlib>

#include "core/state/base/error.hpp"

namespace convloom::files {
namespace {

// clang-format off
EM_JS(int, encodes_videos, (), {
    return typeof document != "undefined" && typeof VideoEncoder != "undefined";
});
// clang-format on

}  // namespace

bool is_set(const char* variable) {
    const char* value = std::getenv(variable);
    return value && *value;
}

// In a page the browser's encoder stands in for ffmpeg (page/movie.js).
std::string program_on_path(const std::string& name) {
    return name == "ffmpeg" && encodes_videos() ? "VideoEncoder" : "";
}

bool starts_programs() {
    return false;
}

std::unique_ptr<Program> Program::asked(std::vector<std::string> words, std::function<void()>) {
    throw Failure(words.front() + " cannot be started: WebAssembly starts no other programs.");
}

std::unique_ptr<Program> Program::fed(std::vector<std::string> words, std::string, std::function<void()> done) {
    return asked(std::move(words), std::move(done));
}

}  // namespace convloom::files
