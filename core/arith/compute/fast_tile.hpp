// The innermost loop of fast(): a tile of output channels by neighbouring output columns, held in registers. It is
// compiled once per instruction set and chosen when the program starts.
#pragma once
#include <cstdint>

namespace convloom::arith {

struct TileJob {
    const float* input;           // under the first column, in channel 0
    std::int64_t channel_stride;  // floats from one input channel to the next
    std::int64_t channels;
    const std::int64_t* offsets;       // of each tap, relative to `input`
    const std::int64_t* kernel_cells;  // of each tap, in the packed weights
    std::int64_t taps;
    const float* weights;        // [channel][kernel cell][output channel of the tile]
    std::int64_t weight_stride;  // floats from one input channel to the next
    float* sums;                 // [output channel][vectors · lanes]
    int vectors;                 // vectors of columns, 1 to most_vectors
};

struct TileSet {
    int lanes, most_vectors;
    void (*one)(const TileJob&);   // computes one output channel
    void (*four)(const TileJob&);  // computes four
};

// The best tiles that this processor supports.
const TileSet& tiles();

namespace tile_detail {
extern const TileSet baseline;
#ifdef CONVLOOM_X86_TILES
extern const TileSet avx2, avx512;
#endif
}  // namespace tile_detail

constexpr int most_tile_floats = 4 * 6 * 16;

}  // namespace convloom::arith
