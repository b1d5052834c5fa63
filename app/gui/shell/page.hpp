// What stands around the window in a browser: a page, which hears what the canvas shows, as a sentence for those who do
// not see it, and hands over files. On a desktop there is none.
#pragma once

namespace convloom::gui {

class Workbench;

// After every frame that was drawn anew.
void tell_page(Workbench& workbench);

}  // namespace convloom::gui
