// What becomes of a file once it stands where it was wanted: a browser, whose files nobody sees, hands it to the user.
#pragma once
#include <filesystem>

namespace convloom::files {

void placed(const std::filesystem::path& file);

}  // namespace convloom::files
