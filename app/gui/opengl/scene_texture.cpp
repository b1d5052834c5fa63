#include "app/gui/opengl/scene_texture.hpp"

#include <glad/gl.h>

#include <algorithm>

namespace convloom::gui {

void paint_texture(GlPainter& painter, std::span<const scene::Scene* const> scenes, unsigned& texture, int width,
                   int height) {
    if (!texture) glGenTextures(1, &texture);
    glBindTexture(GL_TEXTURE_2D, texture);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, nullptr);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
    glBindTexture(GL_TEXTURE_2D, 0);
    int bound = 0;
    glGetIntegerv(GL_FRAMEBUFFER_BINDING, &bound);
    unsigned buffer = 0;
    glGenFramebuffers(1, &buffer);
    glBindFramebuffer(GL_FRAMEBUFFER, buffer);
    glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture, 0);
    glDisable(GL_SCISSOR_TEST);
    painter.clear(scenes.front()->background);
    for (const scene::Scene* scene : scenes) {
        const double scale = std::min(width / scene->width, height / scene->height);
        painter.draw(*scene,
                     scene::Affine::scale_and_move(scale, (width - scale * scene->width) / 2,
                                                   (height - scale * scene->height) / 2),
                     width, height);
    }
    glBindFramebuffer(GL_FRAMEBUFFER, static_cast<unsigned>(bound));
    glDeleteFramebuffers(1, &buffer);
}

}  // namespace convloom::gui
