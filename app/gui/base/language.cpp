#include "app/gui/base/language.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <set>

namespace convloom::gui {
namespace {

scene::Language current = scene::Language::english;
std::set<std::string>* missed = nullptr;
bool chinese_typed = false;

}  // namespace

scene::Language language_of(LanguageChoice choice) {
    if (choice == LanguageChoice::english) return scene::Language::english;
    if (choice == LanguageChoice::chinese) return scene::Language::chinese;
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
        if (const char* locale = std::getenv(name); locale && *locale) return scene::language_of_locale(locale);
    return scene::Language::english;
}

void set_language(scene::Language language) {
    current = language;
}
scene::Language language() {
    return current;
}

const char* t(const char* english) {
    const std::string* found = scene::translation(current, english);
    if (!found && missed && current != scene::Language::english) missed->insert(english);
    return found ? found->c_str() : english;
}

void note_missed(std::set<std::string>* into) {
    missed = into;
}

std::string t_sentence(const std::string& english) {
    return scene::tr_sentence(current, english);
}

void note_typed(std::string_view text) {
    chinese_typed |=
        std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xE3; });
}
bool chinese_was_typed() {
    return chinese_typed;
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

}  // namespace convloom::gui
