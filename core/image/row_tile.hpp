// The innermost loops over rows of a picture: sums of taps, and samples to floats and back. Compiled once for each
// instruction set; which one runs is found out when the program starts.
//
// A row is a run of floats, interleaved as in the picture, so that a tap is a pointer into some padded row. Rows that are
// read may be read up to row_slack floats beyond the last that counts.
#pragma once
#include <cstdint>

namespace convloom::image {

constexpr long row_slack = 64;

// out[x] = sum over taps of rows[t][x] · weights[t], added in the order of the taps and without fused multiply-adds.
struct TapsJob {
    const float* const* rows;
    const float* weights;
    long taps;
    float* out;
    long count;
};

// As many rows of output at once as dense_rows says, so that what is loaded serves them all: for large kernels without
// zeros. Fused multiply-adds where the processor has them, so the last bits may differ between processors.
constexpr int dense_rows = 4;
template <class Sample>
struct DenseJob {
    const Sample* const* rows;  // kernel_rows + dense_rows - 1 of them
    long column_step;           // floats from one kernel column to the next
    int kernel_rows, kernel_columns;
    const float* weights;       // row-major, with dense_rows - 1 rows of zeros before and after
    float* out[dense_rows];
    long count;
};

struct RowSet {
    void (*taps)(const TapsJob&);
    void (*dense)(const DenseJob<float>&);
    void (*dense_8_bits)(const DenseJob<std::uint8_t>&);   // reads nothing beyond `count` where kernel_columns is 1
    void (*from_8_bits)(const std::uint8_t* from, float* to, long count);
    void (*from_16_bits)(const std::uint16_t* from, float* to, long count);
    // Times `scale`, rounded to the nearest (halves to even) and clamped.
    void (*to_8_bits)(const float* from, std::uint8_t* to, long count, float scale);
    void (*to_16_bits)(const float* from, std::uint16_t* to, long count, float scale);
    void (*scaled)(const float* from, float* to, long count, float scale);
};

// The best for this processor.
const RowSet& rows();

namespace row_detail {
extern const RowSet baseline;
void dense_baseline(const DenseJob<float>&);
void dense_8_bits_baseline(const DenseJob<std::uint8_t>&);
#ifdef CONVLOOM_X86_TILES
extern const RowSet avx2, avx512;
void dense_avx2(const DenseJob<float>&);
void dense_avx512(const DenseJob<float>&);
void dense_8_bits_avx2(const DenseJob<std::uint8_t>&);
void dense_8_bits_avx512(const DenseJob<std::uint8_t>&);
#endif
}  // namespace row_detail

}  // namespace convloom::image
