// With 32 registers of sixteen floats.
#ifdef CONVLOOM_X86_TILES
#define TILE_NAME avx512
#define TILE_LANES 16
#define TILE_VECTORS 8
#define TILE_VECTORS_TOGETHER 4
#include "core/image/rows/row_tile.inc"
#endif
