// What is kept between starts of the window, as a value and as a JSON file: the document, the panels, the window's size
// and position, the recent files.
//
// Reading never fails: broken or unknown fields are skipped, and the rest is used. A file that cannot be read at all,
// or is another version's, is set aside.
#pragma once
#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/gui/base/interface.hpp"
#include "app/gui/store/store.hpp"

namespace convloom::gui {

struct Session {
    std::optional<state::State> state;        // none: the opening example
    std::string file;                         // the file that the document was opened from or saved to
    std::optional<state::State> before_tour;  // restored when the tour is closed, with its file
    std::string file_before_tour;
    Interface interface;
    int width = 0, height = 0;  // of the window, in its units; 0 for the default
    std::optional<std::array<int, 2>> place;
    bool maximized = false;
    double steps_per_second = 1.5;
    Repeat repeat = Repeat::loop;
    bool by_taps = false, playing = true;
    std::vector<std::string> recent;  // the newest first
    std::string folder;               // the folder of the last chosen file
};

constexpr std::size_t most_recent_files = 10;
// A document with more edited numbers than this is not kept, since reading it would delay every start.
constexpr std::size_t most_kept_numbers = 250'000;

// $XDG_STATE_HOME/convloom/session.json, by default in ~/.local/state; empty if nothing can be kept.
std::filesystem::path session_file();
// What a start without that file begins with: a browser says whether its reader wants calm and dark colours.
Session unsaved_session();

// Removes missing files from the list, and a missing photo from the document.
Session load_session(const std::filesystem::path& path);
// Returns false if it cannot be written, which callers may ignore.
std::string save_session(const std::filesystem::path& path, const Session& session);

std::string to_json(const Session& session);
Session session_from_json(const std::string& text);

// The absolute path of a file, without dots in it.
std::string absolute(const std::string& file);

// Puts a file at the head of the list.
void remember(std::vector<std::string>& recent, const std::string& file);

}  // namespace convloom::gui
