#include "app/gui/shell/documents.hpp"

#include <ctime>

#include "app/files/image_file.hpp"
#include "app/files/link.hpp"
#include "app/gui/base/language.hpp"
#include "app/gui/widgets/modal.hpp"
#include "app/gui/widgets/popups.hpp"
#include "app/gui/widgets/widgets.hpp"
#include "app/networks/network_file.hpp"
#include "core/state/base/error.hpp"
#include "core/state/words/title.hpp"

namespace convloom::gui {
namespace {

namespace fs = std::filesystem;

constexpr const char* ending = ".convloom.json";

}  // namespace

fs::path Documents::folder(const Store& store) const {
    if (!folder_.empty()) return folder_;
    if (!store.file().empty()) return fs::path(absolute(store.file())).parent_path();
    std::error_code ec;
    return fs::current_path(ec);
}

void Documents::ask_open(const Store& store) {
    asks_ = Asked::open;
    std::vector<std::string> endings = files::picture_endings();
    endings.insert(endings.begin(), {".json", ".onnx"});
    asked_.open({false,
                 t("Open a document, a photo or a network"),
                 {{t("Documents, photos and networks"), std::move(endings)},
                  {t("Convloom documents"), {".json"}},
                  {t("Networks in ONNX's format"), {".onnx"}},
                  {t("All files"), {}}},
                 folder(store),
                 recent_});
}

void Documents::ask_network_picture(const Store& store) {
    asks_ = Asked::network_picture;
    asked_.open({false,
                 t("Open a picture for the network"),
                 {{t("Pictures"), files::picture_endings()}, {t("All files"), {}}},
                 folder(store),
                 recent_});
}

void Documents::open(Store& store, const std::string& path) {
    if (networks::names_network(path)) {
        if (network_.open(store, path)) note_network(path);
    } else if (network_.is_open() && !path.ends_with(".json")) {
        if (!network_.take_photo(store, path)) return;
        note_chosen_file(path);
        store.say(tf("{} is the network's input now.", fs::path(path).filename().string()));
    } else if (store.open_file(path)) {
        note_chosen_file(path);
    }
}

void Documents::open(Store& store, const std::string& path, networks::NetworkFacts network) {
    try {
        network_.open(std::move(network));
        note_network(path);
    } catch (const std::exception& error) {
        store.say(t_sentence(sentence_of(error)), true);
    }
}

void Documents::note_network(const std::string& path) {
    if (!networks::is_builtin(path)) note_chosen_file(path);
}

void Documents::note_chosen_file(const std::string& path) {
    remember(recent_, path);
    folder_ = fs::path(absolute(path)).parent_path().string();
}

void Documents::save(Store& store) {
    if (store.file().empty()) return ask_save(store);
    if (!store.may_write_over(store.file())) {
        asks_to_replace_ = true;
        return;
    }
    if (store.save_file(store.file())) remember(recent_, store.file());
}

// The file exists and was not opened here, or was changed by another program: it may hold the only copy of something.
void Documents::draw_replace_question(Store& store, const Style& style, const scene::Theme& theme) {
    constexpr float wide = 520, high = 196, button = 136;
    const std::string name = fs::path(store.file()).filename().string();
    bool closes = false, replaces = false;
    if (!begin_modal("replace", tf("Replace {}?", name).c_str(), wide, high, style, theme, &closes)) return;
    wrapped_text(style.body,
                 t("This file was not opened in this session, or it has changed since. Its contents would be lost."));
    if (escape_pressed()) closes = true;
    replaces = enter_pressed() && dialog_is_in_front();
    ImGui::SetCursorPosY(ImGui::GetWindowHeight() - ImGui::GetStyle().WindowPadding.y - ImGui::GetFrameHeight());
    align_right(button * style.scale, 3);
    closes |= text_button("replace cancel", t("Keep it"), button * style.scale);
    ImGui::SameLine();
    const bool other = text_button("replace other", t("Another name …"), button * style.scale);
    ImGui::SameLine();
    replaces |= text_button("replace take", t("Replace"), button * style.scale, true);
    if (closes || other || replaces) {
        asks_to_replace_ = false;
        ImGui::CloseCurrentPopup();
    }
    end_modal();
    if (other) ask_save(store);
    if (replaces && store.save_file(store.file())) remember(recent_, store.file());
}

void Documents::ask_save(const Store& store) {
    asks_ = Asked::save;
    const fs::path suggested = store.file().empty() ? folder(store) / (state::file_stem(store.state()) + ending)
                                                    : fs::path(absolute(store.file()));
    asked_.open({true,
                 t("Save the document"),
                 {{t("Convloom documents"), {ending, ".json"}}, {t("All files"), {}}},
                 suggested,
                 recent_});
}

void Documents::ask_export(const Store& store) {
    export_.open(store.state(), export_.folder().empty() ? folder(store).string() : export_.folder(), recent_);
}

void Documents::show_in_folder(Store& store, const std::string& file) {
    if (const auto why = folder_view_.show(file)) store.say(*why, true);
}

void Documents::copy_svg(Store& store) {
    const std::optional<scene::Scene> network = network_.saved_picture(store);
    const ClipboardNote note = clipboard_.copy_svg(network ? *network : store.scene());
    store.say(note.text, note.is_fault);
}

void Documents::copy_png(Store& store) {
    const std::optional<scene::Scene> network = network_.saved_picture(store);
    if (const auto note = clipboard_.copy_png(network ? *network : store.scene()))
        store.say(note->text, note->is_fault);
}

void Documents::save_frame(Store& store, const char* ending) {
    if (const std::optional<scene::Scene> network = network_.saved_picture(store))
        store.save_picture(*network, fs::path(network_.desk().facts().file).stem().string(), ending);
    else
        store.save_frame(ending);
}

void Documents::copy_page(Store& store) {
    exporting::ExportOptions options;
    options.format = exporting::format_of(".html");
    if (const auto note = export_.copy(store.state(), options)) store.say(note->text, note->is_fault);
}

void Documents::copy_link(Store& store, state::PageOptions page) {
    try {
        page.language.reset();
        const std::string link = files::link_of(store.state(), page);
        ImGui::SetClipboardText(files::with_address(files::page_address(), link).c_str());
        store.say(store.state().view == scene::View::photo
                      ? t("Copied a link with the filters; the photo itself is in no link.")
                      : t("Copied a link to what is shown."));
    } catch (const std::exception& error) {
        store.say(t_sentence(sentence_of(error)), true);
    }
}

void Documents::paste(Store& store) {
    if (const auto note = clipboard_.ask_picture()) store.say(note->text, note->is_fault);
}

void Documents::open_pasted(Store& store, const std::string& png) {
    try {
        files::decode_image(png, t("The clipboard"));  // anything else is not kept
        const std::time_t now = std::time(nullptr);
        char name[64];
        std::strftime(name, sizeof name, "pasted_%Y-%m-%d_%H%M%S.png", std::localtime(&now));
        const fs::path kept =
            session_file().empty() ? fs::temp_directory_path() : session_file().parent_path() / "pasted";
        fs::create_directories(kept);
        files::write(kept / name, png);
        store.open_file((kept / name).string());  // a later save must not go to the same folder
    } catch (const std::exception& error) {
        store.say(t_sentence(sentence_of(error)), true);
    }
}

void Documents::draw(Store& store, const Style& style, const scene::Theme& theme, ImVec2 card_corner) {
    if (asks_to_replace_) draw_replace_question(store, style, theme);
    if (auto question = photo_save_.question(store, folder(store))) {
        asks_ = Asked::photo;
        asked_.open(std::move(*question));
    }
    if (const auto path = asked_.draw(style, theme)) {
        if (asks_ == Asked::open || asks_ == Asked::network_picture) {
            open(store, *path);
        } else if (asks_ == Asked::photo) {
            if (store.state().photo) photo_save_.save(*path, *store.state().photo);
        } else if (store.save_file(*path)) {
            note_chosen_file(*path);
        }
    }
    if (const auto note = export_.draw(style, theme, card_corner)) store.say(note->text, note->is_fault, note->file);
    if (const auto why = folder_view_.poll()) store.say(*why, true);
    if (const auto note = clipboard_.poll()) store.say(note->text, note->is_fault);
    if (const auto picture = clipboard_.poll_picture())
        picture->png.empty() ? store.say(picture->note.text, picture->note.is_fault) : open_pasted(store, picture->png);
}

void Documents::take(const Session& session) {
    recent_ = session.recent;
    folder_ = session.folder;
}

void Documents::give(Session& session) const {
    session.recent = recent_;
    session.folder = folder_;
}

}  // namespace convloom::gui
