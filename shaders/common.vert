// Put before every vertex shader, after the version line.
uniform vec2 framebuffer;   // its size in pixels

// The corner of the quad that this vertex is: (0,0), (1,0), (0,1), (1,1).
vec2 corner() { return vec2(gl_VertexID & 1, gl_VertexID >> 1); }

// A place in pixels, y downwards, to where OpenGL wants it.
vec4 place(vec2 px) {
    return vec4(2.0 * px.x / framebuffer.x - 1.0, 1.0 - 2.0 * px.y / framebuffer.y, 0.0, 1.0);
}
