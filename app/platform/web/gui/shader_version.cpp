#include "app/gui/opengl/shader_version.hpp"

namespace convloom::gui {

const char* const shader_version = "#version 300 es";
const char* const shader_precision =
    "precision highp float;\nprecision highp int;\nprecision highp sampler2D;\nprecision highp usampler2D;\n";

}  // namespace convloom::gui
