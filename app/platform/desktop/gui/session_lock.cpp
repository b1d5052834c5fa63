#include "app/gui/session/session_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

namespace convloom::gui {

SessionLock::SessionLock(const std::filesystem::path& session) {
    if (session.empty()) return;
    keeps_ = true;
    std::error_code ec;
    std::filesystem::create_directories(session.parent_path(), ec);
    file_ = open((session.string() + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file_ >= 0 && flock(file_, LOCK_EX | LOCK_NB) != 0) keeps_ = errno != EWOULDBLOCK;
    if (!keeps_) return;
    // What a window left that was killed while it wrote (app/files/replacement.cpp).
    const std::string begins = session.filename().string() + ".";
    for (const auto& entry : std::filesystem::directory_iterator(session.parent_path(), ec)) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with(begins) && name.find(".part", begins.size()) != std::string::npos)
            std::filesystem::remove(entry.path(), ec);
    }
}

SessionLock::~SessionLock() {
    if (file_ >= 0) close(file_);
}

}  // namespace convloom::gui
