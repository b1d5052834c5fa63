#include "core/scene/words/language.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "convloom_translations.hpp"

namespace convloom::scene {
namespace {

using Table = std::map<std::string, std::string, std::less<>>;

// The file is embedded in the program: one that cannot be read is a build error, which the tests find.
const Table& chinese_table() {
    static const Table whole = [] {
        Table read;
        const auto json = nlohmann::json::parse(*embedded_translations::file("zh-CN.json"));
        for (const auto& [english, chinese] : json.items()) read.emplace(english, chinese.get<std::string>());
        return read;
    }();
    return whole;
}

}  // namespace

std::string_view name_of(Language language) {
    return language == Language::chinese ? "zh-CN" : "en";
}

std::optional<Language> language_named(std::string_view name) {
    if (name == "en" || name == "English") return Language::english;
    if (name == "zh-CN" || name == "zh" || name == "zh_CN" || name == "中文") return Language::chinese;
    return std::nullopt;
}

Language language_of_locale(std::string_view locale) {
    return locale.substr(0, 2) == "zh" ? Language::chinese : Language::english;
}

const std::string* translation(Language language, std::string_view english) {
    if (language != Language::chinese) return nullptr;
    const auto found = chinese_table().find(english);
    return found == chinese_table().end() ? nullptr : &found->second;
}

std::string tr(Language language, std::string_view english) {
    const std::string* found = translation(language, english);
    return found ? *found : std::string(english);
}

namespace {

// The texts between the placeholders "{…}" of a form; one more than there are placeholders.
std::vector<std::string_view> literals_of(std::string_view form) {
    std::vector<std::string_view> literals;
    for (std::size_t open = form.find('{'); open != std::string_view::npos; open = form.find('{')) {
        literals.push_back(form.substr(0, open));
        form.remove_prefix(std::min(form.find('}', open), form.size() - 1) + 1);
    }
    literals.push_back(form);
    return literals;
}

// The values at the form's placeholders in the sentence; nothing if the sentence does not match.
std::optional<std::vector<std::string>> filled_in(std::string_view form, std::string_view sentence) {
    const std::vector<std::string_view> literals = literals_of(form);
    if (!sentence.starts_with(literals.front()) || !sentence.ends_with(literals.back())) return std::nullopt;
    std::vector<std::string> values;
    std::size_t at = literals.front().size();
    for (std::size_t n = 1; n < literals.size(); ++n) {
        const bool last = n + 1 == literals.size();
        const std::size_t next = last ? sentence.size() - literals[n].size() : sentence.find(literals[n], at);
        if (next == std::string_view::npos || next <= at) return std::nullopt;
        values.emplace_back(sentence.substr(at, next - at));
        at = next + literals[n].size();
    }
    return values;
}

// The translation with the values inserted; number formats in its placeholders are ignored.
std::string fill(std::string_view form, const std::vector<std::string>& values, Language language) {
    std::string text;
    const std::vector<std::string_view> literals = literals_of(form);
    for (std::size_t n = 0; n < literals.size(); ++n) {
        text += literals[n];
        if (n < values.size()) text += tr(language, values[n]);
    }
    return text;
}

}  // namespace

void add_sentence(std::string& text, std::string_view sentence, Language language) {
    if (!text.empty() && language == Language::english) text += ' ';
    text += sentence;
}

std::string tr_sentence(Language language, std::string_view english) {
    if (language != Language::chinese || translation(language, english)) return tr(language, english);
    // Of several matching forms, the one with the most text of its own.
    std::string best(english);
    std::size_t said = 0;
    // A noun in the singular is written in the plural in the form.
    std::vector<std::string> ways = arith::with_plurals(english);
    ways.emplace_back(english);
    for (const auto& [form, chinese] : chinese_table()) {
        if (!form.ends_with('.') || form.find('{') == std::string::npos) continue;
        std::size_t own = 0;
        for (std::string_view literal : literals_of(form)) own += literal.size();
        if (own <= said || own < 8) continue;
        for (const std::string& way : ways)
            if (const auto values = filled_in(form, way)) best = fill(chinese, *values, language), said = own;
    }
    return best;
}

std::vector<std::string> translated_texts(Language language) {
    std::vector<std::string> texts;
    if (language == Language::chinese)
        for (const auto& [english, chinese] : chinese_table()) texts.push_back(english);
    return texts;
}

}  // namespace convloom::scene
