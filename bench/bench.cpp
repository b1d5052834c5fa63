// What the program spends its time on, beside a yardstick in the same run: times on their own say little.
//
//   cmake --preset release -DCONVLOOM_BENCH=ON && cmake --build build/release --target convloom_bench
//   build/release/convloom_bench
#include <benchmark/benchmark.h>

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

void frame_svg(benchmark::State& run) {
    const state::State s = at_step("same_padding_no_strides", 6);
    for (auto _ : run) benchmark::DoNotOptimize(paint::frame(scene_of(s), paint::Format::svg, {}));
}
BENCHMARK(frame_svg)->Unit(benchmark::kMicrosecond);

void frame_png_1080p(benchmark::State& run) {
    const state::State s = at_step("same_padding_no_strides", 6);
    for (auto _ : run) benchmark::DoNotOptimize(paint::frame(scene_of(s), paint::Format::png, {}));
}
BENCHMARK(frame_png_1080p)->Unit(benchmark::kMillisecond);

// 25 frames of 600 by 600, whole animations.
template <std::string (*encode)(const scene::Frames&)>
void animation(benchmark::State& run) {
    const state::State s = state::preset("same_padding_no_strides");
    const scene::Frames frames{25, 600, 600, 2, [&](std::size_t n) {
                                   state::State at = s;
                                   at.moment.step = static_cast<arith::Index>(n);
                                   return paint::to_pixels(scene_of(at), {600, 600, false});
                               }};
    for (auto _ : run) benchmark::DoNotOptimize(encode(frames));
    run.SetItemsProcessed(static_cast<std::int64_t>(frames.count) * run.iterations());
}
BENCHMARK(animation<paint::to_gif>)->Unit(benchmark::kMillisecond)->Name("gif_25_frames_600x600");
BENCHMARK(animation<paint::to_apng>)->Unit(benchmark::kMillisecond)->Name("apng_25_frames_600x600");
BENCHMARK(animation<paint::to_webp>)->Unit(benchmark::kMillisecond)->Name("webp_25_frames_600x600");

}  // namespace

BENCHMARK_MAIN();
