// One glyph: the atlas holds the share of each pixel that it covers.
uniform sampler2D atlas;

in vec2 texel;
flat in vec4 text_color;

void main() { color = premultiplied(text_color) * texture(atlas, texel).r; }
