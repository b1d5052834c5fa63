// Output of a command: results on standard output, which is checked until it is complete, and errors on standard error.
#pragma once
#include <fmt/format.h>

#include <iterator>
#include <string>
#include <utility>

#include "app/files/standard_output.hpp"

namespace convloom::cli {

template <class... Values>
void print(fmt::format_string<Values...> format, Values&&... values) {
    files::put(fmt::format(format, std::forward<Values>(values)...));
}

// "convloom: There is no …"
template <class... Values>
void complain(fmt::format_string<Values...> format, Values&&... values) {
    files::tell("convloom: " + fmt::format(format, std::forward<Values>(values)...));
}

// Writes a text that is built in pieces and empties the buffer.
inline void flush(fmt::memory_buffer& out) {
    files::put({out.data(), out.size()});
    out.clear();
}

}  // namespace convloom::cli
