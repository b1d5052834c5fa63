// A stack of filters at work on a whole picture.
//
// A band of output rows at a time goes over the rows under the kernel (padded_rows), sums them (row_sums) and puts
// results where they belong or hands them to the writer, so that a picture is read once and written once, whatever its
// depth. Float sums up to 7x7, where the kernel is not taken apart, are added in the order of the reference loops and
// are theirs to the last bit. It starts no threads of its own.
//
// Where a picture lets something through, a colour counts as much as its alpha says: sums of colour times alpha are
// divided by the alpha of the result. That is the sum of alpha under the same kernel over the kernel's sum; where some
// kernel does not sum to more than nothing, as those of edges, it is the pixel's own. A pixel that becomes transparent
// keeps its colour.
#pragma once
#include <functional>
#include <string>

#include "core/arith/compute/fast.hpp"
#include "core/image/filters/pass.hpp"

namespace convloom::image {

struct RunOptions {
    arith::ParallelFor parallel = {};
    std::function<bool()> stop = {};  // asked between bands, from any thread; once true, the result is of no use
};

// Empty where the stack can be run on such a picture, else why not, as one sentence.
std::string fault_of(const Stack& stack, const Image& image);

// Expects a stack without fault. Values of a whole depth are rounded to the nearest and clamped; float ones are not.
Image filtered(const Image& image, const Stack& stack, Depth depth, const RunOptions& run = {});

// One pass, whether it is on or not, into a picture whose memory is taken over where its size is right.
void filter_into(Image& result, const Image& image, const Pass& pass, Depth depth, const RunOptions& run = {});

// One kernel, as float: reflect, stride 1, and all other options as usual.
Image filtered(const Image& image, const Kernel& kernel, arith::PaddingMode padding = arith::PaddingMode::reflect);

}  // namespace convloom::image
