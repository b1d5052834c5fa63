// Zip archives in memory: of arrays for NumPy, and of the parts of a presentation.
#pragma once
#include <string>
#include <vector>

namespace convloom::files {

struct ZipEntry {
    std::string name, bytes;
};

// The archive's bytes, with the entries in this order; the same for the same entries. Throws a Failure if memory runs out
// or zip fails.
std::string zipped(const std::vector<ZipEntry>& entries);

}  // namespace convloom::files
