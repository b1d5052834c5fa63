// The parallel-for used by the core, on one thread per processor or as many as --threads says.
#pragma once
#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "core/arith/compute/fast.hpp"

namespace convloom::files {

inline arith::ParallelFor on_threads(int count) {
    const int threads = count > 0 ? count : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    if (threads == 1) return {};
    return [threads](arith::Index items, const std::function<void(arith::Index)>& body) {
        std::atomic<arith::Index> next{0};
        std::mutex mutex;
        std::exception_ptr fault;  // the first one, such as out of memory; it ends all work
        auto work = [&] {
            try {
                for (arith::Index n = next++; n < items; n = next++) body(n);
            } catch (...) {
                next = items;
                const std::lock_guard lock(mutex);
                if (!fault) fault = std::current_exception();
            }
        };
        std::vector<std::thread> others;
        try {
            for (int t = 1; t < std::min<arith::Index>(threads, items); ++t) others.emplace_back(work);
        } catch (const std::exception&) {  // no more threads available: continue with the existing ones
        }
        work();
        for (std::thread& other : others) other.join();
        if (fault) std::rethrow_exception(fault);
    };
}

}  // namespace convloom::files
