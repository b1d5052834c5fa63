// For any processor.
#define TILE_NAME baseline
#define TILE_LANES 4
#define TILE_VECTORS 4
#define TILE_VECTORS_TOGETHER 2
#include "core/image/rows/row_tile.inc"
