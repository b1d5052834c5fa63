// Shows a file in the desktop's file manager: by the D-Bus interface that file managers share, which selects the file,
// else by opening its folder. Programs get their arguments directly; no shell reads a file's name.
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/files/program.hpp"

namespace convloom::gui {

// "file:///home/a%20b.png". A comma is written as %2C, since dbus-send uses commas as separators.
std::string file_uri(const std::filesystem::path& file);

class FolderView {
  public:
    explicit FolderView(std::function<void()> wake) : wake_(std::move(wake)) {}

    // Returns the reason why it cannot be shown, or nothing.
    std::optional<std::string> show(const std::filesystem::path& file);
    // The same, after the programs have ended.
    std::optional<std::string> poll();
    bool is_busy() const { return program_ != nullptr; }

  private:
    std::optional<std::string> try_next();

    std::function<void()> wake_;
    std::vector<std::vector<std::string>> ways_;  // ways not tried yet, the best last
    std::unique_ptr<files::Program> program_;
};

}  // namespace convloom::gui
