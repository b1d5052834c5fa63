// Arbitrary bytes as a network: it is read, its shapes inferred and its table made, or an Error is thrown, without a
// crash, overflow or sanitizer report.
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

#include "core/network/summary/summary.hpp"
#include "core/state/base/error.hpp"
#include "core/state/networks/onnx.hpp"

using namespace convloom;

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
    } catch (const Error&) {
    }
    return 0;
}
