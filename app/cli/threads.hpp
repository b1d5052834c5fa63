// The parallel-for that the core's work takes, on as many threads as the processor has or --threads says.
#pragma once
#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

#include "core/arith/fast.hpp"

namespace convloom::cli {

inline arith::ParallelFor on_threads(int count) {
    const int threads = count > 0 ? count : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    if (threads == 1) return {};
    return [threads](arith::Index items, const std::function<void(arith::Index)>& body) {
        std::atomic<arith::Index> next{0};
        auto work = [&] {
            for (arith::Index n = next++; n < items; n = next++) body(n);
        };
        std::vector<std::thread> others;
        for (int t = 1; t < std::min<arith::Index>(threads, items); ++t) others.emplace_back(work);
        work();
        for (std::thread& other : others) other.join();
    };
}

}  // namespace convloom::cli
