// MP4, made by the program ffmpeg where there is one: frames go to it through a pipe.
#pragma once
#include "app/files/files.hpp"
#include "core/scene/page/frames.hpp"

namespace convloom::files {

// Written beside and renamed. Throws an Error where there is no ffmpeg, with the package's name, or where it fails.
void write_mp4(const fs::path& path, const scene::Frames& frames);

}  // namespace convloom::files
