// MP4, made by the program ffmpeg where there is one: frames go to it through a pipe.
#pragma once
#include <functional>

#include "app/files/files.hpp"
#include "core/scene/scene.hpp"

namespace convloom::files {

struct Movie {
    std::size_t count = 0;
    int width = 0, height = 0;
    double per_second = 1;
    std::function<scene::Pixels(std::size_t)> frame;
};

// Written beside and renamed. Throws an Error where there is no ffmpeg, with the package's name, or where it fails.
void write_mp4(const fs::path& path, const Movie& movie);

}  // namespace convloom::files
