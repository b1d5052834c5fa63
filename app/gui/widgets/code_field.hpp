// A field for code: long lines wrap while typing, and a part can be marked as wrong.
//
// Lines are broken at spaces for display only; the text itself stays as it was typed or pasted. Enter accepts it,
// Ctrl+Enter begins a line.
#pragma once
#include <string>

#include "app/gui/base/style.hpp"

namespace convloom::gui {

struct CodeMark {
    std::size_t at = 0, length = 0;  // in bytes of the text; 0 for none
};

struct CodeAnswer {
    bool edited = false, enter = false;
};

// As wide as the remaining width, and as high as its lines, up to six. `place` names it, and "<place> mark" the mark.
CodeAnswer code_field(const std::string& place, std::string& text, const CodeMark& mark, const scene::Theme& theme);

// The text with line breaks instead of the spaces at which it is wrapped; the length stays the same.
std::string broken_at_spaces(const std::string& text, ImFont* font, float width);

}  // namespace convloom::gui
