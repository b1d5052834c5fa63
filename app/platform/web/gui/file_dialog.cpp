// The browser's own dialog for opening a file; its bytes are copied into the page's file system. Saved files get the
// suggested name and are downloaded (files/placed.hpp).
#include "app/gui/desk/file_dialog.hpp"

#include <emscripten.h>

#include <utility>

#include "app/gui/base/language.hpp"

namespace convloom::gui {
namespace {

constexpr const char* page_files = "/files";

std::optional<std::string> chosen_file;

// clang-format off
EM_JS(void, ask_for_file, (const char* endings, const char* folder, const char* words, const char* button), {
    const into = UTF8ToString(folder);
    const input = document.createElement("input");
    input.type = "file";
    input.accept = UTF8ToString(endings);
    input.onchange = async() => {
        const file = input.files[0];
        if (!file) return;
        const {name, bytes} = await Module["readable"](file);
        const path = into + "/" + name;
        FS.mkdirTree(into);
        FS.writeFile(path, bytes);
        const size = lengthBytesUTF8(path) + 1;
        const text = _malloc(size);
        stringToUTF8(path, text, size);
        _convloom_file_chosen(text);
        _free(text);
    };
    Module["chooser"] = input;  // some browsers forget one that nothing holds
    const active = navigator.userActivation;
    if (active && !active.isActive) Module["offer"](UTF8ToString(words), UTF8ToString(button), () => input.click());
    else input.click();
});
// clang-format on

}  // namespace

extern "C" EMSCRIPTEN_KEEPALIVE void convloom_file_chosen(const char* path) {
    chosen_file = path;
    EM_ASM({ _convloom_happened(); });
}

std::vector<std::string> desktop_dialog(const FileQuestion&) {
    return {};
}

void FileDialog::open(FileQuestion question) {
    question_ = std::move(question);
    if (question_.saves) {
        std::error_code ec;
        std::filesystem::create_directories(page_files, ec);
        chosen_file = (std::filesystem::path(page_files) / question_.suggested.filename()).string();
        if (wake_) wake_();
        return;
    }
    std::string endings;
    if (!question_.filters.empty())
        for (const std::string& ending : question_.filters.front().endings)
            endings += (endings.empty() ? "" : ",") + ending;
    // A frame that was slow to come may be too late for the key press or click that asked.
    ask_for_file(endings.c_str(), page_files, t("The browser waits for a click before it shows its dialog."),
                 t("Choose a file …"));
}

void FileDialog::close() {
    chosen_file.reset();
}

std::optional<std::string> FileDialog::draw(const Style&, const scene::Theme&) {
    return std::exchange(chosen_file, std::nullopt);
}

}  // namespace convloom::gui
