// A zip archive in memory: of NumPy's arrays and of presentations.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace convloom::files {

struct ArchiveEntry {
    std::string name, bytes;
};

// The same entries give the same bytes on every day. `what` names the file in the sentence of a Failure, such as
// ".npz archive".
std::string zip_archive(const std::vector<ArchiveEntry>& entries, const char* what);

// Throws an Error of one sentence for what is no zip archive, is damaged, or holds more than `most` bytes.
std::vector<ArchiveEntry> read_archive(std::string_view bytes, std::size_t most);

}  // namespace convloom::files
