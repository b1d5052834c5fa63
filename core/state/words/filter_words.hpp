// Reads and writes filters and kernels as people type them: "gaussian:sigma=2,stride=2", "0 -1 0; -1 5 -1; 0 -1 0".
//
// All functions throw an Error of one sentence for input that they cannot understand.
#pragma once
#include <string>
#include <string_view>

#include "core/image/filters/pass.hpp"

namespace convloom::state {

// A filter's name, optionally followed by a colon and its parameters and options. Options are stride, dilation,
// padding-mode, gain, offset, and luminance, linear-light, absolute and straight-alpha without a value; each may be
// given once. `usual` supplies the ones not given.
image::Pass read_filter(std::string_view text, const image::PassOptions& usual = {});

// Rows are separated by ";" or line ends, numbers by spaces or commas; "/ 16" at the end, after a space, divides all.
// Three kernels separated by "|" apply to red, green and blue. The JSON of a kernel is accepted too.
std::vector<image::Kernel> read_kernels(std::string_view text, const image::Laying& laying = {});
// "0,1": row and column.
image::Cell read_origin(std::string_view text);
// Throws unless the origin, if given, lies in a kernel of this size.
void check_origin(const image::Laying& laying, int rows, int columns);
// Reads a number; `what` names it in the error message.
double read_number(std::string_view what, std::string_view text);
int read_whole(std::string_view what, std::string_view text);
// "0 -1 0; -1 5 -1; 0 -1 0"
std::string kernel_text(const image::Kernel& kernel);

}  // namespace convloom::state
