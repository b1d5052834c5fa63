// A hundred thousand random actions: the State can always be shown, and a refused action changes nothing.
#include <gtest/gtest.h>

#include "app/files/link.hpp"
#include "core/state/base/error.hpp"
#include "core/state/data/build.hpp"
#include "core/state/shown/scene_of.hpp"
#include "tests/support/any_action.hpp"

namespace convloom::tests::random_actions_test {
namespace {

using namespace state;
using arith::Index;

// Photo actions are rare here; all are refused because no photo is open.
Action action_of_layers(Hand& hand, const State& now) {
    Action action;
    do action = hand.any(now);
    while (is<OpenPhoto>(action) || (std::holds_alternative<PhotoAction>(action) && hand.random(6) > 0));
    return action;
}

void expect_good(const State& s) {
    ASSERT_TRUE(arith::check(chain_of(s)).empty());
    ASSERT_TRUE(too_large(chain_of(s)).empty());
    ASSERT_EQ(s.input->shape, arith::input_shape(s.stages.front().layer));
    ASSERT_EQ(static_cast<Index>(s.input->values.size()), arith::element_count(s.input->shape));
    for (const Stage& stage : s.stages) {
        ASSERT_EQ(stage.weight->shape, arith::weight_shape(stage.layer));
        ASSERT_EQ(static_cast<bool>(stage.bias), stage.layer.bias);
        if (stage.bias) {
            ASSERT_EQ(stage.bias->shape, arith::Shape{stage.layer.out_channels});
        }
    }
    ASSERT_GE(s.shown, 0);
    ASSERT_LT(s.shown, static_cast<int>(s.stages.size()));
    const arith::Recording places = places_of(s);
    ASSERT_GE(s.moment.step, 0);
    ASSERT_LT(s.moment.step, places.step_count());
    ASSERT_GE(s.moment.tap, scene::Moment::whole_window);
    ASSERT_LT(s.moment.tap, std::max<Index>(1, places.tap_count(places.step(s.moment.step))));
    ASSERT_TRUE(scene::undrawable(s.layer(), s.view).empty());
    ASSERT_NE(scene::theme_named(s.theme), nullptr);
}

// Nothing for a State that is too large for a link.
std::optional<std::string> link_or_none(const State& s) {
    try {
        return files::link_of(s);
    } catch (const Error&) {
        return std::nullopt;
    }
}

TEST(RandomActions, LeaveAValidState) {
    Hand hand(11);
    History history(preset(opening_preset));
    int links = 0;
    const int refused = play(history, hand, 100'000, action_of_layers, [&](int n) {
        ASSERT_NO_FATAL_FAILURE(expect_good(history.now())) << "after action " << n;
        if (n % 100 > 0 || !is_small(history.now())) return;
        const State back = from_json(to_json(history.now()));
        ASSERT_EQ(to_json(back), to_json(history.now()));
        ASSERT_EQ(back, history.now());
        ASSERT_FALSE(scene_of(history.now()).planes.empty());
        if (const auto link = link_or_none(history.now())) {
            ASSERT_EQ(files::parse_link(*link).state, history.now()) << *link;
            ++links;
        }
    });
    EXPECT_GT(links, 300);
    EXPECT_GT(refused, 10'000);
    EXPECT_LT(refused, 70'000);
}

// Undo leads back to the first State, redo to the last.
TEST(RandomActions, AreUndoneAndRedone) {
    for (std::uint32_t seed = 1; seed <= 20; ++seed) {
        Hand hand(seed);
        const State first = preset(opening_preset);
        History history(first);
        for (int n = 0; n < 60; ++n) {
            const Action action = action_of_layers(hand, history.now());
            if (is_edit(action)) history.apply(action);
        }
        const State last = history.now();
        while (history.can_undo()) history.undo();
        EXPECT_EQ(history.now(), first);
        while (history.can_redo()) history.redo();
        EXPECT_EQ(history.now(), last);
    }
}

}  // namespace
}  // namespace convloom::tests::random_actions_test
