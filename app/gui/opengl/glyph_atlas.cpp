#include "app/gui/opengl/glyph_atlas.hpp"

#include <glad/gl.h>

#include FT_SYNTHESIS_H

#include <algorithm>
#include <cmath>

namespace convloom::gui {

GlyphAtlas::GlyphAtlas() : faces_{paint::new_faces(scene::Weight::regular), paint::new_faces(scene::Weight::semibold)} {
    glGenTextures(1, &texture_);
    glBindTexture(GL_TEXTURE_2D, texture_);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
    glBindTexture(GL_TEXTURE_2D, 0);
    grow_to(first_height);
}

GlyphAtlas::~GlyphAtlas() {
    glDeleteTextures(1, &texture_);
    for (const paint::Faces& faces : faces_) paint::free_faces(faces);
}

const GlyphAtlas::Glyph* GlyphAtlas::find(scene::Weight weight, const paint::Found& found,
                                          const scene::Affine& em_to_px, double shift) {
    auto grains = [](double px) { return static_cast<std::int32_t>(std::lround(px * 64)); };
    const bool chinese = found.script == paint::Script::chinese;
    const Key key{found.glyph,
                  weight == scene::Weight::semibold,
                  chinese,
                  grains(em_to_px.xx),
                  grains(em_to_px.xy),
                  grains(em_to_px.yx),
                  grains(em_to_px.yy),
                  grains(shift)};
    if (const auto known = glyphs_.find(key); known != glyphs_.end()) return &known->second;
    Glyph made;
    const FT_Face from = chinese ? faces(weight).chinese : faces(weight).latin;
    if (load(from, key)) {
        const FT_Bitmap& bitmap = from->glyph->bitmap;
        const auto spot = room_for(static_cast<int>(bitmap.width), static_cast<int>(bitmap.rows));
        if (!spot) return nullptr;
        made = {spot->x,
                spot->y,
                static_cast<int>(bitmap.width),
                static_cast<int>(bitmap.rows),
                from->glyph->bitmap_left,
                -from->glyph->bitmap_top};
        copy(bitmap, *spot);
    }
    return &glyphs_.emplace(key, made).first->second;
}

// False if there is nothing to draw: a space, or a map without area.
bool GlyphAtlas::load(FT_Face face, const Key& key) {
    const double area = static_cast<double>(key.xx) * key.yy - static_cast<double>(key.xy) * key.yx;
    const double em = std::sqrt(std::abs(area));
    if (em < 64) return false;  // less than a pixel
    if (FT_Set_Char_Size(face, 0, std::lround(em), 72, 72) != 0) return false;
    auto ratio = [em](std::int32_t entry) { return std::lround(entry / em * 65536); };
    // FreeType's y goes upwards.
    FT_Matrix matrix{ratio(key.xx), ratio(-key.xy), ratio(-key.yx), ratio(key.yy)};
    FT_Vector shift{key.shift, 0};
    FT_Set_Transform(face, &matrix, &shift);
    if (FT_Load_Glyph(face, key.glyph, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP) != 0) return false;
    if (key.semibold && key.chinese) FT_GlyphSlot_Embolden(face->glyph);  // that font has one weight
    if (FT_Render_Glyph(face->glyph, FT_RENDER_MODE_NORMAL) != 0) return false;
    return face->glyph->bitmap.width > 0 && face->glyph->bitmap.rows > 0;
}

// Glyphs are placed on shelves of about their height, one texel apart, so that filtering never reads a neighbour.
std::optional<GlyphAtlas::Spot> GlyphAtlas::room_for(int width, int height) {
    ++width, ++height;
    if (width + 1 > row_length) return std::nullopt;
    for (Shelf& shelf : shelves_)
        if (height <= shelf.height && height * 4 >= shelf.height * 3 && shelf.used + width <= row_length) {
            shelf.used += width;
            return Spot{shelf.used - width, shelf.y};
        }
    const int y = end_ + 1;
    if (!grow_to(y + height)) return std::nullopt;
    shelves_.push_back({y, height, 1 + width});
    end_ = y + height;
    return Spot{1, y};
}

bool GlyphAtlas::grow_to(int height) {
    if (height <= height_) return true;
    if (height > largest_height) return false;
    height_ = std::max(height_, first_height);
    while (height_ < height) height_ *= 2;
    picture_.resize(static_cast<std::size_t>(row_length) * height_);
    return true;
}

void GlyphAtlas::copy(const FT_Bitmap& bitmap, Spot to) {
    for (unsigned row = 0; row < bitmap.rows; ++row) {
        const auto at = static_cast<std::size_t>(to.y + static_cast<int>(row)) * row_length + to.x;
        std::copy_n(bitmap.buffer + static_cast<std::ptrdiff_t>(row) * bitmap.pitch, bitmap.width,
                    picture_.begin() + static_cast<std::ptrdiff_t>(at));
    }
    if (dirty_from_ == dirty_to_) dirty_from_ = dirty_to_ = to.y;
    dirty_from_ = std::min(dirty_from_, to.y);
    dirty_to_ = std::max(dirty_to_, to.y + static_cast<int>(bitmap.rows));
}

void GlyphAtlas::restart() {
    glyphs_.clear();
    shelves_.clear();
    end_ = 0;
    std::fill(picture_.begin(), picture_.end(), 0);
    dirty_from_ = 0, dirty_to_ = height_;
}

void GlyphAtlas::upload(int unit) {
    glActiveTexture(GL_TEXTURE0 + static_cast<unsigned>(unit));
    glBindTexture(GL_TEXTURE_2D, texture_);
    if (texture_height_ != height_) {
        glTexImage2D(GL_TEXTURE_2D, 0, GL_R8, row_length, height_, 0, GL_RED, GL_UNSIGNED_BYTE, picture_.data());
        texture_height_ = height_;
    } else if (dirty_from_ < dirty_to_) {
        glTexSubImage2D(GL_TEXTURE_2D, 0, 0, dirty_from_, row_length, dirty_to_ - dirty_from_, GL_RED, GL_UNSIGNED_BYTE,
                        picture_.data() + static_cast<std::size_t>(dirty_from_) * row_length);
    }
    dirty_from_ = dirty_to_ = 0;
}

}  // namespace convloom::gui
