// Starts another program as a child process with default signal handling, whatever this process has changed for itself.
#pragma once
#include <sys/types.h>

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

namespace convloom::files {

// The file descriptors for its three streams; -1 for none.
struct Streams {
    int in = -1, out = -1, err = -1;
};

// Searches the PATH. Returns an error number, or 0 and the child.
int start_child(std::vector<std::string> words, const Streams& streams, pid_t& child);

// The child's standard error goes to an unnamed file, so that it need not be read while the program runs and a process
// that it leaves behind blocks nobody.
class Sayings {
  public:
    int stream() const { return file_ ? fileno(file_.get()) : -1; }
    // The first line that is not empty; empty if there is none.
    std::string first_line() const;

  private:
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_{std::tmpfile(), std::fclose};
};

// Waits until it has ended. Returns 0 for success, 128 if a signal ended it.
int status_of_ended(pid_t child);

}  // namespace convloom::files
