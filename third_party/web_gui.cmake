# The window's libraries in a browser: emscripten's GLFW and WebGL 2, Dear ImGui as built for the web.
convloom_package(convloom_freetype freetype2)
convloom_package(convloom_imgui imgui)
add_library(convloom_glfw INTERFACE)
target_link_options(convloom_glfw INTERFACE -sUSE_GLFW=3)
add_library(convloom_egl INTERFACE)

# Under the name of the desktop's loader: there is nothing to load.
set(glad_dir ${CMAKE_CURRENT_BINARY_DIR}/glad)
file(WRITE ${glad_dir}/glad/gl.h "#pragma once\n#include <GLES3/gl3.h>\n")
add_library(convloom_glad INTERFACE)
target_include_directories(convloom_glad SYSTEM INTERFACE ${glad_dir})
