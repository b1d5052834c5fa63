#include "core/scene/measure/text_metrics.hpp"

#include <algorithm>

#include "core/scene/measure/text_metrics_table.hpp"

namespace convloom::scene {
namespace {

int width_of(char32_t character, Weight weight) {
    const auto* end = std::end(character_widths);
    const auto* found = std::lower_bound(std::begin(character_widths), end, character,
                                         [](const CharacterWidth& w, char32_t c) { return w.character < c; });
    if (found == end || found->character != character) return 1000;  // wide enough for any other character
    return weight == Weight::semibold ? found->semibold : found->regular;
}

}  // namespace

char32_t next_character(std::string_view& utf8) {
    const auto first = static_cast<unsigned char>(utf8.front());
    utf8.remove_prefix(1);
    if (first < 0x80) return first;
    const int more = first >= 0xF0 && first < 0xF8 ? 3 : first >= 0xE0 ? 2 : first >= 0xC2 ? 1 : 0;
    if (more == 0 || first >= 0xF8 || static_cast<int>(utf8.size()) < more) return 0xFFFD;
    char32_t character = first & (0x3F >> more);
    for (int i = 0; i < more; ++i) {
        const auto byte = static_cast<unsigned char>(utf8[i]);
        if ((byte & 0xC0) != 0x80) return 0xFFFD;
        character = character << 6 | (byte & 0x3F);
    }
    utf8.remove_prefix(more);
    return character;
}

double text_width(std::string_view utf8, double size, Weight weight) {
    int thousandths = 0;
    while (!utf8.empty()) thousandths += width_of(next_character(utf8), weight);
    return thousandths * size / 1000;
}

std::string shortened(std::string_view utf8, double width, double size, Weight weight) {
    if (text_width(utf8, size, weight) <= width) return std::string(utf8);
    constexpr std::string_view ellipsis = "…";
    width -= text_width(ellipsis, size, weight);
    std::string_view rest = utf8, kept = "";
    while (!rest.empty()) {
        next_character(rest);
        const std::string_view longer = utf8.substr(0, utf8.size() - rest.size());
        if (text_width(longer, size, weight) > width) break;
        kept = longer;
    }
    return std::string(kept) + std::string(ellipsis);
}

Rect text_box(const Text& text) {
    const double width = text_width(text.text, text.size, text.weight);
    const double left = text.anchor == Anchor::start    ? text.at.x
                        : text.anchor == Anchor::middle ? text.at.x - width / 2
                                                        : text.at.x - width;
    return {left, text.at.y - 0.78 * text.size, width, text.size};
}

}  // namespace convloom::scene
