#include "app/networks/network_result.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "app/files/files.hpp"

namespace convloom::networks {

std::vector<std::string> read_labels(const std::filesystem::path& file) {
    std::vector<std::string> labels;
    const std::string text = files::read(file, files::Content::text);
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        labels.push_back(text.substr(at, end - at));
        if (!labels.back().empty() && labels.back().back() == '\r') labels.back().pop_back();
        at = end + 1;
    }
    return labels;
}

std::vector<std::size_t> largest_places(const std::vector<float>& values, std::size_t most) {
    std::vector<std::size_t> places(values.size());
    std::iota(places.begin(), places.end(), std::size_t{0});
    const auto value = [&](std::size_t n) {
        return std::isnan(values[n]) ? -std::numeric_limits<float>::infinity() : values[n];
    };
    most = std::min(most, places.size());
    std::partial_sort(
        places.begin(), places.begin() + static_cast<std::ptrdiff_t>(most), places.end(),
        [&](std::size_t a, std::size_t b) { return value(a) > value(b) || (value(a) == value(b) && a < b); });
    places.resize(most);
    return places;
}

}  // namespace convloom::networks
