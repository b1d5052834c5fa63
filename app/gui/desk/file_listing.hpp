// The listing of a folder in our own file browser, and the path for a typed name. No drawing.
#pragma once
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace convloom::gui {

// "Pictures" and its file extensions, such as ".png"; without extensions every file.
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
    std::vector<FolderEntry> entries;  // folders first, then files, each sorted by name, ignoring case
    std::string fault;                 // a sentence if the folder cannot be read
};

// Hidden files are left out.
Listing list_folder(const std::filesystem::path& folder, const FileFilter& filter);

// The path for typed text, relative to the folder shown: "~" is home, ".." goes up.
std::filesystem::path typed_path(const std::filesystem::path& folder, const std::string& typed);

// Appends the filter's first extension if the name has none of its extensions.
std::filesystem::path with_ending(std::filesystem::path file, const FileFilter& filter);

// The folder in which the browser starts: that of the suggested path, or the nearest existing one above it.
std::filesystem::path existing_folder(const std::filesystem::path& path);

struct Place {
    std::string name;
    std::filesystem::path folder;
};
// Home, the working directory, and the folders of the recent files, without duplicates.
std::vector<Place> places_to_browse(std::span<const std::string> recent);

std::string bytes_text(double bytes);

}  // namespace convloom::gui
