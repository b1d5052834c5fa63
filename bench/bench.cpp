// What the program spends its time on, beside a yardstick in the same run: times on their own say little.
//
//   cmake --preset release -DCONVLOOM_BENCH=ON && cmake --build build/release --target convloom_bench
//   build/release/convloom_bench
#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>

#include "app/paint/animation.hpp"
#include "app/paint/frame.hpp"
#include "app/paint/png.hpp"
#include "core/arith/output_size.hpp"
#include "core/state/presets.hpp"
#include "core/state/scene_of.hpp"

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

// One frame of a still format at 1920 by 1080: composed, painted, encoded. Items are frames.
void still_1080p(benchmark::State& run, paint::Format format) {
    const state::State s = at_step("same_padding_no_strides", 6);
    for (auto _ : run) benchmark::DoNotOptimize(paint::frame(scene_of(s), format, {}));
    run.SetItemsProcessed(run.iterations());
}
BENCHMARK_CAPTURE(still_1080p, svg, paint::Format::svg)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(still_1080p, png, paint::Format::png)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(still_1080p, pdf, paint::Format::pdf)->Unit(benchmark::kMillisecond);

// The 25 frames of a whole animation, of a size in pixels. Items are frames.
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
BENCHMARK(animation<paint::to_gif>)->Args({600, 600})->Args({1920, 1080})->Unit(benchmark::kMillisecond)->Name("gif_25_frames");
BENCHMARK(animation<paint::to_apng>)->Args({600, 600})->Args({1920, 1080})->Unit(benchmark::kMillisecond)->Name("apng_25_frames");
BENCHMARK(animation<paint::to_webp>)->Args({600, 600})->Args({1920, 1080})->Unit(benchmark::kMillisecond)->Name("webp_25_frames");

// From the start of the program to the file: what somebody who wants a figure waits for.
void whole_command_gif(benchmark::State& run) {
    const std::string command = "\"" CONVLOOM_PROGRAM "\" export --preset same_padding_no_strides --size 600x600 -o convloom_bench.gif >/dev/null";
    for (auto _ : run)
        if (std::system(command.c_str()) != 0) run.SkipWithError("the command failed");
    std::remove("convloom_bench.gif");
}
BENCHMARK(whole_command_gif)->Unit(benchmark::kMillisecond)->UseRealTime()->Name("whole_command_gif_25_frames_600x600");

}  // namespace

BENCHMARK_MAIN();
