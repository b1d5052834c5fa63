// Checks whether an MP4 file that another program wrote is complete: an encoder can report success although the disk
// was full.
//
// Its boxes (ISO/IEC 14496-12) must fill the file to the last byte, and every frame in its tables must lie in its media
// data.
#pragma once
#include <cstddef>
#include <filesystem>
#include <string>

namespace convloom::files {

// Empty for a complete file with one track of this many frames; otherwise the fault, as the end of a sentence.
std::string mp4_fault(const std::filesystem::path& path, std::size_t frames);

}  // namespace convloom::files
