// convloom filter: runs a stack of filters on one photo or many, from files or standard input.
#include <fmt/format.h>

#include <cstdlib>
#include <limits>
#include <memory>
#include <set>

#if __has_include(<malloc.h>)
#include <malloc.h>
#endif
#if __has_include(<sys/mman.h>)
#include <sys/mman.h>
#endif

#include "app/cli/base/cli.hpp"
#include "app/cli/base/output.hpp"
#include "app/cli/base/progress.hpp"
#include "app/cli/filter/filter_list.hpp"
#include "app/cli/filter/filter_stack.hpp"
#include "app/files/image_file.hpp"
#include "app/files/threads.hpp"
#include "core/image/run.hpp"
#include "core/state/base/error.hpp"
#include "core/state/json/json.hpp"
#include "core/state/words/filter_words.hpp"

namespace convloom::cli {
namespace {

using files::ImageFormat;
using files::fs::path;

struct FilterWords {
    StackWords stack;
    std::vector<std::string> inputs;
    std::string output, shown_as, format, origin, stride = "1", dilation = "1", gain = "1", offset = "0";
    int bits = 0, quality = 92, threads = 0;
    bool luminance = false, linear_light = false, absolute = false, straight_alpha = false, normalise = false,
         flip = false, list = false, json = false;
};

constexpr const char* standard = "-";

image::PassOptions options_of(const FilterWords& words) {
    image::PassOptions options;
    options.stride = state::read_whole("--stride", words.stride);
    options.dilation = state::read_whole("--dilation", words.dilation);
    options.channels = words.luminance ? image::Channels::luminance : image::Channels::each;
    options.linear_light = words.linear_light;
    options.gain = static_cast<float>(state::read_number("--gain", words.gain));
    options.offset = static_cast<float>(state::read_number("--offset", words.offset));
    options.absolute = words.absolute;
    options.straight_alpha = words.straight_alpha;
    return options;
}

// Replaces a named filter by a custom kernel: its own, divided by its sum.
void normalise(image::Pass& pass) {
    if (const std::string fault = fault_of(pass, pass.own.size() == 3 ? 3 : 1); !fault.empty()) throw Error(fault);
    const image::PassKernels laid = kernels_of(pass);
    if (laid.kind != image::Kind::one_kernel)
        throw Error(fmt::format("{}: --normalise is for filters of one kernel.", pass.filter));
    pass.filter = image::own_kernel_name;
    pass.parameters.clear();
    pass.own = laid.kernels;
    for (image::Kernel& kernel : pass.own) kernel = normalised(kernel);
}

// How the result is written by default: as the filters' names say, before their kernels become custom ones.
struct Asked {
    image::Stack stack;
    image::ShownAs shown_as;
    bool chosen;
};
Asked asked(const FilterWords& words) {
    const image::PassOptions options = options_of(words);
    image::Laying laying{words.flip, {}};
    if (!words.origin.empty()) laying.origin = state::read_origin(words.origin);
    Asked result{stack_of(words.stack, options, laying), {}, !words.shown_as.empty()};
    if (!result.chosen) {
        result.shown_as = usual_shown_as(stack_of(words.stack, options));
    } else {
        const auto named = state::shown_as_named(words.shown_as);
        if (!named)
            throw Error(fmt::format("--shown-as {}: it must be clamped, absolute, signed or scaled.", words.shown_as));
        result.shown_as = *named;
    }
    if (words.normalise)
        for (image::Pass& pass : result.stack) normalise(pass);
    return result;
}

// The output file and format for each input.
struct Job {
    std::string from;
    path to;  // "-" for standard output
    ImageFormat format;
};

ImageFormat format_named(const std::string& name) {
    for (ImageFormat format : {ImageFormat::png, ImageFormat::jpeg, ImageFormat::webp, ImageFormat::npy})
        if (files::name_of(format) == name || (name == "jpg" && format == ImageFormat::jpeg)) return format;
    throw Error(fmt::format("--format {}: the formats are png, jpeg, webp and npy.", name));
}

Job job_in_folder(const FilterWords& words, const std::string& from, const path& folder) {
    const path name = from == standard ? path("stdin.png") : path(from).filename();
    const ImageFormat format =
        !words.format.empty() ? format_named(words.format) : files::image_format_of(name).value_or(ImageFormat::png);
    path to = folder / name;
    if (files::image_format_of(name) != format)
        to.replace_extension(format == ImageFormat::jpeg ? ".jpg" : fmt::format(".{}", files::name_of(format)));
    return {from, to, format};
}

std::vector<Job> jobs_of(const FilterWords& words) {
    const path out = words.output;
    std::error_code ec;
    const bool folder = words.output.ends_with('/') || files::fs::is_directory(out, ec);
    std::vector<Job> jobs;
    if (!folder) {
        if (words.inputs.size() > 1)
            throw Error(fmt::format("{}: {} files cannot all be written to one name; give a folder, such as -o out/.",
                                    words.output, words.inputs.size()));
        const auto by_name = files::image_format_of(out);
        if (words.output != standard && !by_name)
            throw Error(fmt::format("{}: the file name must end in .png, .jpg, .jpeg, .webp or .npy.", words.output));
        return {{words.inputs.front(), out,
                 !words.format.empty() ? format_named(words.format) : by_name.value_or(ImageFormat::png)}};
    }
    std::set<path> taken;
    for (const std::string& from : words.inputs) {
        jobs.push_back(job_in_folder(words, from, out));
        if (!taken.insert(jobs.back().to).second)
            throw Error(fmt::format("Two of the files would be written to {}.", jobs.back().to.string()));
    }
    files::fs::create_directories(out, ec);
    if (ec) throw Failure(fmt::format("Cannot create the folder {}: {}.", words.output, ec.message()));
    return jobs;
}

constexpr std::size_t large_picture = 40'000'000;  // in pixels; of those, memory counts for more than time

// Freed memory is kept for the next picture, see keep_memory(); that of the largest pictures is not.
void give_back_memory_of(std::size_t pixels) {
#if defined(M_MMAP_MAX) && defined(MADV_HUGEPAGE) && !defined(CONVLOOM_SANITIZED)
    if (pixels > large_picture) malloc_trim(0);
#else
    (void)pixels;
#endif
}

void filter_one(const Job& job, const Asked& asked, const FilterWords& words) {
    const image::Stack& stack = asked.stack;
    image::Image photo = job.from == standard ? files::decode_image(files::read_standard_input(files::Content::picture),
                                                                    "standard input")
                                              : files::load_image(job.from);
    if (const std::string fault = fault_of(stack, photo); !fault.empty()) throw Error(fault);
    const std::size_t pixels = photo.pixel_count();
    give_back_memory_of(pixels);  // the file's bytes
    // NumPy gets the unclamped values.
    const image::ShownAs shown_as =
        job.format == ImageFormat::npy && !asked.chosen ? image::ShownAs::clamped : asked.shown_as;
    const bool plain = shown_as == image::ShownAs::clamped;
    // If more bits are written than were read, the values between the original levels are kept.
    const image::Depth depth = !plain || photo.linear || job.format == ImageFormat::npy ? image::Depth::float32
                               : words.bits == 16                                       ? image::Depth::bits16
                                                                                        : photo.depth();
    const auto notes = photo.notes;
    const bool linear = photo.linear;
    const image::Depth read = photo.depth();
    const long strip_rows = pixels > large_picture ? 1024 : 0;
    image::Image result = filtered(std::move(photo), stack, depth, {files::on_threads(words.threads), {}, strip_rows});
    give_back_memory_of(pixels);  // the photo's, and what was between two filters
    if (!plain) result = as_shown(std::move(result), shown_as);
    if (!plain && !linear && words.bits == 0 && job.format != ImageFormat::npy) result = with_depth(result, read);
    const std::string bytes = files::encode_image(result, job.format, {words.bits, words.quality, notes});
    job.to == standard ? files::put(bytes) : files::write(job.to, bytes);
}

// The sentence and the status of a file that failed; the other files are still processed.
int run_jobs(const std::vector<Job>& jobs, const Asked& asked, const FilterWords& words) {
    int status = done;
    long long finished = 0;
    Progress progress("pictures");
    for (const Job& job : jobs) {
        progress.at(finished++, static_cast<long long>(jobs.size()));
        if (jobs.size() == 1) {
            filter_one(job, asked, words);
            continue;
        }
        try {
            filter_one(job, asked, words);
        } catch (const UnreadableFile& error) {
            complain("{}", error.what());
            status = usage;
        } catch (const files::ClosedPipe&) {
            throw;
        } catch (const Failure& failure) {
            complain("{}: {}", job.from, failure.what());
            status = std::max(status, failed);
        } catch (const Error& error) {
            complain("{}: {}", job.from, error.what());
            status = usage;
        }
    }
    return status;
}

// Pictures are large and short-lived, and fresh memory costs more time than a small filter. So memory comes in huge
// pages if the system has them, and freed memory is kept for the next picture.
void keep_memory() {
#if defined(M_MMAP_MAX) && defined(MADV_HUGEPAGE) && !defined(CONVLOOM_SANITIZED)  // sanitizers use another allocator
    mallopt(M_MMAP_MAX, 0);
    mallopt(M_TRIM_THRESHOLD, std::numeric_limits<int>::max());
    constexpr std::size_t room = std::size_t{512} << 20, page = std::size_t{2} << 20;  // reserved, not used
    void* const asked = std::malloc(room);
    void* first = asked;
    std::size_t left = room;
    if (first && std::align(page, room - page, first, left)) madvise(first, room - page, MADV_HUGEPAGE);
    std::free(asked);
#endif
}

int run_filter(const FilterWords& words) {
    if (words.list) return list_filters(words.json), done;
    if (words.inputs.empty()) throw Error("Give the photos to filter, or - for standard input.");
    if (words.output.empty()) throw Error("-o is missing: give a file name, a folder, or - for standard output.");
    if (words.stack.is_kernel.empty())
        throw Error("Give --filter or --kernel; `convloom filter --list` shows the filters.");
    if (words.bits != 0 && words.bits != 8 && words.bits != 16)
        throw Error(fmt::format("--bits {}: it must be 8 or 16.", words.bits));
    if (words.quality < 1 || words.quality > 100)
        throw Error(fmt::format("--quality {}: it must be from 1 to 100.", words.quality));
    if (words.threads < 0 || words.threads > 256)
        throw Error(fmt::format("--threads {}: it must be from 1 to 256, or 0 for one per processor.", words.threads));
    const Asked wanted = asked(words);
    const std::vector<Job> jobs = jobs_of(words);
    keep_memory();
    return run_jobs(jobs, wanted, words);
}

void add_options(CLI::App& command, FilterWords& words) {
    command.add_option("inputs", words.inputs,
                       "photos: PNG, JPEG, WebP, HEIC, AVIF, TIFF, GIF, BMP, PNM, TGA, PSD, HDR; - for standard input");
    command.add_option("-o,--output", words.output,
                       "a .png, .jpg, .webp or .npy (NumPy) file; a folder for several photos; - for standard output");
    add_stack_options(command, words.stack);
    command.add_option("--stride", words.stride, "distance in pixels from one window to the next")
        ->capture_default_str();
    command.add_option("--dilation", words.dilation, "distance in pixels from one weight to the next")
        ->capture_default_str();
    command.add_flag("--luminance", words.luminance, "filter the luminance only; the result is grey");
    command.add_flag("--linear-light", words.linear_light, "compute in linear light, not on stored sRGB values");
    command.add_option("--gain", words.gain, "factor for the sum")->capture_default_str();
    command.add_option("--offset", words.offset, "added after the gain; 1 is full brightness")->capture_default_str();
    command.add_flag("--absolute", words.absolute, "take the absolute value then");
    command.add_flag("--straight-alpha", words.straight_alpha,
                     "ignore alpha and keep it; by default colours are weighted by alpha, and alpha is filtered too");
    command.add_flag("--normalise", words.normalise, "divide kernels by their sum");
    command.add_flag("--flip", words.flip, "true convolution: kernels rotated by 180 degrees");
    command.add_option("--origin", words.origin,
                       "row,column of the kernel as written, counted from 0, that lies on the pixel; by default "
                       "rows/2,columns/2 of the kernel as applied");
    command.add_option(
        "--shown-as", words.shown_as,
        "the result clamped, absolute, signed (0 is mid-grey) or scaled from its smallest to its largest value; by "
        "default as in the window: edges absolute, log, dog and gabor signed, all others clamped");
    command.add_option("--bits", words.bits, "bits of a PNG, 8 or 16; by default as read");
    command.add_option("--quality", words.quality, "quality of JPEG and WebP; WebP at 100 is lossless")
        ->capture_default_str();
    command.add_option("--format", words.format, "png, jpeg, webp or npy, where the file name does not say");
    command.add_option("--threads", words.threads, "one per processor by default");
    command.add_flag("--list", words.list, "list the filters with their kernels");
    command.add_flag("--json", words.json, "the list as JSON");
}

}  // namespace

void add_filter(CLI::App& app, Run& run) {
    auto words = std::make_shared<FilterWords>();
    CLI::App* command = app.add_subcommand("filter", "Filter photos");
    add_options(*command, *words);
    command->footer(
        "Without options: cross-correlation of each channel on its stored values, colours weighted by alpha, reflect,\n"
        "the same size, rounded and clamped; results with signs without them, or around mid-grey (--shown-as). "
        "Between\n"
        "the filters of a stack nothing is rounded. Numbers are as 3, .5, 1e-3 or 1/9.\n\n"
        "Examples:\n"
        "  convloom filter photo.jpg --filter sobel -o edges.png\n"
        "  convloom filter photo.jpg --filter gaussian:sigma=2 --filter laplacian --shown-as scaled -o bends.png\n"
        "  convloom filter photo.jpg --kernel \"0 -1 0; -1 5 -1; 0 -1 0\" -o sharp.jpg\n"
        "  convloom filter *.jpg --filter unsharp:amount=0.5 -o sharpened/\n"
        "  convloom filter - --filter box:size=9 -o - <in.png >out.png\n"
        "  convloom filter --list");
    command->callback([words, &run] { run = [words] { return run_filter(*words); }; });
}

}  // namespace convloom::cli
