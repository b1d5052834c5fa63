// Whether an MP4 file that another program wrote is whole: an encoder can end well although the disk was full.
//
// Its boxes (ISO/IEC 14496-12) fill the file to its last byte, and every frame that its tables speak of lies in its
// media data.
#pragma once
#include <cstddef>
#include <filesystem>
#include <string>

namespace convloom::files {

// Empty for a file of one track with so many frames; else what is wrong, as the end of a sentence.
std::string mp4_fault(const std::filesystem::path& path, std::size_t frames);

}  // namespace convloom::files
