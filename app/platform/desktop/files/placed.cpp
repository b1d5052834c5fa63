#include "app/files/placed.hpp"

namespace convloom::files {

void placed(const std::filesystem::path&) {}  // it is there for everybody to see

}  // namespace convloom::files
