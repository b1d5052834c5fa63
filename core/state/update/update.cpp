#include "core/state/update/update.hpp"

#include "core/state/update/groups.hpp"
#include "core/state/update/moments.hpp"
#include "core/state/words/title.hpp"

namespace convloom::state {

Outcome update(const State& state, const Action& action) {
    Outcome out{state, {}};
    out.problems = std::visit([&](const auto& group) { return carry_out(out.state, group); }, action);
    if (!out.problems.empty()) return out;
    settle_input_cell(out.state, state.moment);
    settle_moments(out.state);
    // An opened document brings its own title.
    if (!is<OpenState>(action) && chain_of(state) != chain_of(out.state)) settle_title(out.state);
    return out;
}

}  // namespace convloom::state
