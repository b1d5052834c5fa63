#include "app/cli/layer/layer_words.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/cli/base/caret.hpp"
#include "app/cli/base/options.hpp"
#include "app/files/arrays/named_arrays.hpp"
#include "app/files/arrays/npy.hpp"
#include "app/files/files.hpp"
#include "core/arith/layer/counts.hpp"
#include "core/arith/layer/layer_switches.hpp"
#include "core/arith/layer/relationship.hpp"
#include "core/scene/looks/look.hpp"
#include "core/state/base/error.hpp"
#include "core/state/data/build.hpp"
#include "core/state/words/torch_words.hpp"
#include "core/state/words/words_state.hpp"

namespace convloom::cli {
namespace {

using arith::Index;
using Written = arith::LayerNumber::Written;

// "3" for every axis or "3x5" for each. Zero is allowed, unlike in a shape.
std::vector<Index> per_axis(const std::string& flag, const std::string& text, int rank) {
    std::vector<Index> numbers;
    std::string part;
    for (std::size_t at = 0; at <= text.size(); ++at) {
        if (at < text.size() && text[at] != 'x' && text[at] != ',') {
            part += text[at];
            continue;
        }
        if (part.empty() || part.size() > 12 || part.find_first_not_of("0123456789") != std::string::npos)
            throw Error(fmt::format("{} {}: give one number, or one for each axis as 3x5.", flag, text));
        numbers.push_back(std::stoll(part));
        part.clear();
    }
    if (numbers.size() == 1) numbers.assign(static_cast<std::size_t>(rank), numbers.front());
    if (static_cast<int>(numbers.size()) != rank)
        throw Error(fmt::format("{} {}: {} for {}.", flag, text,
                                arith::counted(static_cast<Index>(numbers.size()), "number"),
                                arith::counted(rank, "axis")));
    return numbers;
}

void set_padding(arith::Layer& layer, const std::string& text) {
    using arith::PaddingRule;
    constexpr std::pair<const char*, PaddingRule> rules[] = {{"valid", PaddingRule::valid},
                                                             {"same", PaddingRule::same},
                                                             {"same_upper", PaddingRule::same_upper},
                                                             {"same_lower", PaddingRule::same_lower},
                                                             {"full", PaddingRule::full}};
    for (const auto& [name, rule] : rules)
        if (text == name) return arith::set_padding(layer, rule);
    const std::vector<Index> padding = per_axis("--padding", text, layer.rank());
    for (int a = 0; a < layer.rank(); ++a) layer.axes[a].pad_before = layer.axes[a].pad_after = padding[a];
}

// "--ceil-mode", or "--no-count-include-pad" of one that is on by default.
std::string flag_of(const arith::LayerSwitch& one) {
    return scene::flag_of((one.by_default ? "no_" : "") + std::string(one.key));
}

bool is_given(const LayerWords& words, const std::string& name) {
    return std::find(words.flags.begin(), words.flags.end(), name) != words.flags.end();
}

// A flag of another kind of layer is refused, but where it says what is so anyway. The layer has the numbers of the
// flags already, even those that are not its own.
void check_flags_fit(const LayerWords& words, const arith::Layer& layer) {
    const arith::LayerKind& kind = layer.kind();
    const auto check_fits = [&](const std::string& name, const char* goes_with, bool fits) {
        if (!fits && is_given(words, name))
            throw Error(fmt::format("{} does not go with --op {}: it is for {}.", name, words.op, goes_with));
    };
    const auto check_numbers = [&](bool of_axis, bool where_set) {
        const auto numbers = arith::layer_numbers();
        // What only one kind has stands last and is told first.
        for (auto one = numbers.rbegin(); one != numbers.rend(); ++one)
            if (one->has_flag && (one->of_axis != nullptr) == of_axis &&
                (one->written == Written::where_set) == where_set)
                check_fits(scene::flag_of(one->key), one->kinds,
                           one->belongs_to(layer.op) || (!where_set && arith::is_by_default(layer, *one)));
    };
    check_fits("--out-channels", "convolutions; other layers keep their channels",
               kind.mixes_channels || words.out_channels == layer.out_channels);
    check_numbers(false, false);
    check_fits("--no-bias", "convolutions; other layers have no bias", kind.bias);
    check_fits("--padding-value", "convolutions", kind.has_padding_modes);
    check_fits("--padding-mode", "convolutions",
               kind.has_padding_modes || layer.padding_mode == arith::PaddingMode::zeros);
    check_numbers(true, false);
    check_numbers(true, true);
    check_numbers(false, true);
    for (const arith::LayerSwitch& one : arith::layer_switches())
        check_fits(flag_of(one), one.kinds, one.belongs_to(layer.op));
    for (const arith::LayerNumber& one : arith::layer_numbers())
        if (one.of_layer && one.zero_refused && layer.*one.of_layer == 0 && is_given(words, scene::flag_of(one.key)))
            throw Error(fmt::format("{} is 0; {}.", scene::flag_of(one.key), one.zero_refused));
}

// The kernel's sizes and the output channels, from the weights.
void take_kernel(arith::Layer& layer, const LayerWords& words, const state::Array& kernel) {
    if (!layer.has_weight()) return;  // refused with the other flags
    const bool transposed = layer.is_transposed();
    const Index groups = std::max<Index>(layer.groups, 1), in_group = layer.in_channels / groups;
    const arith::Shape shape =
        state::weight_shape_of(kernel, layer.rank(), transposed ? layer.in_channels : in_group, transposed);
    for (int a = 0; a < layer.rank(); ++a) layer.axes[a].kernel = shape[static_cast<std::size_t>(a) + 2];
    const Index in = transposed ? shape[0] : shape[1] * groups, out = transposed ? shape[1] * groups : shape[0];
    if (in != layer.in_channels)
        throw Error(fmt::format("--kernel is {}, for {}, but the input has {}.", arith::to_text(kernel.shape),
                                arith::counted(in, "channel"), arith::counted(layer.in_channels, "channel")));
    if (is_given(words, "--out-channels") && words.out_channels != out)
        throw Error(fmt::format("--out-channels is {}, but --kernel is {}, for {}.", words.out_channels,
                                arith::to_text(kernel.shape), arith::counted(out, "output channel")));
    layer.out_channels = out;
}

arith::Chain by_flags(const LayerWords& words, const arith::Shape& input, const state::OwnNumbers& own) {
    arith::Layer layer;
    const auto op = arith::op_of_flag(words.op);
    if (!op)
        throw Error(
            fmt::format("--op {}: the operations are {}.", words.op, arith::listed(&arith::LayerKind::flag, " and ")));
    const arith::AskedPadding padding =
        asked_padding(words.padding_mode.empty() ? "zeros" : words.padding_mode, words.padding_value);
    if (words.in_channels != 0 && words.in_channels != input[0])
        throw Error(fmt::format("--in-channels is {}, and {} {} has {}.", words.in_channels,
                                own.data ? "--data" : "--input", own.data ? arith::to_text(input) : words.input,
                                arith::counted(input[0], "channel")));
    const int rank = static_cast<int>(input.size()) - 1;
    layer.op = *op;
    layer.padding_mode = padding.mode;
    layer.padding_value = words.padding_value.value_or(0);
    layer.in_channels = input[0];
    layer.out_channels = layer.mixes_channels() ? words.out_channels : input[0];
    // The user's own numbers are computed as they are: no bias is made up.
    layer.bias = !words.no_bias && layer.kind().bias && (own.bias || !own.any());
    for (std::size_t n = 0; n < words.switches.size(); ++n) {
        const arith::LayerSwitch& one = arith::layer_switches()[n];
        layer.*one.on = words.switches[n] != one.by_default;
    }
    layer.axes.resize(static_cast<std::size_t>(rank));
    for (int a = 0; a < rank; ++a) layer.axes[a].size = input[a + 1];
    for (const arith::LayerNumber& one : arith::layer_numbers()) {
        if (!one.has_flag || one.after) continue;
        if (one.of_layer) {
            layer.*one.of_layer = words.of(one).of_layer;
            continue;
        }
        if (words.of(one).of_axes.empty() && !one.belongs_to(layer.op)) continue;
        if (one.of_axis == &arith::Axis::kernel && own.kernel && layer.has_weight()) continue;
        const std::vector<Index> values = per_axis(scene::flag_of(one.key), words.of(one).of_axes, rank);
        for (int a = 0; a < rank; ++a) layer.axes[a].*one.of_axis = values[a];
    }
    if (own.kernel) take_kernel(layer, words, *own.kernel);
    if (!layer.mixes_channels()) layer.out_channels = layer.out_channels_for(layer.in_channels);
    check_flags_fit(words, layer);
    set_padding(layer, words.of(arith::number_of(&arith::Axis::pad_before)).of_axes);
    if (!layer.wide_padding) arith::set_padding_mode(layer, padding);
    return {{std::move(layer), {}, {}, {}}};
}

// Text with several numbers, or a file's name, is weights; "3" and "3x5" are sizes.
bool is_weights(const std::string& kernel) {
    return kernel.find_first_of(" \t\r\n;|[.-/") != std::string::npos;
}

bool is_file(const std::string& text) {
    const auto ends = [&](const char* ending) { return text.ends_with(ending); };
    return ends(".npy") || ends(".csv") || ends(".txt") || ends(".json") || ends(".tsv");
}

std::optional<state::Array> read_numbers(const char* flag, const std::string& text) {
    if (text.empty()) return std::nullopt;
    try {
        if (!is_file(text)) return state::read_array(text);
        return text.ends_with(".npy")
                   ? files::read_npy(files::read(text))
                   : state::read_array(files::read(text, files::Content::text, files::largest_numbers));
    } catch (const Failure&) {
        throw;
    } catch (const Error& error) {
        const std::string why = error.what();
        if (why.find(text) != std::string::npos) throw;  // the file's name is said already
        throw Error(fmt::format("{}{}: {}", flag, is_file(text) ? " " + text : "", why));
    }
}

// "model.npz", or "model.npz:conv1" for the arrays of one layer.
std::optional<state::NamedWeights> read_weights(const std::string& words) {
    if (words.empty()) return std::nullopt;
    const std::size_t colon = words.rfind(':');
    const std::string before = words.substr(0, colon);
    const bool named = colon != std::string::npos && files::names_arrays(before) && !files::names_arrays(words);
    const std::string file = named ? before : words;
    if (!files::names_arrays(file))
        throw Error(fmt::format(
            "--weights {}: give a .npy, .npz or .safetensors file, or such a file and a name, as model.npz:conv1.",
            words));
    const std::string bytes = files::read(file);
    try {
        return state::NamedWeights{"--weights " + words, named ? words.substr(colon + 1) : "",
                                   files::read_named_arrays(bytes)};
    } catch (const Failure&) {
        throw;
    } catch (const Error& error) {
        throw Error(fmt::format("--weights {}: {}", file, error.what()));
    }
}

// Layers in words take the data in the first shape in which they can be computed.
state::Reading of_code(const std::string& code, const state::Array& data) {
    const std::vector<arith::Shape> shapes = state::possible_input_shapes(data);
    for (const arith::Shape& shape : shapes) try {
            state::Reading reading = state::read_layers(code, shape);
            if (!reading.chain.empty() && arith::check(reading.chain).empty()) return reading;
        } catch (const Error&) {  // of another rank
        }
    return state::read_layers(code, shapes.front());
}

}  // namespace

bool LayerWords::by_flags() const {
    const arith::LayerNumber& number = arith::number_of(&arith::Axis::kernel);
    const auto kind = arith::op_of_flag(op);
    const std::string& kernel = of(number).of_axes;
    return (!kernel.empty() && !(is_weights(kernel) && (!layers.empty() || has_other_layer))) ||
           (kind && !number.belongs_to(*kind));
}

void check_flags_apply(const LayerWords& words) {
    if (words.by_flags()) return;
    for (const std::string& flag : words.flags)
        if (flag != "--kernel")
            throw Error(fmt::format("{} goes with --kernel and --input, not with PyTorch code or a preset.", flag));
}

std::string LayerWords::first() const {
    return !flags.empty()     ? flags.front()
           : !data.empty()    ? "--data"
           : !bias.empty()    ? "--bias"
           : !weights.empty() ? "--weights"
                              : "--input";
}

state::OwnNumbers own_numbers(const LayerWords& words) {
    const std::string& kernel = words.of(arith::number_of(&arith::Axis::kernel)).of_axes;
    return {read_numbers("--data", words.data), is_weights(kernel) ? read_numbers("--kernel", kernel) : std::nullopt,
            read_numbers("--bias", words.bias), read_weights(words.weights)};
}

state::Reading reading_of(const LayerWords& words, const state::OwnNumbers& own) {
    if (words.input.empty() && !own.data)
        throw Error("--input is missing: give the input's shape, such as 3x224x224, or its numbers with --data.");
    arith::Shape input;
    if (!words.input.empty()) {
        input = state::read_shape(words.input);
        if (input.size() < 2 || input.size() > 4)
            throw Error(
                fmt::format("--input {}: give channels and one to three sizes, such as 3x224x224.", words.input));
    } else if (words.layers.empty()) {
        input = state::input_shape_of(*own.data, state::rank_of(own));
    }
    if (words.layers.empty()) {
        state::Reading reading;
        reading.chain = by_flags(words, input, own);
        reading.input = input;
        return reading;
    }
    const std::string code =
        words.layers == "-" ? files::read_standard_input(files::Content::text, files::largest_words) : words.layers;
    return with_caret(code, [&] { return input.empty() ? of_code(code, *own.data) : state::read_layers(code, input); });
}

arith::Chain chain_of(const LayerWords& words, const state::OwnNumbers& own) {
    state::Reading reading = reading_of(words, own);
    if (reading.chain.empty())
        throw Error(fmt::format("The text has no layer with a window; {} alone has none.",
                                arith::name_of(reading.alone.front())));
    return std::move(reading.chain);
}

state::State state_of(const LayerWords& words, const arith::Chain& chain) {
    if (const auto problems = arith::check(chain); !problems.empty()) throw Error(problems.front().problem.sentence);
    std::string code = words.layers.empty() ? state::torch_code(chain) : words.layers;
    if (words.layers.empty()) code.erase(std::min(code.find("  #"), code.size()));  // the comment is no title
    return state::state_of_chain(
        chain, state::can_be_title(code) ? code : arith::counted(static_cast<Index>(chain.size()), "layer"));
}

state::State state_of(const LayerWords& words) {
    check_flags_apply(words);
    const state::OwnNumbers own = own_numbers(words);
    state::State state = state_of(words, chain_of(words, own));
    set_own_numbers(state, own, false);
    return state;
}

void add_layer_flags(CLI::App& command, LayerWords& words, bool shares_with_photos) {
    std::vector<CLI::Option*> flags;
    const auto add_numbers = [&](bool of_axis, bool where_set) {
        for (const arith::LayerNumber& one : arith::layer_numbers()) {
            if (!one.has_flag || (one.of_axis != nullptr) != of_axis ||
                (one.written == Written::where_set) != where_set)
                continue;
            if (shares_with_photos && one.of_axis == &arith::Axis::kernel) continue;
            LayerWords::Number& into = words.of(one);
            flags.push_back(of_axis ? command.add_option(scene::flag_of(one.key), into.of_axes, one.help)
                                    : command.add_option(scene::flag_of(one.key), into.of_layer, one.help));
            if (one.flag_default) flags.back()->capture_default_str();
        }
    };
    for (const arith::LayerNumber& one : arith::layer_numbers())
        words.numbers.push_back({one.flag_default ? one.flag_default : "", one.by_default});
    flags.push_back(
        command.add_option("--op", words.op, arith::listed(&arith::LayerKind::flag, " or "))->capture_default_str());
    add_numbers(true, false);
    flags.push_back(command.add_option("--in-channels", words.in_channels, "must equal those of --input"));
    flags.push_back(command.add_option("--out-channels", words.out_channels)->capture_default_str());
    add_numbers(false, false);
    if (!shares_with_photos)
        flags.push_back(
            command.add_option("--padding-mode", words.padding_mode, padding_mode_help())->default_str("zeros"));
    flags.push_back(command.add_option("--padding-value", words.padding_value, "of the padding mode constant"));
    as_number(flags.back());
    flags.push_back(command.add_flag("--no-bias", words.no_bias));
    add_numbers(true, true);
    add_numbers(false, true);
    for (const arith::LayerSwitch& one : arith::layer_switches())
        flags.push_back(command.add_flag(flag_of(one), words.switches.emplace_back(false), one.help));
    for (CLI::Option* flag : flags)
        flag->group("A layer by flags")->each([&words, name = flag->get_name()](const std::string&) {
            words.flags.push_back(name);
        });
    command.add_option("--data", words.data,
                       "the input's numbers: \"1 2; 3 4\", planes divided by |, or a .npy, .csv or .json file");
    command.add_option("--bias", words.bias, "the bias's numbers, such as 1,2");
    command.add_option("--weights", words.weights,
                       "the layers' weights and biases from a .npz, .safetensors or .npy file; model.npz:conv1 takes "
                       "those of one name");
}

void add_layer_options(CLI::App& command, LayerWords& words) {
    command.add_option("--layers", words.layers, "layers as PyTorch code instead");
    command.add_option("--input", words.input, "their input's shape, such as 1x5x5");
    add_layer_flags(command, words);
}

}  // namespace convloom::cli
