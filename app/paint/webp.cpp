#include <webp/encode.h>
#include <webp/mux.h>

#include <cmath>
#include <memory>
#include <new>

#include "app/paint/animation.hpp"

namespace convloom::paint {

std::string to_webp(const scene::Frames& frames) {
    WebPAnimEncoderOptions options;
    WebPConfig config;
    if (!WebPAnimEncoderOptionsInit(&options) || !WebPConfigInit(&config) || !WebPConfigLosslessPreset(&config, 4))
        throw std::bad_alloc();
    config.exact = 1;
    options.anim_params.loop_count = frames.plays;
    std::unique_ptr<WebPAnimEncoder, void (*)(WebPAnimEncoder*)> encoder(
        WebPAnimEncoderNew(frames.width, frames.height, &options), WebPAnimEncoderDelete);
    if (!encoder) throw std::bad_alloc();
    bool good = true;
    auto time_ms = [&](std::size_t n) {
        return static_cast<int>(std::lround(1000.0 * static_cast<double>(n) / frames.per_second));
    };
    for (std::size_t n = 0; n < frames.count && good; ++n) {
        const scene::Pixels frame = frames.frame(n);
        WebPPicture picture;
        good = WebPPictureInit(&picture) != 0;
        picture.use_argb = 1;
        picture.width = frames.width;
        picture.height = frames.height;
        good = good && WebPPictureImportRGBA(&picture, frame.rgba.data(), frames.width * 4) &&
               WebPAnimEncoderAdd(encoder.get(), &picture, time_ms(n), &config);
        WebPPictureFree(&picture);
    }
    WebPData data;
    WebPDataInit(&data);
    good = good && WebPAnimEncoderAdd(encoder.get(), nullptr, time_ms(frames.count), nullptr) &&
           WebPAnimEncoderAssemble(encoder.get(), &data);
    encoder.reset();
    std::string out(reinterpret_cast<const char*>(data.bytes), good ? data.size : 0);
    WebPDataClear(&data);
    if (!good) throw std::bad_alloc();
    return out;
}

}  // namespace convloom::paint
