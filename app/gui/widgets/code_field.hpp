// A field for code: lines that are too long go on in the next one while one types, and a part can be marked as wrong.
//
// The lines are broken at spaces for the eye alone: the text itself stays as it was typed or pasted. Enter takes it,
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

// Over the whole width left, and as high as its lines up to six. `place` names it, and "<place> mark" the mark.
CodeAnswer code_field(const std::string& place, std::string& text, const CodeMark& mark, const scene::Theme& theme);

// The text with line ends in place of the spaces at which it is broken: as long as it is.
std::string broken_at_spaces(const std::string& text, ImFont* font, float width);

}  // namespace convloom::gui
