// The stack of filters that a command line asks for: --filter and --kernel in the order in which they stand there, and
// what is said for all of them. For `convloom filter` and for photos that are exported.
#pragma once
#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "core/image/filters/pass.hpp"

namespace convloom::cli {

struct StackWords {
    std::vector<std::string> filters, kernels;
    std::vector<bool> is_kernel;  // in the order of the command line
    std::string padding_mode = "reflect";
};

// --filter, --kernel and --padding-mode. Of the words the addresses are kept.
void add_stack_options(CLI::App& command, StackWords& words);

// Throws an Error that names what is not understood. `options` are every filter's but for the padding.
image::Stack stack_of(const StackWords& words, image::PassOptions options = {}, const image::Laying& laying = {});

}  // namespace convloom::cli
