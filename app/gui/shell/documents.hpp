// Files and output of the window: opening and saving documents, recent files, exports, the clipboard, and their
// dialogs.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "app/gui/desk/clipboard.hpp"
#include "app/gui/desk/file_dialog.hpp"
#include "app/gui/desk/folder.hpp"
#include "app/gui/export/export_dialog.hpp"
#include "app/gui/network/network_panel.hpp"
#include "app/gui/panels/photo_save.hpp"
#include "app/gui/session/session.hpp"
#include "app/gui/store/store.hpp"

namespace convloom::gui {

class Documents {
  public:
    // `wake` is called, from any thread, when draw() has news while the window sleeps.
    explicit Documents(std::function<void()> wake)
        : asked_(wake), network_(wake), export_(wake), photo_save_(wake), folder_view_(wake),
          clipboard_(std::move(wake)) {}

    void ask_open(const Store& store);
    // Opens a file and, on success, adds it to the recent files. While a network is open, a picture becomes its input.
    void open(Store& store, const std::string& path);
    // The same of a network that was read already.
    void open(Store& store, const std::string& path, networks::NetworkFacts network);
    void ask_network_picture(const Store& store);
    // For a file named on the command line: its folder was not chosen in a dialog.
    void note_named(const std::string& path) { remember(recent_, path); }
    // Asks before it overwrites an unknown file.
    void save(Store& store);
    void ask_save(const Store& store);
    void ask_export(const Store& store);
    // Of what is on the canvas: the network's picture, or the layer's.
    void save_frame(Store& store, const char* ending);
    void copy_svg(Store& store);
    void copy_png(Store& store);
    // All steps as one page of HTML.
    void copy_page(Store& store);
    // With what the page asks for, but for its language, which is what is shown.
    void copy_link(Store& store, state::PageOptions page);
    // Opens the clipboard's picture, once it is there; it is kept as a file, so that a document of it can be opened
    // again.
    void paste(Store& store);

    // Outside of an ImGui frame.
    void prepare(GlPainter& painter) { export_.prepare(painter); }
    // Inside an ImGui frame, after the panels. A running export is shown left of and above `card_corner`.
    void draw(Store& store, const Style& style, const scene::Theme& theme, ImVec2 card_corner);

    // A dialog is in front and takes the keys.
    bool takes_keys() const { return asks_to_replace_ || asked_.is_open() || export_.is_open(); }
    bool is_busy() const { return export_.is_busy() || photo_save_.is_busy(); }
    // Shows it in the desktop's file manager.
    void show_in_folder(Store& store, const std::string& file);
    PhotoSave& photo_save() { return photo_save_; }
    NetworkPanel& network() { return network_; }
    const NetworkPanel& network() const { return network_; }
    const std::vector<std::string>& recent() const { return recent_; }

    // The recent files, kept between starts.
    void take(const Session& session);
    void give(Session& session) const;

  private:
    std::filesystem::path folder(const Store& store) const;
    void draw_replace_question(Store& store, const Style& style, const scene::Theme& theme);
    void note_chosen_file(const std::string& path);
    void note_network(const std::string& path);
    void open_pasted(Store& store, const std::string& png);

    enum class Asked { open, save, photo, network_picture };
    FileDialog asked_;
    NetworkPanel network_;
    Asked asks_ = Asked::open;
    ExportDialog export_;
    PhotoSave photo_save_;
    FolderView folder_view_;
    Clipboard clipboard_;
    std::vector<std::string> recent_;
    std::string folder_;
    bool asks_to_replace_ = false;
};

}  // namespace convloom::gui
