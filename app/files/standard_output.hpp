// Standard output: the one way out for all that a command answers. A write that fails is a Failure with its reason, at
// the latest when the output is finished, so that no command ends well whose answer did not arrive.
#pragma once
#include <string_view>

#include "core/state/base/error.hpp"

namespace convloom::files {

// Whoever reads has closed the pipe, and wants no more. It is no fault.
class ClosedPipe : public Failure {
  public:
    ClosedPipe() : Failure("Standard output was closed.") {}
};

// To be called first: a standard stream that the program was started without is held by one that refuses every read or
// write, so that no file gets its number. A pipe that is closed is told by write(), not by a signal.
void hold_standard_streams();

void put(std::string_view bytes);
void finish_standard_output();

// A line on standard error. Where that cannot be written there is nobody to tell.
void tell(std::string_view line);

// As a program ends whose reader has gone: by SIGPIPE, silently.
[[noreturn]] void end_by_closed_pipe();

}  // namespace convloom::files
