// The window's frames at 1920x1080, panels and all, each with another step: one row a preset and view, and a 64-channel
// map of 224x224. With LIBGL_ALWAYS_SOFTWARE=1 on software OpenGL.
//   build/bench/convloom_gui_bench
#include <backends/imgui_impl_opengl3.h>
#include <benchmark/benchmark.h>
#include <glad/gl.h>
#include <imgui.h>

#include <memory>

#include "app/gui/context.hpp"
#include "app/gui/views.hpp"
#include "app/gui/workbench.hpp"
#include "core/state/build.hpp"
#include "core/state/presets.hpp"
#include "core/state/torch_words.hpp"

namespace convloom {
namespace {

constexpr int wide = 1920, high = 1080;

// ImGui and OpenGL as the window has them, without a screen.
struct Rig {
    std::unique_ptr<gui::Context> context = gui::offscreen_context(wide, high);
    std::unique_ptr<gui::Workbench> bench;
    double now_s = 0;

    explicit Rig(state::State state) {
        ImGui::CreateContext();
        ImGui::GetIO().IniFilename = nullptr;
        ImGui::GetIO().DisplaySize = {wide, high};
        ImGui_ImplOpenGL3_Init("#version 330 core");
        bench = std::make_unique<gui::Workbench>(std::move(state));
        bench->store().set_playing(false);
        for (int n = 0; n < 60; ++n) frame();   // thumbnails
    }
    ~Rig() {
        bench.reset();
        ImGui_ImplOpenGL3_Shutdown();
        ImGui::DestroyContext();
    }
    void frame() {
        ImGui::GetIO().DeltaTime = 1.0f / 60;
        now_s += 1;   // no slide is under way
        if (bench->set_scale(1)) ImGui_ImplOpenGL3_DestroyFontsTexture(), ImGui_ImplOpenGL3_CreateFontsTexture();
        bench->prepare();
        ImGui_ImplOpenGL3_NewFrame();
        ImGui::NewFrame();
        bench->frame(now_s);
        ImGui::Render();
        context->bind_framebuffer();
        bench->paint(wide, high, now_s);
        ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
        glFinish();
    }
};

void play(benchmark::State& run, const state::State& state) {
    Rig rig(state);
    const arith::Index steps = places_of(state).step_count();
    arith::Index step = 0;
    for (auto _ : run) {
        step = (step + 7919) % steps;   // a seek, not only the next
        rig.bench->store().dispatch(state::GoToStep{step});
        rig.frame();
    }
}

void add_all() {
    for (const std::string& name : state::preset_names())
        for (const gui::ViewTab& view : gui::views_of(state::preset(name))) {
            if (view.info->view == scene::View::photo) continue;
            state::State state = state::preset(name);
            state.view = view.info->view;
            benchmark::RegisterBenchmark((name + "/" + std::string(view.info->name)).c_str(), play, state)->Unit(benchmark::kMillisecond)->MinTime(0.1);
        }
    const arith::Chain chain = state::read_torch("nn.Conv2d(64, 64, 3, padding=1)", {64, 224, 224});
    state::State map = state::state_of_chain(chain, "64×224×224");
    benchmark::RegisterBenchmark("map_64x224x224/volume", play, map)->Unit(benchmark::kMillisecond)->MinTime(0.3);
    map.value_colors = true;
    benchmark::RegisterBenchmark("map_64x224x224/volume_value_colors", play, map)->Unit(benchmark::kMillisecond)->MinTime(0.3);
}

}  // namespace
}  // namespace convloom

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    convloom::add_all();
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
