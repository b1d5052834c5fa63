#include "core/state/frameworks/arguments.hpp"

#include <algorithm>
#include <cmath>

#include "core/arith/layer/layer.hpp"
#include "core/state/base/edit_distance.hpp"

namespace convloom::state {
namespace {

using arith::Index;

std::string sentence_of(const std::vector<OpenName>& names) {
    constexpr std::size_t most = 6;
    std::string lines, all;
    for (std::size_t n = 0; n < std::min(names.size(), most); ++n) {
        all += (n == 0 ? "" : n + 1 < std::min(names.size(), most) ? ", " : " and ") + shown(names[n].name);
        lines += fmt::format("{}{} = {}", n == 0 ? "" : "; ", shown(names[n].name), names[n].example);
    }
    const bool one = names.size() == 1;
    const std::string more = names.size() > most ? fmt::format(", and {} more,", names.size() - most) : "";
    return fmt::format("{}{} {} not given: write {} such as {}.", all, more, one ? "is" : "are",
                       one ? "a line" : "lines", lines);
}

}  // namespace

NamesOpen::NamesOpen(std::vector<OpenName> names)
    : CodeFault(sentence_of(names), names.front().span), names_(std::move(names)) {}

void ReadingNotes::throw_open() {
    if (open.empty()) return;
    std::stable_sort(open.begin(), open.end(),
                     [](const OpenName& a, const OpenName& b) { return a.span.at < b.span.at; });
    throw NamesOpen(std::move(open));
}

void ReadingNotes::add_open(OpenName name) {
    for (const OpenName& one : open)
        if (one.name == name.name) return;
    open.push_back(std::move(name));
}

void ReadingNotes::add_remark(std::string sentence) {
    if (std::find(remarks.begin(), remarks.end(), sentence) == remarks.end()) remarks.push_back(std::move(sentence));
}

Arguments::Arguments(const Module& call, const ArgumentRules& rules, ReadingNotes& notes)
    : call_(call), rank_(rules.rank), notes_(notes) {
    const auto& names = rules.names;
    std::size_t place = 0;
    bool named = false;
    for (const Argument& a : call.arguments) {
        if (a.name.empty() && named) fail_at(a.span, "has an argument without a name after one with a name");
        if (a.name.empty() && place >= names.size())
            fail_at(a.span, fmt::format("takes at most {} arguments", names.size()));
        named |= !a.name.empty();
        const std::string name = a.name.empty() ? std::string(names[place++]) : a.name;
        if (std::find(names.begin(), names.end(), name) == names.end()) {
            if (std::find(rules.tolerated.begin(), rules.tolerated.end(), name) != rules.tolerated.end()) continue;
            const std::string guess = names.empty() ? "" : nearest(name, names);
            fail_at(a.span, fmt::format("has no argument “{}”; {}", shown(name),
                                        names.empty()          ? "it takes none"
                                        : is_near(name, guess) ? fmt::format("did you mean “{}”?", guess)
                                                               : fmt::format("it takes {}", fmt::join(names, ", "))));
        }
        if (find(name)) fail_at(a.span, fmt::format("is given {} twice", name));
        given_.push_back({name, a.value, a.span});
    }
}

void Arguments::fail_at(TextSpan where, const std::string& why) const {
    throw CodeFault(fmt::format("{} {}{}", shown(call_.name), why, why.ends_with('?') ? "" : "."), where);
}

const Value* Arguments::find(std::string_view name) const {
    for (const Given& given : given_)
        if (given.name == name) return &given.value;
    return nullptr;
}

TextSpan Arguments::span(std::string_view name) const {
    for (const Given& given : given_)
        if (given.name == name) return given.span;
    return call_.span;
}

bool Arguments::note_open(std::string_view about, const Value& value, std::string example) const {
    if (!value.is(ValueKind::open)) return false;
    notes_.add_open({value.text, call_.name, std::string(about), std::move(example), value.span});
    return true;
}

Index Arguments::number(std::string_view about, const Value& value, const std::string& why, Index stand_in) const {
    if (value.is(ValueKind::whole)) return value.whole;
    // print(model) writes scale_factor=2.0.
    if (value.is(ValueKind::real) && about == "scale_factor" && value.real >= 1 && value.real < 1e6 &&
        value.real == std::floor(value.real))
        return static_cast<Index>(value.real);
    if (note_open(about, value, std::to_string(stand_in))) return stand_in;
    if (value.is(ValueKind::other) || value.is(ValueKind::module))
        fail(about,
             fmt::format("has a {} that cannot be worked out from this text; write the number in its place", about));
    fail(about, why);
}

Index Arguments::whole(std::string_view name, std::optional<Index> otherwise) const {
    const Value* value = find(name);
    if (!value && otherwise) return *otherwise;
    if (!value) fail(name, fmt::format("needs {}", name));
    const bool channels = name.ends_with("channels") || name == "filters";
    return number(name, *value, fmt::format("takes one whole number as {}", name),
                  channels ? 64 : otherwise.value_or(1));
}

bool Arguments::truth(std::string_view name, bool otherwise) const {
    const Value* value = find(name);
    if (!value) return otherwise;
    if (value->is(ValueKind::truth)) return value->whole != 0;
    if (value->is(ValueKind::none)) return otherwise;
    if (note_open(name, *value, otherwise ? "True" : "False")) return otherwise;
    fail(name, fmt::format("takes True or False as {}", name));
}

bool Arguments::truthy(std::string_view name, bool otherwise) const {
    const Value* value = find(name);
    if (!value) return otherwise;
    switch (value->kind) {
        case ValueKind::none:
            return false;
        case ValueKind::truth:
        case ValueKind::whole:
            return value->whole != 0;
        case ValueKind::real:
            return value->real != 0;
        case ValueKind::text:
            return !value->text.empty();
        case ValueKind::list:
            return !value->elements().empty();
        default:
            break;
    }
    notes_.add_remark(fmt::format("{} is not known, and taken as {}.", name, otherwise ? "True" : "False"));
    return otherwise;
}

bool Arguments::is_none(std::string_view name) const {
    const Value* value = find(name);
    return !value || value->is(ValueKind::none);
}

const std::string* Arguments::text(std::string_view name, const std::vector<std::string_view>& words) const {
    const Value* value = find(name);
    if (!value) return nullptr;
    const bool is_word =
        value->is(ValueKind::open) && std::find(words.begin(), words.end(), value->text) != words.end();
    return is_word || value->is(ValueKind::text) ? &value->text : nullptr;
}

std::vector<Index> Arguments::each(std::string_view name, std::optional<Index> otherwise, bool tuple_of_one,
                                   bool none) const {
    const Value* value = find(name);
    const Index stand_in = otherwise.value_or(3);
    if (!value && otherwise) return std::vector<Index>(rank_, *otherwise);
    if (!value) fail(name, fmt::format("needs {}", name));
    const std::string why = fmt::format("takes a whole number or {} of them as {}", rank_, name);
    if (!value->is(ValueKind::list)) return std::vector<Index>(rank_, number(name, *value, why, stand_in));
    std::vector<Index> numbers;
    for (const Value& one : value->elements()) {
        if (one.is(ValueKind::none) && !none) fail(name, fmt::format("takes whole numbers as {}, not None", name));
        numbers.push_back(one.is(ValueKind::none) ? none_in_tuple : number(name, one, why, stand_in));
    }
    if (numbers.size() == 1 && tuple_of_one) return std::vector<Index>(rank_, numbers.front());
    if (numbers.size() == 1 && rank_ > 1)
        fail(name, fmt::format("takes one number or a tuple of {} as {}, not a tuple of 1", rank_, name));
    if (static_cast<int>(numbers.size()) != rank_)
        fail(name, fmt::format("takes one number or {} as {}, not {}", rank_, name, numbers.size()));
    return numbers;
}

}  // namespace convloom::state
