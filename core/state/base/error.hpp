// The exceptions of the program, each with a message of one clear sentence. They are caught in two places: by the
// command line and by the window's main loop.
//
// An Error means that the request or input is invalid: arguments, a flag, a file that cannot be understood. A Failure
// means that a valid request failed on the way: a full disk, a missing program. The command line has a different exit
// status for each.
#pragma once
#include <exception>
#include <stdexcept>
#include <string>

namespace convloom {

class Error : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

// A file given as input cannot be understood.
class UnreadableFile : public Error {
  public:
    using Error::Error;
};

class Failure : public Error {
  public:
    using Error::Error;
};

// The sentence for any exception: what a library or the system throws is no Error.
std::string sentence_of(const std::exception& fault);

}  // namespace convloom
