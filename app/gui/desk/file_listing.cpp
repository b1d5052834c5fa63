#include "app/gui/desk/file_listing.hpp"
#include "app/gui/base/language.hpp"
#include "core/arith/layer/counts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>

namespace convloom::gui {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_entries = 20'000, most_places = 8;

bool has_ending(const std::string& name, const std::string& ending) {
    return name.size() > ending.size() && lower(name).ends_with(lower(ending));
}

fs::path home() {
    const char* path = std::getenv("HOME");
    return path && *path ? fs::path(path) : fs::path();
}

}  // namespace

bool FileFilter::takes(const std::string& file_name) const {
    return endings.empty() || std::any_of(endings.begin(), endings.end(),
                                          [&](const std::string& ending) { return has_ending(file_name, ending); });
}

Listing list_folder(const fs::path& folder, const FileFilter& filter) {
    Listing listing;
    std::error_code ec;
    fs::directory_iterator at(folder, ec);
    for (; !ec && at != fs::directory_iterator(); at.increment(ec)) {
        std::error_code unknown;  // for a dangling link
        FolderEntry entry{at->path().filename().string(), at->is_directory(unknown), 0};
        if (entry.name.starts_with('.')) continue;
        if (!entry.is_folder && (!at->is_regular_file(unknown) || !filter.takes(entry.name))) continue;
        if (!entry.is_folder) entry.bytes = at->file_size(unknown);
        if (unknown) entry.bytes = 0;
        if (listing.entries.size() == most_entries) {
            listing.fault = fmt::format(
                "There are more than {} files here; type a name to open one that is not listed.", most_entries);
            break;
        }
        listing.entries.push_back(std::move(entry));
    }
    if (ec) listing.fault = fmt::format("{} cannot be read: {}.", folder.string(), ec.message());
    std::sort(listing.entries.begin(), listing.entries.end(), [](const FolderEntry& a, const FolderEntry& b) {
        if (a.is_folder != b.is_folder) return a.is_folder;
        const std::string x = lower(a.name), y = lower(b.name);
        return x != y ? x < y : a.name < b.name;
    });
    return listing;
}

fs::path typed_path(const fs::path& folder, const std::string& typed) {
    if (typed.empty()) return folder;
    if (typed == "~" || typed.starts_with("~/"))
        return (home() / typed.substr(std::min<std::size_t>(2, typed.size()))).lexically_normal();
    return (folder / typed).lexically_normal();
}

fs::path with_ending(fs::path file, const FileFilter& filter) {
    if (filter.takes(file.filename().string())) return file;
    file += filter.endings.front();
    return file;
}

fs::path existing_folder(const fs::path& path) {
    std::error_code ec;
    for (fs::path folder = fs::absolute(path, ec).lexically_normal(); !ec && !folder.empty();
         folder = folder.parent_path()) {
        if (fs::is_directory(folder, ec)) return folder;
        ec.clear();
        if (folder == folder.parent_path()) break;
    }
    const fs::path current = fs::current_path(ec);
    return ec ? fs::path("/") : current;
}

std::vector<Place> places_to_browse(std::span<const std::string> recent) {
    std::vector<Place> places;
    auto add = [&](const std::string& name, const fs::path& folder) {
        std::error_code ec;
        if (folder.empty() || places.size() == most_places || !fs::is_directory(folder, ec)) return;
        for (const Place& place : places)
            if (place.folder == folder) return;
        places.push_back({name, folder});
    };
    std::error_code ec;
    add("Home", home());
    const fs::path current = fs::current_path(ec);
    add(current.filename().string(), current);
    for (const std::string& file : recent) {
        const fs::path folder = fs::path(file).parent_path();
        add(folder.filename().empty() ? folder.string() : folder.filename().string(), folder);
    }
    add("/", "/");
    return places;
}

std::string bytes_text(double bytes) {
    if (bytes < 1000) return arith::counted(static_cast<arith::Index>(bytes), "byte");
    if (bytes < 999'500)
        return bytes < 9950 ? fmt::format("{:.1f} kB", bytes / 1e3) : fmt::format("{:.0f} kB", bytes / 1e3);
    if (bytes < 999.5e6)
        return bytes < 9.95e6 ? fmt::format("{:.1f} MB", bytes / 1e6) : fmt::format("{:.0f} MB", bytes / 1e6);
    return fmt::format("{:.1f} GB", bytes / 1e9);
}

}  // namespace convloom::gui
