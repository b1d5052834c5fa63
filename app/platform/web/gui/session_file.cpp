#include <emscripten.h>

#include "app/gui/session/session.hpp"
#include "core/state/json/presets.hpp"

namespace convloom::gui {
namespace {

// clang-format off
EM_JS(int, convloom_prefers, (const char* query), {
    return matchMedia(UTF8ToString(query)).matches;
});
// clang-format on

}  // namespace

std::filesystem::path session_file() {
    return {};  // a page begins with what its address says
}

Session unsaved_session() {
    Session session;
    session.interface.reduced_motion = convloom_prefers("(prefers-reduced-motion: reduce)") != 0;
    session.playing = !session.interface.reduced_motion;
    session.state = state::preset(state::opening_preset);
    if (convloom_prefers("(prefers-color-scheme: dark)")) session.state->theme = "dark";
    return session;
}

}  // namespace convloom::gui
