#include "app/cli/layer/cases_file.hpp"

#include "app/files/files.hpp"

namespace convloom::cli {

std::vector<state::Case> read_cases_file(const std::string& file) {
    using files::Content;
    return state::read_cases(file == "-" ? files::read_standard_input(Content::text)
                                         : files::read(file, Content::text));
}

}  // namespace convloom::cli
