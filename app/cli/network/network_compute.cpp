#include "app/cli/network/network_compute.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <functional>

#include "app/cli/base/cli.hpp"
#include "app/cli/base/output.hpp"
#include "app/cli/base/progress.hpp"
#include "app/files/arrays/npz.hpp"
#include "app/files/files.hpp"
#include "app/files/threads.hpp"
#include "app/networks/network_result.hpp"
#include "core/network/evaluate/evaluate.hpp"
#include "core/state/base/error.hpp"

namespace convloom::cli {
namespace {

using network::Array;
using network::Index;

const network::Tensor& tensor(const networks::NetworkFacts& facts, int number) {
    return facts.graph.tensors[static_cast<std::size_t>(number)];
}

std::vector<int> wanted_tensors(const networks::NetworkFacts& facts, const NetworkTask& task) {
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

void print_results(const networks::NetworkFacts& facts, int number, const Array& array,
                   const std::vector<std::string>& labels) {
    constexpr std::size_t most = 5;
    print("{}  {}\n", tensor(facts, number).name, network::sizes_text(array.sizes));
    for (const std::size_t place : networks::largest_places(array.values, most))
        print("  {:>12.6g}  {}{}\n", array.values[place], place,
              place < labels.size() ? "  " + labels[place] : std::string());
}

void write_tensors(const networks::NetworkFacts& facts, const std::vector<int>& wanted, const network::Evaluation& made,
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
    networks::NetworkFacts facts = networks::read_network(task.file, task.sizes);
    networks::load_weights(facts);
    const std::vector<int> wanted = wanted_tensors(facts, task);
    const std::vector<std::string> labels =
        task.labels.empty() ? std::vector<std::string>() : networks::read_labels(task.labels);
    const std::map<int, Array> inputs = networks::inputs_of(facts, task);
    for (const auto& [input, array] : inputs)
        if (array.values.size() > 1 &&
            std::adjacent_find(array.values.begin(), array.values.end(), std::not_equal_to<>()) == array.values.end())
            complain("The input “{}” has one value throughout: there is nothing to see in it.",
                     tensor(facts, input).name);
    network::EvaluateOptions options;
    options.wanted = wanted;
    options.all = task.all;
    options.parallel = files::on_threads(task.threads);
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
