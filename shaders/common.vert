// Placed before every vertex shader, after the version line.
uniform vec2 framebuffer;   // its size in pixels

// The corner of the quad for this vertex: (0,0), (1,0), (0,1), (1,1).
vec2 corner() { return vec2(gl_VertexID & 1, gl_VertexID >> 1); }

// Converts a place in pixels, with y down, to OpenGL's clip coordinates.
vec4 place(vec2 px) {
    return vec4(2.0 * px.x / framebuffer.x - 1.0, 1.0 - 2.0 * px.y / framebuffer.y, 0.0, 1.0);
}
