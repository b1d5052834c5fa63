// Standard output: the only module through which commands write their results. A failed write is a Failure with its
// reason, reported when the output is finished at the latest, so that no command reports success if its output was not
// written.
#pragma once
#include <string_view>

#include "core/state/base/error.hpp"

namespace convloom::files {

// Thrown when the reader has closed the pipe. It is not an error.
class ClosedPipe : public Failure {
  public:
    ClosedPipe() : Failure("Standard output was closed.") {}
};

// Call it first: if a standard stream is closed at the start, it is opened with a descriptor that refuses reading and
// writing, so that no file gets its number. A closed pipe is then reported by write(), not by a signal.
void hold_standard_streams();

void put(std::string_view bytes);
void finish_standard_output();

// A line on standard error, ignored if it cannot be written.
void tell(std::string_view line);

// Ends the program silently by SIGPIPE.
[[noreturn]] void end_by_closed_pipe();

}  // namespace convloom::files
