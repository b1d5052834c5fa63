// Scenes painted into a texture, for pictures inside the interface: thumbnails, previews.
#pragma once
#include <span>

#include "app/gui/opengl/gl_painter.hpp"

namespace convloom::gui {

// The scenes one over the other, each as large as fits, on the first one's background. Makes the texture where it is 0;
// its rows begin at the bottom, as OpenGL has them. Needs the context current and binds a framebuffer of its own
// meanwhile.
void paint_texture(GlPainter& painter, std::span<const scene::Scene* const> scenes, unsigned& texture, int width,
                   int height);

}  // namespace convloom::gui
