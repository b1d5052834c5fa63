// A page keeps no session.
#include "app/gui/session/session_lock.hpp"

namespace convloom::gui {

SessionLock::SessionLock(const std::filesystem::path&) {}
SessionLock::~SessionLock() = default;

}  // namespace convloom::gui
