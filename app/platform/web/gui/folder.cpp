// A page has no folders to show, so the file is downloaded again.
#include "app/gui/desk/folder.hpp"

#include "app/files/placed.hpp"

namespace convloom::gui {

std::optional<std::string> FolderView::show(const std::filesystem::path& file) {
    files::placed(file);
    return std::nullopt;
}

std::optional<std::string> FolderView::poll() {
    return std::nullopt;
}

}  // namespace convloom::gui
