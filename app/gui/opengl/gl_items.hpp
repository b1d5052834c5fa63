// The kinds of items, each as the instances that its shaders draw. Included only by gl_painter.cpp.
//
// All have the same three steps: add() turns an item into instances, upload() sends those of the whole scene, draw()
// draws some of them. A PlanePlace maps the item's plane to pixels.
#pragma once
#include <map>
#include <memory>
#include <vector>

#include "app/gui/opengl/gl_quads.hpp"
#include "app/gui/opengl/glyph_atlas.hpp"
#include "core/scene/page/scene.hpp"

namespace convloom::gui {

// Each texture has its own unit, so that runs of different kinds may follow one another.
enum TextureUnit : unsigned { cells_unit, palettes_unit, borders_unit, atlas_unit, picture_unit, texture_units };

struct PlanePlace {
    scene::Affine to_pixels;    // from the plane
    double px = 1;              // pixels per page unit
    int width = 0, height = 0;  // of the framebuffer
};

// Kinds of fields that need different work per pixel.
enum class FieldLook { plain, cells, small, edged };

class FieldQuads {
  public:
    explicit FieldQuads(FieldLook look);
    void add(const scene::Field& field, const PlanePlace& place);
    int count() const { return static_cast<int>(instances_.size()); }
    void clear();
    void upload();
    void draw(int first, int count, const PlanePlace& place);

    // Except for `edged`, the field's lines must be added as lines.
    static FieldLook look_of(const scene::Field& field, const PlanePlace& place);

  private:
    struct Instance {
        Vec2 column, row, corner, size, edge;
        Rgba tint;
        std::int32_t first_cell, first_color, colors, small;
    };
    FieldLook look_;
    Quads quads_;
    DataTexture cells_{DataTexture::Texel::index}, palettes_{DataTexture::Texel::color};
    std::vector<Instance> instances_;
};

class LineQuads {
  public:
    LineQuads();
    void add(const std::vector<scene::Point>& points, bool closed, const scene::Stroke& stroke,
             const PlanePlace& place);
    void add_edges(const scene::Field& field, const PlanePlace& place);
    int count() const { return static_cast<int>(instances_.size()); }
    void clear() { instances_.clear(); }
    void upload() { quads_.upload(instances_); }
    void draw(int first, int count, const PlanePlace& place) { quads_.draw(first, count, place.width, place.height); }

  private:
    struct Instance {
        Vec2 from, to, cut_from, cut_to;
        float width, dash, before, joined;
        Rgba color;
    };
    Quads quads_;
    std::vector<Instance> instances_;
    std::vector<scene::Point> points_, directions_;  // of the line being added, in pixels
};

class ShapeQuads {
  public:
    ShapeQuads();
    void add(const scene::Shape& shape, const PlanePlace& place);  // but for the stroke of one with corners
    int count() const { return static_cast<int>(instances_.size()); }
    void clear();
    void upload();
    void draw(int first, int count, const PlanePlace& place) { quads_.draw(first, count, place.width, place.height); }

    // True if the shape's stroke is a line of its own.
    static bool has_corners(const scene::Shape& shape);

  private:
    struct Instance {
        Vec2 low, high, half_x, half_y, middle;
        float radius, stroke_width;
        Rgba fill, stroke;
        std::int32_t kind, first_border, borders, none;
    };
    void add_polygon(const std::vector<scene::Point>& points, Instance instance, const PlanePlace& place);

    Quads quads_;
    DataTexture borders_{DataTexture::Texel::four_reals};
    std::vector<Instance> instances_;
};

class TextQuads {
  public:
    explicit TextQuads(int glyph_steps);
    // False if the atlas is full: draw what was added, restart() and add it again.
    bool add(const scene::Text& text, const PlanePlace& place);
    int count() const { return static_cast<int>(instances_.size()); }
    void clear() { instances_.clear(); }
    void restart() { atlas_.restart(); }
    void upload();
    void draw(int first, int count, const PlanePlace& place) { quads_.draw(first, count, place.width, place.height); }

  private:
    struct Instance {
        Vec2 at, size, texel, texels;
        Rgba color;
    };
    Quads quads_;
    GlyphAtlas atlas_;
    int glyph_steps_;  // per pixel: the fractions at which a glyph may begin
    int atlas_size_;   // uniform
    std::vector<Instance> instances_;
};

class PictureQuads {
  public:
    PictureQuads();
    ~PictureQuads();
    void add(const scene::Picture& picture, const PlanePlace& place);
    int count() const { return static_cast<int>(instances_.size()); }
    void clear();  // also frees textures that were not drawn for a while
    void upload() { quads_.upload(instances_); }
    void draw(int first, int count, const PlanePlace& place);

  private:
    struct Instance {
        Vec2 right, down, corner;
    };
    struct Texture {
        unsigned name = 0;
        int unused = 0;                       // pictures since it was last drawn
        arith::Shared<scene::Pixels> pixels;  // held, so that no other pixels can get its address
    };
    unsigned texture_of(const arith::Shared<scene::Pixels>& pixels);

    Quads quads_;
    std::vector<Instance> instances_;
    std::vector<unsigned> textures_;  // one per instance
    std::vector<bool> crisp_;         // the same
    std::map<const scene::Pixels*, Texture> cache_;
};

}  // namespace convloom::gui
