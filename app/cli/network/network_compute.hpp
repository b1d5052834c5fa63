// convloom compute for a network: its results for a photo or an array, and the values of its tensors.
#pragma once
#include <string>
#include <vector>

#include "app/networks/network_input.hpp"

namespace convloom::cli {

struct NetworkTask : networks::InputWords {
    std::string file;
    std::string labels;                // a file with a name in each line, in the order of the results
    std::vector<std::string> tensors;  // to be written; otherwise the network's outputs
    bool all = false;                  // every tensor instead
    std::string output;                // .npz, or .npy for one tensor; empty to print the largest results
    int threads = 0;
};

// Returns the exit status.
int network_compute(const NetworkTask& task);

}  // namespace convloom::cli
