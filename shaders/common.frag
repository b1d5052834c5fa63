// Placed before every fragment shader, after the version line. Computes how much of a pixel an item covers.
uniform vec2 framebuffer;   // its size in pixels
out vec4 color;             // premultiplied

// The centre of this pixel, with y down.
vec2 pixel() { return vec2(gl_FragCoord.x, framebuffer.y - gl_FragCoord.y); }

vec4 premultiplied(vec4 c) { return vec4(c.rgb * c.a, c.a); }

vec4 over(vec4 upper, vec4 lower) { return upper + lower * (1.0 - upper.a); }

// The fraction of the pixel on the inner side of a straight border with unit normal n, if the pixel's centre is
// `inside` px from it on that side. This is the exact area: seen along n, a pixel is a trapezoid.
float half_plane(float inside, vec2 n) {
    vec2 width = abs(n);
    float a = max(width.x, width.y), b = max(min(width.x, width.y), 1e-4);
    float t = min(abs(inside), 0.5 * (a + b));
    float left = 0.5 * (a + b) - t;
    float share = t < 0.5 * (a - b) ? 0.5 + t / a : 1.0 - left * left / (2.0 * a * b);
    return inside < 0.0 ? 1.0 - share : share;
}

// The fraction of the pixel within half_width px of a straight line that passes `distance` px from its centre.
float strip(float distance, float half_width, vec2 n) {
    return max(half_plane(half_width - distance, n) + half_plane(half_width + distance, n) - 1.0, 0.0);
}

// The fraction of the pixel that dashes of length `dash`, with gaps of the same length, cover between two ends. The
// pixel is `along` px from the start of the first dash.
float dashes(float along, float dash, vec2 ends, vec2 direction) {
    float begin = floor((along + 0.5 * dash) / (2.0 * dash)) * 2.0 * dash;   // of the nearest dash
    float from = max(begin, ends.x), to = min(begin + dash, ends.y);
    if (to <= from) return 0.0;
    return max(half_plane(along - from, direction) + half_plane(to - along, direction) - 1.0, 0.0);
}
