// Shared by all kinds of items: a pair of shaders that draws instances of one quad, and a texture that holds numbers
// for them.
//
// Both are created once and filled again for every picture. The shader sources have no version line, which is added
// here, so that the same text can serve OpenGL 3.3 and, later, WebGL 2.
#pragma once
#include <glad/gl.h>

#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

#include "core/scene/page/scene.hpp"

namespace convloom::gui {

// The attributes of an instance, in the order of its fields: floats, a colour of four bytes, or ints.
struct Attribute {
    enum class Type { real, color, whole } type;
    int count;
};

class Quads {
  public:
    // `shaders` is the common name of the two files: "field" for field.vert and field.frag. `define` is a name that
    // they may test with #ifdef.
    Quads(std::string_view shaders, std::vector<Attribute> attributes, std::string_view define = "");
    ~Quads();
    Quads(const Quads&) = delete;
    Quads& operator=(const Quads&) = delete;

    template <class Instance>
    void upload(const std::vector<Instance>& instances) {
        upload(instances.data(), instances.size(), sizeof(Instance));
    }
    // Draws some of the instances uploaded last.
    void draw(int first, int count, int framebuffer_width, int framebuffer_height) const;

    int uniform(const char* name) const { return glGetUniformLocation(program_, name); }
    unsigned program() const { return program_; }

  private:
    void upload(const void* instances, std::size_t count, std::size_t size);

    unsigned program_ = 0, vertex_array_ = 0, buffer_ = 0;
    int framebuffer_ = -1;
    std::size_t stride_ = 0;
    std::vector<Attribute> attributes_;
};

// Numbers for shaders, addressed by their index in one long row that is folded into a texture.
class DataTexture {
  public:
    enum class Texel { index, color, four_reals };
    static constexpr std::size_t row_length = 2048;  // the shaders use the same value

    explicit DataTexture(Texel texel);
    ~DataTexture();
    DataTexture(const DataTexture&) = delete;
    DataTexture& operator=(const DataTexture&) = delete;

    // The index of the first texel to be appended.
    template <class T>
    int append(std::span<const T> texels) {
        const auto at = static_cast<int>(bytes_.size() / texel_size_);
        const auto* from = reinterpret_cast<const std::uint8_t*>(texels.data());
        bytes_.insert(bytes_.end(), from, from + texels.size_bytes());
        return at;
    }
    void clear() { bytes_.clear(); }
    void upload(int unit);  // sends the appended numbers and binds the texture
    void bind(int unit) const;

  private:
    unsigned texture_ = 0;
    Texel texel_;
    std::size_t texel_size_ = 1;
    std::size_t rows_ = 0;  // of the texture
    std::vector<std::uint8_t> bytes_;
};

// A colour in the form that shaders use.
struct Rgba {
    std::uint8_t r = 0, g = 0, b = 0, a = 0;
};
inline Rgba rgba(scene::Color c) {
    return {c.r, c.g, c.b, c.a};
}

// A number or a pixel position in the form that shaders use.
struct Vec2 {
    float x = 0, y = 0;
};
inline Vec2 vec2(scene::Point p) {
    return {static_cast<float>(p.x), static_cast<float>(p.y)};
}

}  // namespace convloom::gui
