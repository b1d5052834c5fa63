// The texts of the interface in the chosen language. Panels write t("English text"); the English text is the key.
#pragma once
#include <fmt/format.h>

#include <set>
#include <string>
#include <utility>

#include "app/gui/base/interface.hpp"
#include "core/arith/layer/counts.hpp"
#include "core/scene/words/language.hpp"

namespace convloom::gui {

// The language for a choice; the system's language is the first set of LC_ALL, LC_MESSAGES and LANG.
scene::Language language_of(LanguageChoice choice);

// Sets the interface's language for the whole program, like the fonts.
void set_language(scene::Language language);
scene::Language language();

// Valid as long as the program runs or the English text exists.
const char* t(const char* english);

// Collects texts without a translation from now on, for a test that expects none; null stops it.
void note_missed(std::set<std::string>* into);

// Translates sentences of a layer's checks, which already have their numbers.
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

// The text with ASCII letters in lower case.
std::string lower(std::string text);

}  // namespace convloom::gui
