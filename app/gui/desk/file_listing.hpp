// What a folder shows in our own file browser, and what a typed name means there. No drawing.
#pragma once
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace convloom::gui {

// "Pictures" and the endings that belong to it, as ".png"; without endings every file.
struct FileFilter {
    std::string name;
    std::vector<std::string> endings;
    bool takes(const std::string& file_name) const;
};

struct FolderEntry {
    std::string name;
    bool is_folder = false;
    std::uintmax_t bytes = 0;
    friend bool operator==(const FolderEntry&, const FolderEntry&) = default;
};

struct Listing {
    std::vector<FolderEntry> entries;  // folders first, then files, each by name with case set aside
    std::string fault;                 // a sentence where the folder cannot be read
};

// Hidden files are left out.
Listing list_folder(const std::filesystem::path& folder, const FileFilter& filter);

// What was typed, from the folder shown: "~" is home, a relative path goes on from the folder, ".." goes up.
std::filesystem::path typed_path(const std::filesystem::path& folder, const std::string& typed);

// With the filter's first ending where the name has none of its endings.
std::filesystem::path with_ending(std::filesystem::path file, const FileFilter& filter);

// Where the browser begins: the suggested path's own folder, or the nearest above it that there is.
std::filesystem::path existing_folder(const std::filesystem::path& path);

struct Place {
    std::string name;
    std::filesystem::path folder;
};
// Home, the folder that the program was started in, and the folders of the files used last, each once.
std::vector<Place> places_to_browse(std::span<const std::string> recent);

std::string bytes_text(double bytes);

}  // namespace convloom::gui
