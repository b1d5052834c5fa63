// What filters are called elsewhere, and what is called a filter and is none here because it is no convolution.
#pragma once
#include <span>
#include <string_view>

#include "core/image/filters/filter.hpp"

namespace convloom::state {

struct FilterAlias {
    std::string_view name, filter;
};
std::span<const FilterAlias> filter_aliases();

// By its name, its title or an alias, with spaces or underlines for hyphens and in capitals too. Throws an Error that
// says why there is none, and what is near.
const image::NamedFilter& find_filter(std::string_view name);

}  // namespace convloom::state
