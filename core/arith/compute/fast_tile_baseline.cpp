// For any processor.
#define TILE_NAME baseline
#define TILE_LANES 4
#define TILE_VECTORS 2
#include "core/arith/compute/fast_tile.inc"
