#include "app/gui/opengl/gl_quads.hpp"

#include <fmt/format.h>

#include <string>

#include "app/gui/opengl/shader_version.hpp"
#include "convloom_shaders.hpp"
#include "core/state/base/error.hpp"

namespace convloom::gui {
namespace {

// The shaders are embedded in the program, so a missing one is a build error.
std::string shader_text(std::string_view name) {
    const auto text = embedded_shaders::file(name);
    if (!text) throw Error(fmt::format("The program was built without its shader {}.", name));
    return std::string(*text);
}

unsigned compiled(unsigned kind, std::string_view name, std::string_view ending, std::string_view define) {
    const std::string file = fmt::format("{}.{}", name, ending);
    const std::string text = fmt::format("{}\n{}", shader_version, shader_precision) +
                             (define.empty() ? "" : fmt::format("#define {}\n", define)) +
                             shader_text(fmt::format("common.{}", ending)) + shader_text(file);
    const char* begin = text.c_str();
    const unsigned shader = glCreateShader(kind);
    glShaderSource(shader, 1, &begin, nullptr);
    glCompileShader(shader);
    int good = 0;
    glGetShaderiv(shader, GL_COMPILE_STATUS, &good);
    if (good) return shader;
    char log[1024] = "";
    glGetShaderInfoLog(shader, sizeof log, nullptr, log);
    glDeleteShader(shader);
    throw Error(fmt::format("The graphics driver rejects the shader {}: {}", file, log));
}

unsigned linked(std::string_view name, std::string_view define) {
    const unsigned vertex = compiled(GL_VERTEX_SHADER, name, "vert", define);
    const unsigned fragment = compiled(GL_FRAGMENT_SHADER, name, "frag", define);
    const unsigned program = glCreateProgram();
    glAttachShader(program, vertex);
    glAttachShader(program, fragment);
    glLinkProgram(program);
    glDeleteShader(vertex);
    glDeleteShader(fragment);
    int good = 0;
    glGetProgramiv(program, GL_LINK_STATUS, &good);
    if (good) return program;
    char log[1024] = "";
    glGetProgramInfoLog(program, sizeof log, nullptr, log);
    glDeleteProgram(program);
    throw Error(fmt::format("The graphics driver rejects the shaders {}: {}", name, log));
}

std::size_t size_of(const Attribute& a) {
    return a.type == Attribute::Type::color ? 4 : 4 * static_cast<std::size_t>(a.count);
}

}  // namespace

Quads::Quads(std::string_view shaders, std::vector<Attribute> attributes, std::string_view define)
    : program_(linked(shaders, define)), attributes_(std::move(attributes)) {
    framebuffer_ = uniform("framebuffer");
    for (const Attribute& a : attributes_) stride_ += size_of(a);
    glGenVertexArrays(1, &vertex_array_);
    glGenBuffers(1, &buffer_);
    glBindVertexArray(vertex_array_);
    for (unsigned n = 0; n < attributes_.size(); ++n) {
        glEnableVertexAttribArray(n);
        glVertexAttribDivisor(n, 1);
    }
    glBindVertexArray(0);
}

Quads::~Quads() {
    glDeleteBuffers(1, &buffer_);
    glDeleteVertexArrays(1, &vertex_array_);
    glDeleteProgram(program_);
}

void Quads::upload(const void* instances, std::size_t count, std::size_t size) {
    // The shader would read undefined values: a field of the instance is not among the attributes.
    if (size != stride_) throw Error("An instance and its shader's attributes differ in size.");
    glBindBuffer(GL_ARRAY_BUFFER, buffer_);
    glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(count * size), instances, GL_STREAM_DRAW);
}

void Quads::draw(int first, int count, int framebuffer_width, int framebuffer_height) const {
    glUseProgram(program_);
    glUniform2f(framebuffer_, static_cast<float>(framebuffer_width), static_cast<float>(framebuffer_height));
    glBindVertexArray(vertex_array_);
    glBindBuffer(GL_ARRAY_BUFFER, buffer_);
    // OpenGL 3.3 cannot start at a later instance, so the attributes are offset instead.
    std::size_t offset = static_cast<std::size_t>(first) * stride_;
    for (unsigned n = 0; n < attributes_.size(); ++n) {
        const Attribute& a = attributes_[n];
        const auto* at = reinterpret_cast<const void*>(offset);
        const int stride = static_cast<int>(stride_);
        if (a.type == Attribute::Type::real)
            glVertexAttribPointer(n, a.count, GL_FLOAT, GL_FALSE, stride, at);
        else if (a.type == Attribute::Type::color)
            glVertexAttribPointer(n, 4, GL_UNSIGNED_BYTE, GL_TRUE, stride, at);
        else
            glVertexAttribIPointer(n, a.count, GL_INT, stride, at);
        offset += size_of(a);
    }
    glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, count);
}

DataTexture::DataTexture(Texel texel)
    : texel_(texel), texel_size_(texel == Texel::index   ? 1
                                 : texel == Texel::color ? 4
                                                         : 16) {
    glGenTextures(1, &texture_);
    glBindTexture(GL_TEXTURE_2D, texture_);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
    glBindTexture(GL_TEXTURE_2D, 0);
}

DataTexture::~DataTexture() {
    glDeleteTextures(1, &texture_);
}

void DataTexture::bind(int unit) const {
    glActiveTexture(GL_TEXTURE0 + static_cast<unsigned>(unit));
    glBindTexture(GL_TEXTURE_2D, texture_);
}

void DataTexture::upload(int unit) {
    const std::size_t row_size = row_length * texel_size_;
    const std::size_t rows = (bytes_.size() + row_size - 1) / row_size;
    bytes_.resize(rows * row_size);
    const unsigned internal = texel_ == Texel::index ? GL_R8UI : texel_ == Texel::color ? GL_RGBA8 : GL_RGBA32F;
    const unsigned format = texel_ == Texel::index ? GL_RED_INTEGER : GL_RGBA;
    const unsigned type = texel_ == Texel::four_reals ? GL_FLOAT : GL_UNSIGNED_BYTE;
    bind(unit);
    if (rows > rows_ || rows_ == 0) {
        for (rows_ = rows_ == 0 ? 1 : rows_; rows_ < rows;) rows_ *= 2;
        glTexImage2D(GL_TEXTURE_2D, 0, static_cast<int>(internal), row_length, static_cast<int>(rows_), 0, format, type,
                     nullptr);
    }
    if (rows > 0)
        glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, row_length, static_cast<int>(rows), format, type, bytes_.data());
}

}  // namespace convloom::gui
