#include "app/versions.hpp"

#ifndef __EMSCRIPTEN__
#include <cairo.h>
#include <fmt/format.h>
#include <libheif/heif.h>
#include <png.h>
#include <webp/decode.h>
#include <zip.h>
#include <zlib.h>

#include "commit.hpp"
#endif

namespace convloom {

std::string versions() {
    std::string text = "convloom " CONVLOOM_VERSION;
#ifndef __EMSCRIPTEN__
    if (*CONVLOOM_COMMIT) text += "\ncommit " CONVLOOM_COMMIT;
    const int webp = WebPGetDecoderVersion();
    text += fmt::format("\nCairo {}, libpng {}, libwebp {}.{}.{}, libheif {}, libzip {}, zlib {}",
                        cairo_version_string(), png_get_libpng_ver(nullptr), webp >> 16, webp >> 8 & 255, webp & 255,
                        heif_get_version(), zip_libzip_version(), zlibVersion());
#endif
    return text;
}

}  // namespace convloom
