// The window's frames at 1920×1080, panels included, each with another step: one row per preset and view, and a 224×224
// map with 64 channels. LIBGL_ALWAYS_SOFTWARE=1 measures software OpenGL.
//   build/bench/convloom_gui_bench
#include <benchmark/benchmark.h>
#include <glad/gl.h>

#include "app/gui/widgets/views.hpp"
#include "core/state/data/build.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/words/torch_words.hpp"
#include "tests/gui/gui_workbench_stage.hpp"

namespace convloom {
namespace {

constexpr int wide = 1920, high = 1080;

struct Rig : tests::WorkbenchStage {
    explicit Rig(state::State state) : WorkbenchStage(wide, high, std::move(state)) {
        frame_s = 1;                               // no slide is in progress
        for (int n = 0; n < 60; ++n) frame(true);  // thumbnails
        glFinish();  // waits for software OpenGL, which would otherwise finish within the first timed frame
    }
    void seek(arith::Index step) {
        bench_->store().dispatch(state::GoToStep{step});
        frame(true);
        glFinish();
    }
};

void play(benchmark::State& run, const state::State& state) {
    Rig rig(state);
    const arith::Index steps = places_of(state).step_count();
    arith::Index step = 0;
    for (auto _ : run) {
        step = (step + 7919) % steps;  // a seek, not just the next step
        rig.seek(step);
    }
}

void add_all() {
    for (const std::string& name : state::preset_names())
        for (const gui::ViewTab& view : gui::views_of(state::preset(name))) {
            if (view.info->view == scene::View::photo) continue;
            state::State state = state::preset(name);
            state.view = view.info->view;
            benchmark::RegisterBenchmark((name + "/" + std::string(view.info->name)).c_str(), play, state)
                ->Unit(benchmark::kMillisecond)
                ->MinTime(0.1);
        }
    const arith::Chain chain = state::read_torch("nn.Conv2d(64, 64, 3, padding=1)", {64, 224, 224});
    state::State map = state::state_of_chain(chain, "64×224×224");
    benchmark::RegisterBenchmark("map_64x224x224/volume", play, map)->Unit(benchmark::kMillisecond)->MinTime(0.3);
    map.look.value_colors = true;
    benchmark::RegisterBenchmark("map_64x224x224/volume_value_colors", play, map)
        ->Unit(benchmark::kMillisecond)
        ->MinTime(0.3);
}

}  // namespace
}  // namespace convloom

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    convloom::add_all();
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
