// page/page.js gives Module.tell(sentence), and calls convloom_open_file() with the path of a file that it has put into
// the page's file system.
#include "app/gui/shell/page.hpp"

#include <emscripten.h>

#include <optional>

#include "app/gui/shell/workbench.hpp"

namespace convloom::gui {
namespace {

struct Around {
    Workbench* workbench = nullptr;
    std::optional<std::uint64_t> told;  // the store's version
};

// Stays when main() has returned.
Around& around() {
    static auto& one = *new Around;
    return one;
}

// clang-format off
EM_JS(void, convloom_tell, (const char* sentence), {
    if (Module["tell"]) Module["tell"](UTF8ToString(sentence));
});

EM_JS(int, convloom_prefers, (const char* query), {
    return matchMedia(UTF8ToString(query)).matches;
});
// clang-format on

void follow_preferences(Workbench& workbench) {
    if (convloom_prefers("(prefers-color-scheme: dark)")) workbench.store().dispatch(state::SetTheme{"dark"});
    if (convloom_prefers("(prefers-reduced-motion: reduce)")) {
        workbench.interface().reduced_motion = true;
        workbench.store().set_playing(false);
    }
}

}  // namespace

void tell_page(Workbench& workbench) {
    Around& page = around();
    if (!page.workbench) follow_preferences(workbench);
    page.workbench = &workbench;
    Store& store = workbench.store();
    if (page.told == store.version()) return;
    page.told = store.version();
    convloom_tell(store.scene().title.c_str());
}

extern "C" EMSCRIPTEN_KEEPALIVE void convloom_open_file(const char* path) {
    if (Workbench* workbench = around().workbench) workbench->documents().open(workbench->store(), path);
    EM_ASM({ _convloom_happened(); });
}

}  // namespace convloom::gui
