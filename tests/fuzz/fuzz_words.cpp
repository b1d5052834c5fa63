// Arbitrary bytes as PyTorch code: they are read or throw an Error, without a crash, overflow or sanitizer report.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/arith/chain/cost.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/state/base/error.hpp"
#include "core/state/words/torch_words.hpp"

using namespace convloom;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    try {
        const arith::Chain chain = state::read_torch(text, {3, 32, 32});
        if (!arith::check(chain).empty()) return 0;
        arith::receptive_fields(chain);
        arith::cost(chain);
        // Valid layers can be written as code and read again.
        if (state::read_torch(state::torch_code(chain), arith::input_shape(chain[0].layer)) != chain) std::abort();
    } catch (const Error&) {
    }
    return 0;
}
