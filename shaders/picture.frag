// A picture in a parallelogram: interpolated if texels are large, averaged if they are small.
uniform sampler2D texels;   // premultiplied, with mipmaps

flat in vec4 axes;
flat in vec2 top_left;

void main() {
    vec2 p = pixel() - top_left;
    float area = axes.x * axes.w - axes.y * axes.z;
    vec2 at = vec2(p.x * axes.w - p.y * axes.z, axes.x * p.y - axes.y * p.x) / area;
    float wide = length(axes.xy), high = length(axes.zw);
    vec2 px = abs(area) / vec2(high, wide), right = axes.xy / wide, down = axes.zw / high;
    vec2 n_column = vec2(down.y, -down.x), n_row = vec2(right.y, -right.x);
    float inside = half_plane(at.x * px.x, n_column) * half_plane((1.0 - at.x) * px.x, n_column) *
                   half_plane(at.y * px.y, n_row) * half_plane((1.0 - at.y) * px.y, n_row);
    // 0.7 pixels, because mipmaps of half the size are softer than the mean of the texels in a pixel.
    vec2 across = 0.7 * vec2(axes.w, -axes.y) / area, downwards = 0.7 * vec2(-axes.z, axes.x) / area;
    color = textureGrad(texels, at, across, downwards) * inside;
}
