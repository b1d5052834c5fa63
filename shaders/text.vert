layout(location = 0) in vec4 in_box;      // px: left, top, width, height
layout(location = 1) in vec4 in_texels;   // the same in the atlas
layout(location = 2) in vec4 in_color;

uniform vec2 atlas_size;

out vec2 texel;
flat out vec4 text_color;

void main() {
    texel = (in_texels.xy + in_texels.zw * corner()) / atlas_size;
    text_color = in_color;
    gl_Position = place(in_box.xy + in_box.zw * corner());
}
