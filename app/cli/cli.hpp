// The command line: one file a subcommand, each a function that adds itself to the parser and leaves behind
// what to run once the words are read.
#pragma once
#include <CLI/CLI.hpp>
#include <functional>

namespace convloom::cli {

// What to do, decided by the parser's callbacks; gives the exit status.
using Run = std::function<int()>;

void add_list(CLI::App& app, Run& run);
void add_export(CLI::App& app, Run& run);
void add_compute(CLI::App& app, Run& run);
void add_trace(CLI::App& app, Run& run);
void add_info(CLI::App& app, Run& run);
void add_filter(CLI::App& app, Run& run);
void add_scene(CLI::App& app, Run& run);
void add_tour(CLI::App& app, Run& run);

// Exit statuses. A fault is one sentence on standard error.
constexpr int done = 0, failed = 1, usage = 2, no_screen = 3;

}  // namespace convloom::cli
