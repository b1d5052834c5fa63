// The padded rows under a kernel as it moves down a picture. If samples can be summed as stored, the rows are the
// picture's own and only their padded ends are copied; otherwise rows are loaded as floats.
//
// A row consists of parts, each a run of outputs: at(y, n) is the padded sample under the kernel's left end for the
// first output of part n, and up to a kernel's width beyond the last output may be read.
#pragma once
#include <vector>

#include "core/image/rows/row_loader.hpp"

namespace convloom::image {

// A run of a row's sums, from `first` up to `end`.
struct RowPart {
    long first, end;
};

class LoadedRows {
  public:
    using Sample = float;
    // Keeps `capacity` rows.
    LoadedRows(const RowLoader& loader, long capacity);
    const std::vector<RowPart>& parts() const { return parts_; }
    // Requests rows from `first` up to `end`; rows above them are no longer needed.
    void move_to(long first, long end);
    const float* at(long y, std::size_t part) const { return rows_.data() + slot(y) * row_ + parts_[part].first; }

  private:
    long slot(long y) const { return (y % capacity_ + capacity_) % capacity_; }

    const RowLoader& loader_;
    long capacity_, row_, next_ = -1'000'000'000;
    std::vector<RowPart> parts_;
    std::vector<float> rows_;
};

template <class Stored>
class StoredRows {
  public:
    using Sample = Stored;
    StoredRows(const RowLoader& loader, long capacity);
    const std::vector<RowPart>& parts() const { return parts_; }
    void move_to(long first, long end);
    const Stored* at(long y, std::size_t part) const;

  private:
    long slot(long y) const { return (y % capacity_ + capacity_) % capacity_; }
    const Stored* stored(long y) const;

    const RowLoader& loader_;
    const SampleBuffer<Stored>& samples_;
    long capacity_, count_, left_, next_ = -1'000'000'000;
    std::vector<RowPart> parts_;
    std::vector<long> sources_;  // stored columns of the padded samples at both ends, or of all; -1 for zeros
    long right_end_ = 0;         // where the right end begins among them
    std::vector<Stored> ends_, zeros_;
};

}  // namespace convloom::image
