// Writes a Scene as JSON, for reference files in tests and for other programs. Numbers are rounded to a thousandth of a
// page unit; pictures are represented by their size and a checksum of their bytes.
#pragma once
#include <string>

#include "core/scene/page/scene.hpp"

namespace convloom::scene {

std::string to_json(const Scene& scene);

// "#1B1F24", or "#07364266" if it is translucent.
std::string to_hex(Color color);

}  // namespace convloom::scene
