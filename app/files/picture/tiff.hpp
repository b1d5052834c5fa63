// The samples that a TIFF's directory describes, and the conversion of their rows into those of a picture.
#pragma once
#include <array>
#include <vector>

#include "app/files/picture/reader.hpp"

namespace convloom::files::picture {

struct TiffLayout {
    int width = 0, height = 0;
    int bits = 1;     // of a sample
    int samples = 1;  // of a pixel, in the file
    bool floats = false, inverted = false, separate = false;
    bool alpha = false;       // the sample after the colours
    bool multiplied = false;  // colours are, by alpha
    int colours = 1;          // as read: one of grey or an index, three, or four inks
    bool lab = false;         // a and b around 0 rather than around the middle
    bool has_palette = false;
    std::vector<std::array<std::uint8_t, 3>> palette;

    int channels() const { return (has_palette ? 3 : colours) + (alpha ? 1 : 0); }
    image::Depth depth() const {
        return floats || bits > 16        ? image::Depth::float32
               : bits > 8 && !has_palette ? image::Depth::bits16
                                          : image::Depth::bits8;
    }
};

// Stores a row: all samples of its pixels, or those of one plane if planes are stored separately. `bytes` are as
// libtiff returns them: in the machine's byte order, fewer than eight bits packed from the high end.
class TiffRows {
  public:
    TiffRows(const TiffLayout& layout, image::Image& image) : layout_(layout), image_(image) {}
    void put(const std::uint8_t* bytes, int y, int plane);

  private:
    void unpack(const std::uint8_t* bytes, std::size_t count);
    template <class Sample>
    void store(int y, int plane, float full);
    void store_colours(int y);

    const TiffLayout& layout_;
    image::Image& image_;
    std::vector<float> numbers_;
};

}  // namespace convloom::files::picture
