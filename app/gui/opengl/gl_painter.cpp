#include "app/gui/opengl/gl_painter.hpp"

#include <glad/gl.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "app/gui/opengl/gl_items.hpp"
#include "app/paint/png.hpp"

namespace convloom::gui {

using namespace scene;

struct GlPainter::Parts {
    explicit Parts(int glyph_steps) : texts(glyph_steps) {}

    void add(const Item& item) {
        std::visit([this](const auto& i) { add(i); }, item);
    }
    void add(const Field& f) {
        const FieldLook look = FieldQuads::look_of(f, place);
        FieldQuads& quads = fields[static_cast<int>(look)];
        add_to(quads, static_cast<Kind>(look), [&] { quads.add(f, place); });
        if (look != FieldLook::edged) add_to(lines, Kind::line, [&] { lines.add_edges(f, place); });
    }
    void add(const Line& l) { add_line(l.points, l.closed, l.stroke); }
    void add(const Shape& s) {
        // A quad's edge cannot be dashed.
        if (s.stroke.dash_px > 0 && s.kind == Shape::Kind::box && s.corner_px > 0) {
            Shape inside = s;
            inside.stroke = {};
            add(inside);
            return add_line(round_outline(s), true, s.stroke);
        }
        add_to(shapes, Kind::shape, [&] { shapes.add(s, place); });
        if (ShapeQuads::has_corners(s)) add_line(paint::outline(s), true, s.stroke);
    }
    void add(const Text& t) {
        bool room = true;
        add_to(texts, Kind::text, [&] { room = texts.add(t, place); });
        if (room) return;
        flush();
        texts.restart();
        add_to(texts, Kind::text, [&] { texts.add(t, place); });
    }
    void add(const Picture& p) {
        add_to(pictures, Kind::picture, [&] { pictures.add(p, place); });
    }
    // In Cairo's order: from the top right corner on.
    std::vector<Point> round_outline(const Shape& s) const {
        constexpr int points_a_corner = 8;
        constexpr double quarter = 3.14159265358979323846 / 2;
        const double scale = std::abs(place.to_pixels.xx);
        const double r = std::min({scale > 0 ? s.corner_px * place.px / scale : 0, s.box.width / 2, s.box.height / 2});
        const Point middles[] = {{s.box.right() - r, s.box.y + r},
                                 {s.box.right() - r, s.box.bottom() - r},
                                 {s.box.x + r, s.box.bottom() - r},
                                 {s.box.x + r, s.box.y + r}};
        std::vector<Point> points;
        for (int corner = 0; corner < 4; ++corner)
            for (int n = 0; n <= points_a_corner; ++n) {
                const double angle = quarter * (corner - 1 + static_cast<double>(n) / points_a_corner);
                points.push_back({middles[corner].x + r * std::cos(angle), middles[corner].y + r * std::sin(angle)});
            }
        return points;
    }
    void add_line(const std::vector<Point>& points, bool closed, const Stroke& stroke) {
        add_to(lines, Kind::line, [&] { lines.add(points, closed, stroke, place); });
    }

    // Draws everything added so far, back to front.
    void flush() {
        for (FieldQuads& looks : fields) looks.upload();
        lines.upload(), shapes.upload(), texts.upload(), pictures.upload();
        for (const Run& run : runs) draw(run);
        runs.clear();
        for (FieldQuads& looks : fields) looks.clear();
        lines.clear(), shapes.clear(), texts.clear(), pictures.clear();
    }

    PlanePlace place;

  private:
    enum class Kind { plain_field, cells_field, small_field, edged_field, line, shape, text, picture };
    struct Run {
        Kind kind;
        int first, count;
    };

    template <class Quads, class Add>
    void add_to(const Quads& quads, Kind kind, Add&& add_instances) {
        const int before = quads.count();
        add_instances();
        const int added = quads.count() - before;
        if (added == 0) return;
        if (runs.empty() || runs.back().kind != kind)
            runs.push_back({kind, before, added});
        else
            runs.back().count += added;
    }

    void draw(const Run& run) {
        switch (run.kind) {
            case Kind::line:
                return lines.draw(run.first, run.count, place);
            case Kind::shape:
                return shapes.draw(run.first, run.count, place);
            case Kind::text:
                return texts.draw(run.first, run.count, place);
            case Kind::picture:
                return pictures.draw(run.first, run.count, place);
            default:
                return fields[static_cast<int>(run.kind)].draw(run.first, run.count, place);
        }
    }

    std::vector<Run> runs;
    FieldQuads fields[4] = {FieldQuads(FieldLook::plain), FieldQuads(FieldLook::cells), FieldQuads(FieldLook::small),
                            FieldQuads(FieldLook::edged)};  // as Kind
    LineQuads lines;
    ShapeQuads shapes;
    TextQuads texts;
    PictureQuads pictures;
};

GlPainter::GlPainter(int glyph_steps) : parts_(std::make_unique<Parts>(glyph_steps)) {}
GlPainter::~GlPainter() = default;

void GlPainter::clear(Color color) {
    glClearColor(color.r / 255.0f, color.g / 255.0f, color.b / 255.0f, color.a / 255.0f);
    glClear(GL_COLOR_BUFFER_BIT);
}

void GlPainter::draw(const Scene& scene, const Affine& page_to_pixels, int framebuffer_width, int framebuffer_height) {
    glViewport(0, 0, framebuffer_width, framebuffer_height);
    glDisable(GL_DEPTH_TEST);
    glDisable(GL_CULL_FACE);
    glDisable(GL_STENCIL_TEST);
    glEnable(GL_BLEND);
    glBlendEquation(GL_FUNC_ADD);
    glBlendFunc(GL_ONE, GL_ONE_MINUS_SRC_ALPHA);  // the shaders' colours are premultiplied

    parts_->place = {page_to_pixels, page_to_pixels.xx, framebuffer_width, framebuffer_height};
    for (const Plane& plane : scene.planes) {
        parts_->place.to_pixels = page_to_pixels.after(plane.to_page);
        for (const Item& item : plane.items) parts_->add(item);
    }
    parts_->flush();

    for (unsigned unit = 0; unit < texture_units; ++unit) {
        glActiveTexture(GL_TEXTURE0 + unit);
        glBindTexture(GL_TEXTURE_2D, 0);
    }
    glActiveTexture(GL_TEXTURE0);
    glBindVertexArray(0);
    glBindBuffer(GL_ARRAY_BUFFER, 0);
    glUseProgram(0);
    glDisable(GL_BLEND);
}

}  // namespace convloom::gui
