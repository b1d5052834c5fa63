// Scene -> the bound OpenGL framebuffer; the window's painter. What it draws agrees with paint::to_pixels.
//
// The one idea: every item becomes a few instances of one quad, and a fragment shader works out how much of
// each pixel the item covers. No multisampling is needed, and the cells of a field of any size are one quad.
// Runs of one kind of item are drawn by one call, back to front. It decides nothing about looks, and it
// neither owns the framebuffer nor clears it unasked.
#pragma once
#include <memory>

#include "core/scene/page/scene.hpp"

namespace convloom::gui {

// Made, used and destroyed while the same context is current.
class GlPainter {
  public:
    // Glyphs begin at multiples of 1/glyph_steps of a pixel across: the more, the closer to Cairo, which sets
    // them anywhere, and the more of them to keep. Throws an Error where the driver refuses a shader.
    explicit GlPainter(int glyph_steps = 4);
    ~GlPainter();
    GlPainter(const GlPainter&) = delete;
    GlPainter& operator=(const GlPainter&) = delete;

    // Fills the bound framebuffer, as far as an enabled scissor box lets it.
    void clear(scene::Color color);

    // `page_to_pixels` is upright; pixels count from the top left corner, y downwards. Sets the viewport to
    // the whole framebuffer and respects an enabled scissor box, so that a canvas can be a part of a window.
    // Leaves blending off and nothing bound but the framebuffer.
    void draw(const scene::Scene& scene, const scene::Affine& page_to_pixels, int framebuffer_width,
              int framebuffer_height);

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace convloom::gui
