// What a run has begun and not finished: files beside their places, and programs that work for it. A run that is
// stopped from outside (SIGINT, SIGTERM, SIGHUP) leaves none of it behind, wherever it is in its work.
//
// A thread waits for the signals, so that no loop, and no library, has to ask whether it is to stop: what was begun is
// removed, and the process ends by the signal that it was sent.
#pragma once
#include <filesystem>
#include <mutex>

namespace convloom::files {

class UnfinishedFile {
  public:
    explicit UnfinishedFile(std::filesystem::path path);
    ~UnfinishedFile();
    UnfinishedFile(const UnfinishedFile&) = delete;
    UnfinishedFile& operator=(const UnfinishedFile&) = delete;

  private:
    std::filesystem::path path_;
};

// Held for what must not be cut in half, such as putting a file in place: a stop waits for it.
std::unique_lock<std::mutex> not_to_be_stopped();

// To be called once, before there is any other thread. SIGTERM and SIGHUP stay ignored where the process was started
// so, as under nohup. SIGINT is heard even then: a script's shell starts everything so that runs beside it.
void stop_when_told();

}  // namespace convloom::files
