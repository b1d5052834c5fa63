#include "app/cli/cases_file.hpp"

#include <fmt/format.h>

#include "app/files/files.hpp"
#include "core/state/error.hpp"

namespace convloom::cli {

bool read_cases_file(const std::string& file, std::vector<state::Case>& cases) {
    try {
        cases = state::read_cases(file == "-" ? files::read_standard_input() : files::read(file));
        return true;
    } catch (const Error& error) {
        fmt::print(stderr, "convloom: {}\n", error.what());
        return false;
    }
}

}  // namespace convloom::cli
