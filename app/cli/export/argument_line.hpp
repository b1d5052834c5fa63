// Arguments of `convloom export` that stand in a text: a line of a list, or what is beside a figure. They are read as a
// shell would read them, with quotes, but nothing is expanded.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "app/cli/export/export_shots.hpp"

namespace convloom::cli {

// Divided at spaces outside of quotes; throws an Error if a quote is not closed. From a # at the beginning of a word
// on, the rest is a comment.
std::vector<std::string> words_of_line(const std::string& line);

// What of `convloom export` may stand there.
enum class LineOptions { state, all };
// Throws an Error with the sentence that the command line would print. Valid as long as it is kept: the options point
// into it.
std::shared_ptr<ExportWords> export_words(const std::string& line, LineOptions options);

// The figures of --beside, in their order: a preset's name, a state file or a link, PyTorch code with the input of the
// first figure, or arguments of their own such as "--preset dilation --steps 3".
std::vector<exporting::Beside> figures_beside(const ExportWords& words, const state::State& shown);

// The options of `convloom export` that a line of a list may hold.
void add_line_options(CLI::App& command, ExportWords& words);

}  // namespace convloom::cli
