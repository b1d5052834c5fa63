#include "core/state/words/words_state.hpp"

#include <fmt/format.h>

#include "core/arith/chain/chain.hpp"
#include "core/arith/layer/counts.hpp"
#include "core/state/base/error.hpp"
#include "core/state/data/build.hpp"
#include "core/state/words/torch_words.hpp"

namespace convloom::state {

arith::Shape read_input_shape(std::string_view text) {
    arith::Shape shape = read_shape(text);
    if (shape.size() < 2 || shape.size() > 4)
        throw Error(fmt::format("{}: channels and one to three sizes, as 1x5x5.", text));
    return shape;
}

bool can_be_title(std::string_view words) {
    constexpr std::size_t longest_title = 80;
    return words.size() <= longest_title && words.find('\n') == std::string_view::npos;
}

State state_of_words(const std::string& words, const arith::Shape& input) {
    const arith::Chain chain = read_torch(words, input);
    if (const auto problems = arith::check(chain); !problems.empty()) throw Error(problems.front().problem.sentence);
    return state_of_chain(
        chain, can_be_title(words) ? words : arith::counted(static_cast<arith::Index>(chain.size()), "layer"));
}

}  // namespace convloom::state
