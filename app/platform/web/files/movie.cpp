// In a page's Worker the frames are left as files for page/movie.js, which has the browser's encoder: a picture that is
// shown for several frames once, as deflated RGBA, and movie.json says for how many.
#include "app/files/movie.hpp"

#include <emscripten.h>
#include <fmt/format.h>
#include <zlib.h>

#include <limits>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/state/base/error.hpp"

namespace convloom::files {
namespace {

// clang-format off
EM_JS(int, in_a_worker, (), {
    return typeof WorkerGlobalScope != "undefined" && self instanceof WorkerGlobalScope;
});
// clang-format on

std::string deflated(const std::vector<std::uint8_t>& bytes) {
    if (bytes.size() > std::numeric_limits<uLong>::max() / 2) throw std::bad_alloc();
    uLongf size = compressBound(static_cast<uLong>(bytes.size()));
    std::string small(size, '\0');
    if (compress2(reinterpret_cast<Bytef*>(small.data()), &size, bytes.data(), static_cast<uLong>(bytes.size()),
                  Z_BEST_SPEED) != Z_OK)
        throw std::bad_alloc();
    small.resize(size);
    return small;
}

}  // namespace

void write_mp4(const fs::path& path, const scene::Frames& frames) {
    if (!in_a_worker()) throw Failure("MP4 is made by the program ffmpeg, which cannot be started from WebAssembly.");
    const fs::path folder = path.parent_path();
    std::vector<std::size_t> holds;
    std::optional<scene::Pixels> last;
    for (std::size_t n = 0; n < frames.count; ++n) {
        scene::Pixels next = frames.frame(n);
        if (last && last->rgba == next.rgba) {
            ++holds.back();
            continue;
        }
        write(folder / fmt::format("frame_{:06}.z", holds.size()), deflated(next.rgba));
        holds.push_back(1);
        last = std::move(next);
    }
    const nlohmann::json movie{
        {"width", frames.width}, {"height", frames.height}, {"per_second", frames.per_second}, {"holds", holds}};
    write(folder / "movie.json", movie.dump());
}

}  // namespace convloom::files
