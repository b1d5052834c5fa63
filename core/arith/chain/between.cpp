#include "core/arith/chain/between.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "core/arith/chain/between_rows.hpp"
#include "core/arith/layer/padding_modes.hpp"

namespace convloom::arith {
namespace {

using Takes = BetweenSetting::Takes;
using Open = BetweenSetting::Open;

std::size_t place_of(const BetweenKind& kind, std::string_view key) {
    for (std::size_t n = 0; n < kind.settings.size(); ++n)
        if (kind.settings[n].key == key) return n;
    std::abort();
}

// The texts of a list "a,b" or "a, b".
std::vector<std::string_view> words_of(std::string_view list) {
    std::vector<std::string_view> words;
    while (!list.empty()) {
        const std::size_t end = std::min(list.find(','), list.size());
        words.push_back(list.substr(0, end));
        list.remove_prefix(std::min(end + 1, list.size()));
        while (list.starts_with(' ')) list.remove_prefix(1);
    }
    return words;
}

std::vector<std::string_view> names_in(const BetweenKind& kind, Framework framework) {
    if (framework == Framework::keras) return words_of(kind.keras);
    if (framework == Framework::onnx) return words_of(kind.onnx);
    std::vector<std::string_view> names = words_of(kind.torch), others = words_of(kind.aliases);
    names.insert(names.end(), others.begin(), others.end());
    return names;
}

std::vector<std::string_view> arguments_of(const BetweenSetting& setting, Framework framework) {
    if (framework == Framework::keras) return words_of(setting.keras);
    if (framework == Framework::onnx) return words_of(setting.onnx);
    return setting.in_torch ? std::vector<std::string_view>{setting.key} : std::vector<std::string_view>{};
}

BetweenValue default_of(const BetweenSetting& setting, Framework framework) {
    if (setting.takes == Takes::text) {
        const auto words = words_of(setting.words);
        return words.empty() ? BetweenValue{} : BetweenValue{std::string(words.front())};
    }
    std::optional<double> value = setting.by_default;
    if (framework == Framework::keras && setting.keras_default) value = setting.keras_default;
    if (framework == Framework::onnx && setting.onnx_default) value = setting.onnx_default;
    return value ? BetweenValue{*value} : BetweenValue{};
}

// "a whole number", "True or False": what a setting takes, for its refusal.
std::string taken(const BetweenSetting& setting) {
    switch (setting.takes) {
        case Takes::number:
            return "a number";
        case Takes::whole:
            return "one whole number";
        case Takes::flag:
            return "True or False";
        case Takes::text:
            return "one of " + std::string(setting.words);
        case Takes::wholes:
            return "whole numbers";
    }
    std::abort();
}

bool is_of_type(const BetweenSetting& setting, const BetweenValue& value) {
    constexpr std::size_t most_numbers = 8;
    const bool one = value.numbers.size() == 1 && value.text.empty();
    const bool whole = std::all_of(value.numbers.begin(), value.numbers.end(),
                                   [](double n) { return std::isfinite(n) && n == std::floor(n); });
    switch (setting.takes) {
        case Takes::number:
            return one && std::isfinite(value.numbers[0]);
        case Takes::whole:
            return one && whole;
        case Takes::flag:
            return one && (value.numbers[0] == 0 || value.numbers[0] == 1);
        case Takes::text: {
            const auto words = words_of(setting.words);
            return value.numbers.empty() && std::find(words.begin(), words.end(), value.text) != words.end();
        }
        case Takes::wholes:
            return value.text.empty() && !value.numbers.empty() && value.numbers.size() <= most_numbers && whole;
    }
    std::abort();
}

// The result is a number that float32 has.
float finite(double value) {
    constexpr double most = std::numeric_limits<float>::max();
    return std::isnan(value) ? 0.0f : static_cast<float>(std::clamp(value, -most, most));
}

}  // namespace

std::string with_rank(std::string_view name, int rank) {
    const std::size_t at = name.find("{}");
    if (at == std::string_view::npos) return std::string(name);
    return fmt::format("{}{}{}", name.substr(0, at), rank, name.substr(at + 2));
}

std::string value_text(const BetweenSetting& setting, const BetweenValue& value) {
    if (value.is_none()) return "None";
    if (setting.takes == Takes::text) return fmt::format("'{}'", value.text);
    if (setting.takes == Takes::flag) return value.numbers[0] != 0 ? "True" : "False";
    if (value.numbers.size() == 1) return fmt::format("{}", value.numbers[0]);
    return fmt::format("({})", fmt::join(value.numbers, ", "));
}

const BetweenValue& Between::value(std::string_view key) const {
    return values[place_of(*kind, key)];
}
double Between::number(std::string_view key, double otherwise) const {
    const BetweenValue& held = value(key);
    return held.numbers.empty() ? otherwise : held.numbers[0];
}
Index Between::whole(std::string_view key, Index otherwise) const {
    return static_cast<Index>(number(key, static_cast<double>(otherwise)));
}
std::vector<Index> Between::wholes(std::string_view key) const {
    std::vector<Index> all;
    for (const double n : value(key).numbers) all.push_back(static_cast<Index>(n));
    return all;
}

std::span<const BetweenKind> between_kinds() {
    static const std::vector<BetweenKind> all = [] {
        std::vector<BetweenKind> kinds;
        for (const auto rows : {activation_rows(), normalization_rows(), padding_rows(), shape_rows()})
            kinds.insert(kinds.end(), rows.begin(), rows.end());
        return kinds;
    }();
    return all;
}

const BetweenKind* between_kind_of_json(std::string_view json_name) {
    for (const BetweenKind& kind : between_kinds())
        if (kind.json == json_name) return &kind;
    return nullptr;
}

Between between_of(const BetweenKind& kind, Framework framework, int rank) {
    Between b{&kind, kind.ranked() ? rank : 0, "", {}};
    for (const BetweenSetting& setting : kind.settings) b.values.push_back(default_of(setting, framework));
    return b;
}
Between between_of(std::string_view json_name, int rank) {
    const BetweenKind* kind = between_kind_of_json(json_name);
    if (!kind) std::abort();
    return between_of(*kind, Framework::pytorch, rank);
}
Between relu() {
    return between_of("relu");
}
Between unknown_between(std::string name) {
    Between b = between_of("unknown");
    b.name = std::move(name);
    return b;
}

std::optional<Between> between_named(std::string_view name, Framework framework) {
    for (const BetweenKind& kind : between_kinds())
        for (const std::string_view one : names_in(kind, framework)) {
            const bool ranked = one.find("{}") != std::string_view::npos;
            for (int rank = 1; rank <= (ranked ? max_rank : 1); ++rank)
                if (with_rank(one, rank) == name) return between_of(kind, framework, ranked ? rank : 0);
        }
    return {};
}
std::optional<Between> between_of_activation(std::string_view word) {
    for (const BetweenKind& kind : between_kinds())
        for (const std::string_view one : words_of(kind.activation))
            if (one == word) return between_of(kind);
    return {};
}
std::vector<std::string> between_names(Framework framework) {
    std::vector<std::string> names;
    for (const BetweenKind& kind : between_kinds())
        for (const std::string_view one : names_in(kind, framework))
            for (int rank = 1; rank <= (one.find("{}") != std::string_view::npos ? max_rank : 1); ++rank)
                names.push_back(with_rank(one, rank));
    return names;
}

Between between_to_add(const BetweenKind& kind, const Shape& shape) {
    Between b = between_of(kind);
    take_shape(b, shape);
    for (std::size_t n = 0; n < b.values.size(); ++n) {
        const Open open = kind.settings[n].open;
        if (open == Open::last_sizes) b.values[n] = std::vector<double>(shape.begin(), shape.end());
        if (open == Open::needed && b.values[n].is_none()) b.values[n] = kind.settings[n].start;
    }
    return b;
}

std::vector<const BetweenSetting*> settings_of(const BetweenKind& kind, Framework framework) {
    std::vector<const BetweenSetting*> settings;
    for (const BetweenSetting& setting : kind.settings)
        if (!arguments_of(setting, framework).empty()) settings.push_back(&setting);
    return settings;
}
const BetweenSetting* setting_named(const BetweenKind& kind, std::string_view argument, Framework framework) {
    for (const BetweenSetting& setting : kind.settings)
        for (const std::string_view one : arguments_of(setting, framework))
            if (one == argument) return &setting;
    return nullptr;
}

std::optional<std::string> set(Between& between, const BetweenSetting& setting, BetweenValue value) {
    const bool may_be_none = setting.takes != Takes::text && !setting.by_default && setting.open == Open::has_default;
    if (value.is_none() && setting.takes == Takes::flag) value = 0.0;
    if (!(value.is_none() && may_be_none)) {
        if (!is_of_type(setting, value)) return fmt::format("takes {} as {}", taken(setting), setting.key);
        for (const double n : value.numbers)
            if (n < setting.least || n > setting.most)
                return n < setting.least ? fmt::format("takes at least {} as {}, not {}", setting.least, setting.key, n)
                                         : fmt::format("takes at most {} as {}, not {}", setting.most, setting.key, n);
    }
    if (setting.changes == BetweenSetting::Changes::nothing) return {};
    between.values[place_of(*between.kind, setting.key)] = std::move(value);
    return {};
}
const BetweenSetting* missing_setting(const Between& between) {
    for (std::size_t n = 0; n < between.values.size(); ++n)
        if (between.kind->settings[n].open != Open::has_default && between.values[n].is_none())
            return &between.kind->settings[n];
    return nullptr;
}

BetweenShape shape_after(const Between& between, const Shape& shape) {
    if (!between.kind->shape) return {shape, {}};
    BetweenShape after = between.kind->shape(between, shape);
    if (after.problem) return after;
    const auto count = element_count(after.shape);
    if (!count || *count > max_tensor_bytes / static_cast<Index>(sizeof(float)) ||
        std::any_of(after.shape.begin(), after.shape.end(), [](Index n) { return n > max_field; }))
        after.problem =
            between_problem(fmt::format("{} gives {}, which is too large.", title_of(between), to_text(after.shape)));
    return after;
}
BetweenShapes shapes_after(std::span<const Between> betweens, const Shape& shape) {
    BetweenShapes all;
    for (const Between& between : betweens) {
        BetweenShape next = shape_after(between, all.last(shape));
        if (next.problem) {
            all.problem = std::move(next.problem);
            all.failed = static_cast<int>(all.shapes.size());
            return all;
        }
        all.shapes.push_back(std::move(next.shape));
    }
    return all;
}

void take_shape(Between& between, const Shape& shape) {
    if (between.kind->ranked() && between.rank == 0)
        between.rank = std::clamp(static_cast<int>(shape.size()) - 1, 1, max_rank);
    for (std::size_t n = 0; n < between.values.size(); ++n) {
        if (!between.values[n].is_none()) continue;
        if (between.kind->settings[n].open == Open::channels) between.values[n] = static_cast<double>(shape.front());
        if (between.kind->settings[n].open == Open::last_size) between.values[n] = static_cast<double>(shape.back());
    }
}

void follow_shape(Between& between, const Shape& shape) {
    for (std::size_t n = 0; n < between.values.size(); ++n) {
        const BetweenSetting& setting = between.kind->settings[n];
        BetweenValue& value = between.values[n];
        const std::size_t count = value.numbers.size();
        if (setting.open == Open::channels || setting.open == Open::last_size) value = {};
        if (setting.open == Open::last_sizes && count <= shape.size())
            value = std::vector<double>(shape.end() - static_cast<std::ptrdiff_t>(count), shape.end());
        if (setting.one_or_channels && count == 1 && value.numbers[0] > 1) value = static_cast<double>(shape.front());
    }
    take_shape(between, shape);
}

bool keeps_shape(const Between& between, const Shape& shape) {
    return shape_after(between, shape).shape == shape;
}

Tensor values_after(const Between& between, Tensor values) {
    const BetweenKind& kind = *between.kind;
    if (kind.values) {
        Tensor after = kind.values(between, std::move(values));
        for (float& value : after.values) value = finite(value);
        return after;
    }
    if (kind.each) {
        const EachValue each = kind.each(between);
        for (float& value : values.values) value = finite(each(value));
    }
    return values;
}

std::vector<Index> sources(const Between& between, const Shape& shape, int axis, Index at) {
    const BetweenGrid grid = grid_of(between, shape, axis);
    const Index size = shape[static_cast<std::size_t>(axis)], first = at / grid.finer * grid.coarser - grid.shift;
    std::vector<Index> all;
    for (Index n = first; n < first + grid.coarser; ++n)
        if (const Index source = padding_source(n, size, grid.outside); source >= 0) all.push_back(source);
    return all;
}
BetweenGrid grid_of(const Between& between, const Shape& shape, int axis) {
    return between.kind->grid ? between.kind->grid(between, shape, axis) : BetweenGrid{};
}

Index parameters(const Between& between, const Shape& shape) {
    return between.kind->parameters ? between.kind->parameters(between, shape) : 0;
}
Index multiplications(const Between& between, const Shape& shape) {
    return between.kind->multiplications ? between.kind->multiplications(between, shape) : 0;
}

std::string name_of(const Between& between) {
    const BetweenKind& kind = *between.kind;
    if (!between.name.empty()) return between.name;
    for (const std::string_view names : {kind.torch, kind.keras, kind.onnx}) {
        if (names.empty()) continue;
        const std::string_view first = words_of(names).front();
        if (first.find("{}") == std::string_view::npos || between.rank > 0) return with_rank(first, between.rank);
        return std::string(first.substr(0, first.find("{}")));
    }
    return "?";
}
std::string title_of(const Between& between) {
    std::string words;
    for (std::size_t n = 0; n < between.values.size(); ++n) {
        const BetweenSetting& setting = between.kind->settings[n];
        const BetweenValue& value = between.values[n];
        const bool is_default = value == default_of(setting, Framework::pytorch);
        if (value.is_none() || setting.changes != BetweenSetting::Changes::something) continue;
        if (setting.in_title)
            words += fmt::format("{}{}", words.empty() ? "" : ", ", value_text(setting, value));
        else if (!is_default)
            words += fmt::format("{}{}={}", words.empty() ? "" : ", ", setting.key, value_text(setting, value));
    }
    return words.empty() ? name_of(between) : fmt::format("{}({})", name_of(between), words);
}

Problem between_problem(std::string sentence) {
    return {LayerField::between, -1, std::move(sentence), {}};
}

BetweenGrid whole_grid(const Between&, const Shape& shape, int axis) {
    return {.coarser = shape[static_cast<std::size_t>(axis)]};
}

BetweenAxis axis_of(const Between& between, std::string_view key, const Shape& shape, int otherwise) {
    if (between.value(key).is_none()) return {otherwise, {}};
    const Index given = between.whole(key), dims = static_cast<Index>(shape.size()) + 1,
                dim = given < 0 ? given + dims : given;
    if (dim < 0 || dim >= dims)
        return {otherwise, between_problem(fmt::format("{} names axis {}; a batch of {} has the axes 0 to {}.",
                                                       title_of(between), given, to_text(shape), dims - 1))};
    if (dim == 0)
        return {otherwise,
                between_problem(fmt::format("{} goes along axis {}, which is the batch; the channels are axis 1.",
                                            title_of(between), given))};
    return {static_cast<int>(dim) - 1, {}};
}

std::optional<Problem> rank_problem(const Between& between, const Shape& shape) {
    if (between.rank == 0 || static_cast<int>(shape.size()) == between.rank + 1) return {};
    return between_problem(counting({{between.rank, "size"}}, "{} takes channels and {} sizes, but it is given {}.",
                                    title_of(between), between.rank, to_text(shape)));
}

}  // namespace convloom::arith
