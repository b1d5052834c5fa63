#include "core/state/links/link_keys.hpp"

#include <fmt/format.h>

#include "core/arith/contrast/contrast.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/scene/looks/look.hpp"
#include "core/scene/views/view_table.hpp"
#include "core/state/base/error.hpp"
#include "core/state/base/number_words.hpp"
#include "core/state/code/tokens.hpp"
#include "core/state/links/link_text.hpp"
#include "core/state/model/comparison.hpp"
#include "core/state/words/title.hpp"
#include "core/state/words/torch_words.hpp"

namespace convloom::state {
namespace {

using arith::Index;

std::optional<Index> link_whole(std::string_view value) {
    const bool negative = value.starts_with('-');
    if (negative) value.remove_prefix(1);
    const LeadingWhole whole = leading_whole(value);
    if (whole.digits == 0 || whole.digits != value.size() || whole.number < 0) return std::nullopt;
    return negative ? -whole.number : whole.number;
}

Index whole_within(std::string_view key, const std::string& value, Index least, Index most, const char* what) {
    const auto number = link_whole(value);
    if (!number) fail_link(key, fmt::format("is {}, not a whole number", in_quotes(value)));
    if (*number < least || *number > most)
        fail_link(key, fmt::format("is {}; {} {} to {}", *number, what, least, most));
    return *number;
}

arith::Recording places(const State& state) {
    return {stepped_layer(state), {}, {}, {}};
}

// The moment of the layer, also while a photo is shown.
scene::Moment& layer_moment(State& state) {
    return state.view == scene::View::photo ? state.other_moment : state.moment;
}
const scene::Moment& layer_moment(const State& state) {
    return state.view == scene::View::photo ? state.other_moment : state.moment;
}

// The moment before `step` and `tap` are read. For another layer of the chain it is the beginning.
scene::Moment moment_before(const State& wanted, const State& base) {
    return wanted.shown != base.shown ? scene::Moment{} : layer_moment(base);
}

void read_view(State& state, const std::string& value) {
    const auto view = scene::view_named(value);
    if (!view) fail_link("view", fmt::format("is {}; the views are {}", in_quotes(value), scene::view_names(false)));
    if (*view == scene::View::photo || state.view == scene::View::photo) {
        if (*view != state.view) fail_link("view", "cannot turn a photo into a layer, or a layer into a photo");
        return;
    }
    if (std::string why = scene::undrawable(state.layer(), *view); !why.empty()) {
        why.pop_back();
        fail_link("view", fmt::format("does not fit: {}", why));
    }
    if (*view != scene::View::receptive) state.input_cell.reset();
    show_view(state, *view);
}

void read_theme(State& state, const std::string& value) {
    if (scene::theme_named(value)) {
        state.theme = value;
        return;
    }
    std::string names;
    for (const scene::Theme& theme : scene::themes())
        names += fmt::format("{}{}", names.empty() ? "" : ", ", theme.name);
    fail_link("theme", fmt::format("is {}; the themes are {}", in_quotes(value), names));
}

void read_language(State& state, const std::string& value) {
    const auto language = scene::language_named(value);
    if (!language) fail_link("lang", fmt::format("is {}; the languages are en and zh-CN", in_quotes(value)));
    state.language = *language;
}

void read_shown(State& state, const std::string& value) {
    const Index number =
        whole_within("shown", value, 1, static_cast<Index>(state.stages.size()), "the layers are numbered");
    if (number - 1 == state.shown) return;
    state.shown = static_cast<int>(number - 1);
    layer_moment(state) = {};
    state.input_cell.reset();
}

// The name of one of arith::contrasts(), or a layer as code.
void read_compare(State& state, const std::string& value) {
    std::optional<arith::Layer> layer = arith::contrast_named(state.layer(), value);
    if (!layer) {
        const arith::Chain chain = read_torch(value, arith::input_shape(state.layer()));
        if (chain.size() != 1) fail_link("compare", "is not one layer");
        layer = chain.front().layer;
    }
    if (std::string why = not_shown_beside(state, *layer); !why.empty()) {
        why.pop_back();
        fail_link("compare", fmt::format("does not fit: {}", why));
    }
    state.compared = std::move(layer);
}

std::optional<std::string> written_compare(const State& s, const State& base) {
    if (!s.compared || s.compared == base.compared) return std::nullopt;
    for (const arith::Contrast& one : arith::contrasts(s.layer()))
        if (one.layer == *s.compared) return one.name;
    return torch_code(*s.compared);
}

void read_step(State& state, const std::string& value) {
    const Index last = places(state).step_count() - 1;
    layer_moment(state) = {whole_within("step", value, 0, last, "this layer has the steps"),
                           scene::Moment::whole_window};
}

void read_tap(State& state, const std::string& value) {
    const arith::Recording steps = places(state);
    scene::Moment& moment = layer_moment(state);
    if (moment.step >= steps.step_count()) moment = {};
    const Index taps = steps.tap_count(steps.step(moment.step));
    moment.tap =
        whole_within("tap", value, -1, taps - 1, "-1 is the whole window, and this step's products are numbered");
}

// "3,4": row and column.
void read_cell(State& state, const std::string& value) {
    const arith::Layer& layer = state.stages.front().layer;
    arith::Cell cell{};
    std::string_view rest = value;
    for (int a = 0; a < layer.rank(); ++a) {
        const std::string_view part = rest.substr(0, rest.find(','));
        rest.remove_prefix(std::min(rest.size(), part.size() + 1));
        if (!link_whole(part) || (rest.empty() && a + 1 < layer.rank()))
            fail_link("cell", fmt::format("is {}; it is a place in the input, as 3,4, with {} number{}",
                                          in_quotes(value), layer.rank(), layer.rank() == 1 ? "" : "s"));
        cell[a] = whole_within("cell", std::string(part), 0, layer.axes[static_cast<std::size_t>(a)].size - 1,
                               "the input has there the places");
    }
    if (!rest.empty()) fail_link("cell", fmt::format("is {}; the input has {} axes", in_quotes(value), layer.rank()));
    if (state.view != scene::View::receptive) fail_link("cell", "is for the receptive view alone");
    state.input_cell = cell;
}

void read_seed(State& state, const std::string& value) {
    state.seed = static_cast<std::uint32_t>(whole_within("seed", value, 0, UINT32_MAX, "it goes from"));
}

void read_title(State& state, const std::string& value) {
    if (value.empty()) fail_link("title", "is empty");
    if (std::string why = refused_title(value); !why.empty()) {
        why.pop_back();
        fail_link("title", fmt::format("is none: {}", why));
    }
    state.title = value;
    state.own_title = true;
}

std::string link_cell(const State& state) {
    std::string text;
    for (int a = 0; a < state.stages.front().layer.rank(); ++a)
        text += fmt::format("{}{}", a > 0 ? "," : "", (*state.input_cell)[a]);
    return text;
}

std::optional<std::string> said_if(bool differs, std::string value) {
    return differs ? std::optional(std::move(value)) : std::nullopt;
}

LinkKey switch_key(const scene::LookSwitch& one) {
    const std::string key = one.key;
    return {key, fmt::format("{}: 1 or 0", one.says),
            [key, on = one.on](State& s, const std::string& value) { s.look.*on = read_truth(key, value); },
            [on = one.on](const State& s, const State& base) {
                return said_if(s.look.*on != base.look.*on, s.look.*on ? "1" : "0");
            }};
}

LinkKey angle_key(const scene::LookAngle& angle) {
    const std::string key = angle.key;
    const auto read = [&angle, key](State& s, const std::string& value) {
        const auto degrees = number_of(value);
        if (!degrees) fail_link(key, fmt::format("is {}, not a number", in_quotes(value)));
        if (!(*degrees >= angle.least && *degrees <= angle.most))
            fail_link(key, fmt::format("is {}; it goes from {} to {} degrees", *degrees, angle.least, angle.most));
        s.look.*angle.degrees = *degrees;
    };
    return {key, fmt::format("{}, from {} to {}", angle.says, angle.least, angle.most), read,
            [of = angle.degrees](const State& s, const State& base) {
                return said_if(s.look.*of != base.look.*of, fmt::format("{}", s.look.*of));
            }};
}

std::vector<LinkKey> all_keys() {
    using S = const State&;
    std::vector<LinkKey> keys = {
        {"shown", "of a chain, the layer that is stepped through, from 1", read_shown,
         [](S s, S base) { return said_if(s.shown != base.shown, std::to_string(s.shown + 1)); }},
        {"view", "one of " + scene::view_names(false), read_view,
         [](S s, S base) { return said_if(s.view != base.view, std::string(scene::name_of(s.view))); }},
        {"cell", "of the receptive view, the input's cell that is followed, as 3,4", read_cell,
         [](S s, S base) {
             return s.input_cell ? said_if(s.input_cell != base.input_cell, link_cell(s)) : std::nullopt;
         }},
        {"compare", "of the compare view, the other layer: a convention such as same_lower, or PyTorch code",
         read_compare, [](S s, S base) { return written_compare(s, base); }},
        {"step", "from 0", read_step,
         [](S s, S base) {
             const scene::Moment now = layer_moment(s), before = moment_before(s, base);
             return said_if(now.step != before.step || (now.tap == -1 && before.tap != -1), std::to_string(now.step));
         }},
        {"tap", "the product of the step, from 0", read_tap,
         [](S s, S base) {
             const scene::Moment now = layer_moment(s);
             return said_if(now.tap != -1 && now != moment_before(s, base), std::to_string(now.tap));
         }},
        {"theme", "a theme's name", read_theme, [](S s, S base) { return said_if(s.theme != base.theme, s.theme); }},
        {"lang", "en or zh-CN", read_language,
         [](S s, S base) { return said_if(s.language != base.language, std::string(scene::name_of(s.language))); }},
        {"title", "heads the page", read_title,
         [](S s, S base) { return said_if(s.own_title && (!base.own_title || s.title != base.title), s.title); }},
        {"seed", "for the values of cells that a larger size brings", read_seed,
         [](S s, S base) { return said_if(s.seed != base.seed, std::to_string(s.seed)); }},
    };
    for (const scene::LookSwitch& one : scene::look_switches()) keys.push_back(switch_key(one));
    for (const scene::LookAngle& angle : scene::look_angles()) keys.push_back(angle_key(angle));
    return keys;
}

}  // namespace

const std::vector<LinkKey>& link_keys() {
    static const std::vector<LinkKey> keys = all_keys();
    return keys;
}

void fail_link(std::string_view key, const std::string& why) {
    throw Error(fmt::format("The link's {} {}{}", key, why, why.ends_with('?') || why.ends_with('.') ? "" : "."));
}

std::string in_quotes(std::string_view value) {
    return fmt::format("“{}”", shown(value));
}

bool read_truth(std::string_view key, const std::string& value) {
    for (const char* yes : {"1", "true", "on", "yes"})
        if (value == yes) return true;
    for (const char* no : {"0", "false", "off", "no"})
        if (value == no) return false;
    fail_link(key, fmt::format("is {}; it is 1 or 0", in_quotes(value)));
}

}  // namespace convloom::state
