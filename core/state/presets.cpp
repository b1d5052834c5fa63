#include "core/state/presets.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "convloom_presets.hpp"
#include "core/state/error.hpp"
#include "core/state/json.hpp"

namespace convloom::state {
namespace {

// How many letters differ, the classic edit distance; for "did you mean".
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1])});
            diagonal = above;
        }
    }
    return row[b.size()];
}

}  // namespace

const std::vector<std::string>& preset_names() {
    static const std::vector<std::string> names = [] {
        // The eight kinds, then conv_arithmetic's figures: numeric, direct, transposed.
        constexpr std::string_view order[] = {
            "kind_1d", "kind_2d", "kind_2d_channels", "kind_3d", "kind_dilated", "kind_transposed", "kind_standard",
            "kind_depthwise_separable", "kind_1x1", "kind_grouped", "numerical_no_padding_no_strides",
            "numerical_padding_strides", "numerical_average_pooling", "numerical_max_pooling", "no_padding_no_strides",
            "arbitrary_padding_no_strides", "same_padding_no_strides", "full_padding_no_strides", "no_padding_strides",
            "padding_strides", "padding_strides_odd", "dilation", "no_padding_no_strides_transposed",
            "arbitrary_padding_no_strides_transposed", "same_padding_no_strides_transposed",
            "full_padding_no_strides_transposed", "no_padding_strides_transposed", "padding_strides_transposed",
            "padding_strides_odd_transposed"};
        std::vector<std::string> all;
        for (std::string_view file : embedded_presets::names()) all.emplace_back(file.substr(0, file.rfind('.')));
        auto place = [&](const std::string& name) { return std::find(std::begin(order), std::end(order), name); };
        std::sort(all.begin(), all.end(), [&](const std::string& a, const std::string& b) {
            return std::pair(place(a), a) < std::pair(place(b), b);
        });
        return all;
    }();
    return names;
}

State preset(std::string_view name) {
    if (const auto text = embedded_presets::file(fmt::format("{}.json", name))) return from_json(*text);
    const auto& names = preset_names();
    const auto nearest = std::min_element(names.begin(), names.end(), [&](const auto& a, const auto& b) {
        return distance(name, a) < distance(name, b);
    });
    throw Error(fmt::format("There is no preset “{}”; did you mean “{}”? `convloom list` names them all.", name, *nearest));
}

}  // namespace convloom::state
