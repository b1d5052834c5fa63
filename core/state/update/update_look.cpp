#include <fmt/format.h>

#include <algorithm>

#include "core/state/model/comparison.hpp"
#include "core/state/update/groups.hpp"
#include "core/state/update/stages.hpp"
#include "core/state/words/title.hpp"

namespace convloom::state {
namespace {

using arith::LayerField;
using scene::View;

struct LookUpdate {
    State& state;

    Problems operator()(const OpenState& a) const {
        const State old = std::exchange(state, a.state);
        if (!a.as_it_is) {
            state.theme = old.theme;
            state.look.labels = old.look.labels;
            state.language = old.language;
        }
        if (state.photo) return {};
        state.photo = old.photo;
        state.other_moment = old.view == View::photo ? old.moment : old.other_moment;
        return {};
    }
    Problems operator()(const SetView& a) const {
        if (a.view == View::photo && !state.photo)
            return refused(LayerField::size, "No photo is open yet; open one first.");
        if (std::string why = scene::undrawable(state.layer(), a.view); !why.empty())
            return refused(LayerField::channels, std::move(why));
        if ((a.view == View::photo) != (state.view == View::photo)) std::swap(state.moment, state.other_moment);
        if (a.view != View::receptive) state.input_cell.reset();
        state.view = a.view;
        return {};
    }
    Problems operator()(const CompareWith& a) const {
        if (a.layer)
            if (std::string why = not_shown_beside(state, *a.layer); !why.empty())
                return refused(LayerField::size, std::move(why));
        if (Problems problems = (*this)(SetView{View::compare}); !problems.empty()) return problems;
        state.compared = a.layer;
        return {};
    }
    Problems operator()(const SetTheme& a) const {
        if (!scene::theme_named(a.name))
            return refused(LayerField::size, fmt::format("There is no theme “{}”.", a.name));
        state.theme = a.name;
        state.palette = {};
        return {};
    }
    Problems operator()(const SetSwitch& a) const {
        state.look.*a.of = a.on;
        return {};
    }
    Problems operator()(const SetTurn& a) const {
        state.look.turn_deg = std::clamp(a.turn_deg, -scene::most_turn_deg, scene::most_turn_deg);
        state.look.tilt_deg = std::clamp(a.tilt_deg, 0.0, scene::most_tilt_deg);
        return {};
    }
    Problems operator()(const SetTitle& a) const {
        if (std::string why = refused_title(a.title); !why.empty()) return refused(LayerField::size, std::move(why));
        state.title = a.title;
        state.own_title = !a.title.empty();
        if (a.title.empty()) settle_title(state);
        return {};
    }
    Problems operator()(const ShowLayer& a) const {
        if (!has_layer(state, a.number)) return no_layer(state, a.number);
        show_layer(state, a.number, {});
        return {};
    }
    Problems operator()(const SetLanguage& a) const {
        state.language = a.language;
        return {};
    }
};

}  // namespace

Problems carry_out(State& state, const LookAction& action) {
    return std::visit(LookUpdate{state}, action);
}

}  // namespace convloom::state
