layout(location = 0) in vec4 in_axes;   // px per column and per row
layout(location = 1) in vec4 in_place;   // px of the first cell's corner; columns, rows
layout(location = 2) in vec2 in_edge;     // px: width, dash
layout(location = 3) in vec4 in_tint;   // of the lines, or of a plain field
layout(location = 4) in ivec4 in_data;    // first index or -1, first colour, colours, 1 for small cells

flat out vec4 axes, place_size, tint;
flat out vec2 edge;
flat out ivec4 data;

void main() {
    axes = in_axes;
    place_size = in_place;
    edge = in_edge;
    tint = in_tint;
    data = in_data;
    // Half of the outer edges' width lies outside, and square caps reach as far.
    float area = max(abs(axes.x * axes.w - axes.y * axes.z), 1e-6);
    float beyond = 0.5 * edge.x + 1.0;
    vec2 margin = beyond * vec2(length(axes.zw), length(axes.xy)) / area;
    vec2 cell = mix(-margin, place_size.zw + margin, corner());
    gl_Position = place(place_size.xy + cell.x * axes.xy + cell.y * axes.zw);
}
