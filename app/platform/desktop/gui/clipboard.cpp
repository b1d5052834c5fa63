#include "app/gui/desk/clipboard.hpp"

#include <imgui.h>

#include "app/gui/base/language.hpp"
#include "app/paint/png.hpp"
#include "app/paint/svg.hpp"
#include "core/state/base/error.hpp"

namespace convloom::gui {

void connect_texts() {}  // GLFW has done so

std::vector<std::string> picture_program() {
    if (files::is_set("WAYLAND_DISPLAY") && !files::program_on_path("wl-copy").empty())
        return {"wl-copy", "--type", "image/png"};
    if (files::is_set("DISPLAY") && !files::program_on_path("xclip").empty())
        return {"xclip", "-selection", "clipboard", "-target", "image/png", "-in"};
    return {};
}

std::vector<std::string> picture_source() {
    if (files::is_set("WAYLAND_DISPLAY") && !files::program_on_path("wl-paste").empty())
        return {"wl-paste", "--type", "image/png"};
    if (files::is_set("DISPLAY") && !files::program_on_path("xclip").empty())
        return {"xclip", "-selection", "clipboard", "-target", "image/png", "-out"};
    return {};
}

ClipboardNote Clipboard::copy_svg(const scene::Scene& scene) {
    ImGui::SetClipboardText(paint::to_svg(scene).c_str());
    return {t("Copied this frame as SVG text.")};
}

std::optional<ClipboardNote> Clipboard::copy_png(const scene::Scene& scene) {
    std::vector<std::string> words = picture_program();
    if (words.empty())
        return ClipboardNote{files::is_set("WAYLAND_DISPLAY")
                                 ? t("Copying a picture needs the program wl-copy; install the package wl-clipboard.")
                                 : t("Copying a picture needs the program xclip; install the package xclip."),
                             true};
    try {
        name_ = words.front();
        program_.reset();
        program_ = files::Program::fed(std::move(words), paint::to_png(scene), wake_);
        return std::nullopt;
    } catch (const std::exception& error) {
        return ClipboardNote{t_sentence(sentence_of(error)), true};
    }
}

std::optional<ClipboardNote> Clipboard::poll() {
    if (!program_) return std::nullopt;
    const auto ended = program_->ended();
    if (!ended) return std::nullopt;
    program_.reset();
    if (ended->status != 0 && !ended->said.empty())
        return ClipboardNote{tf("{} did not accept the picture: {}", name_, ended->said), true};
    if (ended->status != 0) return ClipboardNote{tf("{} did not accept the picture.", name_), true};
    return ClipboardNote{t("Copied this frame as a PNG picture.")};
}

std::optional<ClipboardNote> Clipboard::ask_picture() {
    std::vector<std::string> words = picture_source();
    if (words.empty())
        return ClipboardNote{files::is_set("WAYLAND_DISPLAY")
                                 ? t("Pasting a picture needs the program wl-paste; install the package wl-clipboard.")
                                 : t("Pasting a picture needs the program xclip; install the package xclip."),
                             true};
    try {
        source_.reset();
        source_ = files::Program::asked(std::move(words), wake_);
        return std::nullopt;
    } catch (const std::exception& error) {
        return ClipboardNote{t_sentence(sentence_of(error)), true};
    }
}

std::optional<Clipboard::Picture> Clipboard::poll_picture() {
    if (!source_) return std::nullopt;
    auto ended = source_->ended();
    if (!ended) return std::nullopt;
    source_.reset();
    if (ended->status != 0 || ended->output.empty())
        return Picture{"", {t("There is no picture on the clipboard."), true}};
    return Picture{std::move(ended->output), {}};
}

}  // namespace convloom::gui
