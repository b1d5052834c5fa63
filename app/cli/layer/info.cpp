// convloom info: the shapes, formulas and costs of a layer or a chain, given as PyTorch code, by flags or as a preset.
#include "app/cli/layer/info.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <nlohmann/json.hpp>

#include "app/cli/base/cli.hpp"
#include "app/cli/base/json_text.hpp"
#include "app/files/files.hpp"
#include "core/arith/layer/layer_switches.hpp"
#include "core/arith/layer/relationship.hpp"
#include "core/scene/looks/look.hpp"
#include "core/state/base/error.hpp"
#include "core/state/json/layer_reader.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/update/update.hpp"
#include "core/state/words/torch_words.hpp"

namespace convloom::cli {
namespace {

using arith::Index;

struct InfoWords {
    std::string layers, preset, input;
    std::vector<std::string> flags;  // the layer's flags that were given
    std::string op = "conv", kernel, stride = "1", padding = "0", dilation = "1", output_padding = "0",
                padding_mode = "zeros";
    Index in_channels = 0, out_channels = 1, groups = 1, divisor_override = 0;
    bool no_bias = false, json = false;
    std::deque<bool> switches;  // whether each of arith::layer_switches() differs from its default
};

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
            throw Error(fmt::format("--{} {}: give one number, or one per axis such as 3x5.", flag, text));
        numbers.push_back(std::stoll(part));
        part.clear();
    }
    if (numbers.size() == 1) numbers.assign(static_cast<std::size_t>(rank), numbers.front());
    if (static_cast<int>(numbers.size()) != rank)
        throw Error(fmt::format("--{} {}: {} numbers for {} axes.", flag, text, numbers.size(), rank));
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
    const std::vector<Index> padding = per_axis("padding", text, layer.rank());
    for (int a = 0; a < layer.rank(); ++a) layer.axes[a].pad_before = layer.axes[a].pad_after = padding[a];
}

// "--ceil-mode", or "--no-count-include-pad" of one that is on by default.
std::string flag_of(const arith::LayerSwitch& one) {
    return scene::flag_of((one.by_default ? "no_" : "") + std::string(one.key));
}

// A flag for another kind of layer is refused, unless it states what holds anyway.
void check_flags_fit(const InfoWords& words, const arith::Layer& layer) {
    const bool pooling = layer.is_pooling(), transposed = layer.is_transposed(),
               average = layer.op == arith::Op::average_pooling;
    const auto every = [&](Index arith::Axis::*number, Index n) {
        return std::ranges::all_of(layer.axes, [&](const arith::Axis& axis) { return axis.*number == n; });
    };
    const struct {
        const char *name, *goes_with;
        bool fits;
    } flags[] = {
        {"--out-channels", "convolutions; a pooling layer keeps its channels",
         !pooling || words.out_channels == layer.in_channels},
        {"--groups", "convolutions; a pooling layer has none", !pooling || words.groups == 1},
        {"--no-bias", "convolutions; a pooling layer has no bias", !pooling},
        {"--padding-mode", "convolutions", layer.op == arith::Op::convolution || words.padding_mode == "zeros"},
        {"--output-padding", "transposed convolutions", transposed || every(&arith::Axis::output_padding, 0)},
        {"--dilation", "convolutions and max pooling", !average || every(&arith::Axis::dilation, 1)},
        {"--divisor-override", "average pooling", average},
    };
    const auto check_fits = [&](const std::string& name, const char* goes_with, bool fits) {
        if (!fits && std::ranges::find(words.flags, name) != words.flags.end())
            throw Error(fmt::format("{} does not go with --op {}: it is for {}.", name, words.op, goes_with));
    };
    for (const auto& flag : flags) check_fits(flag.name, flag.goes_with, flag.fits);
    for (const arith::LayerSwitch& one : arith::layer_switches())
        check_fits(flag_of(one), one.kinds, one.belongs_to(layer.op));
    if (words.divisor_override == 0 && std::ranges::find(words.flags, "--divisor-override") != words.flags.end())
        throw Error("--divisor-override is 0; the divisor must not be 0.");
}

arith::Chain by_flags(const InfoWords& words, const arith::Shape& input) {
    arith::Layer layer;
    const auto op = words.op == "transposed" ? arith::Op::transposed_convolution : state::op_of_json_name(words.op);
    if (!op) throw Error(fmt::format("--op {}: the operations are conv, transposed, max_pool and avg_pool.", words.op));
    const auto mode = arith::padding_mode_named(words.padding_mode);
    if (!mode)
        throw Error(fmt::format("--padding-mode {}: the modes are zeros, reflect, replicate and circular.",
                                words.padding_mode));
    if (words.in_channels != 0 && words.in_channels != input[0])
        throw Error(fmt::format("--in-channels is {}, and --input {} has {} channels.", words.in_channels, words.input,
                                input[0]));
    const int rank = static_cast<int>(input.size()) - 1;
    layer.op = *op;
    layer.padding_mode = *mode;
    layer.in_channels = input[0];
    layer.out_channels = layer.is_pooling() ? input[0] : words.out_channels;
    layer.groups = layer.is_pooling() ? 1 : words.groups;
    layer.bias = !words.no_bias && !layer.is_pooling();
    layer.divisor_override = words.divisor_override;
    for (std::size_t n = 0; n < words.switches.size(); ++n) {
        const arith::LayerSwitch& one = arith::layer_switches()[n];
        layer.*one.on = words.switches[n] != one.by_default;
    }
    layer.axes.resize(static_cast<std::size_t>(rank));
    const auto kernel = per_axis("kernel", words.kernel, rank), stride = per_axis("stride", words.stride, rank),
               dilation = per_axis("dilation", words.dilation, rank),
               output_padding = per_axis("output-padding", words.output_padding, rank);
    for (int a = 0; a < rank; ++a)
        layer.axes[a] = {input[a + 1], kernel[a], stride[a], 0, 0, dilation[a], output_padding[a]};
    check_flags_fit(words, layer);
    set_padding(layer, words.padding);
    return {{std::move(layer), arith::Activation::none}};
}

arith::Chain chain_of(const InfoWords& words) {
    const int ways = !words.layers.empty() + !words.preset.empty() + !words.kernel.empty();
    if (ways != 1)
        throw Error(
            "Give one of: layers as PyTorch code, --kernel with other flags, --preset; `convloom info --help` has "
            "examples.");
    if (words.kernel.empty() && !words.flags.empty())
        throw Error(
            fmt::format("{} goes with --kernel and --input, not with PyTorch code or a preset.", words.flags.back()));
    if (!words.preset.empty() && !words.input.empty())
        throw Error("--input goes with PyTorch code or flags; a preset has its own input.");
    if (!words.preset.empty()) return state::chain_of(state::preset(words.preset));
    if (words.input.empty()) throw Error("--input is missing: give the input's shape, such as 3x224x224.");
    const arith::Shape input = state::read_shape(words.input);
    if (input.size() < 2 || input.size() > 4)
        throw Error(fmt::format("--input {}: give channels and one to three sizes, such as 3x224x224.", words.input));
    if (words.layers.empty()) return by_flags(words, input);
    return state::read_torch(
        words.layers == "-" ? files::read_standard_input(files::Content::text, files::largest_words) : words.layers,
        input);
}

int info(const InfoWords& words) {
    const arith::Chain chain = chain_of(words);
    const std::vector<arith::ChainProblem> problems = arith::check(chain);
    std::string told, line;
    for (const arith::ChainProblem& p : problems) {
        if (p.link != problems.front().link) break;  // consequences of the first fault are not reported
        // Several fields can correct the same fault; it is reported once, with the nearest value of each.
        if (p.problem.sentence != told) {
            if (!line.empty()) complain("{}", line);
            line = told = p.problem.sentence;
        }
        if (p.problem.nearest)
            line +=
                fmt::format(" The nearest {} that works is {}.", arith::name_of(p.problem.field), *p.problem.nearest);
    }
    if (!line.empty()) complain("{}", line);
    if (!problems.empty()) return usage;
    fmt::memory_buffer out;
    out.append(words.json ? info_json(chain) : info_text(chain));
    flush(out);
    return done;
}

// The flags that define a layer. They cannot be combined with PyTorch code or a preset.
std::vector<CLI::Option*> layer_flags(CLI::App& command, InfoWords& words) {
    std::vector<CLI::Option*> flags = {
        command.add_option("--op", words.op, "conv, transposed, max_pool or avg_pool")->capture_default_str(),
        command.add_option("--kernel", words.kernel, "one number, or one per axis such as 3x5"),
        command.add_option("--stride", words.stride)->capture_default_str(),
        command
            .add_option("--padding", words.padding,
                        "numbers, or valid, same (as in PyTorch, for stride 1), same_upper, same_lower (as in ONNX, "
                        "TensorFlow), full")
            ->capture_default_str(),
        command.add_option("--dilation", words.dilation)->capture_default_str(),
        command.add_option("--output-padding", words.output_padding)->capture_default_str(),
        command.add_option("--in-channels", words.in_channels, "must equal those of --input"),
        command.add_option("--out-channels", words.out_channels)->capture_default_str(),
        command.add_option("--groups", words.groups)->capture_default_str(),
        command.add_option("--padding-mode", words.padding_mode, "zeros, reflect, replicate or circular")
            ->capture_default_str(),
        command.add_flag("--no-bias", words.no_bias),
        command.add_option("--divisor-override", words.divisor_override,
                           "average pooling: divide by this number instead"),
    };
    for (const arith::LayerSwitch& one : arith::layer_switches())
        flags.push_back(command.add_flag(flag_of(one), words.switches.emplace_back(false), one.help));
    return flags;
}

}  // namespace

void add_info(CLI::App& app, Run& run) {
    auto words = std::make_shared<InfoWords>();
    CLI::App* command =
        app.add_subcommand("info", "Show the shapes, formulas, relationships and costs of a layer or a chain");
    command->add_option("layers", words->layers,
                        "layers as PyTorch code, separated by ; or line breaks; - for standard input");
    command->add_option("--input", words->input, "input shape, channels first, such as 3x224x224");
    command->add_option("--preset", words->preset, "a preset instead");
    const std::vector<CLI::Option*> flags = layer_flags(*command, *words);
    for (CLI::Option* flag : flags) flag->group("A layer by flags");
    command->add_flag("--json", words->json, "as JSON");
    command->footer(
        "Examples:\n"
        "  convloom info \"nn.Conv2d(3, 64, 7, stride=2, padding=3)\" --input 3x224x224\n"
        "  convloom info \"nn.Conv2d(3, 64, 7, 2, 3); nn.ReLU(); nn.MaxPool2d(3, 2, 1)\" --input 3x224x224\n"
        "  convloom info --kernel 3 --padding same --out-channels 8 --input 3x32x32 --json\n"
        "  convloom info --preset kind_depthwise_separable");
    command->callback([words, flags, &run] {
        for (const CLI::Option* flag : flags)
            if (flag->count() > 0) words->flags.push_back(flag->get_name());
        run = [words] { return info(*words); };
    });
}

}  // namespace convloom::cli
