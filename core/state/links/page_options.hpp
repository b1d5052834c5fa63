// What a link specifies about the page around the picture: which panels are hidden, whether it plays, and whether the
// layer and its data are locked. A link can thus be a figure or an exercise.
#pragma once
#include <optional>
#include <span>
#include <string_view>

#include "core/scene/words/language.hpp"
#include "core/state/model/action.hpp"

namespace convloom::state {

struct PageOptions {
    bool hide_gallery = false, hide_inspector = false, hide_timeline = false, hide_top = false;
    bool play = false;
    bool lock = false;
    // Set if the link specifies it; otherwise the reader's language is kept.
    std::optional<scene::Language> language;
    bool says_theme = false;
    friend bool operator==(const PageOptions&, const PageOptions&) = default;
};

// The panels that `hide` can name.
struct HiddenPanel {
    bool PageOptions::*hidden;
    std::string_view key;
    std::string_view says;
};
std::span<const HiddenPanel> hidden_panels();

// Whether a locked page refuses the action: everything that changes the layer, its data or the filters. Steps, views,
// themes and opening another document are allowed.
bool is_locked_out(const Action& action);

}  // namespace convloom::state
