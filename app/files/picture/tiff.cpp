// TIFF by libtiff, first directory: strips and tiles, chunky or planar, 1 to 16 bits, 32 bits and floats, grey,
// palettes, RGB, CMYK and Lab. Colour spaces that only libtiff can convert, such as YCbCr, are converted by it to 8
// bits.
#include "app/files/picture/tiff.hpp"

#include <fmt/format.h>
#include <tiffio.h>

#include <algorithm>
#include <bit>
#include <cstdarg>
#include <cstdio>
#include <memory>

#include "core/arith/layer/counts.hpp"

namespace convloom::files::picture {
namespace {

constexpr tmsize_t most_at_once = tmsize_t{1} << 30;  // bytes of a strip, a tile or a table

struct Reading {
    std::string_view bytes;
    toff_t at = 0;
    char says[200] = "";

    static tmsize_t read(thandle_t handle, void* to, tmsize_t size) {
        auto& self = *static_cast<Reading*>(handle);
        if (self.at >= self.bytes.size() || size <= 0) return 0;
        const std::size_t got = std::min<std::size_t>(static_cast<std::size_t>(size), self.bytes.size() - self.at);
        std::copy_n(self.bytes.data() + self.at, got, static_cast<char*>(to));
        self.at += got;
        return static_cast<tmsize_t>(got);
    }
    static tmsize_t write(thandle_t, void*, tmsize_t) { return 0; }
    static toff_t seek(thandle_t handle, toff_t offset, int from) {
        auto& self = *static_cast<Reading*>(handle);
        self.at = from == SEEK_SET ? offset : from == SEEK_CUR ? self.at + offset : self.bytes.size() + offset;
        return self.at;
    }
    static int close(thandle_t) { return 0; }
    static toff_t size(thandle_t handle) { return static_cast<Reading*>(handle)->bytes.size(); }
    static int hear(TIFF*, void* user, const char*, const char* format, std::va_list words) {
        auto& self = *static_cast<Reading*>(user);
        std::vsnprintf(self.says, sizeof self.says, format, words);
        return 1;
    }
    static int pass_over(TIFF*, void*, const char*, const char*, std::va_list) { return 1; }
};

using Options = std::unique_ptr<TIFFOpenOptions, void (*)(TIFFOpenOptions*)>;
using Tiff = std::unique_ptr<TIFF, void (*)(TIFF*)>;

Tiff opened(Reading& reading) {
    const Options options(TIFFOpenOptionsAlloc(), &TIFFOpenOptionsFree);
    if (!options) throw std::bad_alloc();
    TIFFOpenOptionsSetErrorHandlerExtR(options.get(), Reading::hear, &reading);
    TIFFOpenOptionsSetWarningHandlerExtR(options.get(), Reading::pass_over, &reading);
    TIFFOpenOptionsSetMaxSingleMemAlloc(options.get(), most_at_once);
    return {TIFFClientOpenExt("", "rm", &reading, Reading::read, Reading::write, Reading::seek, Reading::close,
                              Reading::size, nullptr, nullptr, options.get()),
            &TIFFClose};
}

class TiffFile {
  public:
    explicit TiffFile(const Source& source) : source_(source), reading_{source.bytes}, tiff_(opened(reading_)) {
        if (!tiff_) refuse();
    }

    Decoded read() {
        Decoded decoded;
        const bool known = take_layout(decoded);
        check_end();
        if (!known || !(TIFFIsTiled(tiff_.get()) ? fits_tiles() : true)) {
            read_as_rgb(decoded.image);
        } else {
            const auto limit = static_cast<std::uint64_t>(most_at_once);
            if ((TIFFIsTiled(tiff_.get()) ? TIFFTileSize64(tiff_.get()) : TIFFScanlineSize64(tiff_.get())) > limit)
                source_.damaged("a row of it is larger than a gigabyte");
            decoded.image = image::unwritten(layout_.width, layout_.height, layout_.channels(), layout_.depth());
            TIFFIsTiled(tiff_.get()) ? read_tiles(decoded.image) : read_strips(decoded.image);
            if (layout_.depth() == image::Depth::float32) make_finite(decoded.image);
            if (is_light_) take_light_of(decoded.image);
            if (layout_.multiplied) divide_by_alpha(decoded.image);
            decoded.colours = layout_.colours == 4 ? Colours::inks : is_lab_ ? Colours::lab : Colours::screen;
        }
        take_notes(decoded);
        return decoded;
    }

  private:
    [[noreturn]] void refuse() const {
        const Reading& reading = reading_;
        // Its directory lies beyond the end of the file, which was truncated.
        const bool little = source_.bytes.starts_with("II");
        const auto byte = [&](std::size_t n) {
            return n < source_.bytes.size() ? static_cast<std::uint64_t>(static_cast<unsigned char>(source_.bytes[n]))
                                            : 0;
        };
        std::uint64_t directory = 0;
        for (std::size_t n = 0; n < 4; ++n) directory |= byte(4 + n) << 8 * (little ? n : 3 - n);
        if (source_.bytes.size() < 8 || directory + 2 > source_.bytes.size()) source_.ends_early();
        source_.damaged(reading.says[0] ? reading.says : "its directory cannot be read");
    }

    template <class Value>
    Value field(std::uint32_t tag, Value otherwise = {}) const {
        Value value = otherwise;
        return TIFFGetFieldDefaulted(tiff_.get(), tag, &value) ? value : otherwise;
    }

    // False if libtiff must do the conversion.
    bool take_layout(Decoded& decoded) {
        const auto width = field<std::uint32_t>(TIFFTAG_IMAGEWIDTH), height = field<std::uint32_t>(TIFFTAG_IMAGELENGTH);
        source_.check_size(width, height);
        layout_.width = static_cast<int>(width);
        layout_.height = static_cast<int>(height);
        layout_.bits = field<std::uint16_t>(TIFFTAG_BITSPERSAMPLE, 1);
        layout_.samples = field<std::uint16_t>(TIFFTAG_SAMPLESPERPIXEL, 1);
        layout_.separate =
            layout_.samples > 1 && field<std::uint16_t>(TIFFTAG_PLANARCONFIG, 1) == PLANARCONFIG_SEPARATE;
        decoded.orientation = field<std::uint16_t>(TIFFTAG_ORIENTATION, 1);
        const auto format = field<std::uint16_t>(TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_UINT);
        const auto compression = field<std::uint16_t>(TIFFTAG_COMPRESSION, 1);
        if (!TIFFIsCODECConfigured(compression))
            source_.not_read(fmt::format("a TIFF picture of compression {}", compression));
        layout_.floats = format == SAMPLEFORMAT_IEEEFP;
        if (take_light()) return true;
        if (format != SAMPLEFORMAT_UINT && format != SAMPLEFORMAT_VOID && !layout_.floats)
            source_.not_read("a TIFF picture of signed or complex numbers");
        return take_colours(compression) && layout_.samples <= 64 &&
               (layout_.floats ? layout_.bits == 16 || layout_.bits == 32 || layout_.bits == 64
                               : (layout_.bits >= 1 && layout_.bits <= 16) || layout_.bits == 32);
    }

    // Log-encoded luminance, which libtiff converts to floats.
    bool take_light() {
        std::uint16_t photometric = 0;
        TIFFGetField(tiff_.get(), TIFFTAG_PHOTOMETRIC, &photometric);
        if (photometric != PHOTOMETRIC_LOGL && photometric != PHOTOMETRIC_LOGLUV) return false;
        const int samples = photometric == PHOTOMETRIC_LOGL ? 1 : 3;
        if (layout_.separate || layout_.samples != samples ||
            !TIFFSetField(tiff_.get(), TIFFTAG_SGILOGDATAFMT, SGILOGDATAFMT_FLOAT))
            return false;
        layout_.floats = is_light_ = true;
        layout_.bits = 32;
        layout_.colours = samples;
        return true;
    }

    bool take_colours(int compression) {
        std::uint16_t photometric = PHOTOMETRIC_MINISBLACK;
        // Old scanners omit it: one sample is grey, three are RGB.
        if (!TIFFGetField(tiff_.get(), TIFFTAG_PHOTOMETRIC, &photometric) && layout_.samples >= 3)
            photometric = PHOTOMETRIC_RGB;
        switch (photometric) {
            case PHOTOMETRIC_MINISWHITE:
                layout_.inverted = true;
                break;
            case PHOTOMETRIC_MINISBLACK:
            case PHOTOMETRIC_MASK:
                break;
            case PHOTOMETRIC_RGB:
                layout_.colours = 3;
                break;
            case PHOTOMETRIC_PALETTE:
                if (layout_.separate || layout_.floats || !take_palette()) return false;
                break;
            case PHOTOMETRIC_SEPARATED:
                if (field<std::uint16_t>(TIFFTAG_INKSET, INKSET_CMYK) != INKSET_CMYK || layout_.samples < 4)
                    source_.not_read("a TIFF picture of inks other than cyan, magenta, yellow and black");
                layout_.colours = 4;
                break;
            case PHOTOMETRIC_CIELAB:
            case PHOTOMETRIC_ICCLAB:
                if (layout_.bits != 8 && layout_.bits != 16) return false;
                layout_.colours = 3;
                is_lab_ = true;
                layout_.lab = photometric == PHOTOMETRIC_CIELAB;
                break;
            case PHOTOMETRIC_YCBCR:
                if (compression != COMPRESSION_JPEG || layout_.separate) return false;
                // libjpeg returns RGB.
                TIFFSetField(tiff_.get(), TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
                layout_.colours = 3;
                break;
            default:
                return false;
        }
        if (layout_.samples < layout_.colours)
            source_.damaged(
                fmt::format("it has {} a pixel, which is too few", arith::counted(layout_.samples, "sample")));
        take_alpha();
        return true;
    }

    void take_alpha() {
        if (layout_.samples <= layout_.colours) return;
        std::uint16_t count = 0, *kinds = nullptr;
        // Without an ExtraSamples tag, one extra sample is alpha.
        if (!TIFFGetField(tiff_.get(), TIFFTAG_EXTRASAMPLES, &count, &kinds) || count == 0) {
            layout_.alpha = layout_.samples == layout_.colours + 1;
            return;
        }
        layout_.alpha = kinds[0] == EXTRASAMPLE_ASSOCALPHA || kinds[0] == EXTRASAMPLE_UNASSALPHA;
        layout_.multiplied = kinds[0] == EXTRASAMPLE_ASSOCALPHA;
    }

    bool take_palette() {
        std::uint16_t *red = nullptr, *green = nullptr, *blue = nullptr;
        if (layout_.bits > 16 || !TIFFGetField(tiff_.get(), TIFFTAG_COLORMAP, &red, &green, &blue)) return false;
        const std::size_t count = std::size_t{1} << layout_.bits;
        // Some writers store 8 bits where the specification asks for 16.
        const bool narrow = std::all_of(red, red + count, [](int v) { return v < 256; }) &&
                            std::all_of(green, green + count, [](int v) { return v < 256; }) &&
                            std::all_of(blue, blue + count, [](int v) { return v < 256; });
        const int shift = narrow ? 0 : 8;
        for (std::size_t n = 0; n < count; ++n)
            layout_.palette.push_back({static_cast<std::uint8_t>(red[n] >> shift),
                                       static_cast<std::uint8_t>(green[n] >> shift),
                                       static_cast<std::uint8_t>(blue[n] >> shift)});
        layout_.has_palette = true;
        return true;
    }

    // Every strip or tile must lie inside the file.
    void check_end() const {
        const std::uint32_t count =
            TIFFIsTiled(tiff_.get()) ? TIFFNumberOfTiles(tiff_.get()) : TIFFNumberOfStrips(tiff_.get());
        for (std::uint32_t n = 0; n < count; ++n) {
            int error = 0;
            const std::uint64_t at = TIFFGetStrileOffsetWithErr(tiff_.get(), n, &error);
            const std::uint64_t size = error ? 0 : TIFFGetStrileByteCountWithErr(tiff_.get(), n, &error);
            if (error) refuse();
            if (at > source_.bytes.size() || size > source_.bytes.size() - at) source_.ends_early();
        }
    }

    void check(bool well) const {
        if (!well) source_.damaged(reading_.says[0] ? reading_.says : "its data cannot be read");
    }

    void read_strips(image::Image& image) {
        TiffRows rows(layout_, image);
        const int planes = layout_.separate ? layout_.colours + (layout_.alpha ? 1 : 0) : 1;
        std::vector<std::uint8_t> row(static_cast<std::size_t>(TIFFScanlineSize64(tiff_.get())));
        check(row.size() >= row_bytes(layout_.width));
        for (int plane = 0; plane < planes; ++plane)
            for (int y = 0; y < layout_.height; ++y) {
                check(TIFFReadScanline(tiff_.get(), row.data(), static_cast<std::uint32_t>(y),
                                       static_cast<std::uint16_t>(plane)) == 1);
                rows.put(row.data(), y, plane);
            }
    }

    std::size_t row_bytes(std::size_t width) const {
        return (width * layout_.bits * (layout_.separate ? 1 : layout_.samples) + 7) / 8;
    }

    // Whether its tiles' rows are whole bytes, so that they can be placed side by side.
    bool fits_tiles() {
        tile_width_ = static_cast<int>(std::min<std::uint32_t>(field<std::uint32_t>(TIFFTAG_TILEWIDTH), 1u << 30));
        tile_height_ = static_cast<int>(std::min<std::uint32_t>(field<std::uint32_t>(TIFFTAG_TILELENGTH), 1u << 30));
        source_.check_size(tile_width_, tile_height_);
        return tile_width_ % 8 == 0;
    }

    void read_tiles(image::Image& image) {
        TiffRows rows(layout_, image);
        const int planes = layout_.separate ? layout_.colours + (layout_.alpha ? 1 : 0) : 1;
        const std::size_t tile_row = row_bytes(static_cast<std::size_t>(tile_width_)),
                          across = static_cast<std::size_t>((layout_.width + tile_width_ - 1) / tile_width_);
        std::vector<std::uint8_t> tile(static_cast<std::size_t>(TIFFTileSize64(tiff_.get())));
        check(tile.size() >= tile_row * tile_height_);
        const int band_height = std::min(tile_height_, layout_.height);
        if (across * tile_row > static_cast<std::size_t>(most_at_once) / band_height)
            source_.damaged("a row of its tiles is larger than a gigabyte");
        std::vector<std::uint8_t> band(across * tile_row * band_height);
        for (int plane = 0; plane < planes; ++plane)
            for (int top = 0; top < layout_.height; top += tile_height_) {
                const int high = std::min(band_height, layout_.height - top);
                for (std::size_t n = 0; n < across; ++n) {
                    std::fill(tile.begin(), tile.end(), std::uint8_t{0});
                    check(TIFFReadTile(tiff_.get(), tile.data(), static_cast<std::uint32_t>(n) * tile_width_,
                                       static_cast<std::uint32_t>(top), 0, static_cast<std::uint16_t>(plane)) >= 0);
                    for (int y = 0; y < high; ++y)
                        std::copy_n(tile.data() + y * tile_row, tile_row, band.data() + (y * across + n) * tile_row);
                }
                for (int y = 0; y < high; ++y) rows.put(band.data() + y * across * tile_row, top + y, plane);
            }
    }

    // CIE XYZ to linear sRGB.
    static void take_light_of(image::Image& image) {
        image.linear = true;
        if (image.channels != 3) return;
        float* at = samples_of<float>(image);
        for (std::size_t p = 0; p < image.pixel_count(); ++p, at += 3) {
            const float x = at[0], y = at[1], z = at[2];
            at[0] = 3.2404542f * x - 1.5371385f * y - 0.4985314f * z;
            at[1] = -0.9692660f * x + 1.8760108f * y + 0.0415560f * z;
            at[2] = 0.0556434f * x - 0.2040259f * y + 1.0572252f * z;
        }
    }

    void read_as_rgb(image::Image& image) {
        char says[1024] = "";
        if (!TIFFRGBAImageOK(tiff_.get(), says)) source_.damaged(says[0] ? says : "its colours are not known");
        std::vector<std::uint32_t> pixels(static_cast<std::size_t>(layout_.width) * layout_.height);
        // Not rotated here: the orientation is applied later, as for every format.
        check(TIFFReadRGBAImageOriented(tiff_.get(), static_cast<std::uint32_t>(layout_.width),
                                        static_cast<std::uint32_t>(layout_.height), pixels.data(),
                                        field<std::uint16_t>(TIFFTAG_ORIENTATION, 1), 1) == 1);
        image = image::unwritten(layout_.width, layout_.height, 3, image::Depth::bits8);
        std::uint8_t* to = samples_of<std::uint8_t>(image);
        for (const std::uint32_t pixel : pixels) {
            *to++ = static_cast<std::uint8_t>(TIFFGetR(pixel));
            *to++ = static_cast<std::uint8_t>(TIFFGetG(pixel));
            *to++ = static_cast<std::uint8_t>(TIFFGetB(pixel));
        }
    }

    void take_notes(Decoded& decoded) {
        std::uint32_t size = 0;
        void* profile = nullptr;
        if (TIFFGetField(tiff_.get(), TIFFTAG_ICCPROFILE, &size, &profile))
            decoded.profile.assign(static_cast<const char*>(profile), size);
        const auto unit = field<std::uint16_t>(TIFFTAG_RESOLUTIONUNIT, RESUNIT_INCH);
        const double per_metre = unit == RESUNIT_INCH ? 1 / 0.0254 : unit == RESUNIT_CENTIMETER ? 100 : 0;
        decoded.notes.per_metre_x = field<float>(TIFFTAG_XRESOLUTION) * per_metre;
        decoded.notes.per_metre_y = field<float>(TIFFTAG_YRESOLUTION) * per_metre;
    }

    const Source& source_;
    Reading reading_;
    Tiff tiff_;
    TiffLayout layout_;
    bool is_lab_ = false, is_light_ = false;
    int tile_width_ = 0, tile_height_ = 0;
};

}  // namespace

Decoded read_tiff(const Source& source) {
    return TiffFile(source).read();
}

}  // namespace convloom::files::picture
