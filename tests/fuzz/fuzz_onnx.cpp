// Arbitrary bytes as a network: it is read, its shapes inferred, its table made and its values computed, or an Error is
// thrown, without a crash, overflow or sanitizer report.
#include <cstdint>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/network/evaluate/evaluate.hpp"
#include "core/network/summary/summary.hpp"
#include "core/state/base/error.hpp"
#include "core/state/networks/onnx.hpp"

using namespace convloom;

// With inputs of ones, as far as little memory and work suffice.
static void evaluate_small(const network::Graph& graph, const network::Inference& inference) {
    constexpr network::Index most_elements = 1 << 14, most_bytes = 1 << 18, most_work = 1 << 20;
    std::map<int, network::Array> inputs;
    for (const int input : graph.inputs) {
        const auto& sizes = inference.facts[static_cast<std::size_t>(input)].sizes;
        if (!sizes || network::element_count(*sizes).value_or(most_elements + 1) > most_elements) return;
        inputs[input] = {*sizes, std::vector<float>(static_cast<std::size_t>(*network::element_count(*sizes)), 1.0f)};
    }
    for (const network::Row& row : network::summarize(graph, inference).rows)
        if (row.multiplications.value_or(0) > most_work) return;
    network::EvaluateOptions options;
    options.all = true;
    options.most_bytes = most_bytes;
    const network::Evaluation made = network::evaluate(graph, inference, inputs, options);
    for (const auto& array : made.arrays)
        if (array && network::element_count(array->sizes) != static_cast<network::Index>(array->values.size()))
            std::abort();
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto bytes = std::make_shared<const std::string>(reinterpret_cast<const char*>(data), size);
    try {
        const network::Graph graph = state::onnx_graph(*bytes, bytes);
        const network::Inference inference = network::infer(graph);
        const network::Summary summary = network::summarize(graph, inference);
        // What is compared with itself differs nowhere.
        for (const network::RowPair& pair : network::aligned(summary, summary))
            if (pair.first != pair.second) std::abort();
        for (const network::Fact& fact : inference.facts)
            if (fact.sizes && fact.values &&
                network::element_count(*fact.sizes) != static_cast<network::Index>(fact.values->size()))
                std::abort();
        evaluate_small(graph, inference);
    } catch (const Error&) {
    }
    return 0;
}
