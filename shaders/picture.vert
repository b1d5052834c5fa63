layout(location = 0) in vec4 in_axes;   // px of the picture's width and height axes
layout(location = 1) in vec2 in_corner;   // px

flat out vec4 axes;
flat out vec2 top_left;

void main() {
    axes = in_axes;
    top_left = in_corner;
    float area = max(abs(axes.x * axes.w - axes.y * axes.z), 1e-6);
    vec2 margin = vec2(length(axes.zw), length(axes.xy)) / area;
    vec2 at = mix(-margin, 1.0 + margin, corner());
    gl_Position = place(top_left + at.x * axes.xy + at.y * axes.zw);
}
