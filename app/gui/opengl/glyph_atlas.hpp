// Glyphs as pictures in one texture, each rendered by FreeType once for every shape and size.
//
// A glyph is rasterised in its final size, slant and subpixel position, so that a quad shows it texel for pixel and
// text is crisp at any zoom, in sheared planes too. The texture grows up to a limit; then find() returns null and the
// caller starts over. It does not lay out text; app/paint/font.hpp does.
#pragma once
#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "app/paint/font.hpp"

namespace convloom::gui {

class GlyphAtlas {
  public:
    struct Glyph {
        int x = 0, y = 0, width = 0, height = 0;  // in texels; a space has none
        int left = 0, top = 0;                    // of the picture, in pixels from the glyph's origin, y downwards
    };
    // Larger glyphs are drawn as enlarged pictures of this size.
    static constexpr double largest_em_px = 384;

    GlyphAtlas();
    ~GlyphAtlas();
    GlyphAtlas(const GlyphAtlas&) = delete;
    GlyphAtlas& operator=(const GlyphAtlas&) = delete;

    const paint::Faces& faces(scene::Weight weight) const { return faces_[weight == scene::Weight::semibold ? 1 : 0]; }
    // The glyph with the linear part of `em_to_px`, `shift` px right of a whole pixel. Null if there is no room; valid
    // until the next call.
    const Glyph* find(scene::Weight weight, const paint::Found& found, const scene::Affine& em_to_px, double shift);
    void restart();

    void upload(int unit);  // sends new glyphs and binds the texture
    int width() const { return row_length; }
    int height() const { return height_; }

  private:
    static constexpr int row_length = 2048, first_height = 256, largest_height = 4096;
    struct Key {
        FT_UInt glyph;
        bool semibold, chinese;
        std::int32_t xx, xy, yx, yy, shift;  // in 64ths of a pixel, FreeType's unit
        friend auto operator<=>(const Key&, const Key&) = default;
    };
    struct Shelf {
        int y, height, used;
    };
    struct Spot {
        int x, y;
    };
    std::optional<Spot> room_for(int width, int height);
    bool grow_to(int height);
    void copy(const FT_Bitmap& bitmap, Spot to);
    static bool load(FT_Face face, const Key& key);

    paint::Faces faces_[2];
    std::map<Key, Glyph> glyphs_;
    std::vector<Shelf> shelves_;
    int end_ = 0;     // of the last shelf
    int height_ = 0;  // of the picture
    std::vector<std::uint8_t> picture_;
    unsigned texture_ = 0;
    int texture_height_ = 0;
    int dirty_from_ = 0, dirty_to_ = 0;  // rows to send
};

}  // namespace convloom::gui
