#include "core/state/frameworks/between_reader.hpp"

#include <algorithm>
#include <map>

namespace convloom::state {
namespace {

using arith::Between;
using arith::BetweenKind;
using arith::BetweenSetting;
using arith::BetweenValue;
using arith::Framework;
using arith::Index;

// Keywords of Keras that set nothing that is shown, and those that PyTorch's layers all have.
const std::vector<std::string_view> between_tolerated = {"name",
                                                         "input_shape",
                                                         "input_dim",
                                                         "batch_input_shape",
                                                         "trainable",
                                                         "dtype",
                                                         "device",
                                                         "data_format",
                                                         "axis",
                                                         "activation",
                                                         "synchronized",
                                                         "seed",
                                                         "noise_shape",
                                                         "kernel_initializer",
                                                         "bias_initializer",
                                                         "kernel_regularizer",
                                                         "bias_regularizer",
                                                         "activity_regularizer",
                                                         "kernel_constraint",
                                                         "bias_constraint",
                                                         "gamma_initializer",
                                                         "beta_initializer",
                                                         "gamma_regularizer",
                                                         "beta_regularizer",
                                                         "moving_mean_initializer",
                                                         "moving_variance_initializer",
                                                         "inplace",
                                                         "training",
                                                         "input",
                                                         "X",
                                                         "scale",
                                                         "center",
                                                         "fused",
                                                         "renorm",
                                                         "B",
                                                         "process_group",
                                                         "virtual_batch_size",
                                                         "track_running_stats"};

void add_numbers(const Arguments& in, const std::string& name, const Value& value, BetweenValue& into) {
    switch (value.kind) {
        case ValueKind::real:
            into.numbers.push_back(value.real);
            break;
        case ValueKind::list:
            for (const Value& one : value.elements()) add_numbers(in, name, one, into);
            break;
        case ValueKind::truth:
        case ValueKind::whole:
            into.numbers.push_back(static_cast<double>(value.whole));
            break;
        default:
            into.numbers.push_back(static_cast<double>(in.number(name, value, "takes numbers as " + name, 1)));
    }
}

// A word without quotes counts as a text where a text is taken.
BetweenValue setting_value(const Arguments& in, const std::string& name, const Value& value, bool takes_text) {
    if (value.is(ValueKind::none)) return {};
    if (value.is(ValueKind::text) || (takes_text && value.is(ValueKind::open))) return BetweenValue(value.text);
    BetweenValue numbers;
    add_numbers(in, name, value, numbers);
    return numbers;
}

const BetweenSetting* setting_of_key(const BetweenKind& kind, std::string_view key) {
    for (const BetweenSetting& one : kind.settings)
        if (one.key == key) return &one;
    return nullptr;
}

std::string_view argument_of(const BetweenSetting& setting, Framework framework) {
    if (framework == Framework::pytorch) return setting.key;
    const std::string_view names = framework == Framework::keras ? setting.keras : setting.onnx;
    return names.substr(0, names.find(','));
}

std::vector<std::string_view> between_arguments(const BetweenKind& kind, Framework framework) {
    std::vector<std::string_view> names;
    for (const BetweenSetting* one : arith::settings_of(kind, framework)) {
        const std::string_view all = framework == Framework::pytorch ? one->key
                                     : framework == Framework::keras ? one->keras
                                                                     : one->onnx;
        for (std::string_view rest = all; !rest.empty();) {
            names.push_back(rest.substr(0, rest.find(',')));
            rest.remove_prefix(std::min(names.back().size() + 1, rest.size()));
        }
    }
    return names;
}

// ZeroPadding2D(1), (1, 2) for height and width, or ((1, 2), (3, 4)); in PyTorch's order the last axis comes first.
BetweenValue keras_padding(const Arguments& in, const Value& given) {
    const auto& axes = given.elements();
    if (!given.is(ValueKind::list))
        return BetweenValue(static_cast<double>(in.number("padding", given, "takes whole numbers as padding", 1)));
    std::vector<double> all;
    const bool sides = in.rank() == 1 && axes.size() == 2;  // ZeroPadding1D((1, 2))
    if (static_cast<int>(axes.size()) != in.rank() && !sides)
        in.fail("padding", fmt::format("takes one number or {} as padding, not {}", in.rank(), axes.size()));
    const auto side = [&](const Value& one) {
        return static_cast<double>(in.number("padding", one, "takes whole numbers as padding", 1));
    };
    if (sides) return BetweenValue(std::vector<double>{side(axes[0]), side(axes[1])});
    for (auto axis = axes.rbegin(); axis != axes.rend(); ++axis) {
        const auto& two = axis->elements();
        if (axis->is(ValueKind::list) && two.size() != 2)
            in.fail("padding", "takes two numbers for each axis as padding");
        all.push_back(side(axis->is(ValueKind::list) ? two[0] : *axis));
        all.push_back(side(axis->is(ValueKind::list) ? two[1] : *axis));
    }
    return BetweenValue(all);
}

// ONNX lists all sides before, then all after, batch and channels included.
BetweenValue onnx_padding(const Arguments& in, const Value& given, int rank) {
    const auto& sides = given.elements();
    const std::size_t half = sides.size() / 2;
    if (static_cast<int>(half) < rank || sides.size() % 2 != 0 || half > 5)
        in.fail("pads", fmt::format("takes {} numbers as pads, before and after each axis, not {}", 2 * (rank + 2),
                                    sides.size()));
    std::vector<double> all;
    for (int a = 1; a <= rank; ++a)
        for (const std::size_t at : {half - static_cast<std::size_t>(a), 2 * half - static_cast<std::size_t>(a)})
            all.push_back(static_cast<double>(in.number("pads", sides[at], "takes whole numbers as pads", 0)));
    return BetweenValue(all);
}

void set_value(const Arguments& in, Between& between, const BetweenSetting& setting, std::string_view argument,
               BetweenValue value) {
    if (const auto refused = arith::set(between, setting, std::move(value))) in.fail(argument, *refused);
}

struct NamedBetween {
    Between between;
    Framework framework;
};

// The kind by its name in a framework, or PyTorch's function for an activation.
std::optional<NamedBetween> between_of_call(const Module& call) {
    static const std::map<std::string, NamedBetween> by_name = [] {
        std::map<std::string, NamedBetween> all;
        for (const Framework framework : {Framework::pytorch, Framework::keras, Framework::onnx})
            for (const std::string& name : arith::between_names(framework))
                if (auto between = arith::between_named(name, framework))
                    all.emplace(name, NamedBetween{*between, framework});
        return all;
    }();
    if (const auto found = by_name.find(call.name); found != by_name.end()) return found->second;
    if (call.name.empty() || (call.name[0] >= 'A' && call.name[0] <= 'Z')) return std::nullopt;
    std::string name = call.name;
    while (name.ends_with('_')) name.pop_back();  // relu_() works in place
    const std::pair<std::string_view, std::string_view> functions[] = {
        {"dropout", "Dropout"},   {"dropout2d", "Dropout2d"},        {"dropout3d", "Dropout3d"},
        {"flatten", "Flatten"},   {"pixel_shuffle", "PixelShuffle"}, {"pixel_unshuffle", "PixelUnshuffle"},
        {"identity", "Identity"}, {"logsigmoid", "LogSigmoid"},      {"glu", "GLU"}};
    for (const auto& [function, of] : functions)
        if (name == function)
            if (auto between = arith::between_named(of, Framework::pytorch))
                return NamedBetween{*between, Framework::pytorch};
    if (auto between = arith::between_of_activation(name)) return NamedBetween{*between, Framework::pytorch};
    return std::nullopt;
}

}  // namespace

std::optional<Between> read_activation(const Arguments& in) {
    for (const Argument& one : in.call().arguments) {
        if (one.name != "activation" || one.value.is(ValueKind::none)) continue;
        const std::string word = one.value.is(ValueKind::open)   ? one.value.text.substr(one.value.text.rfind('.') + 1)
                                 : one.value.is(ValueKind::text) ? one.value.text
                                 : one.value.is(ValueKind::module) ? one.value.module->name
                                                                   : "";
        if (auto between = arith::between_of_activation(word)) {
            if (std::string_view(between->kind->json) == "identity") return std::nullopt;
            return between;
        }
        if (auto between = arith::between_named(word, Framework::keras)) return between;
        in.notes().add_remark(fmt::format("The activation “{}” of {} is not known here.", shown(word), in.call().name));
        return arith::unknown_between(word);
    }
    return std::nullopt;
}

bool is_pad_function(const Module& call) {
    return call.name == "pad" && call.path != "np";
}

Between read_pad_function(const Module& call, int rank, ReadingNotes& notes) {
    const Arguments in(call, {{"input", "pad", "mode", "value"}, between_tolerated, rank}, notes);
    const std::string* mode = in.text("mode", {"constant", "reflect", "replicate", "circular"});
    const Value* pad = in.find("pad");
    if (!pad) in.fail("pad", "needs pad");
    BetweenValue sides;
    add_numbers(in, "pad", *pad, sides);
    sides.numbers.resize(std::max<std::size_t>(sides.numbers.size(), 2 * static_cast<std::size_t>(rank)));
    const std::string_view kind = !mode || *mode == "constant" ? "zero_pad"
                                  : *mode == "reflect"         ? "reflection_pad"
                                  : *mode == "replicate"       ? "replication_pad"
                                                               : "circular_pad";
    const Value* value = in.find("value");
    const bool is_constant =
        kind == "zero_pad" && value && !value->is(ValueKind::none) && (value->whole != 0 || value->real != 0);
    Between between = arith::between_of(is_constant ? "constant_pad" : kind, rank);
    set_value(in, between, *setting_of_key(*between.kind, "padding"), "pad", std::move(sides));
    if (is_constant)
        set_value(in, between, *setting_of_key(*between.kind, "value"), "value",
                  setting_value(in, "value", *value, false));
    return between;
}

std::optional<arith::Betweens> read_betweens(const Module& call, const arith::Shape& coming, ReadingNotes& notes) {
    const bool function = !call.name.empty() && call.name[0] >= 'a' && call.name[0] <= 'z';
    if (call.name == "Activation") {
        const Arguments in(call, {{"activation"}, between_tolerated, 1}, notes);
        Module plain = call;
        if (!plain.arguments.empty()) plain.arguments[0].name = "activation";
        const Arguments renamed(plain, {{"activation"}, between_tolerated, 1}, notes);
        const auto activation = read_activation(renamed);
        return activation ? arith::Betweens{*activation} : arith::Betweens{arith::between_of("identity")};
    }
    auto found = between_of_call(call);
    if (!found) return std::nullopt;
    Between& between = found->between;
    const Framework framework = found->framework;
    const BetweenKind& kind = *between.kind;
    if (framework != Framework::pytorch) between = arith::between_of(kind, framework, between.rank);
    const int rank = between.rank > 0 ? between.rank : static_cast<int>(coming.size()) - 1;
    ArgumentRules rules{between_arguments(kind, framework), between_tolerated, rank};
    if (call.name == "StochasticDepth") rules.tolerated.insert(rules.tolerated.end(), {"p", "mode"});  // torchvision's
    const bool pads = setting_of_key(kind, "padding") && framework != Framework::pytorch;
    if (pads)
        rules.names = framework == Framework::keras ? std::vector<std::string_view>{"padding"}
                                                    : std::vector<std::string_view>{"pads", "mode", "value"};
    Module plain = call;
    if (function || framework == Framework::onnx)  // data comes first
        std::erase_if(plain.arguments, [](const Argument& a) {
            return a.name.empty() && !a.value.is(ValueKind::whole) && !a.value.is(ValueKind::real) &&
                   !a.value.is(ValueKind::text);
        });
    // What a function or an operator has besides does not matter here.
    const bool strict = !function && framework == Framework::pytorch;
    if (!strict)
        std::erase_if(plain.arguments, [&](const Argument& a) {
            return !a.name.empty() && std::find(rules.names.begin(), rules.names.end(), a.name) == rules.names.end();
        });
    if (!strict && plain.arguments.size() > rules.names.size()) plain.arguments.resize(rules.names.size());
    if (kind.group == arith::BetweenGroup::joint || kind.group == arith::BetweenGroup::unknown) plain.arguments.clear();
    const Arguments in(plain, rules, notes);
    if (pads) {
        const std::string name = framework == Framework::keras ? "padding" : "pads";
        if (const Value* given = in.find(name))
            set_value(in, between, *setting_of_key(kind, "padding"), name,
                      framework == Framework::keras ? keras_padding(in, *given) : onnx_padding(in, *given, rank));
    } else {
        for (const Arguments::Given& one : in.given()) {
            const BetweenSetting* setting = arith::setting_named(kind, one.name, framework);
            if (setting)
                set_value(in, between, *setting, one.name,
                          setting_value(in, one.name, one.value, setting->takes == BetweenSetting::Takes::text));
        }
    }
    arith::take_shape(between, coming);
    if (const BetweenSetting* missing = arith::missing_setting(between))
        in.fail_at(call.span, fmt::format("needs {}", argument_of(*missing, framework)));
    arith::Betweens all = {between};
    if (framework == Framework::keras)
        if (auto activation = read_activation(Arguments(call, {rules.names, between_tolerated, rank}, notes)))
            all.push_back(*activation);
    return all;
}

}  // namespace convloom::state
