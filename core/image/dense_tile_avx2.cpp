// With 16 registers of eight floats.
#ifdef CONVLOOM_X86_TILES
#define TILE_DENSE dense_avx2
#define TILE_DENSE_8_BITS dense_8_bits_avx2
#define TILE_LANES 8
#define TILE_VECTORS 2
#include "core/image/dense_tile.inc"
#endif
