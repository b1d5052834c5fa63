// What becomes of a file once it stands where it was wanted: a browser, whose files nobody sees, hands it to the user.
#pragma once
#include <filesystem>

namespace convloom::files {

void placed(const std::filesystem::path& file);

// Room for so many bytes in an open file, whose size stays. False, with errno, where there is none.
bool reserve_room(int file, long long bytes);

}  // namespace convloom::files
