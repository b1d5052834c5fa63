#include "core/scene/language.hpp"

#include <map>
#include <nlohmann/json.hpp>

#include "convloom_translations.hpp"

namespace convloom::scene {
namespace {

using Table = std::map<std::string, std::string, std::less<>>;

// The file is part of the program: one that cannot be read is a broken build, which the tests find.
const Table& chinese_table() {
    static const Table table = [] {
        Table read;
        const auto json = nlohmann::json::parse(*embedded_translations::file("zh-CN.json"));
        for (const auto& [english, chinese] : json.items()) read.emplace(english, chinese.get<std::string>());
        return read;
    }();
    return table;
}

}  // namespace

std::string_view name_of(Language language) { return language == Language::chinese ? "zh-CN" : "en"; }

std::optional<Language> language_named(std::string_view name) {
    if (name == "en" || name == "English") return Language::english;
    if (name == "zh-CN" || name == "zh" || name == "zh_CN" || name == "中文") return Language::chinese;
    return std::nullopt;
}

Language language_of_locale(std::string_view locale) { return locale.substr(0, 2) == "zh" ? Language::chinese : Language::english; }

std::string tr(Language language, std::string_view english) {
    if (language == Language::chinese)
        if (const auto found = chinese_table().find(english); found != chinese_table().end()) return found->second;
    return std::string(english);
}

std::vector<std::string> translated_texts(Language language) {
    std::vector<std::string> texts;
    if (language == Language::chinese)
        for (const auto& [english, chinese] : chinese_table()) texts.push_back(english);
    return texts;
}

}  // namespace convloom::scene
