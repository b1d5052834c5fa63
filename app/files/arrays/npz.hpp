// Arrays for NumPy: an .npz file is a zip archive of .npy files, each a header in Python syntax and the raw values.
// (NumPy Enhancement Proposal 1 and numpy.lib.format, version 1.0; little endian, C order.)
#pragma once
#include <span>
#include <string>
#include <vector>

#include "app/files/archive/archive.hpp"
#include "core/arith/layer/shape.hpp"

namespace convloom::files {

// One array as an .npy file.
std::string npy_bytes(const arith::Shape& shape, std::span<const float> values);

class Npz {
  public:
    void add(const std::string& name, const arith::Shape& shape, std::span<const float> values);
    void add(const std::string& name, const arith::Shape& shape, std::span<const std::int32_t> values);
    void add(const std::string& name, const arith::Shape& shape, std::span<const std::int64_t> values);
    void add(const std::string& name, const arith::Shape& shape, std::span<const std::uint8_t> truths);  // numpy.bool_

    // The archive's bytes; the same for the same arrays. Throws an Error if memory runs out or zip fails.
    std::string bytes() const;

  private:
    void add(const std::string& name, const char* type, const arith::Shape& shape, const void* values,
             std::size_t size);
    std::vector<ArchiveEntry> entries_;
};

}  // namespace convloom::files
