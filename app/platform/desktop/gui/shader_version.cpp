#include "app/gui/opengl/shader_version.hpp"

namespace convloom::gui {

const char* const shader_version = "#version 330 core";
const char* const shader_precision = "";

}  // namespace convloom::gui
