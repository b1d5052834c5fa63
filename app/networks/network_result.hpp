// The result of a network that names something: the largest of its values, and what they stand for.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace convloom::networks {

// A text file with a name in each line, in the order of the values. Throws an Error if it cannot be read.
std::vector<std::string> read_labels(const std::filesystem::path& file);

// The places of the largest values, at most `most` of them, the largest first. Of equal values the first comes first;
// what is not a number comes last.
std::vector<std::size_t> largest_places(const std::vector<float>& values, std::size_t most);

}  // namespace convloom::networks
