#include "core/state/words/torch_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <type_traits>

#include "core/arith/chain/between_kinds.hpp"
#include "core/arith/layer/layer_numbers.hpp"
#include "core/arith/layer/layer_switches.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/arith/layer/relationship.hpp"
#include "core/state/base/edit_distance.hpp"
#include "core/state/base/error.hpp"
#include "core/state/words/torch_comment.hpp"
#include "core/state/words/torch_parser.hpp"

namespace convloom::state {
namespace {

using arith::Index;
using arith::Layer;
using arith::LayerKind;
using Written = arith::LayerNumber::Written;

// The names of a kind's arguments for a rank, in PyTorch's order.
std::vector<std::string_view> arguments_of(const LayerKind& kind, int rank) {
    std::vector<std::string_view> names;
    constexpr std::string_view between = ", ";
    for (std::string_view rest = kind.torch_arguments; !rest.empty();) {
        const std::size_t end = std::min(rest.find(between), rest.size());
        names.push_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + between.size(), rest.size()));
    }
    for (const arith::LayerNumber& one : arith::layer_numbers())
        if (one.torch && rank < one.least_torch_rank) std::erase(names, one.torch);
    for (const arith::LayerSwitch& one : arith::layer_switches())
        if (!one.comment && one.belongs_to(kind.op) && std::find(names.begin(), names.end(), one.key) == names.end())
            names.push_back(one.key);
    return names;
}

// The arguments of one call by name. Errors about an argument are reported at its position, other errors at the call's
// name.
class Arguments {
  public:
    Arguments(const TorchCall& call, const std::vector<std::string_view>& names, int rank) : call_(call), rank_(rank) {
        std::size_t place = 0;
        bool named = false;
        for (const TorchArgument& a : call.arguments) {
            if (a.name.empty() && named) fail_at(a.span, "has an argument without a name after one with a name");
            if (a.name.empty() && place >= names.size())
                fail_at(a.span, fmt::format("takes at most {} arguments", names.size()));
            named |= !a.name.empty();
            const std::string name = a.name.empty() ? std::string(names[place++]) : a.name;
            if (std::find(names.begin(), names.end(), name) == names.end()) fail_argument(a.span, name, names);
            if (find(name)) fail_at(a.span, fmt::format("is given {} twice", name));
            given_.push_back({name, a.value, a.span});
        }
    }

    [[noreturn]] void fail_at(TextSpan where, const std::string& why) const {
        throw TorchFault(fmt::format("{} {}{}", call_.name, why, why.ends_with('?') ? "" : "."), where);
    }
    [[noreturn]] void fail(std::string_view about, const std::string& why) const { fail_at(span(about), why); }
    [[noreturn]] void fail_argument(TextSpan where, const std::string& name,
                                    const std::vector<std::string_view>& names) const {
        const std::string meant = nearest(name, names);
        fail_at(where, fmt::format("has no argument “{}”; {}", shown(name),
                                   is_near(name, meant) ? fmt::format("did you mean “{}”?", meant)
                                                        : fmt::format("it takes {}", fmt::join(names, ", "))));
    }
    const TorchValue* find(std::string_view name) const {
        for (const Given& given : given_)
            if (given.name == name) return &given.value;
        return nullptr;
    }
    // The position of an argument, or of the call's name if the argument is missing.
    TextSpan span(std::string_view name) const {
        for (const Given& given : given_)
            if (given.name == name) return given.span;
        return call_.span;
    }
    Index whole(std::string_view name, std::optional<Index> otherwise) const {
        const TorchValue* value = find(name);
        if (!value && otherwise) return *otherwise;
        if (!value) fail(name, fmt::format("needs {}", name));
        if (const Index* number = std::get_if<Index>(value)) return *number;
        fail(name, fmt::format("takes one whole number as {}", name));
    }
    bool truth(std::string_view name, bool otherwise) const {
        const TorchValue* value = find(name);
        if (!value) return otherwise;
        if (const bool* is = std::get_if<bool>(value)) return *is;
        if (name == "align_corners" && is_none(name)) return otherwise;
        fail(name, fmt::format("takes True or False as {}", name));
    }
    // PyTorch tests `if bias:`, so Python's rule applies: None, 0 and empty values are False.
    bool truthy(std::string_view name, bool otherwise) const {
        const TorchValue* value = find(name);
        if (!value) return otherwise;
        return std::visit(
            [](const auto& v) {
                using Value = std::decay_t<decltype(v)>;
                if constexpr (std::is_same_v<Value, TorchNone>)
                    return false;
                else if constexpr (std::is_arithmetic_v<Value>)
                    return v != 0;
                else
                    return !v.empty();
            },
            *value);
    }
    bool is_none(std::string_view name) const {
        const TorchValue* value = find(name);
        return !value || std::holds_alternative<TorchNone>(*value);
    }
    const std::string* text(std::string_view name) const {
        const TorchValue* value = find(name);
        return value ? std::get_if<std::string>(value) : nullptr;
    }
    // One number for all axes, or one per axis. A tuple of one number applies to all axes, except where PyTorch uses it
    // as the shape of a weight.
    // With `none` a tuple may contain None.
    std::vector<Index> each(std::string_view name, std::optional<Index> otherwise, bool tuple_of_one = true,
                            bool none = false) const {
        const TorchValue* value = find(name);
        if (!value && otherwise) return std::vector<Index>(rank_, *otherwise);
        if (!value) fail(name, fmt::format("needs {}", name));
        if (const Index* number = std::get_if<Index>(value)) return std::vector<Index>(rank_, *number);
        const auto* numbers = std::get_if<std::vector<Index>>(value);
        if (!numbers) fail(name, fmt::format("takes a whole number or {} of them as {}", rank_, name));
        if (!none && std::count(numbers->begin(), numbers->end(), none_in_tuple) > 0)
            fail(name, fmt::format("takes whole numbers as {}, not None", name));
        if (numbers->size() == 1 && tuple_of_one) return std::vector<Index>(rank_, numbers->front());
        if (numbers->size() == 1 && rank_ > 1)
            fail(name, fmt::format("takes one number or a tuple of {} as {}, not a tuple of 1", rank_, name));
        if (static_cast<int>(numbers->size()) != rank_)
            fail(name, fmt::format("takes one number or {} as {}, not {}", rank_, name, numbers->size()));
        return *numbers;
    }

  private:
    const TorchCall& call_;
    int rank_;
    struct Given {
        std::string name;
        TorchValue value;
        TextSpan span;
    };
    std::vector<Given> given_;
};

// Windows that begin deeper in the padding than half of the undilated kernel are refused.
void check_pooling_padding(const Arguments& in, const Layer& layer) {
    for (const arith::Axis& axis : layer.axes)
        if (axis.kernel >= 1 && axis.pad_before > axis.kernel / 2)
            in.fail("padding",
                    fmt::format("has a padding of {}; PyTorch takes at most half of the kernel, which is {} of {}",
                                axis.pad_before, axis.kernel / 2, axis.kernel));
}

void read_padding(const Arguments& in, Layer& layer) {
    if (in.text("padding") && layer.is_transposed())
        in.fail("padding", "takes numbers as padding; PyTorch has “same” and “valid” for Conv only");
    if (const std::string* word = in.text("padding"); word && layer.op == arith::Op::convolution) {
        if (*word != "same" && *word != "valid")
            in.fail("padding", fmt::format("has the padding “{}”; it must be a number, same or valid", shown(*word)));
        for (arith::Axis& axis : layer.axes) {
            if (*word == "valid") continue;
            if (axis.stride != 1)
                in.fail("padding",
                        fmt::format(
                            "has padding=\"same\" and a stride of {}; PyTorch allows “same” with a stride of 1 only",
                            axis.stride));
            std::tie(axis.pad_before, axis.pad_after) = arith::padding_for(arith::PaddingRule::same, axis);
        }
        return;
    }
    const std::vector<Index> padding = in.each("padding", 0);
    for (int a = 0; a < layer.rank(); ++a) layer.axes[a].pad_before = layer.axes[a].pad_after = padding[a];
}

// Reads the numbers that are not per axis; `where_set` selects those that are written only if set.
void read_layer_numbers(const Arguments& in, Layer& layer, bool where_set) {
    for (const arith::LayerNumber& one : arith::layer_numbers()) {
        if (!one.of_layer || !one.torch || (one.written == Written::where_set) != where_set ||
            !one.belongs_to(layer.op) || (where_set && in.is_none(one.torch) && !one.torch_required))
            continue;
        const Index value = in.whole(one.torch, one.torch_required ? std::nullopt : std::optional(one.by_default));
        if (one.zero_refused && value == 0)
            in.fail(one.torch, fmt::format("has {} = 0; {}", one.torch, one.zero_refused));
        layer.*one.of_layer = value;
    }
}

// Numbers that are None by default, as output_size=(None, 7).
std::vector<Index> read_or_none(const Arguments& in, const Layer& layer, const arith::LayerNumber& one) {
    if (!in.find(one.torch)) in.fail(one.torch, fmt::format("needs {}", one.torch));
    if (in.is_none(one.torch)) return std::vector<Index>(layer.axes.size(), one.by_default);
    std::vector<Index> values = in.each(one.torch, {}, true, true);
    for (Index& value : values) {
        if (value == one.by_default)
            in.fail(one.torch, fmt::format("has {} = {}; None keeps the input's size", one.torch, value));
        if (value == none_in_tuple) value = one.by_default;
    }
    return values;
}

// Reads the numbers per axis. The stride of a pooling defaults to its kernel size.
void read_axis_numbers(const Arguments& in, Layer& layer) {
    for (const arith::LayerNumber& one : arith::layer_numbers()) {
        if (!one.of_axis || !one.torch || one.after || !one.belongs_to(layer.op)) continue;
        std::vector<Index> values;
        if (one.torch_none)
            values = read_or_none(in, layer, one);
        else if (one.of_axis == &arith::Axis::upsample_size && in.is_none(one.torch))
            values.assign(layer.axes.size(), one.by_default);
        else if (one.of_axis == &arith::Axis::kernel)
            values = in.each(one.torch, {}, layer.is_pooling());
        else if (one.of_axis == &arith::Axis::stride && layer.is_pooling() && in.is_none(one.torch))
            for (const arith::Axis& axis : layer.axes) values.push_back(axis.kernel);
        else
            values = in.each(one.torch, one.by_default);
        for (std::size_t a = 0; a < values.size(); ++a) layer.axes[a].*one.of_axis = values[a];
    }
}

// The kind of a class that has a mode, such as Upsample.
arith::Op op_of_mode(const Arguments& in, const LayerKind& kind, int rank) {
    const std::string* mode = in.text("mode");
    if (!mode) return kind.op;
    std::string names;
    for (const LayerKind& other : arith::layer_kinds) {
        const std::string_view name = other.torch_modes[static_cast<std::size_t>(rank - 1)];
        if (other.torch != kind.torch) continue;
        if (name == *mode) return other.op;
        names += fmt::format("{}{}", names.empty() ? "" : " and ", name);
    }
    in.fail("mode", fmt::format("has the mode “{}”; for this input the modes are {}", shown(*mode), names));
}

Layer layer_of(const TorchCall& call, const LayerKind& kind, int rank) {
    const Arguments in(call, arguments_of(kind, rank), rank);
    Layer layer;
    layer.op = kind.op;
    layer.axes.resize(rank);
    if (!kind.torch_modes[0].empty()) layer.op = op_of_mode(in, kind, rank);
    read_axis_numbers(in, layer);
    if (kind.mixes_channels) {
        layer.in_channels = in.whole("in_channels", {});
        layer.out_channels = in.whole("out_channels", {});
    }
    read_layer_numbers(in, layer, false);
    if (kind.bias) layer.bias = in.truthy("bias", true);
    if (const std::string* mode = in.text("padding_mode")) {
        const auto named = arith::padding_mode_of_torch(*mode);
        if (!named)
            in.fail("padding_mode", fmt::format("has the padding_mode “{}”; the modes are {}", shown(*mode),
                                                arith::torch_padding_mode_names(" and ")));
        layer.padding_mode = *named;
    } else if (in.find("padding_mode")) {
        in.fail("padding_mode", "takes a text as padding_mode");
    }
    if (kind.interpolates && in.is_none("size") && in.is_none("scale_factor"))
        in.fail("size", "needs size or scale_factor");
    for (const arith::LayerSwitch& one : arith::layer_switches())
        if (!one.comment) layer.*one.on = in.truth(one.key, one.by_default);
    read_layer_numbers(in, layer, true);
    read_padding(in, layer);
    if (layer.is_pooling()) check_pooling_padding(in, layer);
    read_torch_comment(call.comment, layer);
    return layer;
}

// "Conv2d" is a convolution of rank 2; null for an unknown name.
const LayerKind* kind_of(std::string_view name, int& rank) {
    for (const LayerKind& kind : arith::layer_kinds) {
        if (kind.torch == name) return &kind;  // a class of every rank; `rank` is as it was
        for (int own = 1; own <= arith::max_rank; ++own)
            if (arith::torch_name(kind, own) == name) {
                rank = own;
                return &kind;
            }
    }
    return nullptr;
}

[[noreturn]] void fail_unknown(const TorchCall& call) {
    const std::string& name = call.name;
    std::vector<std::string> names = arith::between_names(arith::Framework::pytorch);
    for (const LayerKind& kind : arith::layer_kinds)
        for (int rank = 1; rank <= arith::max_rank; ++rank) names.push_back(arith::torch_name(kind, rank));
    const std::string meant = nearest(name, names);
    throw TorchFault(fmt::format("There is no layer “{}” here; {}", shown(name),
                                 is_near(name, meant) ? fmt::format("did you mean {}?", meant)
                                                      : fmt::format("there are {} of 1d to 3d, and ReLU.",
                                                                    arith::listed(&LayerKind::torch_family, " and "))),
                     call.span);
}

// A layer without a window with its arguments.
arith::Between between_of(const TorchCall& call, arith::Between between) {
    std::vector<std::string_view> names;
    for (const arith::BetweenSetting* one : arith::settings_of(*between.kind, arith::Framework::pytorch))
        names.push_back(one->key);
    const Arguments in(call, names, 1);
    for (const arith::BetweenSetting& setting : between.kind->settings) {
        const TorchValue* given = setting.in_torch ? in.find(setting.key) : nullptr;
        if (!given) continue;
        arith::BetweenValue value;
        if (const auto* number = std::get_if<Index>(given)) value = static_cast<double>(*number);
        if (const auto* truth = std::get_if<bool>(given)) value = *truth ? 1.0 : 0.0;
        if (const auto* text = std::get_if<std::string>(given)) value = *text;
        if (const auto* several = std::get_if<std::vector<Index>>(given))
            value = std::vector<double>(several->begin(), several->end());
        if (const auto why = arith::set(between, setting, std::move(value))) in.fail(setting.key, *why);
    }
    if (const arith::BetweenSetting* missing = arith::missing_setting(between))
        in.fail(missing->key, fmt::format("needs {}", missing->key));
    return between;
}

}  // namespace

arith::Chain read_torch(std::string_view text, const arith::Shape& input) {
    const int rank = static_cast<int>(input.size()) - 1;
    arith::Chain chain;
    arith::Betweens before;
    // What the next layer is given; where that is not possible, what the layer before gives.
    const auto coming_to = [&] {
        const arith::Betweens& betweens = chain.empty() ? before : chain.back().after;
        if (!chain.empty() && !arith::check(chain.back().layer).empty()) return input;
        const arith::Shape from = chain.empty() ? input : arith::output_shape(chain.back().layer);
        return arith::shapes_after(betweens, from).last(from);
    };
    for (const TorchCall& call : read_torch_calls(text)) {
        if (auto between = arith::between_named(call.name, arith::Framework::pytorch)) {
            (chain.empty() ? before : chain.back().after).push_back(between_of(call, std::move(*between)));
            // The comment belongs to the layer on the same line.
            if (!chain.empty()) read_torch_comment(call.comment, chain.back().layer);
            continue;
        }
        int own_rank = rank;
        const LayerKind* kind = kind_of(call.name, own_rank);
        if (!kind) fail_unknown(call);
        if (own_rank != rank)
            throw TorchFault(fmt::format("{} takes an input of {} numbers (C and {} more); {} has {}.", call.name,
                                         own_rank + 1, own_rank, arith::to_text(input), input.size()),
                             call.span);
        Layer layer = layer_of(call, *kind, rank);
        // The input channels are those of the input or of the previous layer's output. connect() sets the rest.
        if (!layer.mixes_channels()) layer.in_channels = layer.out_channels = coming_to()[0];
        const Index coming = coming_to()[0];
        if (layer.in_channels != coming)
            throw TorchFault(
                fmt::format("{} has in_channels = {}, and {} {}.", call.name, layer.in_channels,
                            chain.empty() ? "the input's channels are" : "the channels it receives are", coming),
                Arguments(call, arguments_of(*kind, rank), rank).span("in_channels"));
        chain.push_back({std::move(layer), {}, {}, {}});
        if (chain.size() == 1) {
            for (int a = 0; a < rank; ++a) chain[0].layer.axes[a].size = input[a + 1];
            chain[0].before = before;
        }
        arith::connect(chain, input);
    }
    if (chain.empty()) throw TorchFault("The text has no layer with a window; ReLU alone has none.", {0, text.size()});
    arith::connect(chain, input);
    return chain;
}

TextSpan torch_place(std::string_view text, int link, arith::LayerField field) {
    std::vector<std::string_view> names;
    if (field == arith::LayerField::channels) names = {"out_channels", "in_channels"};
    // The size is not part of the text.
    const arith::LayerField of = field == arith::LayerField::size ? arith::LayerField::kernel : field;
    for (const arith::LayerNumber& one : arith::layer_numbers())
        if (one.torch && one.field == of && of != arith::LayerField::pooling) names.push_back(one.torch);
    for (const TorchCall& call : read_torch_calls(text)) {
        int rank = 1;
        const LayerKind* kind = kind_of(call.name, rank);
        if (!kind || link-- > 0) continue;
        const Arguments in(call, arguments_of(*kind, rank), rank);
        for (const std::string_view name : names)
            if (in.find(name)) return in.span(name);
        return call.span;
    }
    return {};
}

arith::Shape read_shape(std::string_view text) {
    arith::Shape shape;
    std::string plain(text);
    for (std::size_t at; (at = plain.find("×")) != std::string::npos;) plain.replace(at, std::string("×").size(), "x");
    std::string_view rest = plain;
    for (;;) {
        const LeadingWhole whole = leading_whole(rest);
        if (whole.digits == 0 || whole.number < 1 || shape.size() > 4)
            throw Error(fmt::format("{}: give a shape such as 3x224x224, channels first, each number at least 1.",
                                    text.substr(0, 60)));
        shape.push_back(whole.number);
        rest.remove_prefix(whole.digits);
        if (rest.empty()) return shape;
        // Only a single separator may stand between two numbers; anything else ends in the error above.
        if (rest.front() == 'x' || rest.front() == ',')
            rest.remove_prefix(1);
        else
            rest = {};
    }
}

}  // namespace convloom::state
