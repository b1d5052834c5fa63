// Which of several windows keeps the session: the first one, so that two do not overwrite each other's.
#pragma once
#include <filesystem>

namespace convloom::gui {

class SessionLock {
  public:
    // `session` is the session's file; empty for none. The lock is a file beside it and ends with the program, however
    // it ends.
    explicit SessionLock(const std::filesystem::path& session);
    ~SessionLock();
    SessionLock(const SessionLock&) = delete;
    SessionLock& operator=(const SessionLock&) = delete;

    // Whether this window is the one that keeps it. Also where no lock can be made.
    bool keeps() const { return keeps_; }

  private:
    bool keeps_ = false;
    int file_ = -1;
};

}  // namespace convloom::gui
