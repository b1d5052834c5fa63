// No signal reaches WebAssembly, and a page that is closed leaves nothing behind.
#include "app/files/unfinished.hpp"

namespace convloom::files {

UnfinishedFile::UnfinishedFile(std::filesystem::path path) : path_(std::move(path)) {}

UnfinishedFile::~UnfinishedFile() = default;

std::unique_lock<std::mutex> not_to_be_stopped() {
    return {};
}

void stop_when_told() {}

}  // namespace convloom::files
