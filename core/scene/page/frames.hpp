// The frames of an animation, requested by number so that they need not all be in memory. A writer may request a frame
// more than once.
#pragma once
#include <cstddef>
#include <functional>

#include "core/scene/page/scene.hpp"

namespace convloom::scene {

struct Frames {
    std::size_t count = 0;
    int width = 0, height = 0;  // of every frame, in pixels
    double per_second = 1;
    std::function<Pixels(std::size_t)> frame;
    // Called, if set, before a frame that the writer kept is used again.
    std::function<void(std::size_t)> again = {};
    // Called, if set, while another program processes its input. An exception from these two functions or from `frame`
    // aborts the work.
    std::function<void()> waits = {};
    int plays = 0;  // number of repetitions; 0: forever
};

}  // namespace convloom::scene
