#include <cstdio>

#include "app/cli/json_text.hpp"
#include "core/state/error.hpp"

namespace convloom::cli {

void flush(fmt::memory_buffer& out) {
    if (std::fwrite(out.data(), 1, out.size(), stdout) != out.size()) throw Error("Standard output cannot be written.");
    out.clear();
}

}  // namespace convloom::cli
