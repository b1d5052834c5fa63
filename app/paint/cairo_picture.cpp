#include "app/paint/cairo_picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <new>
#include <string>

namespace convloom::paint {

using scene::Pixels;

Surface surface_of(const Pixels& pixels) {
    Surface surface(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, pixels.width, pixels.height),
                    cairo_surface_destroy);
    if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) throw std::bad_alloc();
    unsigned char* to = cairo_image_surface_get_data(surface.get());
    const int stride = cairo_image_surface_get_stride(surface.get());
    for (int y = 0; y < pixels.height; ++y) {
        auto* row = reinterpret_cast<std::uint32_t*>(to + static_cast<std::ptrdiff_t>(y) * stride);
        const std::uint8_t* from = pixels.rgba.data() + static_cast<std::size_t>(y) * pixels.width * 4;
        for (int x = 0; x < pixels.width; ++x, from += 4) {
            const std::uint32_t a = from[3];
            auto premultiplied = [a](std::uint32_t v) { return (v * a + 127) / 255; };
            row[x] = a << 24 | premultiplied(from[0]) << 16 | premultiplied(from[1]) << 8 | premultiplied(from[2]);
        }
    }
    cairo_surface_mark_dirty(surface.get());
    return surface;
}

Pixels straight_pixels(cairo_surface_t* surface) {
    Pixels pixels{cairo_image_surface_get_width(surface), cairo_image_surface_get_height(surface), {}};
    pixels.rgba.resize(static_cast<std::size_t>(pixels.width) * pixels.height * 4);
    const unsigned char* from = cairo_image_surface_get_data(surface);
    const int stride = cairo_image_surface_get_stride(surface);
    std::uint8_t* to = pixels.rgba.data();
    for (int y = 0; y < pixels.height; ++y) {
        const auto* row = reinterpret_cast<const std::uint32_t*>(from + static_cast<std::ptrdiff_t>(y) * stride);
        std::uint32_t all = 0xFF000000u;
        for (int x = 0; x < pixels.width; ++x) all &= row[x];
        if (all == 0xFF000000u) {  // an opaque row is only reordered
            for (int x = 0; x < pixels.width; ++x, to += 4)
                to[0] = row[x] >> 16 & 255, to[1] = row[x] >> 8 & 255, to[2] = row[x] & 255, to[3] = 255;
            continue;
        }
        for (int x = 0; x < pixels.width; ++x, to += 4) {
            const std::uint32_t a = row[x] >> 24;
            auto straight = [a](std::uint32_t v) {
                v &= 255;
                return static_cast<std::uint8_t>(
                    a == 255 || a == 0 ? v : std::min<std::uint32_t>(255, (v * 255 + a / 2) / a));
            };
            to[0] = straight(row[x] >> 16), to[1] = straight(row[x] >> 8), to[2] = straight(row[x]);
            to[3] = static_cast<std::uint8_t>(a);
        }
    }
    return pixels;
}

void name_by_contents(cairo_surface_t* surface, const Pixels& pixels) {
    auto* name = new std::string(fmt::format("{}x{}:", pixels.width, pixels.height));
    name->append(reinterpret_cast<const char*>(pixels.rgba.data()), pixels.rgba.size());
    const auto release = [](void* held) { delete static_cast<std::string*>(held); };
    const cairo_status_t status =
        cairo_surface_set_mime_data(surface, CAIRO_MIME_TYPE_UNIQUE_ID,
                                    reinterpret_cast<const unsigned char*>(name->data()), name->size(), release, name);
    if (status != CAIRO_STATUS_SUCCESS) release(name);  // the picture is stored as often as it is drawn
}

}  // namespace convloom::paint
