// Arbitrary bytes as layers in the words of PyTorch, Keras and ONNX: they are read or throw an Error, without a crash,
// overflow or sanitizer report.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/arith/chain/cost.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/state/base/error.hpp"
#include "core/state/words/layer_code.hpp"
#include "core/state/words/reading.hpp"

using namespace convloom;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    try {
        const arith::Chain chain = state::read_layers(text, {3, 32, 32}).chain;
        if (chain.empty() || !arith::check(chain).empty()) return 0;
        arith::receptive_fields(chain);
        arith::cost(chain);
        // Valid layers can be written as code and read again.
        for (const state::FrameworkWords& words : state::framework_words())
            for (const arith::Link& link : chain) {
                const arith::Layer& layer = link.layer;
                const auto again =
                    state::read_layers(state::code_of(layer, words.framework), arith::input_shape(layer)).chain;
                if (again.size() != 1 || again[0].layer != layer) std::abort();
            }
    } catch (const Error&) {
    }
    return 0;
}
