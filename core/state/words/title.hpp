// The page title. A title entered by the user is kept; a preset's or file's title applies as long as its layers are
// unchanged; otherwise the title describes the layers: "Dilated convolution, 9×9 to 3×3, stride 2".
#pragma once
#include <string>

#include "core/state/model/state.hpp"

namespace convloom::state {

// In the State's language.
std::string title_of(const State& state);
// The title if the user had not entered one.
std::string title_without_own(const State& state);
std::string derived_title(const arith::Chain& chain, scene::Language language);

// Updates the title after a change of layers: the preset's title if the layers are the preset's again, otherwise none.
// A title entered by the user is kept.
void settle_title(State& state);

// Why a text cannot be a title, as one sentence; empty if it can.
std::string refused_title(const std::string& title);

// A base name for files: the preset's or document's name while its title applies, otherwise the title in the form
// "dilated_convolution_9x9_to_3x3_stride_2".
std::string file_stem(const State& state);

}  // namespace convloom::state
