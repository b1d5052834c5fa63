#include <cstdlib>

#include "app/gui/session/session.hpp"

namespace convloom::gui {

std::filesystem::path session_file() {
    const char *given = std::getenv("XDG_STATE_HOME"), *home = std::getenv("HOME");
    // A relative path is to be passed over, says the standard.
    if (given && std::filesystem::path(given).is_absolute())
        return std::filesystem::path(given) / "convloom" / "session.json";
    if (home && std::filesystem::path(home).is_absolute())
        return std::filesystem::path(home) / ".local" / "state" / "convloom" / "session.json";
    return {};
}

Session unsaved_session() {
    return {};
}

}  // namespace convloom::gui
