// The language of the texts beside a figure.
//
// English is the key: code says tr(language, "Input"), and assets/translations holds the translation. A test finds
// every such key in the sources and requires a translation. Names of items, which the pointer and the tests use, stay
// English.
#pragma once
#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/arith/layer/counts.hpp"

namespace convloom::scene {

enum class Language { english, chinese };

// "en", "zh-CN", as in files and on the command line.
std::string_view name_of(Language language);
std::optional<Language> language_named(std::string_view name);

// The language of a locale such as "zh_CN.UTF-8"; English if there is no translation for it.
Language language_of_locale(std::string_view locale);

// The translated text, or the English one if there is no translation.
std::string tr(Language language, std::string_view english);

// The translation if there is one; valid as long as the program runs.
const std::string* translation(Language language, std::string_view english);

// Appends a sentence to others: with a space in between, except in Chinese.
void add_sentence(std::string& text, std::string_view sentence, Language language);

// Translates a sentence that already has its numbers, such as those of a layer's checks, by matching its form. Returns
// it unchanged if none matches.
std::string tr_sentence(Language language, std::string_view english);

// The same for a format string of fmt, which it fills in.
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
