#include "core/state/update/update.hpp"

#include "core/arith/contrast/contrast.hpp"
#include "core/state/model/comparison.hpp"
#include "core/state/model/pool_indices.hpp"
#include "core/state/update/groups.hpp"
#include "core/state/update/moments.hpp"
#include "core/state/words/title.hpp"

namespace convloom::state {
namespace {

// After a change of the current layer, the settings of the compared layer that agreed with it follow. If it cannot, the
// change is refused; a layer of another kind, or another layer of the chain, ends the comparison.
Problems settle_compared(State& state, const State& before) {
    if (!state.compared || state.layer() == before.layer()) return {};
    arith::Layer other = arith::followed(*state.compared, before.layer(), state.layer());
    const std::string why = not_shown_beside(state, other);
    if (why.empty()) {
        state.compared = std::move(other);
        return {};
    }
    if (state.shown == before.shown && state.stages.size() == before.stages.size() &&
        state.layer().op == before.layer().op && state.layer().rank() == before.layer().rank() &&
        state.view == scene::View::compare) {
        Problems problems = refused(arith::LayerField::size, why);
        problems.push_back(
            {arith::LayerField::size, -1, "The layer that it is compared with cannot follow this change.", {}});
        return problems;
    }
    state.compared.reset();
    return {};
}

}  // namespace

Outcome update(const State& state, const Action& action) {
    Outcome out{state, {}};
    out.problems = std::visit([&](const auto& group) { return carry_out(out.state, group); }, action);
    if (!out.problems.empty()) return out;
    if (!is<OpenState>(action)) {
        out.problems = settle_compared(out.state, state);
        if (!out.problems.empty()) return {state, std::move(out.problems)};
        if (out.state.input != state.input || out.state.stages != state.stages) follow_pools(out.state);
        keep_cell(out.state, state);
    }
    settle_input_cell(out.state, state.moment);
    settle_moments(out.state);
    // An opened document brings its own title.
    if (!is<OpenState>(action) && chain_of(state) != chain_of(out.state)) settle_title(out.state);
    return out;
}

}  // namespace convloom::state
