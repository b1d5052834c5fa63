#include "app/gui/widgets/search.hpp"

#include <algorithm>

#include "app/gui/base/language.hpp"

namespace convloom::gui {
namespace {

constexpr int begins_a_name = 4, begins_a_word = 2, is_inside = 1;

int word_found(std::string_view names, std::string_view word) {
    int best = 0;
    for (auto at = names.find(word); at != std::string_view::npos; at = names.find(word, at + 1)) {
        const char before = at == 0 ? '\n' : names[at - 1];
        const bool in_word = std::isalnum(static_cast<unsigned char>(before)) != 0;
        best = std::max(best, before == '\n' ? begins_a_name : in_word ? is_inside : begins_a_word);
    }
    return best;
}

}  // namespace

std::string names_of(const std::string& english) {
    const std::string* chinese = scene::translation(scene::Language::chinese, english);
    return lower(chinese ? english + '\n' + *chinese : english);
}

int found_by(std::string_view names, std::string_view typed) {
    const std::string wanted = lower(std::string(typed));
    int sum = 1;
    for (std::size_t from = 0; from < wanted.size();) {
        const std::size_t to = std::min(wanted.find(' ', from), wanted.size());
        if (to > from) {
            const int found = word_found(names, std::string_view(wanted).substr(from, to - from));
            if (found == 0) return 0;
            sum += found;
        }
        from = to + 1;
    }
    return sum;
}

}  // namespace convloom::gui
