// `convloom filter --list`: every filter with what it does, its parameters and its kernels.
#pragma once

namespace convloom::cli {

// On standard output, to read or as JSON.
void list_filters(bool json);

}  // namespace convloom::cli
