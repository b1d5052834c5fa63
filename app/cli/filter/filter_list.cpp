#include "app/cli/filter/filter_list.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "app/cli/base/json_text.hpp"
#include "core/image/filters/filter.hpp"
#include "core/state/words/filter_names.hpp"

namespace convloom::cli {
namespace {

using image::Kernel;
using image::NamedFilter;

std::vector<std::string_view> aliases_of(const NamedFilter& filter) {
    std::vector<std::string_view> names;
    for (const state::FilterAlias& alias : state::filter_aliases())
        if (alias.filter == filter.name) names.push_back(alias.name);
    return names;
}

// The smallest number up to 256 that makes every weight whole, or 0 if there is none.
int common_denominator(const Kernel& kernel) {
    for (int n = 1; n <= 256; ++n) {
        bool whole = true;
        for (float w : kernel.weights)
            whole &= std::abs(w * static_cast<float>(n) - std::round(w * static_cast<float>(n))) <
                     1e-6f * static_cast<float>(n);
        if (whole) return n;
    }
    return 0;
}

void print_kernel(const Kernel& kernel) {
    const int over = common_denominator(kernel);
    std::string text;
    std::size_t widest = 0;
    std::vector<std::string> cells;
    for (float w : kernel.weights) {
        if (std::abs(w) < 5e-5f && over == 0) w = 0;  // no “-0.0000”
        cells.push_back(over > 0 ? fmt::format("{}", std::lround(w * static_cast<float>(over)))
                                 : fmt::format("{:.4f}", w));
        widest = std::max(widest, cells.back().size());
    }
    for (int r = 0; r < kernel.side; ++r) {
        print("     ");
        for (int c = 0; c < kernel.side; ++c)
            print(" {:>{}}", cells[static_cast<std::size_t>(r) * kernel.side + c], widest);
        print("{}\n", r == kernel.side / 2 && over > 1 ? fmt::format("   / {}", over) : "");
    }
    if (const auto parts = image::separable(kernel); parts && kernel.side > 1) {
        const image::Saving saving = image::saving_of(kernel);
        print("      separable: {} multiplications a pixel instead of {}\n", saving.separable, saving.direct);
    }
}

void print_filter(const NamedFilter& filter) {
    print("{}\n      {}. {}\n", filter.name, filter.title, filter.says);
    if (const auto names = aliases_of(filter); !names.empty()) cli::print("      also: {}\n", fmt::join(names, ", "));
    for (const image::Parameter& p : filter.parameters)
        print("      {} = {}, {} to {}: {}\n", p.name, p.usual, p.least, p.most, p.says);
    const auto kernels = filter.usual_kernels();
    for (const Kernel& kernel : kernels) {
        if (&kernel != &kernels.front()) print("      and\n");
        print_kernel(kernel);
    }
    print("\n");
}

}  // namespace

void list_filters(bool json) {
    if (!json) {
        for (const NamedFilter& filter : image::named_filters()) print_filter(filter);
        return;
    }
    auto all = nlohmann::ordered_json::array();
    for (const NamedFilter& filter : image::named_filters()) {
        nlohmann::ordered_json one = {{"name", filter.name},
                                      {"title", filter.title},
                                      {"says", filter.says},
                                      {"aliases", aliases_of(filter)},
                                      {"parameters", nlohmann::ordered_json::object()},
                                      {"kernels", nlohmann::ordered_json::array()}};
        for (const image::Parameter& p : filter.parameters) one["parameters"][std::string(p.name)] = p.usual;
        for (const Kernel& kernel : filter.usual_kernels()) {
            auto rows = nlohmann::ordered_json::array();
            for (int r = 0; r < kernel.side; ++r)
                rows.push_back(
                    std::vector<float>(kernel.weights.begin() + static_cast<std::ptrdiff_t>(r) * kernel.side,
                                       kernel.weights.begin() + static_cast<std::ptrdiff_t>(r + 1) * kernel.side));
            one["kernels"].push_back(std::move(rows));
        }
        all.push_back(std::move(one));
    }
    fmt::memory_buffer out;
    fmt::format_to(std::back_inserter(out), "{}\n", all.dump(1));
    flush(out);
}

}  // namespace convloom::cli
