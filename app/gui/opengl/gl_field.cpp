#include <algorithm>
#include <cmath>

#include "app/gui/opengl/gl_items.hpp"

namespace convloom::gui {
namespace {
// Smaller cells are drawn as in the Cairo painter: each pixel shows the nearest cell.
constexpr double least_cell_px = 4;
// Closer lines are drawn together with their cells.
constexpr double least_line_gap_px = 8;

bool has_edges(const scene::Field& f) {
    return f.edge.width_px > 0 && f.edge.color.a > 0;
}

// Translucent lines that cross must be one stroke. Otherwise it is cheaper to draw each on its own, unless they lie
// close together.
bool edges_are_lines(const scene::Field& f, const scene::Affine& m) {
    const double longest = std::max(std::hypot(m.xx, m.yx), std::hypot(m.xy, m.yy));
    const double gap = longest > 0 ? f.cell * std::abs(m.determinant()) / longest : 0;
    return !has_edges(f) || (f.edge.color.a == 255 && gap >= least_line_gap_px);
}

bool is_small(const scene::Field& f, const scene::Affine& m) {
    return f.cell * std::sqrt(std::abs(m.determinant())) < least_cell_px;
}

constexpr const char* defines[] = {"PLAIN", "", "SMALL", "EDGES"};  // as FieldLook

}  // namespace

using Type = Attribute::Type;

FieldQuads::FieldQuads(FieldLook look)
    : look_(look),
      quads_("field", {{Type::real, 4}, {Type::real, 4}, {Type::real, 2}, {Type::color, 4}, {Type::whole, 4}},
             defines[static_cast<int>(look)]) {
    glUseProgram(quads_.program());
    glUniform1i(quads_.uniform("cells"), cells_unit);
    glUniform1i(quads_.uniform("palettes"), palettes_unit);
}

FieldLook FieldQuads::look_of(const scene::Field& f, const PlanePlace& place) {
    if (!edges_are_lines(f, place.to_pixels)) return FieldLook::edged;
    if (f.cells.empty()) return FieldLook::plain;
    return is_small(f, place.to_pixels) ? FieldLook::small : FieldLook::cells;
}

void FieldQuads::add(const scene::Field& f, const PlanePlace& place) {
    const scene::Affine& m = place.to_pixels;
    if (f.rows <= 0 || f.columns <= 0 || m.determinant() == 0) return;
    const bool edges = look_ == FieldLook::edged, plain = look_ == FieldLook::plain;
    if (f.palette.empty() && !edges) return;
    Instance i{};
    i.column = vec2({m.xx * f.cell, m.yx * f.cell});
    i.row = vec2({m.xy * f.cell, m.yy * f.cell});
    i.corner = vec2(m(f.at));
    i.size = {static_cast<float>(f.columns), static_cast<float>(f.rows)};
    if (edges) i.edge = vec2({f.edge.width_px * place.px, f.edge.dash_px * place.px});
    i.tint = rgba(plain ? f.palette[0] : f.edge.color);
    i.first_cell = -1;
    if (!plain) {
        if (!f.cells.empty() && !f.palette.empty()) i.first_cell = cells_.append(std::span(f.cells));
        std::vector<Rgba> colors;
        std::transform(f.palette.begin(), f.palette.end(), std::back_inserter(colors), rgba);
        i.first_color = palettes_.append(std::span<const Rgba>(colors));
        i.colors = static_cast<std::int32_t>(colors.size());
    }
    i.small = is_small(f, m);
    instances_.push_back(i);
}

void FieldQuads::draw(int first, int count, const PlanePlace& place) {
    cells_.bind(cells_unit);
    palettes_.bind(palettes_unit);
    quads_.draw(first, count, place.width, place.height);
}

void FieldQuads::clear() {
    instances_.clear();
    cells_.clear();
    palettes_.clear();
}

void FieldQuads::upload() {
    quads_.upload(instances_);
    cells_.upload(cells_unit);
    palettes_.upload(palettes_unit);
}

}  // namespace convloom::gui
