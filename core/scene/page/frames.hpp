// Pictures that follow one another, asked for by number, some of them twice, so that a long row of them need not be in
// memory. Animations are made from it.
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
    // Told, where it is set, before a frame that was asked for and kept is used again.
    std::function<void(std::size_t)> again = {};
    // Called, where it is set, while another program works at what it was given. What either of these two, or `frame`,
    // throws ends the work.
    std::function<void()> waits = {};
    int plays = 0;  // how often all of them are shown; 0 for ever
};

}  // namespace convloom::scene
