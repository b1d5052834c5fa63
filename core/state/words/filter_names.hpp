// Names of filters in other programs, and names of filters that do not exist here because they are not convolutions.
//
// The filters themselves, with their own names, are in core/image/filters. In a name, upper and lower case are
// equivalent, and so are hyphens, underscores and spaces.
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
