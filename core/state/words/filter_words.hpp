// Filters and kernels as people type them, and back: "gaussian:sigma=2,stride=2", "0 -1 0; -1 5 -1; 0 -1 0".
//
// All of these throw an Error, in one sentence, for what cannot be understood.
#pragma once
#include <string>
#include <string_view>

#include "core/image/filters/pass.hpp"

namespace convloom::state {

// A filter's name; after a colon its parameters and, for this filter alone, options: stride, dilation, padding-mode,
// gain, offset, and luminance, linear-light, absolute, straight-alpha without a value. None is said twice. What is not
// said is as in `usual`.
image::Pass read_filter(std::string_view text, const image::PassOptions& usual = {});

// Rows apart by ";" or lines, numbers by spaces or commas; "/ 16" at the end, with a space, divides all. Three kernels
// apart by "|" are one for red, green and blue each. Or a kernel's JSON.
std::vector<image::Kernel> read_kernels(std::string_view text, const image::Laying& laying = {});
// "0,1": row and column.
image::Cell read_origin(std::string_view text);
// That an origin that is given lies in such a kernel.
void check_origin(const image::Laying& laying, int rows, int columns);
// A number that is given for `what`, which stands in the sentence where it is none.
double read_number(std::string_view what, std::string_view text);
int read_whole(std::string_view what, std::string_view text);
// "0 -1 0; -1 5 -1; 0 -1 0"
std::string kernel_text(const image::Kernel& kernel);

}  // namespace convloom::state
