// What is kept from one start of the window to the next, as a value and as a JSON file: the document as it was left,
// the panels, the window's size and place, the files that were used last.
//
// Reading never fails: what is broken or foreign is passed over, field by field, and the rest holds.
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
    std::string file;                         // that the document was opened from or saved to
    std::optional<state::State> before_tour;  // that comes back when the tour is closed, and its file
    std::string file_before_tour;
    Interface interface;
    int width = 0, height = 0;  // of the window, in its units; 0 for its own choice
    std::optional<std::array<int, 2>> place;
    bool maximized = false;
    double steps_per_second = 1.5;
    Repeat repeat = Repeat::loop;
    bool by_taps = false, playing = true;
    std::vector<std::string> recent;  // the newest first
    std::string folder;               // that a file was last chosen in
};

constexpr std::size_t most_recent_files = 10;
// A document with more numbers of its own than this is not kept; reading it at every start would be felt.
constexpr std::size_t most_kept_numbers = 250'000;

// $XDG_STATE_HOME/convloom/session.json, by default in ~/.local/state; empty where nothing can be kept.
std::filesystem::path session_file();
// What a start without that file begins with: a browser says whether its reader wants calm and dark colours.
Session unsaved_session();

// Files that are gone are dropped from the list; a photo that is gone is dropped from the document.
Session load_session(const std::filesystem::path& path);
// Gives false where it cannot be written, which is nobody's concern.
bool save_session(const std::filesystem::path& path, const Session& session);

std::string to_json(const Session& session);
Session session_from_json(const std::string& text);

// The whole path of a file, without dots in it.
std::string absolute(const std::string& file);

// Puts a file at the list's head.
void remember(std::vector<std::string>& recent, const std::string& file);

}  // namespace convloom::gui
