#include "app/files/movie.hpp"

#include "core/state/base/error.hpp"

namespace convloom::files {

void write_mp4(const fs::path&, const scene::Frames&) {
    throw Failure("MP4 is made by the program ffmpeg, which cannot be started from WebAssembly.");
}

}  // namespace convloom::files
