// The horizontal pieces of the nets between two layers: which runs above which, so that few lines cross and none lies
// on another.
#pragma once
#include <vector>

namespace convloom::scene {

// A net comes down at one place and goes on down at others.
struct Crossway {
    double upper = 0;
    std::vector<double> lower;  // ascending
};

constexpr double straight_px = 0.01;  // places this close are the same

// The track of each net from the top, counted from 0; -1 for one that goes straight down.
std::vector<int> tracks_of(const std::vector<Crossway>& nets);

}  // namespace convloom::scene
