// A zip archive in memory: of NumPy's arrays and of presentations. The same entries give the same bytes on every day.
#pragma once
#include <string>
#include <vector>

namespace convloom::files {

struct ArchiveEntry {
    std::string name, bytes;
};

// `what` names the file in the sentence of a Failure, such as ".npz archive".
std::string zip_archive(const std::vector<ArchiveEntry>& entries, const char* what);

}  // namespace convloom::files
