// One kernel over padded rows: chooses how, a tap after the other, a column and a row, or several rows at once.
#pragma once
#include <functional>
#include <vector>

#include "core/image/kernel.hpp"
#include "core/image/row_tile.hpp"

namespace convloom::image {

class RowSums {
  public:
    // Rows and columns between taps; floats from one pixel to the next; whether neighbouring rows are wanted together;
    // whether small kernels too may be summed in another order than the reference's.
    RowSums(const Kernel& kernel, int dilation, int lanes, bool neighbours, bool any_order);

    // How many rows of output one call makes: 1 or dense_rows.
    int rows_at_once() const { return together_ ? dense_rows : 1; }
    // A column over several rows at once, then a row.
    bool is_column_first() const { return together_ && !row_.empty(); }
    int rows_read() const { return side_ + dense_rows - 1; }

    // `row(n)` is the padded row that lies under the kernel's top, n rows further down. Makes rows of `count` floats.
    // `scratch` is kept between calls.
    using RowAt = std::function<const float*(int)>;
    void operator()(const RowAt& row, float* const* out, long count, std::vector<float>& scratch) const;

    // For one that is column first, in two halves: columns of stored rows (rows_read() of them), then rows, which the caller
    // has padded in between.
    template <class Sample>
    void columns(const Sample* const* rows, float* const* out, long count) const;
    void row(const float* padded, float* out, long count) const;

  private:
    struct Tap {
        int row;         // below the top
        long offset;     // floats
        float weight;
    };
    void by_taps(const RowAt& row, float* const* out, long count) const;
    void by_dense(const RowAt& row, float* const* out, long count) const;
    void by_column_and_row(const RowAt& row, float* const* out, long count, std::vector<float>& scratch) const;

    int side_, dilation_;
    long pixel_step_;                  // floats from one tap's column to the next
    std::vector<Tap> taps_;            // that are not 0
    std::vector<Tap> column_, row_;    // of a separable kernel, else empty
    std::vector<float> dense_;         // weights for DenseJob: of the kernel, or of the column
    bool together_ = false;
};

}  // namespace convloom::image
