// JPEG by libjpeg-turbo. It tolerates harmless faults, such as stray bytes between markers; if picture data are missing
// it invents some and warns, and the file is refused.
#include <csetjmp>
#include <cstdio>
#include <cstdlib>

// After <cstdio>, whose names they use.
#include <jerror.h>
#include <jpeglib.h>

#include "app/files/picture/exif.hpp"
#include "app/files/picture/reader.hpp"

namespace convloom::files::picture {
namespace {

struct Jpeg {
    jpeg_decompress_struct info{};
    jpeg_error_mgr errors{};
    jpeg_progress_mgr progress{};
    std::jmp_buf back{};
    char says[JMSG_LENGTH_MAX] = "";
    bool ended_early = false, data_missing = false;

    Jpeg() {
        info.err = jpeg_std_error(&errors);
        info.client_data = this;
        errors.error_exit = leave;
        errors.emit_message = hear;
        progress.progress_monitor = watch;
    }
    Jpeg(const Jpeg&) = delete;
    Jpeg& operator=(const Jpeg&) = delete;
    ~Jpeg() { jpeg_destroy_decompress(&info); }

    // libjpeg calls this for an error; it must not return.
    [[noreturn]] static void leave(j_common_ptr info) {
        auto* self = static_cast<Jpeg*>(info->client_data);
        info->err->format_message(info, self->says);
        std::longjmp(self->back, 1);
    }
    static void hear(j_common_ptr info, int level) {
        auto* self = static_cast<Jpeg*>(info->client_data);
        if (level >= 0) return;
        if (info->err->msg_code == JWRN_JPEG_EOF) self->ended_early = true;
        if (info->err->msg_code == JWRN_HIT_MARKER) self->data_missing = true;
    }
    // A few bytes can request one more pass over the whole picture.
    static void watch(j_common_ptr info) {
        constexpr int most_scans = 500;
        auto* self = static_cast<Jpeg*>(info->client_data);
        if (self->info.input_scan_number <= most_scans) return;
        std::snprintf(self->says, sizeof self->says, "it has more than %d scans", most_scans);
        std::longjmp(self->back, 1);
    }

    // Nothing in these three has a destructor, so that longjmp can leave them. False for an error.
    bool open(std::string_view bytes) {
        if (setjmp(back)) return false;
        jpeg_create_decompress(&info);
        info.progress = &progress;
        jpeg_mem_src(&info, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
        jpeg_save_markers(&info, JPEG_APP0 + 1, 0xffff);
        jpeg_save_markers(&info, JPEG_APP0 + 2, 0xffff);
        jpeg_read_header(&info, TRUE);
        return true;
    }
    bool take_profile(JOCTET** profile, unsigned* size) {
        if (setjmp(back)) return false;
        return jpeg_read_icc_profile(&info, profile, size) != 0;
    }
    bool read(unsigned char* samples, std::size_t row_size) {
        if (setjmp(back)) return false;
        jpeg_start_decompress(&info);
        while (info.output_scanline < info.output_height) {
            JSAMPROW row = samples + info.output_scanline * row_size;
            jpeg_read_scanlines(&info, &row, 1);
        }
        jpeg_finish_decompress(&info);
        return true;
    }

    // A single-pass picture is complete once its last block was read, with or without the end marker.
    bool cut_off() const {
        const bool in_passes = info.progressive_mode || info.comps_in_scan < info.num_components;
        return data_missing || (ended_early && in_passes);
    }
};

[[noreturn]] void refuse(const Source& source, const Jpeg& jpeg) {
    if (jpeg.ended_early) source.ends_early();
    source.damaged(jpeg.says);
}

// How CMYK is stored in files with Adobe's marker: 255 is no ink.
void turn_inks(image::Image& image) {
    for (std::uint8_t& value : std::get<image::SampleBuffer<std::uint8_t>>(image.samples))
        value = static_cast<std::uint8_t>(255 - value);
}

void take_notes(const jpeg_decompress_struct& info, Decoded& decoded) {
    constexpr std::string_view head("Exif\0\0", 6);
    for (const jpeg_marker_struct* marker = info.marker_list; marker; marker = marker->next) {
        const std::string_view contents(reinterpret_cast<const char*>(marker->data), marker->data_length);
        if (marker->marker != JPEG_APP0 + 1 || !contents.starts_with(head)) continue;
        decoded.notes.exif = contents.substr(head.size());
        decoded.orientation = orientation_in(decoded.notes.exif);
        break;
    }
    const double per_metre = info.density_unit == 1 ? 1 / 0.0254 : info.density_unit == 2 ? 100 : 0;
    if (info.saw_JFIF_marker) {
        decoded.notes.per_metre_x = info.X_density * per_metre;
        decoded.notes.per_metre_y = info.Y_density * per_metre;
    }
}

}  // namespace

Decoded read_jpeg(const Source& source) {
    Jpeg jpeg;
    if (!jpeg.open(source.bytes)) refuse(source, jpeg);
    jpeg_decompress_struct& info = jpeg.info;
    source.check_size(info.image_width, info.image_height);
    const bool inks = info.jpeg_color_space == JCS_CMYK || info.jpeg_color_space == JCS_YCCK;
    const bool grey = info.jpeg_color_space == JCS_GRAYSCALE;
    if (!inks && !grey && info.num_components != 3)
        source.damaged("a JPEG of " + std::to_string(info.num_components) + " channels has no standard colours");
    info.out_color_space = inks ? JCS_CMYK : grey ? JCS_GRAYSCALE : JCS_RGB;

    Decoded decoded;
    decoded.colours = inks ? Colours::inks : Colours::screen;
    take_notes(info, decoded);
    JOCTET* profile = nullptr;
    unsigned profile_size = 0;
    if (jpeg.take_profile(&profile, &profile_size))
        decoded.profile.assign(reinterpret_cast<const char*>(profile), profile_size);
    std::free(profile);
    jpeg.ended_early = false;

    const int channels = inks ? 4 : grey ? 1 : 3;
    decoded.image = image::unwritten(static_cast<int>(info.image_width), static_cast<int>(info.image_height), channels,
                                     image::Depth::bits8);
    if (!jpeg.read(samples_of<std::uint8_t>(decoded.image), static_cast<std::size_t>(info.image_width) * channels))
        refuse(source, jpeg);
    if (jpeg.cut_off()) {
        if (jpeg.ended_early) source.ends_early();
        source.damaged("a part of the JPEG's data is missing");
    }
    if (inks && info.saw_Adobe_marker) turn_inks(decoded.image);
    return decoded;
}

}  // namespace convloom::files::picture
