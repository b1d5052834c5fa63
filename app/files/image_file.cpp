#include "app/files/image_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <new>
#include <utility>

#include "app/files/picture/icc.hpp"
#include "app/files/picture/reader.hpp"
#include "core/state/base/error.hpp"
#include "core/state/json/json.hpp"
#include "core/state/json/palette_json.hpp"
#include "core/state/update/set_pixels.hpp"

namespace convloom::files {

namespace {

// An input file that is missing and one that is damaged give the same kind of error.
template <class Read>
auto readable(Read read_it) {
    try {
        return read_it();
    } catch (const Error& error) {
        throw UnreadableFile(error.what());
    }
}

const picture::Format& format_of_picture(const picture::Source& source) {
    for (const picture::Format& format : picture::formats())
        if (format.is(source.bytes)) return format;
    if (const std::string_view kind = picture::kind_not_read(source.bytes); !kind.empty()) source.not_read(kind);
    std::string names;
    for (const picture::Format& format : picture::formats())
        names += fmt::format("{}{}",
                             names.empty()                           ? ""
                             : &format == &picture::formats().back() ? " or "
                                                                     : ", ",
                             format.names);
    throw UnreadableFile(fmt::format(
        "{} is not an image that Convloom can read: it is not {}, or its beginning is damaged.", source.name, names));
}

}  // namespace

image::Image decode_image(std::string_view bytes, const std::string& name, long long most_pixels) try {
    const picture::Source source{bytes, name, most_pixels};
    picture::Decoded decoded = format_of_picture(source).read(source);
    picture::bring_to_srgb(decoded);
    image::Image image = decoded.orientation > 1 && decoded.orientation <= 8
                             ? image::upright(decoded.image, decoded.orientation)
                             : std::move(decoded.image);
    // Width and height were swapped, and so were the resolutions.
    if (decoded.orientation >= 5) std::swap(decoded.notes.per_metre_x, decoded.notes.per_metre_y);
    if (decoded.notes != image::Notes()) image.notes = std::move(decoded.notes);
    return image;
} catch (const std::bad_alloc&) {
    throw UnreadableFile(fmt::format("{} is too large: it needs more memory than there is.", name));
}

void check_is_picture(std::string_view beginning, const std::string& name) {
    format_of_picture({beginning, name, most_image_pixels});
}

std::vector<std::string> picture_endings() {
    std::vector<std::string> endings;
    for (const picture::Format& format : picture::formats())
        for (std::string_view rest = format.endings; !rest.empty();) {
            const std::string_view ending = rest.substr(0, rest.find(' '));
            endings.emplace_back(ending);
            rest.remove_prefix(std::min(rest.size(), ending.size() + 1));
        }
    return endings;
}

image::Image load_image(const fs::path& path) {
    return readable([&] { return decode_image(read(path, Content::picture), path.string()); });
}

state::State load_state(const fs::path& path) {
    state::State state = readable([&] { return state::from_json(read(path)); });
    if (state.photo) {
        state::set_pixels(state, load_image(path.parent_path() / state.photo->path));
    }
    return state;
}

scene::Palette load_palette(const fs::path& path) {
    return readable([&] { return state::read_palette(read(path, Content::text, largest_words)); });
}

}  // namespace convloom::files
