#include "core/arith/layer/layer_kinds.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace convloom::arith {
namespace {

std::optional<Op> op_named(std::string_view LayerKind::*column, std::string_view name) {
    for (const LayerKind& kind : layer_kinds)
        if (kind.*column == name) return kind.op;
    return std::nullopt;
}

}  // namespace

std::vector<Op> ops() {
    std::vector<Op> all;
    for (const LayerKind& kind : layer_kinds) all.push_back(kind.op);
    std::sort(all.begin(), all.end());
    return all;
}

std::optional<Op> op_of_json_name(std::string_view name) {
    return op_named(&LayerKind::json, name);
}

std::optional<Op> op_of_flag(std::string_view name) {
    const std::optional<Op> op = op_named(&LayerKind::flag, name);
    return op ? op : op_of_json_name(name);
}

std::string torch_name(const LayerKind& kind, int rank) {
    return fmt::format(fmt::runtime(kind.torch), rank);
}

std::string listed(std::span<const std::string_view> names, std::string_view last) {
    std::string text;
    for (std::size_t n = 0; n < names.size(); ++n)
        text += (n == 0 ? "" : n + 1 < names.size() ? ", " : std::string(last)) + std::string(names[n]);
    return text;
}

std::string listed(std::string_view LayerKind::*name, std::string_view last) {
    std::vector<std::string_view> names;
    for (const LayerKind& kind : layer_kinds) names.push_back(kind.*name);
    return listed(names, last);
}

}  // namespace convloom::arith
