// A program that works for this run: it is ended where the run is stopped from outside (unfinished.hpp).
#pragma once
#include <sys/types.h>

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

}  // namespace convloom::files
