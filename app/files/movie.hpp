// MP4, encoded by the program ffmpeg if it is installed; frames are sent through a pipe.
#pragma once
#include "app/files/files.hpp"
#include "core/scene/page/frames.hpp"

namespace convloom::files {

// Written to a temporary file and renamed. Throws an Error that names the package if ffmpeg is missing, or if it fails.
void write_mp4(const fs::path& path, const scene::Frames& frames);

}  // namespace convloom::files
