#include "app/gui/keys.hpp"

#include <GLFW/glfw3.h>

namespace convloom::gui {

void handle_key(Store& store, const KeyPress& press) {
    auto move = [&](const state::Action& action) {
        store.set_playing(false);
        store.dispatch(action);
    };
    if (press.control) {
        if (press.key == GLFW_KEY_Z) press.shift ? store.redo() : store.undo();
        if (press.key == GLFW_KEY_Y) store.redo();
        return;
    }
    switch (press.key) {
        case GLFW_KEY_SPACE: store.set_playing(!store.playing()); break;
        case GLFW_KEY_RIGHT: move(press.shift ? state::Action{state::TapForward{}} : state::StepForward{}); break;
        case GLFW_KEY_LEFT: move(press.shift ? state::Action{state::TapBack{}} : state::StepBack{}); break;
        case GLFW_KEY_HOME: move(state::GoToFirst{}); break;
        case GLFW_KEY_END: move(state::GoToLast{}); break;
        case GLFW_KEY_1: store.dispatch(state::SetView{scene::View::flat}); break;
        case GLFW_KEY_2: store.dispatch(state::SetView{scene::View::stacked}); break;
        case GLFW_KEY_3: store.dispatch(state::SetView{scene::View::volume}); break;
        case GLFW_KEY_4: store.dispatch(state::SetView{scene::View::signal}); break;
        case GLFW_KEY_5: store.dispatch(state::SetView{scene::View::chain}); break;
        case GLFW_KEY_6: store.dispatch(state::SetView{scene::View::photo}); break;
        case GLFW_KEY_S: store.save_frame(press.shift ? ".svg" : ".png"); break;
        default: break;
    }
}

}  // namespace convloom::gui
