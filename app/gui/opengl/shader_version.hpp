// What every shader begins with: the language's version and, where it has to be said, how precise numbers are.
#pragma once

namespace convloom::gui {

extern const char* const shader_version;    // its line alone
extern const char* const shader_precision;  // lines, or nothing

}  // namespace convloom::gui
