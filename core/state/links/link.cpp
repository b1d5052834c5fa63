#include "core/state/links/link.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/arith/layer/output_size.hpp"
#include "core/state/base/edit_distance.hpp"
#include "core/state/base/error.hpp"
#include "core/state/base/number_words.hpp"
#include "core/state/json/json.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/links/link_keys.hpp"
#include "core/state/links/link_text.hpp"
#include "core/state/words/torch_words.hpp"
#include "core/state/words/words_state.hpp"

namespace convloom::state {
namespace {

using LinkJson = nlohmann::ordered_json;

constexpr int link_version = 1;
// A State with more numbers cannot become a short enough link, so it is refused without trying.
constexpr std::size_t most_link_numbers = 1'000'000;
// A link up to this length is used without computing the packed one, which is never that short.
constexpr std::size_t short_enough = 250;

// The keys and values of a link; each key is taken once.
class Given {
  public:
    explicit Given(LinkText text) : pairs_(std::move(text.pairs)) {
        for (std::size_t n = 0; n < pairs_.size(); ++n) {
            if (!is_utf8(pairs_[n].value) || !is_utf8(pairs_[n].key)) fail_link(shown(pairs_[n].key), "is not UTF-8");
            for (std::size_t k = 0; k < n; ++k)
                if (pairs_[k].key == pairs_[n].key) fail_link(shown(pairs_[n].key), "is given twice");
        }
        taken_.resize(pairs_.size());
    }
    // Full-width characters of a Chinese keyboard are converted, except in free texts.
    std::optional<std::string> take(std::string_view key) {
        for (std::size_t n = 0; n < pairs_.size(); ++n)
            if (pairs_[n].key == key) {
                taken_[n] = true;
                return key == "title" ? pairs_[n].value : as_half_width(pairs_[n].value);
            }
        return std::nullopt;
    }
    // A key that nothing has taken, or null.
    const std::string* untaken() const {
        const auto found = std::find(taken_.begin(), taken_.end(), false);
        return found == taken_.end() ? nullptr : &pairs_[static_cast<std::size_t>(found - taken_.begin())].key;
    }

  private:
    std::vector<LinkPair> pairs_;
    std::vector<bool> taken_;
};

[[noreturn]] void fail_unknown_key(const std::string& key) {
    std::vector<std::string> names = {"preset", "layer", "input", "state", "hide", "play", "lock"};
    for (const LinkKey& one : link_keys()) names.push_back(one.key);
    throw Error(fmt::format(
        "A link has no {}{}", in_quotes(key),
        meant(shown(key), names, "; did you mean “{}”?", fmt::format("; it has {}.", fmt::join(names, ", ")))));
}

State unpacked(const std::string& packed, const Codec& codec) {
    const auto bytes = from_base64url(packed);
    if (!bytes) fail_link("state", "holds characters that are not base64url");
    const Codec::Inflated text = codec.inflate(*bytes, most_packed_bytes);
    if (text.ending == Codec::Ending::too_large)
        fail_link("state", fmt::format("unfolds to more than {} MiB", most_packed_bytes >> 20));
    if (text.ending == Codec::Ending::broken) fail_link("state", "is damaged or not whole");
    try {
        return from_json(text.bytes);
    } catch (const Error& error) {
        const std::string why = error.what();
        fail_link("state", fmt::format("is not understood: {}", why.substr(why.find(": ") + 2)));
    }
}

State read_base(Given& given, const Codec& codec) {
    const auto name = given.take("preset"), layer = given.take("layer"), input = given.take("input"),
               packed = given.take("state");
    if (name.has_value() + layer.has_value() + packed.has_value() > 1)
        throw Error("The link gives more than one of preset, layer and state; one of them can be shown.");
    if (input && !layer) fail_link("input", "is without a layer that it goes into");
    if (packed) return unpacked(*packed, codec);
    if (name) {
        const auto& names = preset_names();
        if (std::find(names.begin(), names.end(), *name) == names.end())
            fail_link("preset", fmt::format("is {}; {}", in_quotes(*name),
                                            meant(*name, names, "did you mean “{}”?", "there is none of this name")));
        return preset(*name);
    }
    if (!layer) return preset(opening_preset);
    if (!input) fail_link("layer", "is without input, the shape that goes into it, as 1x5x5");
    arith::Shape shape;
    try {
        shape = read_input_shape(*input);
    } catch (const Error&) {
        fail_link("input", fmt::format("is {}; it is channels and one to three sizes, as 1x5x5", in_quotes(*input)));
    }
    try {
        return state_of_words(*layer, shape);
    } catch (const Error& error) {
        fail_link("layer", fmt::format("cannot be shown: {}", error.what()));
    }
}

void read_hidden(PageOptions& page, const std::string& value) {
    std::string_view rest = value;
    while (!rest.empty()) {
        const std::string_view name = rest.substr(0, rest.find_first_of(", "));
        rest.remove_prefix(std::min(rest.size(), name.size() + 1));
        bool found = name.empty();
        for (const HiddenPanel& panel : hidden_panels())
            if (name == panel.key || name == "all") page.*panel.hidden = found = true;
        if (found) continue;
        std::string names;
        for (const HiddenPanel& panel : hidden_panels()) names += fmt::format("{}, ", panel.key);
        fail_link("hide", fmt::format("names {}; the panels are {}or all", in_quotes(name), names));
    }
}

std::string hidden_text(const PageOptions& page) {
    std::string names;
    for (const HiddenPanel& panel : hidden_panels())
        if (page.*panel.hidden) names += fmt::format("{}{}", names.empty() ? "" : ",", panel.key);
    return names;
}

// Writes numbers with the fewest digits that read back to the same float32.
void shorten_numbers(LinkJson& json) {
    if (json.is_number_float()) {
        const auto value = json.get<double>();
        const auto narrow = static_cast<float>(value);
        if (value == std::floor(value) && std::abs(value) < 1e9 && !std::signbit(value))
            json = static_cast<std::int64_t>(value);
        else if (static_cast<double>(narrow) == value)
            json = number_of(fmt::format("{}", narrow)).value_or(value);
    } else if (json.is_structured()) {
        for (LinkJson& inner : json) shorten_numbers(inner);
    }
}

std::string packed(const State& state, const Codec& codec) {
    LinkJson json = LinkJson::parse(to_json(state));
    shorten_numbers(json);
    return to_base64url(codec.deflate(json.dump()));
}

// Extends a link by the keys for all remaining differences; nothing if it does not reproduce the State.
std::optional<std::string> link_from(LinkText begun, const State& wanted, const PageOptions& page, const Codec& codec) {
    try {
        Given given(begun);
        const State base = read_base(given, codec);
        for (const LinkKey& one : link_keys())
            if (auto value = one.write(wanted, base)) begun.pairs.push_back({one.key, std::move(*value)});
        auto said = [&](const char* key) {
            return std::any_of(begun.pairs.begin(), begun.pairs.end(), [&](const LinkPair& p) { return p.key == key; });
        };
        if (page.says_theme && !said("theme")) begun.pairs.push_back({"theme", wanted.theme});
        if (page.language && !said("lang"))
            begun.pairs.push_back({"lang", std::string(scene::name_of(*page.language))});
        if (const std::string hidden = hidden_text(page); !hidden.empty()) begun.pairs.push_back({"hide", hidden});
        if (page.play) begun.pairs.push_back({"play", "1"});
        if (page.lock) begun.pairs.push_back({"lock", "1"});
        std::string text = write_link_text(begun);
        if (text.size() > most_read_characters || parse_link(text, codec).state != wanted) return std::nullopt;
        return text;
    } catch (const Error&) {
        return std::nullopt;
    }
}

}  // namespace

State in_link(const State& state) {
    State carried = state;
    if (!state.photo) return carried;
    if (state.view != scene::View::photo) {
        carried.photo.reset();
        carried.other_moment = {};
        return carried;
    }
    Photo& photo = *carried.photo;
    photo.path.erase(0, photo.path.find_last_of("/\\") + 1);
    photo.image = {}, photo.working = {}, photo.region = {};
    return carried;
}

std::string link_of(const State& state, const PageOptions& page, const Codec& codec) {
    const State wanted = in_link(state);
    std::optional<std::string> best;
    auto offer = [&](std::vector<LinkPair> begun) {
        auto text = link_from({link_version, std::move(begun)}, wanted, page, codec);
        if (text && (!best || text->size() < best->size())) best = std::move(text);
    };
    const auto& names = preset_names();
    if (std::find(names.begin(), names.end(), wanted.name) != names.end()) offer({{"preset", wanted.name}});
    if (wanted.name == words_state_name) {
        const arith::Chain chain = chain_of(wanted);
        const std::string shape = fmt::format("{}", fmt::join(arith::input_shape(chain), "x"));
        if (!wanted.own_title && !wanted.title.empty()) offer({{"layer", wanted.title}, {"input", shape}});
        if (!best) offer({{"layer", torch_code(chain)}, {"input", shape}});
    }
    if (best && best->size() <= short_enough) return *best;
    const std::size_t numbers = numbers_written(wanted);
    if (numbers <= most_link_numbers) {
        std::string text = packed(wanted, codec);
        if (text.size() <= most_link_characters) offer({{"state", std::move(text)}});
    }
    if (best && best->size() <= most_link_characters) return *best;
    throw Error(
        fmt::format("This is too large for a link, which carries {} characters, and its data are {} numbers; "
                    "save it as a file instead.",
                    most_link_characters, numbers));
}

Link parse_link(std::string_view text, const Codec& codec) {
    LinkText words = read_link_text(text);
    if (words.version != link_version)
        throw Error(
            fmt::format("The link is of version {}; this program reads version {}.", words.version, link_version));
    Given given(std::move(words));
    Link link;
    link.state = read_base(given, codec);
    for (const LinkKey& one : link_keys()) {
        const auto value = given.take(one.key);
        if (!value) continue;
        one.read(link.state, *value);
        if (one.key == "lang") link.page.language = link.state.language;
        if (one.key == "theme") link.page.says_theme = true;
    }
    if (const auto hidden = given.take("hide")) read_hidden(link.page, *hidden);
    if (const auto play = given.take("play")) link.page.play = read_truth("play", *play);
    if (const auto lock = given.take("lock")) link.page.lock = read_truth("lock", *lock);
    if (const std::string* unknown = given.untaken()) fail_unknown_key(*unknown);
    // A packed State sets these only if they differ from the defaults.
    const State usual;
    link.page.says_theme |= link.state.theme != usual.theme;
    if (link.state.language != usual.language) link.page.language = link.state.language;
    return link;
}

}  // namespace convloom::state
