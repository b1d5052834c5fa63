// Names of filters in other programs, and names of filters that do not exist here because they are not convolutions.
#pragma once
#include <span>
#include <string_view>

#include "core/image/filters/filter.hpp"

namespace convloom::state {

struct FilterAlias {
    std::string_view name, filter;
};
std::span<const FilterAlias> filter_aliases();

// Finds a filter by its name, title or alias, ignoring case, with spaces or underscores for hyphens. Throws an Error
// that says why there is none and suggests a similar one.
const image::NamedFilter& find_filter(std::string_view name);

}  // namespace convloom::state
