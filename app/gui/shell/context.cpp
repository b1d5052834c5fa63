#include "app/gui/shell/context.hpp"

#include <glad/gl.h>

#include <algorithm>

namespace convloom::gui {

scene::Pixels Context::pixels() {
    bind_framebuffer();
    const FramebufferSize size = framebuffer_size();
    scene::Pixels pixels{size.width, size.height, {}};
    const std::size_t row = static_cast<std::size_t>(size.width) * 4;
    pixels.rgba.resize(row * size.height);
    glPixelStorei(GL_PACK_ALIGNMENT, 4);
    glReadPixels(0, 0, size.width, size.height, GL_RGBA, GL_UNSIGNED_BYTE, pixels.rgba.data());
    for (int top = 0, bottom = size.height - 1; top < bottom; ++top, --bottom)  // OpenGL's first row is the lowest
        std::swap_ranges(pixels.rgba.begin() + row * top, pixels.rgba.begin() + row * (top + 1),
                         pixels.rgba.begin() + row * bottom);
    return pixels;
}

}  // namespace convloom::gui
