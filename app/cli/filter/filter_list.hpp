// `convloom filter --list`: every filter with its description, parameters and kernels.
#pragma once

namespace convloom::cli {

// Writes the list to standard output, as text or as JSON.
void list_filters(bool json);

}  // namespace convloom::cli
