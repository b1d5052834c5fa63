#include "core/arith/layer/counts.hpp"

#include <cctype>

namespace convloom::arith {
namespace {

constexpr std::string_view place = "{} ";

// Finds "1 " from `from` on, unless the 1 is part of a longer number.
std::size_t find_one(std::string_view sentence, std::size_t from) {
    for (std::size_t at = sentence.find("1 ", from); at != sentence.npos; at = sentence.find("1 ", at + 1))
        if (at == 0 || sentence[at - 1] == ' ' || sentence[at - 1] == '(') return at;
    return sentence.npos;
}

// The end of the word that begins at `at`.
std::size_t word_end(std::string_view sentence, std::size_t at) {
    while (at < sentence.size() && std::isalpha(static_cast<unsigned char>(sentence[at]))) ++at;
    return at;
}

void add_plurals(std::vector<std::string>& all, const std::string& sentence, std::size_t from) {
    const std::size_t one = find_one(sentence, from);
    if (one == sentence.npos) return;
    add_plurals(all, sentence, one + 2);
    // The noun is the first word, or the second one after an adjective, as in "1 output channel".
    std::size_t begin = one + 2;
    for (int word = 0; word < 2; ++word) {
        const std::size_t end = word_end(sentence, begin);
        if (end == begin) return;
        const std::string noun = sentence.substr(begin, end - begin), many = plural_of(noun);
        const std::string changed = sentence.substr(0, begin) + many + sentence.substr(end);
        all.push_back(changed);
        add_plurals(all, changed, begin + many.size());
        if (end >= sentence.size() || sentence[end] != ' ') return;
        begin = end + 1;
    }
}

}  // namespace

std::string plural_of(std::string_view noun) {
    const std::string word(noun);
    const auto without_last = [&](std::size_t count) { return word.substr(0, word.size() - count); };
    if (word.ends_with("xis")) return without_last(2) + "es";
    if (word.ends_with("ch") || word.ends_with("sh") || word.ends_with("s") || word.ends_with("x")) return word + "es";
    const bool after_vowel = word.size() > 1 && std::string_view("aeiou").find(word[word.size() - 2]) != word.npos;
    return word.ends_with("y") && !after_vowel ? without_last(1) + "ies" : word + "s";
}

std::string counted(Index number, std::string_view noun) {
    return fmt::format("{} {}", number, number == 1 ? std::string(noun) : plural_of(noun));
}

std::string in_number(Counts counts, std::string_view form) {
    std::string text(form);
    for (const Count& count : counts) {
        const std::string many = plural_of(count.noun), from = std::string(place) + many;
        std::size_t at = text.find(from);
        // Match whole words: "{} outputs" must not match "{} outputsize".
        while (at != text.npos && word_end(text, at + from.size()) > at + from.size()) at = text.find(from, at + 1);
        if (count.number == 1 && at != text.npos) text.replace(at + place.size(), many.size(), count.noun);
    }
    return text;
}

std::vector<std::string> with_plurals(std::string_view sentence) {
    std::vector<std::string> all;
    add_plurals(all, std::string(sentence), 0);
    return all;
}

}  // namespace convloom::arith
