// Scenes painted into a texture, for pictures inside the interface: thumbnails, previews.
#pragma once
#include <span>

#include "app/gui/opengl/gl_painter.hpp"

namespace convloom::gui {

// Draws the scenes over each other, each as large as fits, on the first one's background. Creates the texture if it is
// 0; its rows begin at the bottom, as in OpenGL. Needs a current context and temporarily binds its own framebuffer.
void paint_texture(GlPainter& painter, std::span<const scene::Scene* const> scenes, unsigned& texture, int width,
                   int height);

}  // namespace convloom::gui
