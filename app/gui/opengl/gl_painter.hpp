// Scene -> the bound OpenGL framebuffer; the window's painter. Its output agrees with paint::to_pixels.
//
// Every item becomes a few instances of one quad, and a fragment shader computes how much of each pixel the item
// covers. No multisampling is needed, and the cells of a field of any size are one quad. Consecutive items of one kind
// are drawn by one call, back to front. It does not decide how things look, and it neither owns the framebuffer nor
// clears it unless asked.
#pragma once
#include <memory>

#include "core/scene/page/scene.hpp"

namespace convloom::gui {

// Create, use and destroy it with the same context current.
class GlPainter {
  public:
    // Glyphs begin at multiples of 1/glyph_steps of a pixel horizontally: more steps are closer to Cairo, which places
    // them anywhere, but keep more glyphs. Throws an Error if the driver rejects a shader.
    explicit GlPainter(int glyph_steps = 4);
    ~GlPainter();
    GlPainter(const GlPainter&) = delete;
    GlPainter& operator=(const GlPainter&) = delete;

    // Fills the bound framebuffer, within an enabled scissor box.
    void clear(scene::Color color);

    // `page_to_pixels` has no rotation or shear; pixels count from the top left corner, y downwards. Sets the viewport
    // to the whole framebuffer and respects an enabled scissor box, so that a canvas can be a part of a window. Leaves
    // blending off and only the framebuffer bound.
    void draw(const scene::Scene& scene, const scene::Affine& page_to_pixels, int framebuffer_width,
              int framebuffer_height);

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace convloom::gui
