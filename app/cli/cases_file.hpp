// Reading a file of cases for a subcommand.
#pragma once
#include <string>
#include <vector>

#include "app/cli/cli.hpp"
#include "core/state/cases.hpp"

namespace convloom::cli {

// False, having said why in one sentence on standard error, for a file that cannot be read or is not of the form.
bool read_cases_file(const std::string& file, std::vector<state::Case>& cases);

}  // namespace convloom::cli
