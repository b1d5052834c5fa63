// The layer of export, scene, trace and link: from code, flags, a preset, a state file or a link, with the second layer
// of the compare view. A layer that cannot be computed can be drawn.
#pragma once
#include "app/cli/export/export_shots.hpp"
#include "app/cli/layer/layer_words.hpp"

namespace convloom::cli {

// What was said of a layer. --kernel and --padding-mode are a photo's or a layer's.
LayerWords layer_words(const ExportWords& words);
// Whether a layer of a network is to be shown.
bool shows_network(const ExportWords& words);
// Refuses two sources at once, and flags of a layer beside a photo.
void check_sources(const ExportWords& words, const LayerWords& layer);
state::State layer_state(const ExportWords& words, const LayerWords& layer);
// The other layer of the compare view: a convention's name or code. For the numbers alone it may be of any size.
void set_compared(state::State& state, const ExportWords& words);

}  // namespace convloom::cli
