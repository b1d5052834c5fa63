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
// clang-format on

}  // namespace

void tell_page(Workbench& workbench) {
    Around& page = around();
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
