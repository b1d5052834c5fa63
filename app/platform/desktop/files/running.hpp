// What this run has begun (unfinished.hpp): a program that works for it, which is ended where the run is stopped from
// outside, and temporary files.
#pragma once
#include <sys/types.h>

#include <set>
#include <string>

namespace convloom::files {

class RunningProgram {
  public:
    explicit RunningProgram(pid_t program);
    ~RunningProgram();
    RunningProgram(const RunningProgram&) = delete;
    RunningProgram& operator=(const RunningProgram&) = delete;

  private:
    pid_t program_;
};

// The names of the files that this run has begun, in whatever folder.
std::set<std::string> begun_names();

}  // namespace convloom::files
