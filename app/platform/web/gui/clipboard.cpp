// The browser's clipboard, which answers asynchronously and only in response to a key press or a click.
#include "app/gui/desk/clipboard.hpp"

#include <emscripten.h>
#include <imgui.h>

#include <utility>

#include "app/gui/base/language.hpp"
#include "app/paint/png.hpp"
#include "app/paint/svg.hpp"

namespace convloom::gui {
namespace {

enum class Answer { none, good, bad };
Answer copied = Answer::none, pasted = Answer::none;
std::string pasted_png, text_kept;

// clang-format off
EM_JS(void, write_text, (const char* text), {
    if (navigator.clipboard) navigator.clipboard.writeText(UTF8ToString(text)).catch(() => {});
});

// The paste event delivers a text or a picture before the frame that asks for it, and needs no permission.
EM_JS(void, hear_pastes, (), {
    document.addEventListener("paste", (event) => {
        const picture = Array.from(event.clipboardData.files).find((file) => file.type.startsWith("image/"));
        Module["pasted"] = picture ? Module["readable"](picture).then(({bytes}) => bytes) : null;
        const text = event.clipboardData.getData("text");
        const size = lengthBytesUTF8(text) + 1;
        const bytes = _malloc(size);
        stringToUTF8(text, bytes, size);
        _convloom_text_pasted(bytes);
        _free(bytes);
    });
});

EM_JS(void, write_picture, (const char* bytes, int size), {
    const blob = new Blob([HEAPU8.slice(bytes, bytes + size)], {type: "image/png"});
    const tell = (good) => _convloom_picture_copied(good);
    try {
        navigator.clipboard.write([new ClipboardItem({"image/png" : blob})]).then(() => tell(1), () => tell(0));
    } catch (fault) {
        setTimeout(() => tell(0));
    }
});

EM_JS(void, read_picture, (), {
    const tell = (data) => {
        const bytes = _malloc(data.length + 1);
        HEAPU8.set(data, bytes);
        _convloom_picture_pasted(bytes, data.length);
        _free(bytes);
    };
    const png = async () => {
        for (const item of await navigator.clipboard.read())
            if (item.types.includes("image/png"))
                return new Uint8Array(await (await item.getType("image/png")).arrayBuffer());
        return new Uint8Array(0);
    };
    (Module["pasted"] || png()).then(tell, () => tell(new Uint8Array(0)));
    Module["pasted"] = null;
});
// clang-format on

}  // namespace

extern "C" {
EMSCRIPTEN_KEEPALIVE void convloom_text_pasted(const char* text) {
    text_kept = text;
}
EMSCRIPTEN_KEEPALIVE void convloom_picture_copied(int good) {
    copied = good ? Answer::good : Answer::bad;
    EM_ASM({ _convloom_happened(); });
}
EMSCRIPTEN_KEEPALIVE void convloom_picture_pasted(const char* bytes, int size) {
    pasted = size > 0 ? Answer::good : Answer::bad;
    pasted_png.assign(bytes, static_cast<std::size_t>(size));
    EM_ASM({ _convloom_happened(); });
}
}

void connect_texts() {
    hear_pastes();
    ImGui::GetIO().SetClipboardTextFn = [](void*, const char* text) {
        text_kept = text;
        write_text(text);
    };
    ImGui::GetIO().GetClipboardTextFn = [](void*) { return text_kept.c_str(); };
}

std::vector<std::string> picture_program() {
    return {};
}

std::vector<std::string> picture_source() {
    return {};
}

ClipboardNote Clipboard::copy_svg(const scene::Scene& scene) {
    ImGui::SetClipboardText(paint::to_svg(scene).c_str());
    return {t("Copied this frame as SVG text.")};
}

std::optional<ClipboardNote> Clipboard::copy_png(const scene::Scene& scene) {
    const std::string png = paint::to_png(scene);
    write_picture(png.data(), static_cast<int>(png.size()));
    return std::nullopt;
}

std::optional<ClipboardNote> Clipboard::poll() {
    switch (std::exchange(copied, Answer::none)) {
        case Answer::good:
            return ClipboardNote{t("Copied this frame as a PNG picture.")};
        case Answer::bad:
            return ClipboardNote{t("The browser did not accept the picture."), true};
        case Answer::none:
            break;
    }
    return std::nullopt;
}

std::optional<ClipboardNote> Clipboard::ask_picture() {
    read_picture();
    return std::nullopt;
}

std::optional<Clipboard::Picture> Clipboard::poll_picture() {
    switch (std::exchange(pasted, Answer::none)) {
        case Answer::good:
            return Picture{std::exchange(pasted_png, {}), {}};
        case Answer::bad:
            return Picture{"", {t("There is no picture on the clipboard."), true}};
        case Answer::none:
            break;
    }
    return std::nullopt;
}

}  // namespace convloom::gui
