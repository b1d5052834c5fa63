#include "core/state/words/between_code.hpp"

#include <fmt/format.h>

#include "core/arith/chain/between_kinds.hpp"

namespace convloom::state {

using arith::BetweenSetting;

BetweenCode torch_code(const arith::Between& between) {
    const arith::BetweenKind& kind = *between.kind;
    if (kind.group == arith::BetweenGroup::unknown) return {between.name + "()", ""};
    const std::string_view json = kind.json;
    if (json == "reshape")
        return {fmt::format("nn.Flatten(), nn.Unflatten(1, ({}))", fmt::join(between.wholes("shape"), ", ")), ""};
    if (*kind.torch_instead) {
        const bool flat = json.starts_with("global") && !between.flag("keepdims");
        return {"nn." + arith::with_rank(kind.torch_instead, between.rank) + (flat ? ", nn.Flatten()" : ""), ""};
    }
    if (!*kind.torch) return {"nn.Identity()", "  # " + arith::title_of(between)};
    std::string arguments, unsaid;
    const arith::Between by_default = arith::between_of(kind);
    for (std::size_t n = 0; n < between.values.size(); ++n) {
        const BetweenSetting& setting = kind.settings[n];
        if (between.values[n] == by_default.values[n]) continue;
        const std::string value = arith::value_text(setting, between.values[n]);
        std::string& into = setting.in_torch ? arguments : unsaid;
        if (!into.empty()) into += ", ";
        into += setting.in_torch && setting.open != BetweenSetting::Open::has_default
                    ? value
                    : fmt::format("{}={}", setting.key, value);
    }
    return {fmt::format("nn.{}({})", arith::with_rank(kind.torch, between.rank), arguments),
            unsaid.empty() ? "" : fmt::format("  # {}", unsaid)};
}

}  // namespace convloom::state
