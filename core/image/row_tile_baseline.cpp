// For any processor.
#define TILE_NAME baseline
#define TILE_DENSE dense_baseline
#define TILE_DENSE_8_BITS dense_8_bits_baseline
#define TILE_LANES 4
#define TILE_VECTORS 4
#include "core/image/row_tile.inc"
