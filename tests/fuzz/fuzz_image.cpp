// Arbitrary bytes as an image file: they are read or throw an Error, without a crash, overflow or sanitizer report.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "app/files/image_file.hpp"
#include "core/image/run.hpp"
#include "core/state/base/error.hpp"

using namespace convloom;

// The decoders of HEIC and AVIF leak some bytes on damaged files; that is a bug of theirs.
extern "C" const char* __lsan_default_suppressions() {
    return "leak:libheif\nleak:libde265\nleak:libdav1d\nleak:libaom\n";
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    try {
        const image::Image picture = files::decode_image(bytes, "the file", 300'000);
        if (picture.width < 1 || picture.height < 1 || picture.channels < 1 || picture.channels > 4) std::abort();
        const image::Stack stack = {{"sobel", {}, {}, {}, true}};
        const image::Image edges = image::filtered(picture, stack, picture.depth());
        if (edges.width != picture.width || edges.height != picture.height) std::abort();
    } catch (const Error&) {
    }
    return 0;
}
