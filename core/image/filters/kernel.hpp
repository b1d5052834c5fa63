// A square kernel that slides over a picture, and operations on it. Its middle, (side/2, side/2), lies on the pixel
// that is computed; for an even side it is the cell right of and below the centre. A kernel of another shape, or with
// another origin, is placed on the smallest square whose middle is that origin.
#pragma once
#include <optional>
#include <vector>

namespace convloom::image {

// A Gaussian of sigma 50 needs 301; 501 is ten sigmas wide. Kernels that are typed or edited, and kernels that the
// window steps through cell by cell, are limited to smaller sides.
constexpr int most_kernel_side = 501, most_table_side = 31, most_stepped_side = 41;

struct Kernel {
    int side = 3;                // 1 to most_kernel_side
    std::vector<float> weights;  // row-major, side²

    float at(int row, int column) const { return weights[static_cast<std::size_t>(row) * side + column]; }
    friend bool operator==(const Kernel&, const Kernel&) = default;
};

double sum_of(const Kernel& kernel);
// Whether its sum is positive, beyond rounding errors.
bool sums_to_more(const Kernel& kernel);

// Divides it by its sum, so that brightness is kept. If the sum is 0, it is divided by the sum of its positive weights.
Kernel normalised(const Kernel& kernel);
// Rotates it by 90 degrees clockwise.
Kernel turned(const Kernel& kernel);
Kernel mirrored_left_right(const Kernel& kernel);
Kernel mirrored_up_down(const Kernel& kernel);
// On a larger or smaller square with the same middle; weights that no longer fit are dropped.
Kernel resized(const Kernel& kernel, int side);

// A cell of a kernel as written, counted from 0.
struct Cell {
    int row = 0, column = 0;
    friend bool operator==(const Cell&, const Cell&) = default;
};
// How a kernel as written is applied: rotated by 180 degrees for true convolution or as it is, and which of its cells
// lies on the pixel that is computed; by default (rows/2, columns/2) of the kernel as applied.
struct Laying {
    bool flip = false;
    std::optional<Cell> origin;
};
// Weights of any shape on the smallest square that has their origin in the middle; the origin must lie among the
// weights.
Kernel kernel_of_table(int rows, int columns, const std::vector<float>& weights, const Laying& laying = {});

// A kernel of rank 1 is a column times a row: two short passes give the same result as one long pass.
struct Separable {
    std::vector<float> column, row;  // side weights each
};
std::optional<Separable> separable(const Kernel& kernel);
// Columns times rows that sum to the kernel, within about 1e-6 of the sum of its absolute weights. Nothing if that
// takes more multiplications than `most`.
std::vector<Separable> separable_parts(const Kernel& kernel, long most);

// What this saves, as multiplications per pixel and channel.
struct Saving {
    int direct, separable;
};
Saving saving_of(const Kernel& kernel);

}  // namespace convloom::image
