// Reading and writing files. Every error is one Error whose sentence names the file and the reason.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "core/image/picture/image.hpp"
#include "core/state/model/state.hpp"

namespace convloom::files {

namespace fs = std::filesystem;

// The largest number of bytes that is read, for each kind of file.
constexpr std::size_t largest_file = std::size_t{1} << 30;     // a picture, a state, a file of cases
constexpr std::size_t largest_words = std::size_t{1} << 16;    // layers in words
constexpr std::size_t largest_numbers = std::size_t{1} << 25;  // a layer's input or weights as text
constexpr std::size_t largest_kernel = std::size_t{1} << 20;   // weights
enum class Content { any, text, picture };                     // text holds no byte that is 0

// Reads a file or a pipe; devices are refused before they are opened. What is too long, not text, or does not begin
// like a picture is refused as soon as that is known.
std::string read(const fs::path& path, Content content = Content::any, std::size_t most = largest_file);
std::string read_standard_input(Content content = Content::any, std::size_t most = largest_file);

// Writes to a temporary file and puts it in place: the file is either completely new or unchanged; see replacement.hpp.
void write(const fs::path& path, std::string_view bytes);

// Reads any format of picture/reader.hpp; see image_file.hpp.
image::Image load_image(const fs::path& path);

// Reads a state file and, if it has a photo, the photo's pixels, from a path relative to the state file.
state::State load_state(const fs::path& path);

// Colours for figures; see palette_json.hpp.
scene::Palette load_palette(const fs::path& path);

// The largest picture that is decoded, in pixels.
constexpr long long most_image_pixels = 100'000'000;

// A name such as "frames_%03d.png" for a sequence; "%%" is a percent sign.
class Sequence {
  public:
    // Throws an Error if the name holds more than one place for the number or an unknown "%".
    explicit Sequence(std::string pattern);
    // Escapes a name for such a pattern: doubles every "%".
    static std::string literal(const std::string& name);
    bool numbered() const { return numbered_; }
    fs::path at(long long number) const;

  private:
    std::string before_, after_;
    int width_ = 0;
    bool numbered_ = false;
};

}  // namespace convloom::files
