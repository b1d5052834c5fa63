#include "app/gui/language.hpp"

namespace convloom::gui {

const char* t(const char* english) { return english; }

}  // namespace convloom::gui
