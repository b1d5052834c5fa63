// With 16 registers of eight floats.
#ifdef CONVLOOM_X86_TILES
#define TILE_NAME avx2
#define TILE_LANES 8
#define TILE_VECTORS 4
#define TILE_VECTORS_TOGETHER 2
#include "core/image/rows/row_tile.inc"
#endif
