// The innermost loops over rows of a picture: sums under a kernel, and conversions between samples and floats. Compiled
// once for each instruction set; the one to run is chosen when the program starts.
//
// A row is a run of interleaved samples, read where it is stored: nothing beyond its samples is read or written.
#pragma once
#include <cstdint>

namespace convloom::image {

constexpr int tile_rows = 4;  // output rows computed together, so that loaded samples serve all of them

// A kernel's sums, in the order of its weights: out[o][x] = scale · sum of rows[o + r][x + c · column_step] · weight(r,
// c).
template <class In, class Out>
struct SumsJob {
    const In* const* rows;  // kernel_rows, and one more for each further output row
    int made;               // 1, or tile_rows if the kernel has at least three rows
    int kernel_rows, kernel_columns;
    long column_step;      // samples from one kernel column to the next
    const float* weights;  // row-major
    bool fused;            // uses fused multiply-adds if the processor has them; sums stored as bytes always do
    float scale;
    Out* out[tile_rows];
    long count;
};

// The same for a few weights among zeros, for one row: a tap is a pointer into some row.
template <class In, class Out>
struct TapsJob {
    const In* const* taps;
    const float* weights;
    long tap_count;
    float scale;
    Out* out;
    long count;
};

// Bytes are rounded to the nearest (halves to even) and clamped.
template <class In, class Out>
struct SumSet {
    void (*sums)(const SumsJob<In, Out>&);
    void (*taps)(const TapsJob<In, Out>&);
};

struct RowSet : SumSet<std::uint8_t, std::uint8_t>,
                SumSet<std::uint8_t, float>,
                SumSet<float, std::uint8_t>,
                SumSet<float, float> {
    void (*from_8_bits)(const std::uint8_t* from, float* to, long count);
    void (*from_16_bits)(const std::uint16_t* from, float* to, long count);
    // Times `scale`, rounded to the nearest (halves to even) and clamped.
    void (*to_8_bits)(const float* from, std::uint8_t* to, long count, float scale);
    void (*to_16_bits)(const float* from, std::uint16_t* to, long count, float scale);
    void (*scaled)(const float* from, float* to, long count, float scale);

    template <class In, class Out>
    const SumSet<In, Out>& of() const {
        return *this;
    }
};

// The best one for this processor.
const RowSet& rows();

namespace row_detail {
extern const RowSet baseline;
#ifdef CONVLOOM_X86_TILES
extern const RowSet avx2, avx512;
#endif
}  // namespace row_detail

}  // namespace convloom::image
