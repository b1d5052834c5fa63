// A grid of cells: finds the cells that this pixel overlaps and their colours. There is one program per variant,
// because a decision in every pixel is slower: PLAIN for one colour, SMALL for cells too small to see, EDGES for cells
// with grid lines, and none of these for large cells.
uniform usampler2D cells;   // palette indices of all fields in sequence
uniform sampler2D palettes;   // colours of all fields in sequence

flat in vec4 axes, place_size, tint;
flat in vec2 edge;
flat in ivec4 data;

const int row_length = 2048;   // of both textures, as in gl_quads.hpp

ivec2 at(int n) { return ivec2(n & (row_length - 1), n / row_length); }

vec4 fill(vec2 cell) {
    if (any(lessThan(cell, vec2(0))) || any(greaterThanEqual(cell, place_size.zw))) return vec4(0);
    int index = 0;
    if (data.x >= 0) {
        int n = data.x + int(cell.y) * int(place_size.z) + int(cell.x);
        index = int(texelFetch(cells, at(n), 0).r);
    }
    if (index >= data.z) return vec4(0);
    return premultiplied(texelFetch(palettes, at(data.y + index), 0));
}

// The fraction of the pixel inside the whole grid.
float inside(vec2 cell, vec2 px_per_cell, vec2 n_column, vec2 n_row) {
    vec2 px = (0.5 * place_size.zw - abs(cell - 0.5 * place_size.zw)) * px_per_cell;
    return half_plane(px.x, n_column) * half_plane(px.y, n_row);
}

// Weights the colour of each cell by the area of the pixel that it covers: no seams, and a smooth outer border.
vec4 shares(vec2 cell, vec2 px_per_cell, vec2 n_column, vec2 n_row) {
    vec2 line = floor(cell + 0.5);   // the lines between cells that are nearest to the pixel
    vec2 after = vec2(half_plane((cell.x - line.x) * px_per_cell.x, n_column),
                      half_plane((cell.y - line.y) * px_per_cell.y, n_row));
    // One to four cells. A loop, because a software renderer executes all sides of a branch.
    ivec2 first = ivec2(equal(after, vec2(1))), last = ivec2(notEqual(after, vec2(0)));
    int n = first.y * 2 + first.x, end = last.y * 2 + last.x;
    vec4 sum = vec4(0);
    do {
        ivec2 side = ivec2(n & 1, n >> 1);
        vec2 share = mix(1.0 - after, after, vec2(side));
        sum += fill(line - 1.0 + vec2(side)) * share.x * share.y;
        n += side.x < last.x ? 1 : 2 - (last.x - first.x);
    } while (n <= end);
    return sum;
}

vec4 fills(vec2 cell, vec2 px_per_cell, vec2 n_column, vec2 n_row) {
#if defined(PLAIN)
    return premultiplied(tint) * inside(cell, px_per_cell, n_column, n_row);
#else
#if defined(SMALL) || defined(EDGES)
    if (data.w == 1)
        return fill(clamp(floor(cell), vec2(0), place_size.zw - 1.0)) *
               inside(cell, px_per_cell, n_column, n_row);
#endif
#if defined(SMALL)
    return vec4(0);
#else
    return shares(cell, px_per_cell, n_column, n_row);
#endif
#endif
}

#ifdef EDGES
// The lines of one direction. `cell` is the place across them, in cells of px_per_cell, up to `last`; `along` is the
// place along the nearest line, in px, of `length` px.
float lines(float cell, float last, float px_per_cell, vec2 n, float along, float skew, float length,
            vec2 direction) {
    float nearest = clamp(floor(cell + 0.5), 0.0, last);
    float distance = (cell - nearest) * px_per_cell;
    float share = strip(abs(distance), 0.5 * edge.x, n);
    if (px_per_cell < edge.x + 2.0) {   // the next line may reach into this pixel too
        float next = nearest + (distance < 0.0 ? -1.0 : 1.0);
        if (next >= 0.0 && next <= last)
            share = min(share + strip(abs(cell - next) * px_per_cell, 0.5 * edge.x, n), 1.0);
    }
    along += (cell - nearest) * skew;
    if (edge.y > 0.0) return share * dashes(along, edge.y, vec2(0, length), direction);
    float cap = 0.5 * edge.x;
    return share * half_plane(along + cap, direction) * half_plane(length + cap - along, direction);
}
#endif

void main() {
    vec2 column = axes.xy, row = axes.zw, p = pixel() - place_size.xy;
    float area = column.x * row.y - column.y * row.x;
    vec2 cell = vec2(p.x * row.y - p.y * row.x, column.x * p.y - column.y * p.x) / area;
    float wide = length(column), high = length(row);
    vec2 px_per_cell = abs(area) / vec2(high, wide);
    vec2 right = column / wide, down = row / high;
    vec2 n_column = vec2(down.y, -down.x), n_row = vec2(right.y, -right.x);   // normals of the lines

    color = fills(cell, px_per_cell, n_column, n_row);
#ifdef EDGES
    float upright = lines(cell.x, place_size.z, px_per_cell.x, n_column, cell.y * high, dot(column, down),
                          place_size.w * high, down);
    float level = lines(cell.y, place_size.w, px_per_cell.y, n_row, cell.x * wide, dot(row, right),
                        place_size.z * wide, right);
    color = over(premultiplied(tint) * (upright + level - upright * level), color);
#endif
}
