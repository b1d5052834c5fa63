// No signal reaches WebAssembly, and a page that is closed leaves nothing behind.
#include "app/files/unfinished.hpp"

#include <unistd.h>

#include <utility>

namespace convloom::files {

UnfinishedFile::UnfinishedFile(std::filesystem::path path) : path_(std::move(path)) {}

UnfinishedFile::~UnfinishedFile() = default;

std::unique_lock<std::mutex> not_to_be_stopped() {
    return {};
}

void stop_when_told() {}

Hold::Hold(int file) {
    close(file);
}

Hold::~Hold() = default;

void clear_leftovers(const std::filesystem::path&) {}

}  // namespace convloom::files
