// Another program, started: what a child process of ours begins with, whatever this one has changed for itself.
#pragma once
#include <sys/types.h>

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

namespace convloom::files {

// Where its three streams go. -1 is nowhere.
struct Streams {
    int in = -1, out = -1, err = -1;
};

// Found by the PATH. The number of an error, or 0 and the child.
int start_child(std::vector<std::string> words, const Streams& streams, pid_t& child);

// What a program says on standard error goes to a file that has no name, so that it need not be read along the way,
// and a process that it leaves behind holds nobody up.
class Sayings {
  public:
    int stream() const { return file_ ? fileno(file_.get()) : -1; }
    // The first line that is not empty; empty where nothing was said.
    std::string first_line() const;

  private:
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_{std::tmpfile(), std::fclose};
};

// Waits until it has ended. 0 where it ended well, 128 where by a signal.
int status_of_ended(pid_t child);

}  // namespace convloom::files
