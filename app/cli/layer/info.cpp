// convloom info: the shapes, formulas and costs of a layer or a chain, given as PyTorch code, by flags or as a preset.
#include "app/cli/layer/info.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/cli/base/cli.hpp"
#include "app/cli/base/json_text.hpp"
#include "app/cli/layer/layer_words.hpp"
#include "app/cli/network/network_door.hpp"
#include "app/cli/network/network_info.hpp"
#include "app/files/files.hpp"
#include "core/state/base/error.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/words/layer_code.hpp"
#include "core/state/words/reading.hpp"

namespace convloom::cli {
namespace {

struct InfoWords {
    LayerWords layer;
    std::string preset, words = "pytorch";
    std::string other;  // a second network
    bool json = false, csv = false;
};

void check_ways(const InfoWords& words) {
    const LayerWords& layer = words.layer;
    if (!layer.layers.empty() + !words.preset.empty() + layer.by_flags() != 1)
        throw Error(
            "Give one of: layers as PyTorch code, --kernel with other flags, --preset; `convloom info --help` has "
            "examples.");
    check_flags_apply(layer);
    if (!words.preset.empty() && !layer.input.empty())
        throw Error("--input goes with PyTorch code or flags; a preset has its own input.");
}

InfoSubject subject_of(const InfoWords& words, const state::OwnNumbers& own) {
    InfoSubject subject;
    const auto framework = state::framework_named(words.words);
    if (!framework) throw Error(fmt::format("--words {}: the words are pytorch, keras and onnx.", words.words));
    subject.words = *framework;
    if (!words.preset.empty()) {
        subject.chain = state::chain_of(state::preset(words.preset));
        return subject;
    }
    state::Reading reading = reading_of(words.layer, own);
    subject.chain = std::move(reading.chain);
    subject.alone = std::move(reading.alone);
    subject.input = std::move(reading.input);
    subject.remarks = std::move(reading.remarks);
    return subject;
}

// A layer of a network: its numbers and costs.
int info_of_node(const InfoWords& words) {
    if (!words.preset.empty() || !words.layer.flags.empty() || !words.other.empty() || words.csv)
        throw Error("A network's layer has its own numbers; only --input, --words and --json go with it.");
    const auto framework = state::framework_named(words.words);
    if (!framework) throw Error(fmt::format("--words {}: the words are pytorch, keras and onnx.", words.words));
    InfoSubject subject;
    subject.words = *framework;
    subject.chain = {{network_layer_numbers(words.layer.layers, words.layer.input), {}, {}, {}}};
    fmt::memory_buffer out;
    out.append(words.json ? info_json(subject) : info_text(subject));
    flush(out);
    return done;
}

int info(const InfoWords& words) {
    if (networks::names_network(words.layer.layers)) {
        if (!words.preset.empty() || !words.layer.flags.empty())
            throw Error("A network has its own layers; of the flags only --input, --json and --csv go with it.");
        return network_info({words.layer.layers, words.other, words.layer.input, words.json, words.csv});
    }
    if (names_network_layer(words.layer.layers)) return info_of_node(words);
    if (!words.other.empty())
        throw Error("Two arguments are two networks (.onnx) to compare; `convloom compare` compares two layers.");
    if (words.csv) throw Error("--csv goes with a network (.onnx).");
    check_ways(words);
    const state::OwnNumbers own = own_numbers(words.layer);
    InfoSubject subject = subject_of(words, own);
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
    if (own.any() && !subject.chain.empty()) {
        state::State state = words.preset.empty() ? state_of(words.layer, subject.chain) : state::preset(words.preset);
        set_own_numbers(state, own, !words.preset.empty());
        subject.output = *state::stage_input(state, static_cast<int>(state.stages.size()));
    }
    out.append(words.json ? info_json(subject) : info_text(subject));
    flush(out);
    return done;
}

}  // namespace

void add_info(CLI::App& app, Run& run) {
    auto words = std::make_shared<InfoWords>();
    CLI::App* command =
        app.add_subcommand("info", "Show the shapes, formulas, relationships and costs of a layer or a chain");
    command->add_option(
        "layers", words->layer.layers,
        "layers as code: of PyTorch, Keras or ONNX, or as print(model) writes them; - for standard input; or " +
            network_words());
    command->add_option("other", words->other, "a second network, to be compared with the first");
    command->add_option("--input", words->layer.input, "input shape, channels first, such as 3x224x224");
    command->add_option("--preset", words->preset, "a preset instead");
    add_layer_flags(*command, words->layer);
    command->add_option("--words", words->words, "whose words the layers are written in: pytorch, keras or onnx")
        ->capture_default_str();
    command->add_flag("--json", words->json, "as JSON");
    command->add_flag("--csv", words->csv, "a network's table as CSV");
    command->footer(
        "Examples:\n"
        "  convloom info \"nn.Conv2d(3, 64, 7, stride=2, padding=3)\" --input 3x224x224\n"
        "  convloom info \"nn.Conv2d(3, 64, 7, 2, 3); nn.ReLU(); nn.MaxPool2d(3, 2, 1)\" --input 3x224x224\n"
        "  convloom info \"layers.Conv2D(32, 3, padding='same')\" --input 3x224x224 --words onnx\n"
        "  convloom info --kernel 3 --padding same --out-channels 8 --input 3x32x32 --json\n"
        "  convloom info --kernel \"0 1 2; 2 2 0; 0 1 2\" --data photo.csv --bias 1\n"
        "  convloom info --preset kind_depthwise_separable\n"
        "  convloom info model.onnx --input 1x3x224x224\n"
        "  convloom info model.onnx:conv1\n"
        "  convloom info before.onnx after.onnx");
    command->callback([words, &run] { run = [words] { return info(*words); }; });
}

}  // namespace convloom::cli
