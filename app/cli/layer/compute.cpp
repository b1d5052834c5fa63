// convloom compute FILE: the outputs of a file of cases, or of the layers of one state, one JSON object per line.
#include <nlohmann/json.hpp>

#include "app/cli/base/json_text.hpp"
#include "app/cli/base/progress.hpp"
#include "app/cli/layer/cases_file.hpp"
#include "app/cli/layer/layer_words.hpp"
#include "app/cli/network/network_compute.hpp"
#include "app/cli/network/network_door.hpp"
#include "app/files/link.hpp"
#include "core/arith/compute/fast.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/state/base/error.hpp"
#include "core/state/json/presets.hpp"

namespace convloom::cli {
namespace {

struct ComputeWords {
    std::string file, preset, state_file;
    NetworkTask network;
    LayerWords layer;
};

void add_output(fmt::memory_buffer& out, const state::Case& c) {
    arith::Shape shape = arith::output_shape(c.layer);
    shape.insert(shape.begin(), c.samples);
    fmt::format_to(std::back_inserter(out), R"("output_shape":[{}],"output":)", fmt::join(shape, ","));
    std::vector<float> values;
    for (const auto& input : c.inputs) {
        const arith::Tensor output = arith::fast(c.layer, *input, *c.weight, c.bias.get(), {}, c.sides);
        values.insert(values.end(), output.values.begin(), output.values.end());
    }
    add_numbers(out, values);
}

// The output of a whole chain of layers, as a case without a name.
int compute_layers(const state::State& state) {
    const arith::Shared<arith::Tensor> output = state::stage_input(state, static_cast<int>(state.stages.size()));
    arith::Shape shape = output->shape;
    shape.insert(shape.begin(), 1);
    fmt::memory_buffer out;
    fmt::format_to(std::back_inserter(out), R"({{"name":{},"output_shape":[{}],"output":)",
                   nlohmann::json(state.title).dump(), fmt::join(shape, ","));
    add_numbers(out, output->values);
    fmt::format_to(std::back_inserter(out), "}}\n");
    flush(out);
    return done;
}

int compute(const ComputeWords& words) {
    if (networks::names_network(words.file)) {
        NetworkTask task = words.network;
        task.file = words.file;
        task.sizes = words.layer.input;
        task.data = words.layer.data;
        return network_compute(task);
    }
    if (!words.network.photo.empty() || !words.network.output.empty() || !words.network.tensors.empty())
        throw Error("--photo, --tensor and --output go with a network (.onnx).");
    if (!words.file.empty() + !words.preset.empty() + !words.state_file.empty() + words.layer.given() != 1)
        throw Error(
            "Give one of: a file of cases, --preset, --state, or layers with --layers or --kernel and their --data.");
    if (words.layer.given()) return compute_layers(state_of(words.layer));
    if (!words.preset.empty()) return compute_layers(state::preset(words.preset));
    if (!words.state_file.empty()) return compute_layers(files::load_state_or_link(words.state_file));
    const std::vector<state::Case> cases = read_cases_file(words.file);
    fmt::memory_buffer out;
    bool all_ran = true;
    Progress progress("cases");
    long long number = 0;
    for (const state::Case& c : cases) {
        progress.at(number++, static_cast<long long>(cases.size()));
        fmt::format_to(std::back_inserter(out), R"({{"name":{},)", nlohmann::json(c.name).dump());
        if (c.error.empty())
            add_output(out, c);
        else
            fmt::format_to(std::back_inserter(out), R"("error":{})", nlohmann::json(c.error).dump());
        all_ran &= c.error.empty();
        fmt::format_to(std::back_inserter(out), "}}\n");
        flush(out);
    }
    return all_ran ? done : failed;
}

}  // namespace

void add_compute(CLI::App& app, Run& run) {
    auto words = std::make_shared<ComputeWords>();
    CLI::App* command =
        app.add_subcommand("compute", "Compute the outputs of a file of cases, one JSON object per line");
    command->add_option("file", words->file, "a file of cases, - for standard input; or " + network_words());
    command->add_option("--preset", words->preset, "all layers of a preset instead; `convloom list` shows all");
    command->add_option("--state", words->state_file, "all layers of a state file or a link (#v1?…) instead");
    add_layer_options(*command, words->layer);
    NetworkTask& network = words->network;
    command->add_option("--photo", network.photo, "the network's input as a picture")->group("A network");
    add_photo_input_options(*command, network);
    command->add_option("--labels", network.labels, "a file with the names of the results, one in each line")
        ->group("A network");
    command
        ->add_option("--tensor", network.tensors,
                     "a tensor's or a node's name, instead of the outputs; may be repeated")
        ->group("A network");
    command->add_flag("--all-tensors", network.all, "every tensor that has values")->group("A network");
    command->add_option("-o,--output", network.output, "an .npz file for the tensors, or .npy for one")
        ->group("A network");
    command->footer(
        "The file has the format of tests/conformance. The exit status is 0 when every case ran, 1 when\none did not, "
        "2 for a file in another format.\n\nExamples:\n  convloom compute tests/conformance/conv_2d.json\n"
        "  convloom compute resnet.onnx --photo cat.jpg --labels imagenet.txt\n"
        "  convloom compute resnet.onnx --photo cat.jpg --tensor conv1 -o maps.npy\n"
        "  convloom compute --kernel \"1 2 1\" --data \"1 2 3 4\" --padding 1 --padding-mode scipy:reflect");
    command->callback([words, &run] { run = [words] { return compute(*words); }; });
}

}  // namespace convloom::cli
