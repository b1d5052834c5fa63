// The export dialog's controls: what to export, its size and its look.
#pragma once
#include "app/gui/base/style.hpp"
#include "app/gui/export/export_choices.hpp"

namespace convloom::gui {

// Inside an ImGui window; changes the choices.
void draw_export_form(ExportChoices& choices, const state::State& shown, const Style& style, const scene::Theme& theme);

}  // namespace convloom::gui
