// Reads an array that NumPy saved: an .npy file of real numbers of any size and byte order, in C or Fortran order.
#pragma once
#include <string_view>

#include "core/state/numbers/array_text.hpp"
#include "core/state/words/table_text.hpp"

namespace convloom::files {

// Throws an Error of one sentence without the file's name, for another kind of file or of number, a damaged header, and
// a size that the file does not have; for more numbers than `most`.
state::Array read_npy(std::string_view bytes, arith::Index most = state::most_table_cells);

}  // namespace convloom::files
