// What heads the page. One's own title stays; a preset's or a file's holds while its layers do; else the title says
// what the layers are, as "Dilated convolution, 9×9 to 3×3, stride 2".
#pragma once
#include <string>

#include "core/state/model/state.hpp"

namespace convloom::state {

// In the State's language.
std::string title_of(const State& state);
// What it would be without one's own.
std::string title_without_own(const State& state);
std::string derived_title(const arith::Chain& chain, scene::Language language);

// After another layer was made: the preset's title where it is that preset's layer again, else none. One's own stays.
void settle_title(State& state);

// Why it is no title, as one sentence; empty where it is.
std::string refused_title(const std::string& title);

// Names files: the preset's or document's name while its title holds, else what the title says, as
// "dilated_convolution_9x9_to_3x3_stride_2".
std::string file_stem(const State& state);

}  // namespace convloom::state
