#include <fmt/format.h>

#include <algorithm>

#include "core/arith/layer/output_size.hpp"
#include "core/state/model/comparison.hpp"
#include "core/state/update/groups.hpp"
#include "core/state/update/moments.hpp"
#include "core/state/update/stages.hpp"

namespace convloom::state {
namespace {

using arith::Index;
using arith::LayerField;
using scene::Moment;

struct MomentUpdate {
    State& state;

    static Index tap_count(const arith::Recording& places, Index step) { return places.tap_count(places.step(step)); }
    Problems go_to(Index step) const {
        state.moment = {std::clamp<Index>(step, 0, places_of(state).step_count() - 1), Moment::whole_window};
        return {};
    }

    Problems operator()(const StepForward&) const { return go_to(state.moment.step + 1); }
    Problems operator()(const StepBack&) const {
        return go_to(state.moment.tap == Moment::whole_window ? state.moment.step - 1 : state.moment.step);
    }
    Problems operator()(const GoToFirst&) const { return go_to(0); }
    Problems operator()(const GoToLast&) const { return go_to(places_of(state).step_count() - 1); }
    Problems operator()(const GoToStep& a) const { return go_to(a.step); }
    // Taps advance through a window and on into the next one. A step without taps, between the stamps of a transposed
    // layer, counts as one position.
    Problems operator()(const TapForward&) const {
        const arith::Recording places = places_of(state);
        Moment& m = state.moment;
        if (m.tap + 1 < tap_count(places, m.step))
            ++m.tap;
        else if (m.step + 1 < places.step_count())
            m = {m.step + 1, tap_count(places, m.step + 1) > 0 ? 0 : Moment::whole_window};
        return {};
    }
    Problems operator()(const TapBack&) const {
        const arith::Recording places = places_of(state);
        Moment& m = state.moment;
        const Index taps = tap_count(places, m.step);
        if (m.tap == Moment::whole_window && taps > 0)
            m.tap = taps - 1;
        else if (m.tap > 0)
            --m.tap;
        else if (m.step > 0)
            m = {m.step - 1, tap_count(places, m.step - 1) - 1};
        return {};
    }
    Problems operator()(const GoToTap& a) const {
        const Index taps = tap_count(places_of(state), state.moment.step);
        state.moment.tap = std::clamp<Index>(a.tap, Moment::whole_window, taps - 1);
        return {};
    }
    Problems operator()(const ChooseCell& a) const {
        if (a.tensor == 0 && state.view != scene::View::receptive)
            return refused(LayerField::size, "No layer computes a cell of the input.");
        if (a.tensor < 0 || a.tensor > static_cast<int>(state.stages.size()))
            return refused(LayerField::size,
                           fmt::format("There is no tensor {}; the last one is {}.", a.tensor, state.stages.size()));
        const arith::Layer& layer = state.stages[static_cast<std::size_t>(std::max(a.tensor - 1, 0))].layer;
        const arith::Shape shape = a.tensor == 0 ? arith::input_shape(layer) : arith::output_shape(layer);
        if (a.channel < 0 || a.channel >= shape[0] || !has_cell(shape, a.at))
            return refused(LayerField::size, fmt::format("There is no such cell in {}.", arith::to_text(shape)));
        if (a.tensor > 0) {
            const Index step = arith::Recording(layer, {}, {}).step_at(a.channel, a.at);
            show_layer(state, a.tensor - 1, {step, Moment::whole_window});
            return {};
        }
        // Coordinates beyond the rank are set to 0, because files do not contain them.
        arith::Cell at{};
        std::copy_n(a.at.begin(), layer.rank(), at.begin());
        state.input_cell = at;
        state.moment.tap = Moment::whole_window;
        return {};
    }
};

void settle(Moment& moment, const arith::Recording& places) {
    moment.step = std::clamp<Index>(moment.step, 0, places.step_count() - 1);
    moment.tap = std::clamp<Index>(moment.tap, Moment::whole_window, places.tap_count(places.step(moment.step)) - 1);
}

}  // namespace

bool has_cell(const arith::Shape& shape, const arith::Cell& at) {
    for (std::size_t n = 0; n + 1 < shape.size(); ++n)
        if (at[n] < 0 || at[n] >= shape[n + 1]) return false;
    return true;
}

void settle_moments(State& state) {
    if (!state.photo) return;
    const bool photo = state.view == scene::View::photo;
    settle(photo ? state.other_moment : state.moment, {stepped_layer(state), {}, {}, {}});
    settle(photo ? state.moment : state.other_moment, {photo_layer(*state.photo), {}, {}, {}});
}

void settle_input_cell(State& state, const Moment& before) {
    if (state.input_cell &&
        (state.moment != before || !has_cell(arith::input_shape(state.stages.front().layer), *state.input_cell)))
        state.input_cell.reset();
}

Problems carry_out(State& state, const MomentAction& action) {
    return std::visit(MomentUpdate{state}, action);
}

}  // namespace convloom::state
