// Applies one kernel to rows and chooses the method: all its weights, columns and then rows, or only the weights that
// are not 0.
#pragma once
#include <vector>

#include "core/image/filters/kernel.hpp"
#include "core/image/rows/row_tile.hpp"

namespace convloom::image {

class RowSums {
  public:
    // Columns between taps; samples from one pixel to the next; whether sums stay floats, for which the reference's
    // order is kept up to 7x7.
    RowSums(const Kernel& kernel, int dilation, int lanes, bool exact);

    // Computes `made` rows (1 or tile_rows) of `count` sums, times `scale`. rows[r] lies under the kernel's row r for
    // the first output row; there is one more input row for each further output row. `scratch` is kept between calls.
    template <class In, class Out>
    void operator()(const In* const* rows, int made, Out* const* out, long count, float scale,
                    std::vector<float>& scratch) const;

    // Whether samples are read so often that converting bytes to floats first is faster.
    bool reads_often() const { return parts_.empty() && taps_.empty() && side_ > 7; }

  private:
    struct Tap {
        int row;
        long offset;  // samples
        float weight;
    };
    template <class In, class Out>
    void by_taps(const In* const* rows, int made, Out* const* out, long count, float scale) const;
    template <class In, class Out>
    void by_columns_and_rows(const In* const* rows, int made, Out* const* out, long count, float scale,
                             std::vector<float>& scratch) const;

    int side_;
    long pixel_step_;  // samples from one tap's column to the next
    bool fused_;
    std::vector<float> weights_;
    std::vector<Tap> taps_;  // used if most weights are 0, else empty
    std::vector<Separable>
        parts_;  // of a kernel that is split into columns and rows, else empty; several for a wide one
};

}  // namespace convloom::image
