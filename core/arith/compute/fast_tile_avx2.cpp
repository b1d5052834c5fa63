// 16 registers of eight floats.
#ifdef CONVLOOM_X86_TILES
#define TILE_NAME avx2
#define TILE_LANES 8
#define TILE_VECTORS 3
#include "core/arith/compute/fast_tile.inc"
#endif
