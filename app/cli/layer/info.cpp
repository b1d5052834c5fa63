// convloom info: the shapes, formulas and costs of a layer or a chain, given as PyTorch code, by flags or as a preset.
#include "app/cli/layer/info.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <nlohmann/json.hpp>

#include "app/cli/base/caret.hpp"
#include "app/cli/base/cli.hpp"
#include "app/cli/base/json_text.hpp"
#include "app/files/files.hpp"
#include "core/arith/layer/counts.hpp"
#include "core/arith/layer/layer_numbers.hpp"
#include "core/arith/layer/layer_switches.hpp"
#include "core/arith/layer/relationship.hpp"
#include "core/scene/looks/look.hpp"
#include "core/state/base/error.hpp"
#include "core/state/json/layer_reader.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/update/update.hpp"
#include "core/state/words/layer_code.hpp"
#include "core/state/words/reading.hpp"
#include "core/state/words/torch_words.hpp"

namespace convloom::cli {
namespace {

using arith::Index;
using Written = arith::LayerNumber::Written;

struct InfoWords {
    std::string layers, preset, input, words = "pytorch";
    std::vector<std::string> flags;  // those that were given of a layer by flags
    std::string op = "conv", padding_mode = "zeros";
    Index in_channels = 0, out_channels = 1;
    bool no_bias = false, json = false;
    std::deque<bool> switches;  // whether each of arith::layer_switches() is to be other than by default
    // Of each of arith::layer_numbers(): what is said for the axes, or the number. A deque, since flags point into it.
    struct Number {
        std::string of_axes;
        Index of_layer = 0;
    };
    std::deque<Number> numbers;

    Number& of(const arith::LayerNumber& one) { return numbers[&one - arith::layer_numbers().data()]; }
    const Number& of(const arith::LayerNumber& one) const { return numbers[&one - arith::layer_numbers().data()]; }
    // Whether a layer is given by flags: by its kernel, or by a kind that has none.
    bool by_flags() const {
        const arith::LayerNumber& kernel = arith::number_of(&arith::Axis::kernel);
        const auto kind = arith::op_of_flag(op);
        return !of(kernel).of_axes.empty() || (kind && !kernel.belongs_to(*kind));
    }
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

// A flag of another kind of layer is refused, but where it says what is so anyway. The layer has the numbers of the
// flags already, even those that are not its own.
void check_flags_fit(const InfoWords& words, const arith::Layer& layer) {
    const arith::LayerKind& kind = layer.kind();
    const auto is_given = [&](const std::string& name) {
        return std::find(words.flags.begin(), words.flags.end(), name) != words.flags.end();
    };
    const auto check_fits = [&](const std::string& name, const char* goes_with, bool fits) {
        if (!fits && is_given(name))
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
    check_fits("--out-channels", "convolutions; a pooling layer keeps its channels",
               kind.mixes_channels || words.out_channels == layer.in_channels);
    check_numbers(false, false);
    check_fits("--no-bias", "convolutions; a pooling layer has no bias", kind.bias);
    check_fits("--padding-mode", "convolutions",
               kind.has_padding_modes || layer.padding_mode == arith::PaddingMode::zeros);
    check_numbers(true, false);
    check_numbers(true, true);
    check_numbers(false, true);
    for (const arith::LayerSwitch& one : arith::layer_switches())
        check_fits(flag_of(one), one.kinds, one.belongs_to(layer.op));
    for (const arith::LayerNumber& one : arith::layer_numbers())
        if (one.of_layer && one.zero_refused && layer.*one.of_layer == 0 && is_given(scene::flag_of(one.key)))
            throw Error(fmt::format("{} is 0; {}.", scene::flag_of(one.key), one.zero_refused));
}

arith::Chain by_flags(const InfoWords& words, const arith::Shape& input) {
    arith::Layer layer;
    const auto op = arith::op_of_flag(words.op);
    if (!op)
        throw Error(
            fmt::format("--op {}: the operations are {}.", words.op, arith::listed(&arith::LayerKind::flag, " and ")));
    const auto mode = arith::padding_mode_named(words.padding_mode);
    if (!mode)
        throw Error(fmt::format("--padding-mode {}: the modes are {}.", words.padding_mode,
                                arith::padding_mode_names(" and ")));
    if (words.in_channels != 0 && words.in_channels != input[0])
        throw Error(fmt::format("--in-channels is {}, and --input {} has {}.", words.in_channels, words.input,
                                arith::counted(input[0], "channel")));
    const int rank = static_cast<int>(input.size()) - 1;
    layer.op = *op;
    layer.padding_mode = *mode;
    layer.in_channels = input[0];
    layer.out_channels = layer.mixes_channels() ? words.out_channels : input[0];
    layer.bias = !words.no_bias && layer.kind().bias;
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
        const std::vector<Index> values = per_axis(scene::flag_of(one.key), words.of(one).of_axes, rank);
        for (int a = 0; a < rank; ++a) layer.axes[a].*one.of_axis = values[a];
    }
    check_flags_fit(words, layer);
    set_padding(layer, words.of(arith::number_of(&arith::Axis::pad_before)).of_axes);
    return {{std::move(layer), {}, {}, {}}};
}

InfoSubject subject_of(const InfoWords& words) {
    const int ways = !words.layers.empty() + !words.preset.empty() + words.by_flags();
    if (ways != 1)
        throw Error(
            "Give one of: layers as PyTorch code, --kernel with other flags, --preset; `convloom info --help` has "
            "examples.");
    if (!words.by_flags() && !words.flags.empty())
        throw Error(
            fmt::format("{} goes with --kernel and --input, not with PyTorch code or a preset.", words.flags.back()));
    if (!words.preset.empty() && !words.input.empty())
        throw Error("--input goes with PyTorch code or flags; a preset has its own input.");
    InfoSubject subject;
    const auto framework = state::framework_named(words.words);
    if (!framework) throw Error(fmt::format("--words {}: the words are pytorch, keras and onnx.", words.words));
    subject.words = *framework;
    if (!words.preset.empty()) {
        subject.chain = state::chain_of(state::preset(words.preset));
        return subject;
    }
    if (words.input.empty()) throw Error("--input is missing: give the input's shape, such as 3x224x224.");
    const arith::Shape input = state::read_shape(words.input);
    if (input.size() < 2 || input.size() > 4)
        throw Error(fmt::format("--input {}: give channels and one to three sizes, such as 3x224x224.", words.input));
    if (words.layers.empty()) {
        subject.chain = by_flags(words, input);
        return subject;
    }
    const std::string code =
        words.layers == "-" ? files::read_standard_input(files::Content::text, files::largest_words) : words.layers;
    state::Reading reading = with_caret(code, [&] { return state::read_layers(code, input); });
    subject.chain = std::move(reading.chain);
    subject.alone = std::move(reading.alone);
    subject.input = std::move(reading.input);
    subject.remarks = std::move(reading.remarks);
    return subject;
}

int info(const InfoWords& words) {
    const InfoSubject subject = subject_of(words);
    if (subject.chain.empty())
        if (const auto problem = arith::shapes_after(subject.alone, subject.input).problem)
            throw Error(problem->sentence);
    const std::vector<arith::ChainProblem> problems =
        subject.chain.empty() ? std::vector<arith::ChainProblem>() : arith::check(subject.chain);
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
    out.append(words.json ? info_json(subject) : info_text(subject));
    flush(out);
    return done;
}

// The flags that define a layer. They cannot be combined with PyTorch code or a preset.
std::vector<CLI::Option*> layer_flags(CLI::App& command, InfoWords& words) {
    std::vector<CLI::Option*> flags;
    const auto add_numbers = [&](bool of_axis, bool where_set) {
        for (const arith::LayerNumber& one : arith::layer_numbers()) {
            if (!one.has_flag || (one.of_axis != nullptr) != of_axis ||
                (one.written == Written::where_set) != where_set)
                continue;
            InfoWords::Number& into = words.of(one);
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
    flags.push_back(command.add_option("--padding-mode", words.padding_mode, arith::padding_mode_names(" or "))
                        ->capture_default_str());
    flags.push_back(command.add_flag("--no-bias", words.no_bias));
    add_numbers(true, true);
    add_numbers(false, true);
    for (const arith::LayerSwitch& one : arith::layer_switches())
        flags.push_back(command.add_flag(flag_of(one), words.switches.emplace_back(false), one.help));
    return flags;
}

}  // namespace

void add_info(CLI::App& app, Run& run) {
    auto words = std::make_shared<InfoWords>();
    CLI::App* command =
        app.add_subcommand("info", "Show the shapes, formulas, relationships and costs of a layer or a chain");
    command->add_option(
        "layers", words->layers,
        "layers as code: of PyTorch, Keras or ONNX, or as print(model) writes them; - for standard input");
    command->add_option("--input", words->input, "input shape, channels first, such as 3x224x224");
    command->add_option("--preset", words->preset, "a preset instead");
    const std::vector<CLI::Option*> flags = layer_flags(*command, *words);
    for (CLI::Option* flag : flags) flag->group("A layer by flags");
    command->add_option("--words", words->words, "whose words the layers are written in: pytorch, keras or onnx")
        ->capture_default_str();
    command->add_flag("--json", words->json, "as JSON");
    command->footer(
        "Examples:\n"
        "  convloom info \"nn.Conv2d(3, 64, 7, stride=2, padding=3)\" --input 3x224x224\n"
        "  convloom info \"nn.Conv2d(3, 64, 7, 2, 3); nn.ReLU(); nn.MaxPool2d(3, 2, 1)\" --input 3x224x224\n"
        "  convloom info \"layers.Conv2D(32, 3, padding='same')\" --input 3x224x224 --words onnx\n"
        "  convloom info --kernel 3 --padding same --out-channels 8 --input 3x32x32 --json\n"
        "  convloom info --preset kind_depthwise_separable");
    command->callback([words, flags, &run] {
        for (const CLI::Option* flag : flags)
            if (flag->count() > 0) words->flags.push_back(flag->get_name());
        run = [words] { return info(*words); };
    });
}

}  // namespace convloom::cli
