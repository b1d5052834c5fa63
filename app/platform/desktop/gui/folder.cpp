#include "app/gui/desk/folder.hpp"

#include <fmt/format.h>

#include "app/gui/base/language.hpp"
#include "app/gui/session/session.hpp"
#include "core/state/base/error.hpp"

namespace convloom::gui {

std::string file_uri(const std::filesystem::path& file) {
    constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
    std::string uri = "file://";
    for (const char c : absolute(file.string()))
        uri += plain.find(c) != std::string_view::npos ? std::string(1, c)
                                                       : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    return uri;
}

std::optional<std::string> FolderView::show(const std::filesystem::path& file) {
    program_.reset();
    ways_.clear();
    if (!files::program_on_path("xdg-open").empty())
        ways_.push_back({"xdg-open", std::filesystem::path(absolute(file.string())).parent_path().string()});
    if (!files::program_on_path("dbus-send").empty())
        ways_.push_back({"dbus-send", "--session", "--print-reply", "--reply-timeout=3000",
                         "--dest=org.freedesktop.FileManager1", "/org/freedesktop/FileManager1",
                         "org.freedesktop.FileManager1.ShowItems", "array:string:" + file_uri(file), "string:"});
    if (ways_.empty()) return t("Showing a folder needs the program xdg-open; install the package xdg-utils.");
    return try_next();
}

std::optional<std::string> FolderView::try_next() {
    while (!ways_.empty()) {
        std::vector<std::string> words = std::move(ways_.back());
        ways_.pop_back();
        try {
            program_ = files::Program::asked(std::move(words), wake_);
            return std::nullopt;
        } catch (const std::exception&) {
        }
    }
    return t("No file manager could be opened.");
}

std::optional<std::string> FolderView::poll() {
    if (!program_) return std::nullopt;
    const auto ended = program_->ended();
    if (!ended) return std::nullopt;
    program_.reset();
    return ended->status == 0 ? std::nullopt : try_next();
}

}  // namespace convloom::gui
