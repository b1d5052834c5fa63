#include "app/files/image_file.hpp"

#include <fmt/format.h>
#include <stb_image.h>

#include <algorithm>
#include <climits>
#include <memory>
#include <type_traits>

#include "app/files/camera_note.hpp"
#include "app/files/jpeg_tables.hpp"
#include "core/state/error.hpp"
#include "core/state/json.hpp"
#include "core/state/update_photo.hpp"

namespace convloom::files {

namespace {

// Hands bytes to stb and remembers when it asked for more than there are. It takes what is missing for zeros, over
// which some of its loops never end; so it is given something that ends each of them: a JPEG's end, empty lines, an
// empty block.
struct Reader {
    std::string_view bytes;
    std::size_t at = 0, made_up = 0;
    bool asked_beyond = false;
    static constexpr int ahead = 128;  // what stb reads when it wants a byte, needed or not

    int beyond(char* to, int size) {
        constexpr char ends[] = {'\xff', '\xd9', '\n', '\n', '\0'};
        constexpr std::size_t most_made_up = 4 << 20;
        asked_beyond = true;
        // A block asked for as a whole needs no end: that it is short ends it.
        if (made_up > most_made_up || size > ahead) return 0;
        for (int n = 0; n < size; ++n) to[n] = ends[made_up++ % sizeof ends];
        return size;
    }

    static int read(void* user, char* to, int size) {
        auto& self = *static_cast<Reader*>(user);
        const std::size_t got = std::min(self.bytes.size() - self.at, static_cast<std::size_t>(size));
        if (got == 0 && size > 0) return self.beyond(to, size);
        if (got < static_cast<std::size_t>(size) && size != ahead) self.asked_beyond = true;
        std::copy_n(self.bytes.data() + self.at, got, to);
        self.at += got;
        return static_cast<int>(got);
    }
    static void skip(void* user, int count) {
        auto& self = *static_cast<Reader*>(user);
        const auto at = static_cast<long long>(self.at) + count;
        if (at > static_cast<long long>(self.bytes.size())) self.asked_beyond = true;
        self.at = static_cast<std::size_t>(std::clamp<long long>(at, 0, static_cast<long long>(self.bytes.size())));
    }
    static int at_end(void* user) {
        const auto& self = *static_cast<Reader*>(user);
        return self.at >= self.bytes.size();
    }
};
constexpr stbi_io_callbacks callbacks{Reader::read, Reader::skip, Reader::at_end};

// A picture by one of stb's functions, in its memory.
template <class Load>
auto decoded(Load load, std::string_view bytes, const std::string& name) {
    Reader reader{bytes};
    int width = 0, height = 0, channels = 0;
    auto* samples = load(&callbacks, &reader, &width, &height, &channels, 0);
    using Sample = std::remove_pointer_t<decltype(samples)>;
    std::unique_ptr<Sample, void (*)(void*)> held(samples, &stbi_image_free);
    if (reader.asked_beyond)
        throw UnreadableFile(fmt::format("{} is a damaged image: the file ends before the picture does.", name));
    if (!samples) throw UnreadableFile(fmt::format("{} is a damaged image: {}.", name, stbi_failure_reason()));
    image::Image image{width, height, channels, {}, false};
    image.samples = image::SampleBuffer<Sample>(held.release(), image.sample_count(), &stbi_image_free);
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
        throw UnreadableFile(
            fmt::format("{} is no image that can be read: it is not PNG, JPEG, BMP, TGA, GIF, PSD, HDR or PNM, or its "
                        "beginning is damaged.",
                        name));
    if (width <= 0 || height <= 0)
        throw UnreadableFile(fmt::format("{} is a damaged image: its size is {}×{}.", name, width, height));
    if (1LL * width * height > most_pixels)
        throw UnreadableFile(fmt::format("{} is too large: {}×{} pixels; the limit is {} million.", name, width, height,
                                         most_pixels / 1'000'000));
    if (!jpeg_defines_its_tables(bytes))
        throw UnreadableFile(
            fmt::format("{} is a damaged image: a part of the JPEG uses a table that is not in it.", name));
    if (stbi_is_hdr_from_memory(data, size)) {
        image::Image light = decoded(stbi_loadf_from_callbacks, bytes, name);
        light.linear = true;
        return light;
    }
    image::Image held = stbi_is_16_bit_from_memory(data, size) ? decoded(stbi_load_16_from_callbacks, bytes, name)
                                                               : decoded(stbi_load_from_callbacks, bytes, name);
    const int orientation = orientation_of(bytes);
    return orientation == 1 ? held : image::upright(held, orientation);
}

image::Image load_image(const fs::path& path) {
    return readable([&] { return decode_image(read(path), path.string()); });
}

state::State load_state(const fs::path& path) {
    state::State state = readable([&] { return state::from_json(read(path)); });
    if (state.photo) {
        state::set_pixels(state, load_image(path.parent_path() / state.photo->path));
    }
    return state;
}

}  // namespace convloom::files
