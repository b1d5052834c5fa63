// HEIC and AVIF by libheif, which applies their rotation and mirroring; the EXIF orientation is then not applied again.
#include <fcntl.h>
#include <fmt/format.h>
#include <libheif/heif.h>
#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <ctime>
#include <exception>
#include <memory>
#include <mutex>
#include <system_error>
#include <thread>

#include "app/files/picture/exif.hpp"
#include "app/files/picture/icc.hpp"
#include "app/files/picture/numbers.hpp"
#include "core/state/base/error.hpp"

namespace convloom::files::picture {
namespace {

template <auto release>
struct Release {
    template <class Thing>
    void operator()(Thing* thing) const {
        release(thing);
    }
};
using Context = std::unique_ptr<heif_context, Release<heif_context_free>>;
using Handle = std::unique_ptr<heif_image_handle, Release<heif_image_handle_release>>;
using Options = std::unique_ptr<heif_decoding_options, Release<heif_decoding_options_free>>;
using Pixels = std::unique_ptr<heif_image, Release<heif_image_release>>;

// The decoders below libheif write about damaged files to standard error and cannot be silenced; our own single
// sentence reports the error.
class Silence {
  public:
    Silence() : alone_(one_at_a_time()), kept_(::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)) {
        const int nowhere = kept_ >= 0 ? ::open("/dev/null", O_WRONLY | O_CLOEXEC) : -1;
        if (nowhere < 0) return;
        ::dup2(nowhere, STDERR_FILENO);
        ::close(nowhere);
    }
    Silence(const Silence&) = delete;
    Silence& operator=(const Silence&) = delete;
    ~Silence() {
        if (kept_ < 0) return;
        ::dup2(kept_, STDERR_FILENO);
        ::close(kept_);
    }

  private:
    static std::mutex& one_at_a_time() {
        static std::mutex mutex;
        return mutex;
    }
    std::lock_guard<std::mutex> alone_;
    int kept_;
};

// libde265 leaves missing parts of a damaged file as they were in memory, without an error. So memory is cleared when
// it is allocated, which glibc supports; missing parts are then the same each time and leak nothing.
class ClearedMemory {
  public:
#ifdef M_PERTURB
    ClearedMemory() {
        ::mallopt(M_PERTURB, 0xff);
    }
    ~ClearedMemory() {
        ::mallopt(M_PERTURB, 0);
    }
#else
    ClearedMemory() = default;
#endif
    ClearedMemory(const ClearedMemory&) = delete;
    ClearedMemory& operator=(const ClearedMemory&) = delete;
};

void check(const Source& source, const heif_error& error) {
    if (error.code == heif_error_Ok) return;
    if (error.subcode == heif_suberror_End_of_data) source.ends_early();
    if (error.code == heif_error_Unsupported_filetype || error.code == heif_error_Unsupported_feature)
        source.damaged("libheif does not decode it: " + std::string(error.message ? error.message : "unknown"));
    source.damaged(error.message ? error.message : "unknown");
}

// Top-level boxes must lie completely in the file.
void check_end(const Source& source) {
    const Numbers in{source.bytes};
    for (std::size_t at = 0; in.holds(at, 8);) {
        std::uint64_t size = in.four(at);
        if (size == 1) size = in.eight(at + 8);
        if (size == 0) return;
        if (size < 8) source.damaged("a box in it is shorter than its own head");
        if (size > source.bytes.size() - at) source.ends_early();
        at += static_cast<std::size_t>(size);
    }
}

std::string profile_of(const heif_image_handle* handle) {
    switch (heif_image_handle_get_color_profile_type(handle)) {
        case heif_color_profile_type_rICC:
        case heif_color_profile_type_prof: {
            std::string profile(heif_image_handle_get_raw_color_profile_size(handle), '\0');
            const heif_error error = heif_image_handle_get_raw_color_profile(handle, profile.data());
            return error.code == heif_error_Ok ? profile : std::string();
        }
        case heif_color_profile_type_nclx: {
            heif_color_profile_nclx* numbers = nullptr;
            const heif_error error = heif_image_handle_get_nclx_color_profile(handle, &numbers);
            // Kept even if the numbers are wrong, since libheif then ignores them.
            const std::unique_ptr<heif_color_profile_nclx, Release<heif_nclx_color_profile_free>> held(numbers);
            if (error.code != heif_error_Ok || !numbers) return {};
            const bool srgb_curve = numbers->transfer_characteristics == heif_transfer_characteristic_IEC_61966_2_1;
            const auto primaries = numbers->color_primaries;
            if (srgb_curve && primaries == heif_color_primaries_SMPTE_EG_432_1)
                return profile_of_primaries({0.680, 0.320, 0.265, 0.690, 0.150, 0.060});
            if (srgb_curve && primaries == heif_color_primaries_ITU_R_BT_2020_2_and_2100_0)
                return profile_of_primaries({0.708, 0.292, 0.170, 0.797, 0.131, 0.046});
            return {};
        }
        default:
            return {};
    }
}

std::string exif_of(const heif_image_handle* handle) {
    heif_item_id id = 0;
    if (heif_image_handle_get_list_of_metadata_block_IDs(handle, "Exif", &id, 1) != 1) return {};
    std::string block(heif_image_handle_get_metadata_size(handle, id), '\0');
    if (heif_image_handle_get_metadata(handle, id, block.data()).code != heif_error_Ok) return {};
    // The first four bytes say how many further bytes to skip.
    const Numbers in{block};
    const std::size_t start = 4 + static_cast<std::size_t>(in.four(0));
    return start < block.size() ? without_exif_head(block.substr(start)) : std::string();
}

// From `bits` bits, low byte first, to the full 16.
void widen(const std::uint8_t* row, std::size_t count, int bits, std::uint16_t* to) {
    const std::uint32_t most = (1u << bits) - 1;
    for (std::size_t n = 0; n < count; ++n) {
        const std::uint32_t value = std::min<std::uint32_t>(row[2 * n] | row[2 * n + 1] << 8, most);
        to[n] = static_cast<std::uint16_t>((value * 65535ull + most / 2) / most);
    }
}

image::Image copied(const Source& source, const heif_image* pixels, bool alpha, bool wide) {
    int stride = 0;
    const std::uint8_t* plane = heif_image_get_plane_readonly(pixels, heif_channel_interleaved, &stride);
    const int width = heif_image_get_width(pixels, heif_channel_interleaved),
              height = heif_image_get_height(pixels, heif_channel_interleaved);
    if (!plane) source.damaged("libheif gives no pixels");
    source.check_size(width, height);
    image::Image image =
        image::unwritten(width, height, alpha ? 4 : 3, wide ? image::Depth::bits16 : image::Depth::bits8);
    const std::size_t count = static_cast<std::size_t>(width) * image.channels;
    const int bits = heif_image_get_bits_per_pixel_range(pixels, heif_channel_interleaved);
    for (int y = 0; y < height; ++y) {
        const std::uint8_t* row = plane + static_cast<std::ptrdiff_t>(y) * stride;
        if (wide)
            widen(row, count, bits > 8 && bits <= 16 ? bits : 16, samples_of<std::uint16_t>(image) + y * count);
        else
            std::copy_n(row, count, samples_of<std::uint8_t>(image) + y * count);
    }
    return image;
}

// An open file; the thread that decodes it holds it too.
struct Opened {
    Context context{heif_context_alloc()};
    Handle primary;
    Options options{heif_decoding_options_alloc()};
};

// What that thread says.
struct Decoding {
    std::mutex mutex;
    std::condition_variable told;
    bool ended = false;
    std::exception_ptr fault;
    heif_error error{};
    heif_image* made = nullptr;
};

// Of the whole program, on all processors.
double processor_s() {
    timespec now{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

// False if nothing was computed for a long time. libde265 waits for ever where the system gives it no thread of its
// own, and does not say so.
bool ends(Decoding& decoding) {
    constexpr auto tick = std::chrono::milliseconds(50);
    constexpr int most_idle_ticks = 400;  // counted, since a program that is suspended computes nothing either
    constexpr double least_s = 0.02;
    std::unique_lock lock(decoding.mutex);
    double last_s = processor_s();
    for (int idle = 0; idle < most_idle_ticks; ++idle) {
        if (decoding.told.wait_for(lock, tick, [&] { return decoding.ended; })) return true;
        if (const double now_s = processor_s(); now_s > last_s + least_s) last_s = now_s, idle = 0;
    }
    return false;
}

// In a separate thread, since small blocks freed by this one would be reused uncleared.
Pixels decoded_beside(const Source& source, const std::shared_ptr<Opened>& file, heif_chroma order) {
    const auto decoding = std::make_shared<Decoding>();
    const Silence silence;
    const ClearedMemory cleared;
    std::thread thread;
    try {
        thread = std::thread([file, decoding, order] {
            try {
                decoding->error = heif_decode_image(file->primary.get(), &decoding->made, heif_colorspace_RGB, order,
                                                    file->options.get());
            } catch (...) {  // it starts threads of its own
                decoding->fault = std::current_exception();
            }
            const std::lock_guard lock(decoding->mutex);
            decoding->ended = true;
            decoding->told.notify_all();
        });
    } catch (const std::system_error&) {
        throw Failure(fmt::format("Cannot read {}: the system allows no further thread.", source.name));
    }
    if (!ends(*decoding)) {
        thread.detach();  // it keeps what it waits for
        throw Failure(fmt::format("Cannot read {}: its decoder waits in vain for a thread.", source.name));
    }
    thread.join();
    if (decoding->fault) std::rethrow_exception(decoding->fault);
    check(source, decoding->error);
    return Pixels(decoding->made);
}

}  // namespace

Decoded read_heif(const Source& source) {
    check_end(source);
    const auto file = std::make_shared<Opened>();
    if (!file->context || !file->options) throw std::bad_alloc();
    check(source, heif_context_read_from_memory_without_copy(file->context.get(), source.bytes.data(),
                                                             source.bytes.size(), nullptr));
    heif_image_handle* primary = nullptr;
    check(source, heif_context_get_primary_image_handle(file->context.get(), &primary));
    file->primary.reset(primary);
    source.check_size(heif_image_handle_get_width(primary), heif_image_handle_get_height(primary));
    const bool alpha = heif_image_handle_has_alpha_channel(primary) != 0,
               wide = heif_image_handle_get_luma_bits_per_pixel(primary) > 8;
    const heif_chroma order = wide ? (alpha ? heif_chroma_interleaved_RRGGBBAA_LE : heif_chroma_interleaved_RRGGBB_LE)
                                   : (alpha ? heif_chroma_interleaved_RGBA : heif_chroma_interleaved_RGB);
    file->options->strict_decoding = 1;
    const Pixels pixels = decoded_beside(source, file, order);
    heif_error warning;
    if (heif_image_get_decoding_warnings(pixels.get(), 0, &warning, 1) > 0) check(source, warning);
    Decoded decoded;
    decoded.image = copied(source, pixels.get(), alpha, wide);
    if (alpha && heif_image_handle_is_premultiplied_alpha(primary)) divide_by_alpha(decoded.image);
    decoded.profile = profile_of(primary);
    decoded.notes.exif = exif_of(primary);
    return decoded;
}

}  // namespace convloom::files::picture
