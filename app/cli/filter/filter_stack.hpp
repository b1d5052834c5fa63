// The stack of filters given on a command line: --filter and --kernel in their order, and the options that apply to all
// of them. Used by `convloom filter` and for exported photos.
#pragma once
#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "core/image/filters/pass.hpp"

namespace convloom::cli {

struct StackWords {
    std::vector<std::string> filters, kernels;
    std::vector<bool> is_kernel;  // in the order of the command line
    std::string padding_mode;     // reflect if it is empty
};

// Adds --filter, --kernel and --padding-mode. Keeps references to `words`.
void add_stack_options(CLI::App& command, StackWords& words);

// Throws an Error that names the argument that is not understood. `options` apply to every filter, except for the
// padding.
image::Stack stack_of(const StackWords& words, image::PassOptions options = {}, const image::Laying& laying = {});

}  // namespace convloom::cli
