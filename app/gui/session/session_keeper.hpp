// Writes the session every few seconds while the window runs, so that a program that is killed or a power cut loses no
// more than these.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

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
    // Why it could not be written, once, until it is written again; empty for nothing new.
    std::string fault();
    // For the last time.
    void end(const Session& session);

  private:
    void write(const Session& session);

    std::filesystem::path file_;
    SessionLock lock_;
    std::uint64_t version_ = 0;  // that was written last
    double written_s_ = 0;
    std::mutex mutex_;  // for what the writer tells
    std::string fault_;
    bool told_ = false;
    std::unique_ptr<files::Beside> writer_;  // the last, which uses the others
};

}  // namespace convloom::gui
