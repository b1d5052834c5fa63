#include <algorithm>

#include "app/gui/opengl/gl_items.hpp"

namespace convloom::gui {
namespace {

using scene::Pixels;

constexpr int kept_unused = 120;  // in pictures: a second or two

// Filtering mixes texels, which gives dark edges unless colours are premultiplied. `every` skips pixels of a picture
// that is larger than the driver's textures.
std::vector<std::uint8_t> premultiplied(const Pixels& pixels, int every, int width, int height) {
    std::vector<std::uint8_t> out(static_cast<std::size_t>(width) * height * 4);
    std::uint8_t* to = out.data();
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x, to += 4) {
            const std::size_t at =
                static_cast<std::size_t>(y) * every * pixels.width + static_cast<std::size_t>(x) * every;
            const std::uint8_t* from = pixels.rgba.data() + at * 4;
            const unsigned a = from[3];
            for (int channel = 0; channel < 3; ++channel)
                to[channel] = static_cast<std::uint8_t>((from[channel] * a + 127) / 255);
            to[3] = from[3];
        }
    return out;
}

unsigned new_texture(const Pixels& pixels) {
    int largest = 1024;
    glGetIntegerv(GL_MAX_TEXTURE_SIZE, &largest);
    const int every = (std::max(pixels.width, pixels.height) + largest - 1) / largest;
    const int width = pixels.width / every, height = pixels.height / every;
    unsigned name = 0;
    glGenTextures(1, &name);
    glBindTexture(GL_TEXTURE_2D, name);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE,
                 premultiplied(pixels, every, width, height).data());
    glGenerateMipmap(GL_TEXTURE_2D);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR_MIPMAP_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
    return name;
}

}  // namespace

using Type = Attribute::Type;

PictureQuads::PictureQuads() : quads_("picture", {{Type::real, 4}, {Type::real, 2}}) {
    glUseProgram(quads_.program());
    glUniform1i(quads_.uniform("texels"), picture_unit);
}

PictureQuads::~PictureQuads() {
    for (const auto& [pixels, texture] : cache_) glDeleteTextures(1, &texture.name);
}

void PictureQuads::add(const scene::Picture& p, const PlanePlace& place) {
    if (!p.pixels || p.pixels->width <= 0 || p.pixels->height <= 0) return;
    const scene::Affine& m = place.to_pixels;
    if (m.determinant() == 0) return;
    instances_.push_back({vec2({m.xx * p.box.width, m.yx * p.box.width}),
                          vec2({m.xy * p.box.height, m.yy * p.box.height}), vec2(m({p.box.x, p.box.y}))});
    textures_.push_back(texture_of(p.pixels));
    crisp_.push_back(p.crisp);
}

unsigned PictureQuads::texture_of(const arith::Shared<Pixels>& pixels) {
    Texture& texture = cache_[pixels.get()];
    if (texture.name == 0) texture = {new_texture(*pixels), 0, pixels};
    texture.unused = 0;
    return texture.name;
}

void PictureQuads::clear() {
    instances_.clear();
    textures_.clear();
    crisp_.clear();
    for (auto entry = cache_.begin(); entry != cache_.end();) {
        const bool old = ++entry->second.unused > kept_unused;
        if (old) glDeleteTextures(1, &entry->second.name);
        entry = old ? cache_.erase(entry) : std::next(entry);
    }
}

void PictureQuads::draw(int first, int count, const PlanePlace& place) {
    glActiveTexture(GL_TEXTURE0 + picture_unit);
    for (int n = first; n < first + count; ++n) {
        glBindTexture(GL_TEXTURE_2D, textures_[static_cast<std::size_t>(n)]);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER,
                        crisp_[static_cast<std::size_t>(n)] ? GL_NEAREST : GL_LINEAR);
        quads_.draw(n, 1, place.width, place.height);
    }
}

}  // namespace convloom::gui
