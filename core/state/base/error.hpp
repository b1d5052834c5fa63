// The one exception of the program: a fault as one clear sentence to show. It is caught in two places, the command
// line's and the window's main loop.
//
// An Error says that what was asked for or given cannot be done: words, a flag, a file that is not understood. A
// Failure says that it could have been done and went wrong on the way: a full disk, a program that is missing. The
// command line ends with another status for each.
#pragma once
#include <stdexcept>

namespace convloom {

class Error : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

// Of a file that was given to be read and cannot be understood.
class UnreadableFile : public Error {
  public:
    using Error::Error;
};

class Failure : public Error {
  public:
    using Error::Error;
};

}  // namespace convloom
