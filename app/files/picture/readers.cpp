#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/files/picture/reader.hpp"
#include "core/state/base/error.hpp"

namespace convloom::files::picture {
namespace {

constexpr bool is_png(std::string_view bytes) {
    return bytes.starts_with("\x89PNG\r\n\x1a\n");
}
constexpr bool is_jpeg(std::string_view bytes) {
    return bytes.starts_with("\xff\xd8\xff") && !bytes.starts_with("\xff\xd8\xff\xf7");  // not JPEG-LS
}
constexpr bool is_gif(std::string_view bytes) {
    return bytes.starts_with("GIF87a") || bytes.starts_with("GIF89a");
}
constexpr bool is_webp(std::string_view bytes) {
    return bytes.starts_with("RIFF") && bytes.size() >= 12 && bytes.substr(8, 4) == "WEBP";
}
constexpr bool is_tiff(std::string_view bytes) {
    using namespace std::literals;
    return (bytes.starts_with("II*\0"sv) || bytes.starts_with("MM\0*"sv) || bytes.starts_with("II+\0"sv) ||
            bytes.starts_with("MM\0+"sv));
}
bool is_plain_tiff(std::string_view bytes) {
    return is_tiff(bytes) && !is_raw_in_tiff(bytes);
}
constexpr bool is_bmp(std::string_view bytes) {
    return bytes.starts_with("BM");
}
constexpr bool is_pnm(std::string_view bytes) {
    constexpr std::string_view kinds = "1234567fF";
    return bytes.size() > 2 && bytes[0] == 'P' && kinds.find(bytes[1]) != kinds.npos &&
           (bytes[2] == ' ' || bytes[2] == '#' || (bytes[2] >= '\t' && bytes[2] <= '\r'));
}
constexpr bool is_psd(std::string_view bytes) {
    return bytes.starts_with("8BPS");
}
constexpr bool is_hdr(std::string_view bytes) {
    return bytes.starts_with("#?RADIANCE") || bytes.starts_with("#?RGBE");
}

constexpr Format all_formats[] = {
    {is_png, read_png, "PNG", ".png"},
    {is_jpeg, read_jpeg, "JPEG", ".jpg .jpeg"},
    {is_gif, read_gif, "GIF", ".gif"},
    {is_webp, read_webp, "WebP", ".webp"},
    {is_plain_tiff, read_tiff, "TIFF", ".tif .tiff"},
    {is_heif, read_heif, "HEIC, AVIF", ".heic .heif .avif"},
    {is_bmp, read_bmp, "BMP", ".bmp .dib"},
    {is_pnm, read_pnm, "PNM", ".pbm .pgm .ppm .pnm .pam .pfm"},
    {is_psd, read_psd, "PSD", ".psd .psb"},
    {is_hdr, read_hdr, "HDR", ".hdr"},
    {is_tga, read_tga, "TGA", ".tga"},  // last, since TGA has no signature
};

template <class Sample>
void divide(image::Image& image, float full) {
    Sample* samples = samples_of<Sample>(image);
    const int channels = image.channels;
    for (std::size_t p = 0; p < image.pixel_count(); ++p, samples += channels) {
        const auto alpha = static_cast<float>(samples[channels - 1]);
        for (int c = 0; c + 1 < channels; ++c) {
            const float value = alpha > 0 ? static_cast<float>(samples[c]) * full / alpha : 0;
            if constexpr (std::is_same_v<Sample, float>)
                samples[c] = value;
            else
                samples[c] = static_cast<Sample>(std::min(value, full) + 0.5f);
        }
    }
}

}  // namespace

std::span<const Format> formats() {
    return all_formats;
}

void Source::check_size(long long width, long long height) const {
    if (width <= 0 || height <= 0) damaged(fmt::format("its size is {}×{}", width, height));
    if (width > most_pixels || height > most_pixels || width * height > most_pixels)
        throw UnreadableFile(fmt::format("{} is too large: {}×{} pixels; the limit is {} million.", name, width, height,
                                         most_pixels / 1'000'000));
}

void Source::damaged(std::string_view why) const {
    while (!why.empty() && (why.back() == '.' || why.back() == '\n' || why.back() == ' ')) why.remove_suffix(1);
    throw UnreadableFile(fmt::format("{} is a damaged image: {}.", name, why));
}

void Source::ends_early() const {
    damaged("the file ends before the picture does");
}

void Source::not_read(std::string_view what) const {
    throw UnreadableFile(fmt::format("{} is {}, which Convloom does not read.", name, what));
}

void make_finite(image::Image& image) {
    for (float& value : std::get<image::SampleBuffer<float>>(image.samples))
        if (!std::isfinite(value)) value = 0;
}

void divide_by_alpha(image::Image& image) {
    switch (image.depth()) {
        case image::Depth::bits8:
            return divide<std::uint8_t>(image, 255);
        case image::Depth::bits16:
            return divide<std::uint16_t>(image, 65535);
        case image::Depth::float32:
            return divide<float>(image, 1);
    }
}

}  // namespace convloom::files::picture
