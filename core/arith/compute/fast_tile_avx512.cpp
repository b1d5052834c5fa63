// 32 registers of sixteen floats.
#ifdef CONVLOOM_X86_TILES
#define TILE_NAME avx512
#define TILE_LANES 16
#define TILE_VECTORS 6
#include "core/arith/compute/fast_tile.inc"
#endif
