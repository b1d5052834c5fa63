#include <fmt/format.h>
#include <stb_image.h>

#include <algorithm>
#include <climits>
#include <memory>

#include "app/files/files.hpp"
#include "core/state/error.hpp"
#include "core/state/json.hpp"

namespace convloom::files {

namespace {

image::Image decoded(const fs::path& path, const std::string& bytes) {
    const auto* data = reinterpret_cast<const stbi_uc*>(bytes.data());
    const auto size = static_cast<int>(std::min<std::size_t>(bytes.size(), INT_MAX));
    int width = 0, height = 0, channels = 0;
    if (!stbi_info_from_memory(data, size, &width, &height, &channels))
        throw Error(fmt::format("{} is no image that can be read: it is not PNG, JPEG, BMP, TGA, GIF, PSD or PNM.", path.string()));
    if (width <= 0 || height <= 0 || 1LL * width * height > most_image_pixels)
        throw Error(fmt::format("{} is too large: {}×{} pixels; the limit is {} million.", path.string(), width, height,
                                most_image_pixels / 1'000'000));
    const std::unique_ptr<stbi_uc, decltype(&stbi_image_free)> samples(
        stbi_load_from_memory(data, size, &width, &height, &channels, 0), &stbi_image_free);
    if (!samples) throw Error(fmt::format("{} is a damaged image: {}.", path.string(), stbi_failure_reason()));
    return image::from_bytes(width, height, channels, samples.get());
}

// What is given to be read and cannot be is the same fault, missing or damaged.
template <class Read>
auto readable(Read read_it) {
    try {
        return read_it();
    } catch (const Error& error) {
        throw UnreadableFile(error.what());
    }
}

}  // namespace

image::Image load_image(const fs::path& path) {
    return readable([&] { return decoded(path, read(path)); });
}

state::State load_state(const fs::path& path) {
    state::State state = readable([&] { return state::from_json(read(path)); });
    if (state.photo) {
        state.photo->image = load_image(path.parent_path() / state.photo->path);
        state.photo->working = image::shrunk_to(*state.photo->image, state::working_side_px);
    }
    return state;
}

}  // namespace convloom::files
