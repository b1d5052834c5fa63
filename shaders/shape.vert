layout(location = 0) in vec4 in_bounds;   // px: left, top, right, bottom, stroke included
layout(location = 1) in vec4 in_axes;   // px: half width and half height of an ellipse or a box
layout(location = 2) in vec4 in_place;   // px: centre; corner radius; stroke width
layout(location = 3) in vec4 in_fill;
layout(location = 4) in vec4 in_stroke;
layout(location = 5) in ivec4 in_data;   // kind; a polygon's first border and number of borders

flat out vec4 axes, place_look, fill_color, stroke_color;
flat out ivec4 data;

void main() {
    axes = in_axes;
    place_look = in_place;
    fill_color = in_fill;
    stroke_color = in_stroke;
    data = in_data;
    gl_Position = place(mix(in_bounds.xy, in_bounds.zw, corner()));
}
