// Writes the session every few seconds while the window runs, so that a program that is killed or a power cut loses no
// more than these.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include "app/files/beside.hpp"
#include "app/gui/session/session.hpp"
#include "app/gui/session/session_lock.hpp"

namespace convloom::gui {

class SessionKeeper {
  public:
    // Of the session's file, empty for none.
    explicit SessionKeeper(std::filesystem::path file) : file_(std::move(file)), lock_(file_) {}

    // When there is something to write, in the window's time; `version` is the store's.
    std::optional<double> due_s(std::uint64_t version) const;
    // Writes it beside the window if that is due.
    void keep(double now_s, std::uint64_t version, const std::function<Session()>& session);
    // For the last time.
    void end(const Session& session);

  private:
    std::filesystem::path file_;
    SessionLock lock_;
    std::uint64_t version_ = 0;  // that was written last
    double written_s_ = 0;
    std::unique_ptr<files::Beside> writer_;  // the last, which uses nothing of the others
};

}  // namespace convloom::gui
