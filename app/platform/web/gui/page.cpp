// page/page.js gives Module.tell(sentence), and calls convloom_open_file() with the path of a file that it has put into
// the page's file system. Of its address it asks convloom_link() and gives it to convloom_open_link()
// (page/address.js).
#include "app/gui/shell/page.hpp"

#include <emscripten.h>

#include <optional>

#include "app/files/link.hpp"
#include "app/gui/base/language.hpp"
#include "app/gui/shell/workbench.hpp"
#include "core/state/base/error.hpp"

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

// The link to what is shown, from "v1?" on; empty if it would be too long.
extern "C" EMSCRIPTEN_KEEPALIVE const char* convloom_link() {
    static std::string link;
    link.clear();
    if (Workbench* workbench = around().workbench) {
        try {
            state::PageOptions page = workbench->interface().page;
            page.language.reset();
            link = files::link_of(workbench->store().state(), page);
        } catch (const Error&) {
        }
    }
    return link.c_str();
}

extern "C" EMSCRIPTEN_KEEPALIVE void convloom_open_link(const char* text) {
    if (Workbench* workbench = around().workbench) {
        try {
            const state::Link link = files::parse_link(text);
            if (workbench->store().open_link(link)) workbench->take_page(link.page);
        } catch (const Error& error) {
            workbench->store().say(t_sentence(error.what()), true);
        }
    }
    EM_ASM({ _convloom_happened(); });
}

}  // namespace convloom::gui
