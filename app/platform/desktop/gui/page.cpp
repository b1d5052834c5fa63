#include "app/gui/shell/page.hpp"

namespace convloom::gui {

void tell_page(Workbench&) {}  // a desktop's window has no page around it

}  // namespace convloom::gui
