// Errors in code given on the command line, shown with the line of the code and a caret under the place.
#pragma once
#include <fmt/format.h>

#include <string>
#include <string_view>

#include "core/state/code/fault.hpp"

namespace convloom::cli {

// Calls `read` for this code; a CodeFault becomes an Error that shows the place.
template <class Read>
auto with_caret(std::string_view code, Read read) {
    try {
        return read();
    } catch (const state::CodeFault& fault) {
        std::string lines = "  " + state::caret_lines(code, fault.where());
        if (const std::size_t at = lines.find('\n'); at != std::string::npos) lines.insert(at + 1, "  ");
        throw Error(fmt::format("{}\n{}", fault.what(), lines));
    }
}

}  // namespace convloom::cli
