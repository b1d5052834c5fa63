// The one exception of the program: a fault from outside (a file, its text, the screen), as one clear sentence
// to show. It is caught in two places, the command line's and the window's main loop.
#pragma once
#include <stdexcept>

namespace convloom {

class Error : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

// The same of a file that was given to be read and cannot be understood; the command line ends with another status.
class UnreadableFile : public Error {
  public:
    using Error::Error;
};

}  // namespace convloom
