#include "app/gui/session/session.hpp"

namespace convloom::gui {

std::filesystem::path session_file() {
    return {};  // a page begins with what its address says
}

}  // namespace convloom::gui
