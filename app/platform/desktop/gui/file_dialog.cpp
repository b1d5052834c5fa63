#include "app/gui/desk/file_dialog.hpp"

#include <fmt/format.h>

#include <cctype>
#include <cstdlib>
#include <string_view>

#include "app/files/program.hpp"
#include "app/gui/base/language.hpp"
#include "app/gui/widgets/modal.hpp"
#include "core/state/base/error.hpp"

namespace convloom::gui {
namespace {

namespace fs = std::filesystem;

std::string says(const char* name) {
    return files::is_set(name) ? std::getenv(name) : "";
}

// "*.png *.PNG", since neither dialog sets case aside.
std::string globs(const FileFilter& filter) {
    std::string text;
    for (std::string ending : filter.endings) {
        text += (text.empty() ? "*" : " *") + ending;
        for (char& c : ending) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        text += " *" + ending;
    }
    return text.empty() ? "*" : text;
}

// A folder ends in a slash; both dialogs then start in it.
std::string begin_at(const fs::path& suggested) {
    std::error_code ec;
    const fs::path path = fs::absolute(suggested.empty() ? fs::path(".") : suggested, ec).lexically_normal();
    return fs::is_directory(path, ec) && path.has_filename() ? path.string() + "/" : path.string();
}

std::vector<std::string> zenity(const FileQuestion& question) {
    std::vector<std::string> words{"zenity", "--file-selection", "--title=" + question.title,
                                   "--filename=" + begin_at(question.suggested)};
    if (question.saves) words.insert(words.end(), {"--save", "--confirm-overwrite"});
    for (const FileFilter& filter : question.filters)
        words.push_back(fmt::format("--file-filter={} | {}", filter.name, globs(filter)));
    return words;
}

std::vector<std::string> kdialog(const FileQuestion& question) {
    std::string filters;
    for (const FileFilter& filter : question.filters)
        filters += fmt::format("{}{} ({})", filters.empty() ? "" : " | ", filter.name, globs(filter));
    return {"kdialog",
            "--title",
            question.title,
            question.saves ? "--getsavefilename" : "--getopenfilename",
            begin_at(question.suggested),
            filters};
}

}  // namespace

std::vector<std::string> desktop_dialog(const FileQuestion& question) {
    if (says("CONVLOOM_FILE_DIALOG") == "own" || !(files::is_set("DISPLAY") || files::is_set("WAYLAND_DISPLAY")))
        return {};
    const bool has_zenity = !files::program_on_path("zenity").empty(),
               has_kdialog = !files::program_on_path("kdialog").empty();
    const bool is_kde = says("XDG_CURRENT_DESKTOP").find("KDE") != std::string::npos;
    if (has_kdialog && (is_kde || !has_zenity)) return kdialog(question);
    return has_zenity ? zenity(question) : std::vector<std::string>{};
}

void FileDialog::open(FileQuestion question) {
    close();
    opened_s_ = ImGui::GetTime();
    if (question.filters.empty()) question.filters.push_back({});
    question_ = std::move(question);
    std::vector<std::string> words = desktop_dialog(question_);
    if (words.empty()) return browser_.open(question_);
    try {
        program_ = files::Program::asked(std::move(words), wake_);
    } catch (const std::exception&) {
        browser_.open(question_);
    }
}

void FileDialog::close() {
    browser_.close();
    program_.reset();
}

std::optional<std::string> FileDialog::answer(const files::Program::Ended& ended) {
    // Closed without an answer; without a screen zenity exits the same way, but with a message.
    if (ended.status == 1 && ended.said.find("open display") == std::string::npos) return std::nullopt;
    std::string file = ended.output;  // a single path, whose name may contain line breaks
    if (file.ends_with('\n')) file.pop_back();
    if (ended.status != 0 || !fs::path(file).is_absolute() || file.find('\0') != std::string::npos) {
        browser_.open(question_);  // the desktop's dialog does not work here
        return std::nullopt;
    }
    if (!question_.saves) return file;
    const fs::path path = with_ending(file, question_.filters.front());
    std::error_code ec;
    if (path == file || !fs::exists(path, ec)) return path.string();
    // The question was about another name.
    question_.suggested = path;
    browser_.open(question_, true);
    return std::nullopt;
}

std::optional<std::string> FileDialog::draw(const Style& style, const scene::Theme& theme) {
    if (program_)
        if (const auto ended = program_->ended()) {
            program_.reset();
            if (const auto file = answer(*ended)) return file;
        }
    if (const auto file = browser_.draw(style, theme)) return file->string();
    if (browser_.is_open() && ImGui::GetTime() - opened_s_ < fade_s && wake_) wake_();
    return std::nullopt;
}

}  // namespace convloom::gui
