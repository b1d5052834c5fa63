// Reading a file of cases for a subcommand.
#pragma once
#include <string>
#include <vector>

#include "app/cli/base/cli.hpp"
#include "core/state/json/cases.hpp"

namespace convloom::cli {

// Throws an Error for a file that cannot be read or has another format.
std::vector<state::Case> read_cases_file(const std::string& file);

}  // namespace convloom::cli
