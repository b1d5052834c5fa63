#include "app/files/image_file.hpp"

#include <fmt/format.h>
#include <stb_image.h>

#include <algorithm>
#include <climits>
#include <memory>

#include "app/files/camera_note.hpp"
#include "core/state/error.hpp"
#include "core/state/json.hpp"

namespace convloom::files {

namespace {

// stb's picture for as long as it is copied.
template <class Sample>
image::Image copied(Sample* samples, int width, int height, int channels, const std::string& name) {
    const std::unique_ptr<Sample, void (*)(void*)> held(samples, &stbi_image_free);
    if (!samples) throw UnreadableFile(fmt::format("{} is a damaged image: {}.", name, stbi_failure_reason()));
    image::Image image{width, height, channels, {}, false};
    image.samples = std::vector<Sample>(samples, samples + image.sample_count());
    return image;
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

image::Image decode_image(std::string_view bytes, const std::string& name, long long most_pixels) {
    const auto* data = reinterpret_cast<const stbi_uc*>(bytes.data());
    const auto size = static_cast<int>(std::min<std::size_t>(bytes.size(), INT_MAX));
    int width = 0, height = 0, channels = 0;
    if (!stbi_info_from_memory(data, size, &width, &height, &channels))
        throw UnreadableFile(fmt::format("{} is no image that can be read: it is not PNG, JPEG, BMP, TGA, GIF, PSD, HDR or PNM, or its beginning is damaged.", name));
    if (width <= 0 || height <= 0) throw UnreadableFile(fmt::format("{} is a damaged image: its size is {}×{}.", name, width, height));
    if (1LL * width * height > most_pixels)
        throw UnreadableFile(fmt::format("{} is too large: {}×{} pixels; the limit is {} million.", name, width, height, most_pixels / 1'000'000));
    if (is_cut_jpeg(bytes)) throw UnreadableFile(fmt::format("{} is a damaged image: the file ends before the picture does.", name));
    if (stbi_is_hdr_from_memory(data, size)) {
        image::Image light = copied(stbi_loadf_from_memory(data, size, &width, &height, &channels, 0), width, height, channels, name);
        light.linear = true;
        return light;
    }
    // stb hands over what it read last into these, so the picture is asked for before they are used.
    auto* wide = stbi_is_16_bit_from_memory(data, size) ? stbi_load_16_from_memory(data, size, &width, &height, &channels, 0) : nullptr;
    if (wide) return image::upright(copied(wide, width, height, channels, name), orientation_of(bytes));
    auto* narrow = stbi_load_from_memory(data, size, &width, &height, &channels, 0);
    return image::upright(copied(narrow, width, height, channels, name), orientation_of(bytes));
}

image::Image load_image(const fs::path& path) {
    return readable([&] { return decode_image(read(path), path.string()); });
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
