// WebP by libwebp; for an animation the first frame, on its canvas.
#include <webp/decode.h>
#include <webp/demux.h>

#include <algorithm>
#include <memory>

#include "app/files/picture/exif.hpp"
#include "app/files/picture/reader.hpp"

namespace convloom::files::picture {
namespace {

std::string chunk(const WebPDemuxer* demuxer, const char* kind) {
    WebPChunkIterator chunk{};
    std::string contents;
    if (WebPDemuxGetChunk(demuxer, kind, 1, &chunk))
        contents.assign(reinterpret_cast<const char*>(chunk.chunk.bytes), chunk.chunk.size);
    WebPDemuxReleaseChunkIterator(&chunk);
    return contents;
}

void take_notes(const Source& source, Decoded& decoded) {
    const WebPData data{reinterpret_cast<const std::uint8_t*>(source.bytes.data()), source.bytes.size()};
    const std::unique_ptr<WebPDemuxer, void (*)(WebPDemuxer*)> demuxer(WebPDemux(&data), &WebPDemuxDelete);
    if (!demuxer) return;
    decoded.profile = chunk(demuxer.get(), "ICCP");
    decoded.notes.exif = without_exif_head(chunk(demuxer.get(), "EXIF"));
    decoded.orientation = orientation_in(decoded.notes.exif);
}

Decoded read_animation(const Source& source) {
    const WebPData data{reinterpret_cast<const std::uint8_t*>(source.bytes.data()), source.bytes.size()};
    WebPAnimDecoderOptions options;
    if (!WebPAnimDecoderOptionsInit(&options)) throw std::bad_alloc();
    options.color_mode = MODE_RGBA;
    options.use_threads = 0;
    const std::unique_ptr<WebPAnimDecoder, void (*)(WebPAnimDecoder*)> decoder(WebPAnimDecoderNew(&data, &options),
                                                                               &WebPAnimDecoderDelete);
    std::uint8_t* canvas = nullptr;
    int end_of_frame = 0;
    WebPAnimInfo info{};
    if (!decoder || !WebPAnimDecoderGetInfo(decoder.get(), &info))
        source.damaged("the WebP's parts do not fit together");
    source.check_size(info.canvas_width, info.canvas_height);
    if (!WebPAnimDecoderGetNext(decoder.get(), &canvas, &end_of_frame)) source.damaged("the WebP has no first frame");
    Decoded decoded;
    decoded.image =
        image::from_bytes(static_cast<int>(info.canvas_width), static_cast<int>(info.canvas_height), 4, canvas);
    return decoded;
}

Decoded read_still(const Source& source, const WebPBitstreamFeatures& features) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(source.bytes.data());
    Decoded decoded;
    decoded.image = image::unwritten(features.width, features.height, features.has_alpha ? 4 : 3, image::Depth::bits8);
    WebPDecoderConfig config;
    if (!WebPInitDecoderConfig(&config)) throw std::bad_alloc();
    config.output.colorspace = features.has_alpha ? MODE_RGBA : MODE_RGB;
    config.output.is_external_memory = 1;
    config.output.u.RGBA.rgba = samples_of<std::uint8_t>(decoded.image);
    config.output.u.RGBA.stride = decoded.image.width * decoded.image.channels;
    config.output.u.RGBA.size = decoded.image.sample_count();
    switch (WebPDecode(bytes, source.bytes.size(), &config)) {
        case VP8_STATUS_OK:
            return decoded;
        case VP8_STATUS_OUT_OF_MEMORY:
            throw std::bad_alloc();
        case VP8_STATUS_NOT_ENOUGH_DATA:
        case VP8_STATUS_SUSPENDED:
            source.ends_early();
        default:
            source.damaged("its data are not valid WebP data");
    }
}

}  // namespace

Decoded read_webp(const Source& source) {
    WebPBitstreamFeatures features;
    switch (
        WebPGetFeatures(reinterpret_cast<const std::uint8_t*>(source.bytes.data()), source.bytes.size(), &features)) {
        case VP8_STATUS_OK:
            break;
        case VP8_STATUS_NOT_ENOUGH_DATA:
            source.ends_early();
        default:
            source.damaged("its beginning is not a valid WebP header");
    }
    source.check_size(features.width, features.height);
    Decoded decoded = features.has_animation ? read_animation(source) : read_still(source, features);
    take_notes(source, decoded);
    return decoded;
}

}  // namespace convloom::files::picture
