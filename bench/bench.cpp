// The expensive operations of the program, each with a reference in the same run, because times alone say little.
//
//   cmake --preset release -DCONVLOOM_BENCH=ON && cmake --build build/release --target convloom_bench
//   build/release/convloom_bench
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>

#include <jpeglib.h>

#include "app/exporting/export.hpp"
#include "app/exporting/formats.hpp"
#include "app/files/image_file.hpp"
#include "app/paint/animation.hpp"
#include "app/paint/png.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/shown/scene_of.hpp"

namespace {

using namespace convloom;

state::State at_step(const char* name, arith::Index step) {
    state::State s = state::preset(name);
    s.moment.step = step;
    return s;
}

void compose_flat(benchmark::State& run) {
    const state::State s = at_step("numerical_padding_strides", 4);
    for (auto _ : run) benchmark::DoNotOptimize(scene_of(s));
}
BENCHMARK(compose_flat)->Unit(benchmark::kMicrosecond);

// Composes, paints and encodes one frame of a still format at 1920×1080. Items are frames.
void still_1080p(benchmark::State& run, const char* ending) {
    const state::State s = at_step("same_padding_no_strides", 6);
    for (auto _ : run) benchmark::DoNotOptimize(exporting::frame(*exporting::format_of(ending), scene_of(s), {}));
    run.SetItemsProcessed(run.iterations());
}
BENCHMARK_CAPTURE(still_1080p, svg, ".svg")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(still_1080p, png, ".png")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(still_1080p, pdf, ".pdf")->Unit(benchmark::kMillisecond);

// The 25 frames of a whole animation at a size in pixels. Items are frames.
template <std::string (*encode)(const scene::Frames&)>
void animation(benchmark::State& run) {
    const int width = static_cast<int>(run.range(0)), height = static_cast<int>(run.range(1));
    const state::State s = state::preset("same_padding_no_strides");
    const scene::Frames frames{25, width, height, 2, [&](std::size_t n) {
                                   state::State at = s;
                                   at.moment.step = static_cast<arith::Index>(n);
                                   return paint::to_pixels(scene_of(at), {width, height, false});
                               }};
    for (auto _ : run) benchmark::DoNotOptimize(encode(frames));
    run.SetItemsProcessed(static_cast<std::int64_t>(frames.count) * run.iterations());
}
BENCHMARK(animation<paint::to_gif>)
    ->Args({600, 600})
    ->Args({1920, 1080})
    ->Unit(benchmark::kMillisecond)
    ->Name("gif_25_frames");
BENCHMARK(animation<paint::to_apng>)
    ->Args({600, 600})
    ->Args({1920, 1080})
    ->Unit(benchmark::kMillisecond)
    ->Name("apng_25_frames");
BENCHMARK(animation<paint::to_webp>)
    ->Args({600, 600})
    ->Args({1920, 1080})
    ->Unit(benchmark::kMillisecond)
    ->Name("webp_25_frames");

// All 25 steps as one document, as the command line and the window make it. Items are steps.
void document_25_steps(benchmark::State& run, const char* ending) {
    const state::State s = state::preset("same_padding_no_strides");
    exporting::ExportOptions options;
    options.format = exporting::format_of(ending);
    for (auto _ : run) benchmark::DoNotOptimize(exporting::bytes(s, options));
    run.SetItemsProcessed(25 * run.iterations());
}
BENCHMARK_CAPTURE(document_25_steps, html, ".html")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(document_25_steps, pptx, ".pptx")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(document_25_steps, pdf, ".pdf")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(document_25_steps, tex, ".tex")->Unit(benchmark::kMillisecond);

// From the start of the program to the finished file.
void whole_command_gif(benchmark::State& run) {
    const std::string command =
        "\"" CONVLOOM_PROGRAM
        "\" export --preset same_padding_no_strides --size 600x600 -o convloom_bench.gif >/dev/null";
    for (auto _ : run)
        if (std::system(command.c_str()) != 0) run.SkipWithError("the command failed");
    std::remove("convloom_bench.gif");
}
BENCHMARK(whole_command_gif)->Unit(benchmark::kMillisecond)->UseRealTime()->Name("whole_command_gif_25_frames_600x600");

// A photo of 12 megapixels: waves of many wavelengths, and noise.
image::Image photo() {
    image::Image made = image::blank(4000, 3000, 3, image::Depth::bits8);
    auto& samples = std::get<image::SampleBuffer<std::uint8_t>>(made.samples);
    std::uint32_t seed = 1;
    for (std::size_t n = 0; n < samples.size(); ++n) {
        seed = seed * 1664525u + 1013904223u;
        const auto x = static_cast<unsigned>(n / 3 % 4000), y = static_cast<unsigned>(n / 12000);
        samples[n] =
            static_cast<std::uint8_t>(90 + (x * y / 1000 + 40 * (n % 3)) % 64 + ((x / 7 ^ y / 11) & 31) + seed % 13);
    }
    return made;
}

// Decoding and encoding only, with the library settings of `convloom filter`.
void decode_and_encode(const std::string& bytes) {
    jpeg_error_mgr errors;
    jpeg_decompress_struct read;
    read.err = jpeg_std_error(&errors);
    jpeg_create_decompress(&read);
    jpeg_mem_src(&read, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    jpeg_read_header(&read, TRUE);
    jpeg_start_decompress(&read);
    const auto width = read.output_width, height = read.output_height;
    const int channels = read.output_components;
    const std::unique_ptr<unsigned char[]> samples(
        new unsigned char[static_cast<std::size_t>(width) * height * channels]);
    for (unsigned char* row = samples.get(); read.output_scanline < read.output_height;
         row += static_cast<std::size_t>(width) * channels)
        jpeg_read_scanlines(&read, &row, 1);
    jpeg_finish_decompress(&read);
    jpeg_destroy_decompress(&read);
    jpeg_compress_struct info;
    info.err = jpeg_std_error(&errors);
    jpeg_create_compress(&info);
    unsigned char* out = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&info, &out, &size);
    info.image_width = width;
    info.image_height = height;
    info.input_components = channels;
    info.in_color_space = JCS_RGB;
    jpeg_set_defaults(&info);
    jpeg_set_quality(&info, 92, TRUE);
    info.comp_info[0].h_samp_factor = info.comp_info[0].v_samp_factor = 1;
    jpeg_start_compress(&info, TRUE);
    for (unsigned char* row = samples.get(); info.next_scanline < info.image_height;
         row += static_cast<std::size_t>(width) * channels)
        jpeg_write_scanlines(&info, &row, 1);
    jpeg_finish_compress(&info);
    jpeg_destroy_compress(&info);
    std::free(out);
}

double once_ms(const std::function<void()>& body) {
    const auto begun = std::chrono::steady_clock::now();
    body();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count();
}

// The whole command on such a photo, compared with decoding and encoding alone by their minimum times. The kernel
// changes the picture very little, so both encode nearly the same data.
void filter_12_megapixel_jpeg(benchmark::State& run) {
    const std::string bytes = files::encode_image(photo(), files::ImageFormat::jpeg);
    files::write("convloom_bench.jpg", bytes);
    const std::string command =
        "\"" CONVLOOM_PROGRAM
        "\" filter convloom_bench.jpg --kernel '1 2 1; 2 1000 2; 1 2 1 / 1012' -o convloom_bench_out.jpg";
    double alone = 1e9, whole = 1e9;
    for (auto _ : run) {
        alone = std::min(alone, once_ms([&] { decode_and_encode(bytes); }));
        whole = std::min(whole, once_ms([&] {
                             if (std::system(command.c_str()) != 0) run.SkipWithError("the command failed");
                         }));
    }
    run.counters["alone_ms"] = alone;
    run.counters["command_ms"] = whole;
    run.counters["ratio"] = whole / alone;
    std::remove("convloom_bench.jpg");
    std::remove("convloom_bench_out.jpg");
}
BENCHMARK(filter_12_megapixel_jpeg)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(25);

}  // namespace

BENCHMARK_MAIN();
