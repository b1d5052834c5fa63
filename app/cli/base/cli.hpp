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
void add_link(CLI::App& app, Run& run);

// Exit statuses. A fault is one sentence on standard error: what was asked for cannot be done (an Error) is usage, what
// went wrong on the way (a Failure) is failed. A run that is stopped by a signal ends by it, which a shell shows as 128
// and the signal's number: 130 for Ctrl-C.
constexpr int done = 0, failed = 1, usage = 2, no_screen = 3;

// Reads the words and runs what they ask for. Whatever comes of it, standard output is finished and the fault told.
int run_words(CLI::App& app, const Run& run, int argc, char** argv);

// Says that this build has no window.
int no_window();

// To be called first, before there is any thread.
void begin();

}  // namespace convloom::cli
