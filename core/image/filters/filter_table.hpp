// The rows of the named filters, for filter.cpp.
#pragma once
#include <vector>

#include "core/image/filters/filter.hpp"

namespace convloom::image {

std::vector<NamedFilter> filter_table();

}  // namespace convloom::image
