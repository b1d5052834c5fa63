// convloom export --list: a figure for each line of a file.
#pragma once
#include "app/cli/export/export_shots.hpp"

namespace convloom::cli {

// Checks every line before the first figure is written; throws an Error that names the line.
int export_list(const std::string& file);

}  // namespace convloom::cli
