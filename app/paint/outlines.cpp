#include "app/paint/outlines.hpp"

#include <mutex>

#include "app/paint/font.hpp"
#include FT_OUTLINE_H

namespace convloom::paint {
namespace {

struct GlyphPen {
    std::vector<GlyphStroke> strokes;
    double x = 0, per_unit = 1;  // of the glyph, in ems
    bool open = false;

    scene::Point at(const FT_Vector* v) const {
        return {x + static_cast<double>(v->x) * per_unit, -static_cast<double>(v->y) * per_unit};
    }
    void close() {
        if (open) strokes.push_back({});
        open = false;
    }
};

int move_pen(const FT_Vector* to, void* user) {
    auto& pen = *static_cast<GlyphPen*>(user);
    pen.close();
    pen.open = true;
    pen.strokes.push_back({'M', 1, {pen.at(to)}});
    return 0;
}

int line_pen(const FT_Vector* to, void* user) {
    auto& pen = *static_cast<GlyphPen*>(user);
    pen.strokes.push_back({'L', 1, {pen.at(to)}});
    return 0;
}

int conic_pen(const FT_Vector* control, const FT_Vector* to, void* user) {
    auto& pen = *static_cast<GlyphPen*>(user);
    pen.strokes.push_back({'Q', 2, {pen.at(control), pen.at(to)}});
    return 0;
}

int cubic_pen(const FT_Vector* first, const FT_Vector* second, const FT_Vector* to, void* user) {
    auto& pen = *static_cast<GlyphPen*>(user);
    pen.strokes.push_back({'C', 3, {pen.at(first), pen.at(second), pen.at(to)}});
    return 0;
}

}  // namespace

std::vector<GlyphStroke> outlines_of(const scene::Text& text) {
    // Made once; only one thread may use a face.
    static std::mutex in_use;
    const std::lock_guard lock(in_use);
    static const Faces regular = new_faces(scene::Weight::regular), semibold = new_faces(scene::Weight::semibold);
    const Faces& faces = text.weight == scene::Weight::semibold ? semibold : regular;
    GlyphPen pen;
    lay_out(faces, text, [&](const Found& found, double x) {
        FT_Face face = found.script == Script::chinese ? faces.chinese : faces.latin;
        if (FT_Load_Glyph(face, found.glyph, FT_LOAD_NO_SCALE) != 0) return;
        // The Chinese font has one weight: its semibold is a regular glyph with a bolder outline.
        if (found.script == Script::chinese && text.weight == scene::Weight::semibold)
            FT_Outline_Embolden(&face->glyph->outline, face->units_per_EM / 24);
        pen.x = x, pen.per_unit = 1.0 / face->units_per_EM;
        constexpr FT_Outline_Funcs funcs = {move_pen, line_pen, conic_pen, cubic_pen, 0, 0};
        FT_Outline_Decompose(&face->glyph->outline, &funcs, &pen);
        pen.close();
    });
    return std::move(pen.strokes);
}

}  // namespace convloom::paint
