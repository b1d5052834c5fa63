// A square of weights that slides over a picture, and what can be done to one. Its middle, (side/2, side/2), lies on
// the pixel that is made; of an even side it is the cell right and below of the centre. A table of another shape, or
// with another cell on the pixel, is put on the smallest square whose middle is that cell.
#pragma once
#include <optional>
#include <vector>

namespace convloom::image {

// A Gaussian of sigma 50 needs 301; 501 is ten sigmas wide. A table of weights that people type or edit is smaller, and
// so is a kernel that the window steps through cell by cell.
constexpr int most_kernel_side = 501, most_table_side = 31, most_stepped_side = 41;

struct Kernel {
    int side = 3;                // 1 to most_kernel_side
    std::vector<float> weights;  // row-major, side²

    float at(int row, int column) const { return weights[static_cast<std::size_t>(row) * side + column]; }
    friend bool operator==(const Kernel&, const Kernel&) = default;
};

double sum_of(const Kernel& kernel);
// Whether it sums to more than nothing, beyond what rounding leaves.
bool sums_to_more(const Kernel& kernel);

// Divided by its sum, so that brightness is kept. One that sums to nothing is divided by the sum of its positive
// weights.
Kernel normalised(const Kernel& kernel);
// A quarter turn clockwise.
Kernel turned(const Kernel& kernel);
Kernel mirrored_left_right(const Kernel& kernel);
Kernel mirrored_up_down(const Kernel& kernel);
// On a larger or smaller square with the same middle; what no longer fits is left out.
Kernel resized(const Kernel& kernel, int side);

// A cell of a table, counted from 0.
struct Cell {
    int row = 0, column = 0;
    friend bool operator==(const Cell&, const Cell&) = default;
};
// How a table of weights is laid on the picture: turned by 180 degrees for true convolution or as it is, and which cell
// of the table as it is written lies on the pixel that is made. That is otherwise (rows/2, columns/2) of what is laid.
struct Laying {
    bool flip = false;
    std::optional<Cell> origin;
};
// Any table of weights on the smallest square that leaves its origin in the middle; the origin lies in the table.
Kernel kernel_of_table(int rows, int columns, const std::vector<float>& weights, const Laying& laying = {});

// A kernel of rank 1 is a column times a row: two short passes give what one long pass gives.
struct Separable {
    std::vector<float> column, row;  // side weights each
};
std::optional<Separable> separable(const Kernel& kernel);
// Columns times rows that sum to the kernel, within some 1e-6 of what its weights sum to without their signs. Nothing
// where that takes more multiplications than `most`.
std::vector<Separable> separable_parts(const Kernel& kernel, long most);

// What recognising that saves, as multiplications a pixel and channel.
struct Saving {
    int direct, separable;
};
Saving saving_of(const Kernel& kernel);

}  // namespace convloom::image
