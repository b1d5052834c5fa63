#include "core/state/json/between_json.hpp"

#include "core/arith/chain/between_kinds.hpp"

namespace convloom::state {
namespace {

using arith::Between;
using arith::BetweenSetting;
using arith::BetweenValue;
using Takes = BetweenSetting::Takes;

Json number_json(double number) {
    const auto whole = static_cast<arith::Index>(std::abs(number) < 1e15 ? number : 0);
    return static_cast<double>(whole) == number ? Json(whole) : Json(number);
}

Json value_json(const BetweenSetting& setting, const BetweenValue& value) {
    if (value.is_none()) return nullptr;
    if (setting.takes == Takes::text) return value.text;
    if (setting.takes == Takes::flag) return value.numbers[0] != 0;
    if (value.numbers.size() == 1) return number_json(value.numbers[0]);
    Json list = Json::array();
    for (const double number : value.numbers) list.push_back(number_json(number));
    return list;
}

BetweenValue read_value(const JsonReader& in, const char* key) {
    const Json& value = in.at(key);
    auto number = [&](const Json& one) {
        if (!one.is_number()) in.fail(key, "holds something that is not a number");
        return one.get<double>();
    };
    if (value.is_null()) return {};
    if (value.is_string()) return value.get<std::string>();
    if (value.is_boolean()) return value.get<bool>() ? 1.0 : 0.0;
    if (!value.is_array()) return number(value);
    std::vector<double> numbers;
    for (const Json& one : value) numbers.push_back(number(one));
    return numbers;
}

Between read_between(const JsonReader& in) {
    constexpr std::size_t longest_name = 80;
    const std::string name = in.text("kind");
    const arith::BetweenKind* kind = arith::between_kind_of_json(name);
    if (!kind) in.fail("kind", fmt::format("is “{}”, which no layer without a window has as its name", name));
    Between between = arith::between_of(*kind);
    if (kind->group == arith::BetweenGroup::unknown) {
        between.name = in.text("name");
        if (between.name.empty() || between.name.size() > longest_name)
            in.fail("name", fmt::format("has {} bytes; it has 1 to {}", between.name.size(), longest_name));
    }
    if (kind->ranked()) {
        const arith::Index rank = in.whole_or("rank", 0);
        if (rank < 0 || rank > arith::max_rank) in.fail("rank", fmt::format("is {}; it is 1 to 3", rank));
        between.rank = static_cast<int>(rank);
    }
    for (std::size_t n = 0; n < kind->settings.size(); ++n) {
        const BetweenSetting& setting = kind->settings[n];
        if (in.has_key(setting.key))
            if (const auto why = arith::set(between, setting, read_value(in, setting.key)))
                in.fail(setting.key, fmt::format("is not possible: {} {}", arith::name_of(between), *why));
        const bool may_be_open =
            setting.open == BetweenSetting::Open::has_default || setting.open == BetweenSetting::Open::last_sizes;
        if (!may_be_open && between.values[n].is_none()) in.fail(setting.key, "is missing");
    }
    return between;
}

}  // namespace

Json betweens_json(const arith::Betweens& betweens) {
    Json list = Json::array();
    for (const Between& between : betweens) {
        const Between by_default = arith::between_of(*between.kind);
        Json j = {{"kind", between.kind->json}};
        if (!between.name.empty()) j["name"] = between.name;
        if (between.rank > 0) j["rank"] = between.rank;
        for (std::size_t n = 0; n < between.values.size(); ++n)
            if (between.values[n] != by_default.values[n])
                j[between.kind->settings[n].key] = value_json(between.kind->settings[n], between.values[n]);
        list.push_back(std::move(j));
    }
    return list;
}

arith::Betweens read_betweens(const JsonReader& in, const char* field, std::string_view what) {
    const Json& list = in.list(field);
    if (list.size() > arith::most_betweens)
        in.fail(field, fmt::format("has {} layers without a window; up to {} are possible", list.size(),
                                   arith::most_betweens));
    arith::Betweens betweens;
    for (const Json& one : list)
        betweens.push_back(
            read_between(JsonReader(one, what, in.path_of(fmt::format("{}[{}]", field, betweens.size())))));
    return betweens;
}

}  // namespace convloom::state
