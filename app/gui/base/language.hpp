// The words of the interface, in the language that is chosen. Panels write t("English text"); the English is the key.
#pragma once
#include <fmt/format.h>

#include <set>
#include <string>
#include <utility>

#include "app/gui/base/interface.hpp"
#include "core/arith/layer/counts.hpp"
#include "core/scene/words/language.hpp"

namespace convloom::gui {

// Which language a choice comes to; the system's is that of LC_ALL, LC_MESSAGES and LANG, the first that is set.
scene::Language language_of(LanguageChoice choice);

// The interface's from now on. One for the whole program, as the fonts are.
void set_language(scene::Language language);
scene::Language language();

// Stays for as long as the program runs, or the English does.
const char* t(const char* english);

// From now on texts that have no translation are put there, for a test that holds them to be none; null for no more.
void note_missed(std::set<std::string>* into);

// Of the checks of a layer, whose numbers are filled in already.
std::string t_sentence(const std::string& english);

// A text with numbers in it: tf("step {} of {}", 3, 9).
template <class... Values>
std::string tf(const char* english, Values&&... values) {
    return fmt::format(fmt::runtime(t(english)), std::forward<Values>(values)...);
}

// The same where counts stand before nouns: tn({{n, "frame"}}, "{} frames", n).
template <class... Values>
std::string tn(arith::Counts counts, const char* english, Values&&... values) {
    if (language() == scene::Language::english) return arith::counting(counts, english, values...);
    return tf(english, std::forward<Values>(values)...);
}

// What is typed may be Chinese in an English interface, whose fonts then need its characters; once there was some they
// keep them.
void note_typed(std::string_view text);
bool chinese_was_typed();

// In small letters, as far as they are English.
std::string lower(std::string text);

}  // namespace convloom::gui
