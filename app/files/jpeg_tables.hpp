// Whether a JPEG's scans use only Huffman tables that it has defined before: stb_image reads others from memory that
// nobody has written.
#pragma once
#include <string_view>

namespace convloom::files {

// True of what is no JPEG, too.
bool jpeg_defines_its_tables(std::string_view bytes);

}  // namespace convloom::files
