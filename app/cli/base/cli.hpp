// The command line: one file per subcommand, each with a function that adds its options to the parser and sets what to
// run after parsing.
#pragma once
#include <CLI/CLI.hpp>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/state/model/state.hpp"

namespace convloom::cli {

// What to run, set by the parser's callbacks; returns the exit status.
using Run = std::function<int()>;

void add_list(CLI::App& app, Run& run);
void add_export(CLI::App& app, Run& run);
void add_compare(CLI::App& app, Run& run);
void add_compute(CLI::App& app, Run& run);
void add_trace(CLI::App& app, Run& run);
void add_info(CLI::App& app, Run& run);
void add_filter(CLI::App& app, Run& run);
void add_scene(CLI::App& app, Run& run);
void add_tour(CLI::App& app, Run& run);
void add_link(CLI::App& app, Run& run);

// What `open` was asked of a network.
struct NetworkStart {
    std::optional<state::State> layer;      // of model.onnx:NODE
    std::string photo, normalisation, fit;  // of model.onnx, whose window computes by itself
};
// For `open`: adds the options of a network's input. The function throws an Error if they do not go with the words.
using Door = std::function<NetworkStart(const std::string& words)>;
Door add_door(CLI::App& command);
// How helps name a network: a file, or one that comes with the program.
std::string network_words();

// Exit statuses. An error is reported in one sentence on standard error: an Error, an invalid request, gives `usage`; a
// Failure, which happens at run time, gives `failed`. A run that is stopped by a signal ends by that signal, which a
// shell reports as 128 plus the signal's number: 130 for Ctrl-C.
constexpr int done = 0, failed = 1, usage = 2, no_screen = 3;

// Does the work and reports every error that it throws, except a closed reader of standard output.
int reported(const Run& work);

// Parses the arguments and runs the command. In every case standard output is flushed and errors are reported.
int run_words(CLI::App& app, const Run& run, int argc, char** argv);

// Parses arguments that stand in a text, in reverse order; throws an Error with the sentence that run_words() prints.
void parse_words(CLI::App& app, std::vector<std::string> reversed);

// Reports that this build has no window.
int no_window();

// Call it first, before any thread is started.
void begin();

}  // namespace convloom::cli
