// Runs a stack of filters on a whole picture.
//
// For each band of output rows it takes the rows under the kernel (padded_rows), sums them (row_sums) and writes the
// results directly or through the writer, so that a picture is read once and written once at any depth. Float sums up
// to 7x7 that are not split into a column and a row are added in the order of the reference loops and equal them to the
// last bit. It starts no threads of its own.
//
// If some pixel is not opaque, colours are weighted by their alpha: sums of colour times alpha are divided by the alpha
// of the result. That alpha is the sum of alpha under the same kernel divided by the kernel's sum; if a kernel's sum is
// not positive, as for edge filters, it is the pixel's own alpha. A pixel that becomes transparent keeps its colour.
#pragma once
#include <functional>
#include <string>

#include "core/arith/compute/fast.hpp"
#include "core/image/filters/pass.hpp"

namespace convloom::image {

struct RunOptions {
    arith::ParallelFor parallel = {};
    std::function<bool()> stop =
        {};  // called between bands, from any thread; once it returns true, the result is unusable
    // Above 0, a stack of several filters is run over so many rows at a time, with those around that it sees: what is
    // between two filters is then small. Where filters see the opposite border or skip pixels, all at once.
    long strip_rows = 0;
};

// Empty if the stack can run on such a picture, else the reason, as one sentence.
std::string fault_of(const Stack& stack, const Image& image);

// Expects a valid stack. Integer depths are rounded to the nearest value and clamped; float values are not.
Image filtered(const Image& image, const Stack& stack, Depth depth, const RunOptions& run = {});
// The same; the picture's memory is given back as soon as it was read.
Image filtered(Image&& image, const Stack& stack, Depth depth, const RunOptions& run = {});

// Runs one pass, whether it is on or not; reuses the memory of a picture of the right size.
void filter_into(Image& result, const Image& image, const Pass& pass, Depth depth, const RunOptions& run = {});

// Applies one kernel, as float: reflect, stride 1, and default options otherwise.
Image filtered(const Image& image, const Kernel& kernel, arith::PaddingMode padding = arith::PaddingMode::reflect);

}  // namespace convloom::image
