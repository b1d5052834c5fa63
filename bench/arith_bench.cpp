// The compute core against references in the same run; ratios are printed at the end.
//
//   cmake --preset release -DCONVLOOM_BENCH=ON && cmake --build build/release --target convloom_arith_bench
//   build/release/convloom_arith_bench
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <map>
#include <memory>

#include "bench/onednn.hpp"
#include "core/arith/compute/convolve.hpp"
#include "core/arith/compute/fast.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/arith/steps/recording.hpp"

namespace {

using namespace convloom;
using arith::Index;

arith::Tensor numbers(arith::Shape shape) {
    arith::Tensor tensor{std::move(shape), {}};
    const Index count = *arith::element_count(tensor.shape);
    for (Index n = 0; n < count; ++n) tensor.values.push_back(static_cast<float>(n * 7919 % 1013) / 1013 - 0.5f);
    return tensor;
}

arith::Layer layer_of(arith::Op op, Index in, Index out, Index groups, const arith::Axis& axis) {
    arith::Layer layer;
    layer.op = op;
    layer.in_channels = in;
    layer.out_channels = out;
    layer.groups = groups;
    layer.axes = {axis, axis};
    return layer;
}

// Seeks a random step of a 3x3 layer with 512 channels: 4,608 taps.
void seek_512_channels(benchmark::State& run) {
    const arith::Layer layer = layer_of(arith::Op::convolution, 512, 512, 1, {28, 3, 1, 1, 1, 1, 0});
    const arith::Recording recording(layer, numbers(arith::input_shape(layer)), numbers(arith::weight_shape(layer)));
    Index n = 0;
    for (auto _ : run) {
        n = (n * 48271 + 12345) % recording.step_count();
        benchmark::DoNotOptimize(recording.value(recording.step(n)));
    }
}
BENCHMARK(seek_512_channels)->Unit(benchmark::kMicrosecond);

// For storing a whole recording, compared with writing as many bytes, both to memory already allocated.
struct Kept {
    arith::Layer layer = layer_of(arith::Op::convolution, 8, 8, 1, {28, 3, 1, 1, 1, 1, 0});
    arith::Recording recording{layer, numbers(arith::input_shape(layer)), numbers(arith::weight_shape(layer))};
    std::size_t taps = static_cast<std::size_t>(recording.step_count() * recording.tap_count(recording.step(0)));
};
void recording_whole(benchmark::State& run) {
    const Kept kept;
    for (auto _ : run) benchmark::DoNotOptimize(arith::stored(kept.recording));
    run.SetItemsProcessed(static_cast<std::int64_t>(kept.taps) * run.iterations());
}
BENCHMARK(recording_whole)->Unit(benchmark::kMillisecond);
void recording_plain_write(benchmark::State& run) {
    const Kept kept;
    for (auto _ : run) {
        std::vector<arith::Tap> taps(kept.taps);
        benchmark::DoNotOptimize(taps.data());
        benchmark::ClobberMemory();
    }
    run.SetItemsProcessed(static_cast<std::int64_t>(kept.taps) * run.iterations());
}
BENCHMARK(recording_plain_write)->Unit(benchmark::kMillisecond);

struct Shape {
    const char* name;
    arith::Layer layer;
};
std::vector<Shape> shapes() {
    using arith::Op;
    return {{"7x7_s2_3x224x224_to_64", layer_of(Op::convolution, 3, 64, 1, {224, 7, 2, 3, 3, 1, 0})},
            {"3x3_64x56x56_to_64", layer_of(Op::convolution, 64, 64, 1, {56, 3, 1, 1, 1, 1, 0})},
            {"depthwise_3x3_32x112x112", layer_of(Op::convolution, 32, 32, 32, {112, 3, 1, 1, 1, 1, 0})},
            {"transposed_4x4_s2_128x28x28_to_64",
             layer_of(Op::transposed_convolution, 128, 64, 1, {28, 4, 2, 1, 1, 1, 0})}};
}

void add_layer_benchmarks() {
    for (const Shape& shape : shapes()) {
        const auto input = std::make_shared<arith::Tensor>(numbers(arith::input_shape(shape.layer)));
        const auto weight = std::make_shared<arith::Tensor>(numbers(arith::weight_shape(shape.layer)));
        auto add = [&](const char* way, auto body, bool once) {
            auto* b =
                benchmark::RegisterBenchmark(fmt::format("{}/{}", shape.name, way).c_str(), [body](
                                                                                                benchmark::State& run) {
                    for (auto _ : run) body();
                })->Unit(benchmark::kMillisecond);
            if (once) b->Iterations(1);
        };
        const arith::Layer layer = shape.layer;
        add(
            "reference", [=] { benchmark::DoNotOptimize(arith::reference(layer, *input, *weight)); }, true);
        add(
            "fast", [=] { benchmark::DoNotOptimize(arith::fast(layer, *input, *weight)); }, false);
        if (auto run = bench::onednn_run(layer, *input, *weight)) add("onednn", run, false);
    }
}

class Ratios : public benchmark::ConsoleReporter {
  public:
    void ReportRuns(const std::vector<Run>& runs) override {
        ConsoleReporter::ReportRuns(runs);
        for (const Run& run : runs) times_[run.benchmark_name()] = run.GetAdjustedRealTime();
    }
    void print() const {
        fmt::print("\nRatios of speed\n");
        auto time = [&](const std::string& name) {
            for (const auto& [key, value] : times_)
                if (key.starts_with(name)) return value;
            return 0.0;
        };
        auto row = [&](const std::string& what, double slower, double faster) {
            if (slower > 0 && faster > 0) fmt::print("  {:<70}{:>9.2f}\n", what, slower / faster);
        };
        row("a whole recording against a plain write of the same bytes", time("recording_plain_write"),
            time("recording_whole"));
        for (const Shape& shape : shapes()) {
            const std::string name = shape.name;
            row(name + ": fast against the reference", time(name + "/reference"), time(name + "/fast"));
            row(name + ": fast against oneDNN, one thread each", time(name + "/onednn"), time(name + "/fast"));
        }
    }

  private:
    std::map<std::string, double> times_;
};

}  // namespace

int main(int argc, char** argv) {
    // OpenMP, which oneDNN uses, reads this variable before main() begins, so the program restarts itself.
    if (!std::getenv("OMP_NUM_THREADS")) {
        setenv("OMP_NUM_THREADS", "1", 1);
        execv("/proc/self/exe", argv);
    }
    add_layer_benchmarks();
    benchmark::Initialize(&argc, argv);
    Ratios ratios;
    benchmark::RunSpecifiedBenchmarks(&ratios);
    ratios.print();
}
