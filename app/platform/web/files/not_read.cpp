// Stands in for the readers that use libtiff and libheif, which the web build leaves out: the page asks the browser,
// which can decode some of these formats.
#include "app/files/picture/reader.hpp"

#include "core/state/base/error.hpp"

namespace convloom::files::picture {
namespace {

[[noreturn]] void not_read_here(const Source& source, const char* what) {
    throw UnreadableFile(source.name + " is " + what + ", which the WebAssembly build of Convloom does not read.");
}

}  // namespace

Decoded read_tiff(const Source& source) {
    not_read_here(source, "a TIFF picture");
}

Decoded read_heif(const Source& source) {
    not_read_here(source, "a HEIC or AVIF picture");
}

}  // namespace convloom::files::picture
