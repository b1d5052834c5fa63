// Small controls that the panels share, on top of Dear ImGui: buttons drawn as icons, a row of choices, a
// slider with a field to type in.
#pragma once
#include <optional>
#include <span>
#include <string>

#include "app/gui/store.hpp"
#include "app/gui/style.hpp"

namespace convloom::gui {

enum class Icon { first, back, play, pause, forward, last };

// A square button; `says` appears on hover and ends with the key.
bool icon_button(const Style& style, const scene::Theme& theme, Icon icon, const char* says, bool emphasised = false);

// Choices side by side, the chosen one filled. Gives the one clicked.
std::optional<int> choices(const char* id, std::span<const std::string> names, int chosen, const Style& style,
                           const scene::Theme& theme);

// Label left, slider and field right. A refused value stays on the slider, its handle in the colour of
// refusal, until another is taken; the reason is shown by the panel.
void number_row(Store& store, const Style& style, const scene::Theme& theme, const char* label, arith::LayerField field,
                arith::Index value, arith::Index low, arith::Index high, state::Action (*action)(arith::Index));

void section_title(const Style& style, const char* text);
void muted_text(const Style& style, const scene::Theme& theme, const std::string& text);

}  // namespace convloom::gui
