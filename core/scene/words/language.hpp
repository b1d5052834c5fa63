// The language of what is written beside a figure.
//
// English is the key: a text is written in the code as tr(language, "Input"), and assets/translations holds what stands
// for it in another language. A test finds every such key in the sources and asks for its translation. Names of items,
// by which the pointer and the tests find them, stay English.
#pragma once
#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/arith/layer/counts.hpp"

namespace convloom::scene {

enum class Language { english, chinese };

// "en", "zh-CN", as files and the command line say it.
std::string_view name_of(Language language);
std::optional<Language> language_named(std::string_view name);

// What a locale such as "zh_CN.UTF-8" asks for; English for one that there is no translation for.
Language language_of_locale(std::string_view locale);

// The text in the language, or itself where there is no translation.
std::string tr(Language language, std::string_view english);

// The translation where there is one; it stays for as long as the program runs.
const std::string* translation(Language language, std::string_view english);

// Adds a sentence after others: with a space between, which Chinese has not.
void add_sentence(std::string& text, std::string_view sentence, Language language);

// A sentence that was filled in already, as those of the checks of a layer: found by its form. Itself where none fits.
std::string tr_sentence(Language language, std::string_view english);

// The same for a form of fmt that is filled in.
template <class... Args>
std::string trf(Language language, std::string_view english, const Args&... args) {
    return fmt::format(fmt::runtime(tr(language, english)), args...);
}

// The same where counts stand before nouns, as arith::counting(): trn(language, {{n, "cell"}}, "{} cells", n).
template <class... Args>
std::string trn(Language language, arith::Counts counts, std::string_view english, const Args&... args) {
    return language == Language::english ? arith::counting(counts, english, args...) : trf(language, english, args...);
}

// All that has a translation.
std::vector<std::string> translated_texts(Language language);

}  // namespace convloom::scene
