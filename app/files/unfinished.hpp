// Work that a run has begun and not finished: temporary files, and child programs. A run that is stopped by a signal
// (SIGINT, SIGTERM, SIGHUP) leaves none of it behind. What a run leaves that is ended by force is removed by the next
// one that writes to the same folder: a temporary file is locked as long as its run lives, so that one without a lock
// belongs to nobody any more.
//
// A thread waits for the signals, so that no loop and no library has to check for them; it removes the unfinished work,
// and the process ends by the signal that it received.
#pragma once
#include <filesystem>
#include <mutex>
#include <utility>

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

// The lock of a temporary file; it ends with the value.
class Hold {
  public:
    Hold() = default;
    // Takes over the open file.
    explicit Hold(int file);
    ~Hold();
    Hold(const Hold&) = delete;
    Hold& operator=(Hold&& other) noexcept {
        std::swap(file_, other.file_);
        std::swap(lost_, other.lost_);
        return *this;
    }

    // False if somebody removed the file before it was locked.
    bool is_good() const { return !lost_; }

  private:
    int file_ = -1;
    bool lost_ = false;
};

// Removes what others left in a folder; an empty path is the current one. Not again for some seconds.
void clear_leftovers(const std::filesystem::path& folder);

// Held during work that must not be interrupted, such as putting a file in place: a stop waits for it.
std::unique_lock<std::mutex> not_to_be_stopped();

// Call it once, before any other thread is started. SIGTERM and SIGHUP stay ignored if the process was started that
// way, as under nohup. SIGINT is always handled: a script's shell starts background processes with it ignored.
void stop_when_told();

}  // namespace convloom::files
