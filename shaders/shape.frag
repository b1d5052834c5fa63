// A convex polygon, a box with rounded corners or an ellipse, and the stroke of the latter two.
uniform sampler2D borders;   // of all polygons: outward normal and offset in px

flat in vec4 axes, place_look, fill_color, stroke_color;
flat in ivec4 data;

const int row_length = 2048;   // of the texture, as in gl_quads.hpp
const int box = 1, ellipse = 2;

float polygon(vec2 p) {
    float share = 1.0;
    for (int i = data.y; i < data.y + data.z; ++i) {
        vec4 border = texelFetch(borders, ivec2(i & (row_length - 1), i / row_length), 0);
        share *= half_plane(border.z - dot(border.xy, p), border.xy);
    }
    return share;
}

// The fraction of the pixel inside the shape with its border moved outwards by `grown` px.
float round_box(vec2 p, float grown) {
    float radius = place_look.z;
    vec2 q = abs(p - place_look.xy) - vec2(axes.x, axes.w) + radius;
    vec2 n = q / max(length(q), 1e-6);
    if (q.x > 0.0 && q.y > 0.0) return half_plane(radius + grown - length(q), n);
    vec2 inside = clamp(radius + grown - q + 0.5, 0.0, 1.0);
    return inside.x * inside.y;
}

float round_ellipse(vec2 p, float grown) {
    p -= place_look.xy;
    float area = axes.x * axes.w - axes.y * axes.z;
    vec2 unit = vec2(p.x * axes.w - p.y * axes.z, axes.x * p.y - axes.y * p.x) / area;
    vec2 slope = vec2(unit.x * axes.w - unit.y * axes.y, unit.y * axes.x - unit.x * axes.z) / area;
    float size = max(length(unit), 1e-6), steep = max(length(slope), 1e-9);
    return half_plane(grown - (size - 1.0) * size / steep, slope / steep);
}

float covered(vec2 p, float grown) { return data.x == box ? round_box(p, grown) : round_ellipse(p, grown); }

void main() {
    vec2 p = pixel();
    if (data.x != box && data.x != ellipse) {
        color = premultiplied(fill_color) * polygon(p);
        return;
    }
    color = premultiplied(fill_color) * covered(p, 0.0);
    float half_width = 0.5 * place_look.w;
    if (half_width <= 0.0) return;
    float stroke = max(covered(p, half_width) - covered(p, -half_width), 0.0);
    color = over(premultiplied(stroke_color) * stroke, color);
}
