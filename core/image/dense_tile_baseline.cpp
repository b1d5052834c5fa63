// For any processor.
#define TILE_DENSE dense_baseline
#define TILE_DENSE_8_BITS dense_8_bits_baseline
#define TILE_LANES 4
#define TILE_VECTORS 2
#include "core/image/dense_tile.inc"
