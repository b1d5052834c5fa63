// Filters on pictures against OpenCV's filter2D and sepFilter2D and against a plain copy, in one run.
//
//   cmake --preset release -DCONVLOOM_BENCH=ON && cmake --build build/release --target convloom_image_bench
//   build/release/convloom_image_bench [part of a row's name] [rounds]
//
// The variants are measured in turn, round after round, and the minimum time of each is used, so that a busy moment of
// the machine affects all of them alike. Both write to memory already allocated.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <opencv2/imgproc.hpp>
#include <thread>

#include "core/image/run.hpp"

namespace {

using namespace convloom;
using image::Depth;

double once_ms(const std::function<void()>& body) {
    const auto begun = std::chrono::steady_clock::now();
    body();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count();
}

void on_two_threads(arith::Index count, const std::function<void(arith::Index)>& body) {
    std::thread other([&] {
        for (arith::Index n = count / 2; n < count; ++n) body(n);
    });
    for (arith::Index n = 0; n < count / 2; ++n) body(n);
    other.join();
}

image::Image picture(int width, int height, Depth depth) {
    image::Image made = image::blank(width, height, 3, depth);
    std::uint32_t seed = 1;
    std::visit(
        [&](auto& samples) {
            for (auto& s : samples) {
                seed = seed * 1664525u + 1013904223u;
                s = static_cast<std::decay_t<decltype(s)>>(depth == Depth::float32 ? (seed >> 8) / 16777216.0f
                                                                                   : seed >> 24);
            }
        },
        made.samples);
    return made;
}

image::Kernel kernel(int side, bool rank_1) {
    if (rank_1)
        return image::filter_named("gaussian")
            ->kernels(std::vector{side / 6.0 + 0.3, static_cast<double>(side)})
            .front();
    image::Kernel made{side, {}};
    for (int n = 0; n < side * side; ++n) made.weights.push_back(static_cast<float>(n * 7919 % 101 + 1));
    return image::normalised(made);
}

struct Row {
    int width, height;
    Depth depth;
    int side;
    bool rank_1;
    std::string name() const {
        return fmt::format("{}x{} {} {}x{} {}", width, height, depth == Depth::bits8 ? "8-bit" : "float", side, side,
                           rank_1 ? "separable" : "dense");
    }
};

void measure(const Row& row, int rounds) {
    const image::Image from = picture(row.width, row.height, row.depth);
    const image::Kernel weights = kernel(row.side, row.rank_1);
    const image::Pass pass{std::string(image::own_kernel_name), {}, {weights}, {}, true};
    image::Image one, two;
    const int type = row.depth == Depth::bits8 ? CV_8UC3 : CV_32FC3;
    auto* data =
        std::visit([](const auto& s) { return const_cast<void*>(static_cast<const void*>(s.data())); }, from.samples);
    const cv::Mat source(row.height, row.width, type, data),
        direct(row.side, row.side, CV_32F, const_cast<float*>(weights.weights.data()));
    cv::Mat theirs, copied = source.clone();
    const auto parts = image::separable(weights);
    const cv::Mat across = parts ? cv::Mat(parts->row, true) : cv::Mat(),
                  down = parts ? cv::Mat(parts->column, true) : cv::Mat();
    const std::size_t bytes = source.total() * source.elemSize();
    double least[4] = {1e9, 1e9, 1e9, 1e9};
    for (int n = 0; n < rounds; ++n) {
        const double times[4] = {
            once_ms([&] { image::filter_into(one, from, pass, row.depth); }), once_ms([&] {
                image::filter_into(two, from, pass, row.depth, {on_two_threads, {}});
            }),
            once_ms([&] {
                row.rank_1 ? cv::sepFilter2D(source, theirs, -1, across, down, {-1, -1}, 0, cv::BORDER_REFLECT_101)
                           : cv::filter2D(source, theirs, -1, direct, {-1, -1}, 0, cv::BORDER_REFLECT_101);
            }),
            once_ms([&] { std::memcpy(copied.data, source.data, bytes); })};
        for (int t = 0; t < 4; ++t) least[t] = std::min(least[t], times[t]);
    }
    // The compared results must be equal.
    double apart = 0;
    std::visit(
        [&](const auto& mine) {
            using Sample = typename std::decay_t<decltype(mine)>::value_type;
            for (std::size_t n = 0; n < mine.size(); ++n)
                apart = std::max(apart, std::abs(static_cast<double>(mine[n]) -
                                                 static_cast<double>(reinterpret_cast<const Sample*>(theirs.data)[n])));
        },
        one.samples);
    fmt::print("{:<36}{:>9.2f}{:>9.2f}{:>9.2f}{:>9.2f}{:>9.2f}{:>9.2f}{:>9.2f}   {:.1e}\n", row.name(), least[0],
               least[1], least[2], least[3], least[0] / least[2], least[1] / least[2], least[1] / least[3], apart);
    std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
    const std::string part = argc > 1 ? argv[1] : "";
    const int rounds = argc > 2 ? std::max(1, std::atoi(argv[2])) : 9;
    cv::setNumThreads(2);
    fmt::print("Milliseconds, RGB, {} rounds\n{:<36}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}   {}\n", rounds, "", "1 thread",
               "2", "OpenCV", "copy", "1/OpenCV", "2/OpenCV", "2/copy", "apart");
    for (const auto& [width, height] : {std::pair{1920, 1080}, {4000, 3000}})
        for (Depth depth : {Depth::bits8, Depth::float32})
            for (bool rank_1 : {false, true})
                for (int side : {3, 5, 7, 15, 31}) {
                    const Row row{width, height, depth, side, rank_1};
                    if (row.name().find(part) != std::string::npos) measure(row, rounds);
                }
}
