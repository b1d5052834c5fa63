// One glyph: the atlas contains the coverage of each pixel.
uniform sampler2D atlas;

in vec2 texel;
flat in vec4 text_color;

void main() { color = premultiplied(text_color) * texture(atlas, texel).r; }
