#include <emscripten.h>

#include "app/gui/session/session.hpp"
#include "core/state/json/presets.hpp"

namespace convloom::gui {
namespace {

constexpr float narrow_scale = 0.75f;

// clang-format off
EM_JS(int, convloom_media, (const char* query), {
    return matchMedia(UTF8ToString(query)).matches;
});
// clang-format on

}  // namespace

std::filesystem::path session_file() {
    return {};  // a page begins with what its address says
}

Session unsaved_session() {
    Session session;
    session.interface.reduced_motion = convloom_media("(prefers-reduced-motion: reduce)") != 0;
    // On a phone held upright the canvas and the timeline get all the space.
    if (convloom_media("(max-width: 700px)")) {
        session.interface.gallery = session.interface.inspector = false;
        session.interface.scale = narrow_scale;
    }
    session.playing = !session.interface.reduced_motion;
    session.state = state::preset(state::opening_preset);
    if (convloom_media("(prefers-color-scheme: dark)")) session.state->theme = "dark";
    return session;
}

}  // namespace convloom::gui
