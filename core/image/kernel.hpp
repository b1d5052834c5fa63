// A square of weights that slides over a picture, and what can be done to one. Its middle, (side/2, side/2), lies on
// the pixel that is made; of an even side it is the cell right and below of the centre.
#pragma once
#include <optional>
#include <vector>

namespace convloom::image {

constexpr int most_kernel_side = 31;

struct Kernel {
    int side = 3;                // 1 to most_kernel_side
    std::vector<float> weights;  // row-major, side²

    float at(int row, int column) const { return weights[static_cast<std::size_t>(row) * side + column]; }
    friend bool operator==(const Kernel&, const Kernel&) = default;
};

double sum_of(const Kernel& kernel);

// Divided by its sum, so that brightness is kept. One that sums to nothing is divided by the sum of its positive
// weights.
Kernel normalised(const Kernel& kernel);
// A quarter turn clockwise.
Kernel turned(const Kernel& kernel);
Kernel mirrored_left_right(const Kernel& kernel);
Kernel mirrored_up_down(const Kernel& kernel);
// On a larger or smaller square with the same middle; what no longer fits is left out.
Kernel resized(const Kernel& kernel, int side);
// Any table of weights on the smallest square that leaves its middle in the middle.
Kernel kernel_of_table(int rows, int columns, const std::vector<float>& weights);

// A kernel of rank 1 is a column times a row: two short passes give what one long pass gives.
struct Separable {
    std::vector<float> column, row;  // side weights each
};
std::optional<Separable> separable(const Kernel& kernel);

// What recognising that saves, as multiplications a pixel and channel.
struct Saving {
    int direct, separable;
};
Saving saving_of(const Kernel& kernel);

}  // namespace convloom::image
