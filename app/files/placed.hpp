// What happens to a file once it has been written: a browser, whose file system the user cannot see, downloads it.
#pragma once
#include <filesystem>

namespace convloom::files {

void placed(const std::filesystem::path& file);

// Reserves disk space for this many bytes in an open file without changing its size. Returns false and sets errno if
// there is not enough.
bool reserve_room(int file, long long bytes);

}  // namespace convloom::files
