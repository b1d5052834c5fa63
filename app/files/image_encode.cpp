#include <fmt/format.h>
#include <png.h>
#include <webp/encode.h>
#include <webp/mux.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <functional>
#include <memory>
#include <new>
#include <span>

// After <cstdio>, whose names it uses.
#include <jpeglib.h>

#include "app/files/arrays/npz.hpp"
#include "app/files/image_file.hpp"
#include "app/files/picture/exif.hpp"
#include "core/image/picture/srgb.hpp"
#include "core/state/base/error.hpp"

namespace convloom::files {
namespace {

using image::Depth;
using image::Image;

// Converts linear light to sRGB, which these files hold.
Image stored(const Image& light) {
    Image result = with_depth(light, Depth::float32);
    auto& values = std::get<image::SampleBuffer<float>>(result.samples);
    for (std::size_t n = 0; n < values.size(); ++n)
        if (static_cast<int>(n % result.channels) < result.colour_channels())
            values[n] = image::stored_of_fast(std::clamp(values[n], 0.0f, 1.0f));
    result.linear = false;
    return result;
}

const image::SampleBuffer<std::uint8_t>& bytes_of(const Image& image) {
    return std::get<image::SampleBuffer<std::uint8_t>>(image.samples);
}

void check_side(const Image& image, int most, std::string_view format) {
    if (image.width > most || image.height > most)
        throw Error(fmt::format("{} holds at most {} pixels a side; the picture has {}×{}.", format, most, image.width,
                                image.height));
}

using GoesOn = std::function<void()>;

// The metadata that the new file can hold.
struct Kept {
    std::string exif;
    double per_metre_x = 0, per_metre_y = 0;

    Kept(const Image& image, const arith::Shared<image::Notes>& notes) {
        if (!notes) return;
        exif = picture::exif_to_write(notes->exif, image.width, image.height);
        constexpr double most = 1e6;  // a micrometre a pixel
        if (!(notes->per_metre_x >= 1 && notes->per_metre_x <= most)) return;
        if (!(notes->per_metre_y >= 1 && notes->per_metre_y <= most)) return;
        per_metre_x = notes->per_metre_x;
        per_metre_y = notes->per_metre_y;
    }
};

std::string to_png(const Image& image, const Kept& kept, const GoesOn& goes_on) {
    const bool wide = image.depth() == Depth::bits16;
    const std::size_t samples = static_cast<std::size_t>(image.width) * image.channels;
    std::string out;
    try {  // what grows step by step needs twice the room; of this only what is written becomes memory
        out.reserve(samples * image.height * (wide ? 2 : 1));
    } catch (const std::bad_alloc&) {
    }
    // Writing to memory can only fail if memory runs out.
    png_structp png = png_create_write_struct(
        PNG_LIBPNG_VER_STRING, nullptr, [](png_structp, png_const_charp) { std::abort(); }, nullptr);
    png_infop info = png ? png_create_info_struct(png) : nullptr;
    if (!info) std::abort();
    const auto destroy = [&](png_structp p) { png_destroy_write_struct(&p, &info); };
    const std::unique_ptr<png_struct, decltype(destroy)> held(png, destroy);
    png_set_write_fn(
        png, &out,
        [](png_structp p, png_bytep data, png_size_t size) {
            static_cast<std::string*>(png_get_io_ptr(p))->append(reinterpret_cast<const char*>(data), size);
        },
        nullptr);
    constexpr int types[] = {PNG_COLOR_TYPE_GRAY, PNG_COLOR_TYPE_GRAY_ALPHA, PNG_COLOR_TYPE_RGB, PNG_COLOR_TYPE_RGBA};
    png_set_IHDR(png, info, image.width, image.height, wide ? 16 : 8, types[image.channels - 1], PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_compression_level(png, 3);
    png_set_filter(png, 0, PNG_FILTER_SUB);  // photos: a third smaller than without, and fast
    if (!kept.exif.empty())
        png_set_eXIf_1(png, info, static_cast<png_uint_32>(kept.exif.size()),
                       reinterpret_cast<png_bytep>(const_cast<char*>(kept.exif.data())));
    if (kept.per_metre_x > 0)
        png_set_pHYs(png, info, static_cast<png_uint_32>(std::lround(kept.per_metre_x)),
                     static_cast<png_uint_32>(std::lround(kept.per_metre_y)), PNG_RESOLUTION_METER);
    png_write_info(png, info);
    std::vector<std::uint8_t> row(samples * 2);
    for (int y = 0; y < image.height; ++y) {
        if (goes_on) goes_on();
        if (wide) {  // the high byte first
            const std::uint16_t* from =
                std::get<image::SampleBuffer<std::uint16_t>>(image.samples).data() + y * samples;
            for (std::size_t n = 0; n < samples; ++n) {
                row[2 * n] = static_cast<std::uint8_t>(from[n] >> 8);
                row[2 * n + 1] = static_cast<std::uint8_t>(from[n] & 255);
            }
        }
        png_write_row(png, wide ? row.data() : const_cast<png_bytep>(bytes_of(image).data() + y * samples));
    }
    png_write_end(png, info);
    return out;
}

// Grey or RGB, on a white background.
Image opaque(const Image& image) {
    const int colours = image.colour_channels();
    Image result = image::blank(image.width, image.height, colours, Depth::bits8);
    auto& to = std::get<image::SampleBuffer<std::uint8_t>>(result.samples);
    const auto& from = bytes_of(image);
    for (std::size_t p = 0; p < image.pixel_count(); ++p) {
        const int alpha = from[p * image.channels + colours];
        for (int c = 0; c < colours; ++c)
            to[p * colours + c] =
                static_cast<std::uint8_t>((from[p * image.channels + c] * alpha + 255 * (255 - alpha) + 127) / 255);
    }
    return result;
}

// libjpeg reports an error by calling this, which must not return.
struct JpegFault {
    jpeg_error_mgr manager;
    std::jmp_buf back;
    char says[JMSG_LENGTH_MAX] = "";
};
void leave(j_common_ptr info) {
    auto* fault = reinterpret_cast<JpegFault*>(info->err);
    info->err->format_message(info, fault->says);
    std::longjmp(fault->back, 1);
}

constexpr std::string_view exif_head("Exif\0\0", 6);

// Dots per inch, or per centimetre if only these are whole numbers.
void set_density(jpeg_compress_struct& info, const Kept& kept) {
    const double x = kept.per_metre_x * 0.0254;
    const bool metric = std::abs(x - std::round(x)) > 0.01 &&
                        std::abs(kept.per_metre_x / 100 - std::round(kept.per_metre_x / 100)) < 0.01;
    const double scale = metric ? 0.01 : 0.0254;
    info.density_unit = metric ? 2 : 1;
    info.X_density = static_cast<UINT16>(std::clamp<long>(std::lround(kept.per_metre_x * scale), 1, 65535));
    info.Y_density = static_cast<UINT16>(std::clamp<long>(std::lround(kept.per_metre_y * scale), 1, 65535));
}

// Nothing here has a destructor, so that longjmp can leave it.
bool write_jpeg(JpegFault& fault, const std::uint8_t* samples, int width, int height, int channels, int quality,
                const Kept& kept, const std::string& exif, const GoesOn& goes_on, unsigned char** out,
                unsigned long* size) {
    jpeg_compress_struct info;
    info.err = jpeg_std_error(&fault.manager);
    fault.manager.error_exit = leave;
    if (setjmp(fault.back)) {
        jpeg_destroy_compress(&info);
        return false;
    }
    jpeg_create_compress(&info);
    jpeg_mem_dest(&info, out, size);
    info.image_width = static_cast<JDIMENSION>(width);
    info.image_height = static_cast<JDIMENSION>(height);
    info.input_components = channels;
    info.in_color_space = channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
    jpeg_set_defaults(&info);
    jpeg_set_quality(&info, quality, TRUE);
    if (quality >= 90) info.comp_info[0].h_samp_factor = info.comp_info[0].v_samp_factor = 1;  // no chroma subsampling
    if (kept.per_metre_x > 0) set_density(info, kept);
    jpeg_start_compress(&info, TRUE);
    if (!exif.empty())
        jpeg_write_marker(&info, JPEG_APP0 + 1, reinterpret_cast<const JOCTET*>(exif.data()),
                          static_cast<unsigned>(exif.size()));
    while (info.next_scanline < info.image_height) {
        try {
            if (goes_on) goes_on();
        } catch (...) {
            info.dest->term_destination(&info);  // flushes the encoder's output
            jpeg_destroy_compress(&info);
            throw;
        }
        auto* row = const_cast<JSAMPROW>(samples + static_cast<std::size_t>(info.next_scanline) * width * channels);
        jpeg_write_scanlines(&info, &row, 1);
    }
    jpeg_finish_compress(&info);
    jpeg_destroy_compress(&info);
    return true;
}

std::string to_jpeg(const Image& image, int quality, const Kept& kept, const GoesOn& goes_on) {
    if (image.has_alpha()) return to_jpeg(opaque(image), quality, kept, goes_on);
    check_side(image, 65500, "JPEG");
    // A marker holds 65533 bytes.
    std::string exif;
    if (!kept.exif.empty() && kept.exif.size() + exif_head.size() <= 65533) exif.append(exif_head).append(kept.exif);
    JpegFault fault;
    unsigned char* data = nullptr;
    unsigned long size = 0;
    const auto free_it = [](unsigned char** d) { std::free(*d); };
    const std::unique_ptr<unsigned char*, decltype(free_it)> held(&data, free_it);
    const bool good = write_jpeg(fault, bytes_of(image).data(), image.width, image.height, image.channels, quality,
                                 kept, exif, goes_on, &data, &size);
    if (!good) throw Failure(fmt::format("The JPEG cannot be made: {}.", fault.says));
    return {reinterpret_cast<const char*>(data), size};
}

std::string with_exif(std::string webp, const std::string& exif) {
    if (exif.empty()) return webp;
    const WebPData picture{reinterpret_cast<const std::uint8_t*>(webp.data()), webp.size()},
        block{reinterpret_cast<const std::uint8_t*>(exif.data()), exif.size()};
    const std::unique_ptr<WebPMux, decltype(&WebPMuxDelete)> mux(WebPMuxCreate(&picture, 0), &WebPMuxDelete);
    WebPData made{};
    if (!mux || WebPMuxSetChunk(mux.get(), "EXIF", &block, 0) != WEBP_MUX_OK ||
        WebPMuxAssemble(mux.get(), &made) != WEBP_MUX_OK)
        throw std::bad_alloc();
    webp.assign(reinterpret_cast<const char*>(made.bytes), made.size);
    WebPDataClear(&made);
    return webp;
}

// The encoder's progress callback; it is called from C, which cannot propagate exceptions.
struct WebpProgress {
    const GoesOn& goes_on;
    std::exception_ptr thrown = {};

    static int tell(int, const WebPPicture* picture) {
        auto& self = *static_cast<WebpProgress*>(picture->user_data);
        try {
            if (self.goes_on) self.goes_on();
            return 1;
        } catch (...) {
            self.thrown = std::current_exception();
            return 0;
        }
    }
};

// Does the same as WebPEncodeRGBA and WebPEncodeLosslessRGBA, which cannot be stopped.
std::string to_webp(const Image& image, int quality, const Kept& kept, const GoesOn& goes_on) {
    constexpr float lossless_effort = 70;
    check_side(image, WEBP_MAX_DIMENSION, "WebP");
    const std::vector<std::uint8_t> rgba = image::to_rgba(image);
    const bool lossless = quality >= 100;
    WebPConfig config;
    WebPPicture picture;
    if (!WebPConfigPreset(&config, WEBP_PRESET_DEFAULT, lossless ? lossless_effort : static_cast<float>(quality)) ||
        !WebPPictureInit(&picture))
        throw std::bad_alloc();
    config.lossless = picture.use_argb = lossless;
    WebPMemoryWriter writer;
    WebPMemoryWriterInit(&writer);
    const std::unique_ptr<WebPMemoryWriter, decltype(&WebPMemoryWriterClear)> held(&writer, &WebPMemoryWriterClear);
    const std::unique_ptr<WebPPicture, decltype(&WebPPictureFree)> freed(&picture, &WebPPictureFree);
    WebpProgress progress{goes_on};
    picture.width = image.width, picture.height = image.height;
    picture.writer = WebPMemoryWrite, picture.custom_ptr = &writer;
    picture.progress_hook = WebpProgress::tell, picture.user_data = &progress;
    const bool good =
        WebPPictureImportRGBA(&picture, rgba.data(), image.width * 4) != 0 && WebPEncode(&config, &picture) != 0;
    if (progress.thrown) std::rethrow_exception(progress.thrown);
    if (!good) throw std::bad_alloc();
    return with_exif({reinterpret_cast<const char*>(writer.mem), writer.size}, kept.exif);
}

}  // namespace

std::optional<ImageFormat> image_format_of(const fs::path& path) {
    std::string ending = path.extension().string();
    for (char& c : ending) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (ending == ".png") return ImageFormat::png;
    if (ending == ".jpg" || ending == ".jpeg") return ImageFormat::jpeg;
    if (ending == ".webp") return ImageFormat::webp;
    if (ending == ".npy") return ImageFormat::npy;
    return std::nullopt;
}

std::string_view name_of(ImageFormat format) {
    constexpr std::string_view names[] = {"png", "jpeg", "webp", "npy"};
    return names[static_cast<int>(format)];
}

std::string encode_image(const Image& given, ImageFormat format, const SaveOptions& options) {
    if (format == ImageFormat::npy) {
        Image made;
        if (given.depth() != Depth::float32) made = with_depth(given, Depth::float32);
        return npy_bytes({given.height, given.width, given.channels},
                         std::get<image::SampleBuffer<float>>((made.width > 0 ? made : given).samples));
    }
    const bool wide =
        format == ImageFormat::png && (options.bits == 16 || (options.bits == 0 && given.depth() != Depth::bits8));
    const Depth depth = wide ? Depth::bits16 : Depth::bits8;
    // A picture that already has the right format is not copied.
    Image made;
    const Image* image = &given;
    if (given.linear)
        image = &(made = with_depth(stored(given), depth));
    else if (given.depth() != depth)
        image = &(made = with_depth(given, depth));
    const Kept kept(*image, options.notes);
    switch (format) {
        case ImageFormat::png:
            return to_png(*image, kept, options.goes_on);
        case ImageFormat::jpeg:
            return to_jpeg(*image, options.quality, kept, options.goes_on);
        case ImageFormat::webp:
        case ImageFormat::npy:
            break;
    }
    return to_webp(*image, options.quality, kept, options.goes_on);
}

}  // namespace convloom::files
