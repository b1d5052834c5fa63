#include "core/image/filters/filter.hpp"

#include <algorithm>
#include <cmath>

#include "core/image/filters/filter_table.hpp"

namespace convloom::image {

std::vector<double> NamedFilter::usual_values() const {
    std::vector<double> values;
    for (const Parameter& p : parameters) values.push_back(p.usual);
    return values;
}

const std::vector<NamedFilter>& named_filters() {
    static const std::vector<NamedFilter> filters = filter_table();
    return filters;
}

const NamedFilter* filter_named(std::string_view name) {
    const auto& all = named_filters();
    auto found = std::find_if(all.begin(), all.end(), [&](const NamedFilter& f) { return f.name == name; });
    return found == all.end() ? nullptr : &*found;
}

int side_for(double sigma) {
    return 2 * static_cast<int>(std::ceil(3 * sigma)) + 1;
}

int side_like(SigmaReach like, double sigma) {
    switch (like) {
        case SigmaReach::ours:
            break;
        case SigmaReach::scipy:
            return 2 * static_cast<int>(4 * sigma + 0.5) + 1;
        case SigmaReach::opencv:
            return static_cast<int>(std::nearbyint(6 * sigma + 1)) | 1;
    }
    return side_for(sigma);
}

}  // namespace convloom::image
