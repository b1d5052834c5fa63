#include <algorithm>
#include <cmath>

#include "app/gui/opengl/gl_items.hpp"

namespace convloom::gui {

using Type = Attribute::Type;

TextQuads::TextQuads(int glyph_steps)
    : quads_("text", {{Type::real, 4}, {Type::real, 4}, {Type::color, 4}}), glyph_steps_(glyph_steps) {
    atlas_size_ = quads_.uniform("atlas_size");
    glUseProgram(quads_.program());
    glUniform1i(quads_.uniform("atlas"), atlas_unit);
}

bool TextQuads::add(const scene::Text& text, const PlanePlace& place) {
    const scene::Affine& m = place.to_pixels;
    scene::Affine em{m.xx * text.size, m.xy * text.size, 0, m.yx * text.size, m.yy * text.size, 0};
    const double em_px = std::sqrt(std::abs(em.determinant()));
    if (em_px < 1 || text.color.a == 0) return true;
    const double enlarged = std::max(1.0, em_px / GlyphAtlas::largest_em_px);
    const bool exact = enlarged == 1;
    for (double* entry : {&em.xx, &em.xy, &em.yx, &em.yy}) *entry /= enlarged;

    const std::size_t before = instances_.size();
    bool room = true;
    // No part of a glyph is further than this from its origin.
    const double reach = 2 * enlarged * std::max(std::hypot(em.xx, em.yx), std::hypot(em.xy, em.yy));
    paint::lay_out(atlas_.faces(text.weight), text, [&](const paint::Found& glyph, double x) {
        scene::Point at = m({text.at.x + x * text.size, text.at.y});
        if (!room || at.x < -reach || at.y < -reach || at.x > place.width + reach || at.y > place.height + reach)
            return;
        double shift = 0;
        if (exact) {
            // Baselines are on whole pixels, which keeps their edges sharp.
            const double stepped = std::floor(at.x * glyph_steps_ + 0.5) / glyph_steps_;
            at = {std::floor(stepped), std::floor(at.y + 0.5)};
            shift = stepped - at.x;
        }
        const GlyphAtlas::Glyph* g = atlas_.find(text.weight, glyph, em, shift);
        room = g != nullptr;
        if (!room || g->width == 0) return;
        instances_.push_back({vec2({at.x + g->left * enlarged, at.y + g->top * enlarged}),
                              vec2({g->width * enlarged, g->height * enlarged}),
                              {static_cast<float>(g->x), static_cast<float>(g->y)},
                              {static_cast<float>(g->width), static_cast<float>(g->height)},
                              rgba(text.color)});
    });
    if (!room) instances_.resize(before);
    return room;
}

void TextQuads::upload() {
    quads_.upload(instances_);
    atlas_.upload(atlas_unit);
    glUseProgram(quads_.program());
    glUniform2f(atlas_size_, static_cast<float>(atlas_.width()), static_cast<float>(atlas_.height()));
}

}  // namespace convloom::gui
