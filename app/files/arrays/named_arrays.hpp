// Arrays by name, as the files of trained networks hold them.
#pragma once
#include <string_view>
#include <vector>

#include "core/state/numbers/named_weights.hpp"

namespace convloom::files {

// Whether the file's name ends as one of them: .npy, .npz or .safetensors.
bool names_arrays(std::string_view file);

// An .npz archive, a .safetensors file (https://huggingface.co/docs/safetensors), or an .npy file, whose array has no
// name; known by what they begin with. Throws an Error of one sentence without the file's name: damaged, numbers that
// are not real or not finite, more of them than a layer can have.
std::vector<state::NamedArray> read_named_arrays(std::string_view bytes);

}  // namespace convloom::files
