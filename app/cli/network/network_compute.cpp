#include "app/cli/network/network_compute.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <numeric>

#include "app/cli/base/cli.hpp"
#include "app/cli/base/output.hpp"
#include "app/cli/base/progress.hpp"
#include "app/cli/base/threads.hpp"
#include "app/files/files.hpp"
#include "app/files/npy.hpp"
#include "app/files/npz.hpp"
#include "core/network/evaluate/evaluate.hpp"
#include "core/network/input/photo_input.hpp"
#include "core/state/base/error.hpp"

namespace convloom::cli {
namespace {

using network::Array;
using network::Index;

const network::Tensor& tensor(const NetworkFacts& facts, int number) {
    return facts.graph.tensors[static_cast<std::size_t>(number)];
}

int input_named(const NetworkFacts& facts, const std::string& name, const std::string& flag) {
    std::string names;
    for (const int input : facts.graph.inputs) {
        if (tensor(facts, input).name == name) return input;
        names += fmt::format("{}“{}”", names.empty() ? "" : ", ", tensor(facts, input).name);
    }
    throw Error(fmt::format("{}: the model has no input “{}”; its inputs are {}.", flag, name, names));
}

// The sizes that an input has, all of them known.
const network::Sizes& sizes_of_input(const NetworkFacts& facts, int input) {
    const auto& sizes = facts.inference.facts[static_cast<std::size_t>(input)].sizes;
    if (!sizes || !network::element_count(*sizes))
        throw Error(fmt::format("The input “{}” leaves sizes open ({}); choose them with --input.",
                                tensor(facts, input).name, sizes ? network::sizes_text(*sizes) : "any sizes"));
    return *sizes;
}

Array array_of(const NetworkFacts& facts, int input, const std::string& file) {
    state::Array read;
    try {
        read = files::read_npy(files::read(file));
    } catch (const Error& error) {
        throw Error(fmt::format("--data {}: {}", file, error.what()));
    }
    const network::Sizes& wanted = sizes_of_input(facts, input);
    network::Sizes sizes(read.shape.begin(), read.shape.end());
    if (sizes.size() + 1 == wanted.size()) sizes.insert(sizes.begin(), 1);
    if (sizes != wanted)
        throw Error(fmt::format("--data {}: its shape is {}; the input “{}” takes {}.", file,
                                network::sizes_text(sizes), tensor(facts, input).name, network::sizes_text(wanted)));
    return {std::move(sizes), std::move(read.values)};
}

std::map<int, Array> inputs_of(const NetworkFacts& facts, const NetworkTask& task) {
    std::map<int, Array> inputs;
    for (std::size_t at = 0; at < task.data.size();) {
        const std::size_t end = std::min(task.data.find(';', at), task.data.size());
        std::string one = task.data.substr(at, end - at);
        at = end + 1;
        one.erase(0, one.find_first_not_of(' ') == std::string::npos ? one.size() : one.find_first_not_of(' '));
        if (one.empty()) continue;
        const std::size_t equals = one.find('=');
        if (equals == std::string::npos && facts.graph.inputs.size() != 1)
            throw Error(fmt::format("--data {}: the model has {} inputs; say which, as name={}.", one,
                                    facts.graph.inputs.size(), one));
        const int input = equals == std::string::npos ? facts.graph.inputs.front()
                                                      : input_named(facts, one.substr(0, equals), "--data");
        inputs[input] = array_of(facts, input, equals == std::string::npos ? one : one.substr(equals + 1));
    }
    if (!task.photo.empty()) {
        if (task.fit != "crop" && task.fit != "stretch")
            throw Error(fmt::format("--fit {}: give crop or stretch.", task.fit));
        const int input = *std::find_if(facts.graph.inputs.begin(), facts.graph.inputs.end() - 1,
                                        [&](int one) { return inputs.count(one) == 0; });
        if (inputs.count(input) != 0) throw Error("--photo: --data already gives the model's input.");
        const image::Image photo = files::load_image(task.photo);
        try {
            inputs[input] = network::photo_input(photo, sizes_of_input(facts, input),
                                                 network::read_normalisation(task.normalisation),
                                                 task.fit == "crop" ? network::Fit::crop : network::Fit::stretch);
        } catch (const std::string& sentence) {
            throw Error(fmt::format("--photo {}: {}", task.photo, sentence));
        }
    }
    for (const int input : facts.graph.inputs)
        if (inputs.count(input) == 0)
            throw Error(fmt::format(
                "The input “{}” ({}) is missing: give a picture with --photo or an array with --data.",
                tensor(facts, input).name,
                tensor(facts, input).sizes ? network::sizes_text(*tensor(facts, input).sizes) : "any sizes"));
    return inputs;
}

// Weights in files beside the model; nothing outside of the model's folder is read.
void load_weights(NetworkFacts& facts) {
    const std::filesystem::path folder = std::filesystem::path(facts.file).parent_path();
    std::map<std::string, std::shared_ptr<const std::string>> loaded;
    for (network::Tensor& one : facts.graph.tensors) {
        if (!one.values || one.values->location.empty()) continue;
        network::Values& values = *one.values;
        const std::filesystem::path path = std::filesystem::path(values.location).lexically_normal();
        if (path.is_absolute() || path.empty() || *path.begin() == "..")
            throw Error(
                fmt::format("“{}”: the values of “{}” stand in “{}”, outside of the model's folder, which is not read.",
                            facts.file, one.name, values.location));
        std::shared_ptr<const std::string>& bytes = loaded[path.string()];
        if (!bytes)
            bytes = std::make_shared<const std::string>(
                files::read(folder / path, files::Content::any, std::size_t{4} << 30));
        const auto count = network::element_count(values.sizes);
        const std::size_t length = values.length >= 0 ? static_cast<std::size_t>(values.length)
                                                      : static_cast<std::size_t>(count.value_or(0)) *
                                                            static_cast<std::size_t>(network::bytes_of(values.type));
        if (values.offset < 0 || static_cast<std::size_t>(values.offset) > bytes->size() ||
            length > bytes->size() - static_cast<std::size_t>(values.offset))
            throw Error(fmt::format("“{}”: the values of “{}” take {} bytes from byte {} of “{}”, which has {}.",
                                    facts.file, one.name, length, values.offset, values.location, bytes->size()));
        values.bytes = std::string_view(*bytes).substr(static_cast<std::size_t>(values.offset), length);
        values.owner = bytes;
    }
}

std::vector<int> wanted_tensors(const NetworkFacts& facts, const NetworkTask& task) {
    std::vector<int> wanted;
    for (const std::string& name : task.tensors) {
        const auto& all = facts.graph.tensors;
        auto found = std::find_if(all.begin(), all.end(), [&](const network::Tensor& one) { return one.name == name; });
        if (found != all.end()) {
            wanted.push_back(static_cast<int>(found - all.begin()));
            continue;
        }
        // The name of a node stands for its first output.
        const auto& nodes = facts.graph.nodes;
        const auto node =
            std::find_if(nodes.begin(), nodes.end(), [&](const network::Node& one) { return one.name == name; });
        if (node == nodes.end() || node->outputs.empty() || node->outputs[0] < 0)
            throw Error(fmt::format(
                "--tensor {}: the model has no tensor and no node of that name; `convloom info {}` lists them.", name,
                facts.file));
        wanted.push_back(node->outputs[0]);
    }
    if (task.all)
        for (std::size_t n = 0; n < facts.graph.tensors.size(); ++n) wanted.push_back(static_cast<int>(n));
    if (wanted.empty()) wanted = facts.graph.outputs;
    return wanted;
}

std::vector<std::string> lines_of(const std::string& file) {
    std::vector<std::string> lines;
    const std::string text = files::read(file, files::Content::text);
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        lines.push_back(text.substr(at, end - at));
        if (!lines.back().empty() && lines.back().back() == '\r') lines.back().pop_back();
        at = end + 1;
    }
    return lines;
}

void print_results(const NetworkFacts& facts, int number, const Array& array, const std::vector<std::string>& labels) {
    constexpr std::size_t most = 5;
    print("{}  {}\n", tensor(facts, number).name, network::sizes_text(array.sizes));
    std::vector<std::size_t> order(array.values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const std::size_t shown = std::min(most, order.size());
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(shown), order.end(),
                      [&](std::size_t a, std::size_t b) {
                          return array.values[a] > array.values[b] || (array.values[a] == array.values[b] && a < b);
                      });
    for (std::size_t n = 0; n < shown; ++n)
        print("  {:>12.6g}  {}{}\n", array.values[order[n]], order[n],
              order[n] < labels.size() ? "  " + labels[order[n]] : std::string());
}

void write_tensors(const NetworkFacts& facts, const std::vector<int>& wanted, const network::Evaluation& made,
                   const std::string& output) {
    const std::string ending = std::filesystem::path(output).extension().string();
    auto shape = [](const Array& array) { return arith::Shape(array.sizes.begin(), array.sizes.end()); };
    if (ending == ".npy") {
        if (wanted.size() != 1)
            throw Error(
                fmt::format("-o {}: an .npy file holds one tensor, and {} are wanted; an .npz file holds several.",
                            output, wanted.size()));
        const Array& array = *made.arrays[static_cast<std::size_t>(wanted.front())];
        return files::write(output, files::npy_bytes(shape(array), array.values));
    }
    files::Npz npz;
    for (const int number : wanted)
        if (const auto& array = made.arrays[static_cast<std::size_t>(number)])
            npz.add(tensor(facts, number).name, shape(*array), array->values);
    files::write(output, npz.bytes());
}

}  // namespace

int network_compute(const NetworkTask& task) {
    if (const std::string ending = std::filesystem::path(task.output).extension().string();
        !task.output.empty() && ending != ".npy" && ending != ".npz")
        throw Error(fmt::format("-o {}: tensors are written as .npz or .npy.", task.output));
    NetworkFacts facts = read_network(task.file, task.sizes);
    load_weights(facts);
    const std::vector<int> wanted = wanted_tensors(facts, task);
    const std::vector<std::string> labels = task.labels.empty() ? std::vector<std::string>() : lines_of(task.labels);
    const std::map<int, Array> inputs = inputs_of(facts, task);
    network::EvaluateOptions options;
    options.wanted = wanted;
    options.all = task.all;
    options.parallel = on_threads(task.threads);
    Progress progress("nodes");
    long long node = 0;
    options.goes_on = [&] {
        progress.at(node++, static_cast<long long>(facts.graph.nodes.size()));
        return true;
    };
    const network::Evaluation made = network::evaluate(facts.graph, facts.inference, inputs, options);
    // Faults that follow from others only repeat them.
    std::size_t faults = 0;
    for (const std::string& fault : made.faults)
        if (!fault.empty() && fault.find("which has no values") == std::string::npos && faults++ < 3)
            complain("{}", fault);
    bool complete = true;
    for (const int number : wanted) {
        const bool has = made.arrays[static_cast<std::size_t>(number)] != nullptr;
        complete = complete && (has || task.all);
        if (!has && !task.all) complain("“{}” has no values.", tensor(facts, number).name);
    }
    if (!complete) return failed;
    if (!task.output.empty()) {
        write_tensors(facts, wanted, made, task.output);
        print("Wrote {}, {} {}.\n", task.output, wanted.size(), wanted.size() == 1 ? "tensor" : "tensors");
        return done;
    }
    for (const int number : wanted)
        if (const auto& array = made.arrays[static_cast<std::size_t>(number)])
            print_results(facts, number, *array, labels);
    return done;
}

}  // namespace convloom::cli
