// A hundred thousand actions in a row, whatever they are: the State stays one that can be shown, and what is refused
// changes nothing.
#include <gtest/gtest.h>

#include "app/files/link.hpp"
#include "core/arith/layer/layer_switches.hpp"
#include "core/scene/views/view_table.hpp"
#include "core/state/base/error.hpp"
#include "core/state/data/build.hpp"
#include "core/state/data/patterns.hpp"
#include "core/state/json/json.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/shown/scene_of.hpp"
#include "core/state/update/history.hpp"

namespace convloom::state::random_actions_test {
namespace {

using arith::Index;

// Written as text, a State of many millions of cells takes seconds; here those are left to other tests.
bool is_small(const State& s) {
    std::size_t cells = s.input->values.size();
    for (const Stage& stage : s.stages) cells += stage.weight->values.size();
    return cells < 50'000;
}

class Hand {
  public:
    explicit Hand(std::uint32_t seed) : seed_(seed) {
        for (const std::string& name : preset_names()) presets_.push_back(preset(name));
    }

    int random(int below) {
        seed_ = seed_ * 1664525u + 1013904223u;
        return static_cast<int>((seed_ >> 8) % static_cast<unsigned>(below));
    }
    // Most are small, some beyond what any layer can be; those between only take time.
    Index number() { return random(60) == 0 ? Index{1} << (random(2) ? random(5) : 31 + random(31)) : random(9) - 1; }
    int axis() { return random(5) - 1; }
    TensorName tensor() { return static_cast<TensorName>(random(3)); }
    SetSwitch any_switch() {
        const auto switches = scene::look_switches();
        return {switches[random(static_cast<int>(switches.size()))].on, random(2) == 0};
    }
    Index plane() { return random(2) == 0 ? every_plane : number(); }
    FillKernel kernel() {
        const auto patterns = kernel_patterns();
        const int n = random(static_cast<int>(patterns.size()) + 1);
        return {n == static_cast<int>(patterns.size()) ? "none" : std::string(patterns[n].filter), plane()};
    }
    SetLayerSwitch any_layer_switch() {
        const auto switches = arith::layer_switches();
        return {switches[random(static_cast<int>(switches.size()))].on, random(2) == 0};
    }
    float value() { return static_cast<float>(random(19) - 9) / 2; }

    Action action(const State& now) {
        switch (random(48)) {
            case 0:
                return SetSize{number() + 2, axis()};
            case 1:
                return SetKernel{number(), axis()};
            case 2:
                return SetStride{number(), axis()};
            case 3:
                return SetPadding{number(), axis(), static_cast<Side>(random(3))};
            case 4:
                return SetPaddingRule{static_cast<arith::PaddingRule>(random(5))};
            case 5:
                return SetDilation{number(), axis()};
            case 6:
                return SetOutputPadding{number(), axis()};
            case 7:
                return SetChannels{number(), number()};
            case 8:
                return SetGroups{number()};
            case 9:
                return SetOp{static_cast<arith::Op>(random(4))};
            case 10:
                return SetBias{random(2) == 0};
            case 11:
                return SetPaddingMode{static_cast<arith::PaddingMode>(random(4))};
            case 12:
            case 13:
            case 14:
                return any_layer_switch();
            case 15:
                return SetCells{tensor(), {{number() % (Index{1} << 40) * 3, value()}, {number(), value()}}};
            case 16:
                return table();
            case 17:
                return FillPattern{tensor(), static_cast<Pattern>(random(7)), static_cast<std::uint32_t>(random(1000)),
                                   plane()};
            case 18:
                return OpenState{presets_[random(static_cast<int>(presets_.size()))]};
            case 19:
                return SetView{scene::view_infos()[random(static_cast<int>(scene::view_infos().size()))].view};
            case 20:
                return SetTheme{
                    random(3) == 0
                        ? "none"
                        : std::string(scene::themes()[random(static_cast<int>(scene::themes().size()))].name)};
            case 21:
                return any_switch();
            case 22:
                return any_switch();
            case 23:
                return any_switch();
            case 24:
                return SetTurn{static_cast<double>(random(200) - 100), static_cast<double>(random(200) - 100)};
            case 25:
                return ShowLayer{random(4) - 1};
            case 26:
                return SetFilter{"sobel_x"};
            case 27:
                return SetFilterWeight{random(4), random(4), value()};
            case 28:
                return GoToFirst{};
            case 29:
                return GoToLast{};
            case 30:
                return GoToStep{number() % (Index{1} << 40) * 5};
            case 31:
                return GoToTap{number()};
            case 32:
                return StepBack{};
            case 33:
                return TapBack{};
            case 34:
                return TapForward{};
            case 35:
                return StepForward{};
            case 36:
                return OpenState{is_small(now) ? from_json(to_json(now)) : now};
            case 37:
                return any_switch();
            case 38:
                return any_switch();
            case 39:
                return ChooseCell{random(5) - 1, number(), {number(), number(), number()}};
            case 40:
                return AddLayer{random(5) - 1};
            case 41:
            case 42:
                return RemoveLayer{random(5) - 1};
            case 43:
                return MoveLayer{random(5) - 1, random(5) - 1};
            case 44:
                return DuplicateLayer{random(5) - 1};
            case 45:
                return SetActivation{static_cast<arith::Activation>(random(2))};
            case 46:
                return kernel();
            default:
                return SetSize{5};
        }
    }

  private:
    Action table() {
        SetTable t{tensor(), number(), random(5) + 1, random(5) + 1, {}};
        for (Index n = 0; n < t.rows * t.columns - (random(20) == 0); ++n) t.values.push_back(value());
        return t;
    }
    std::uint32_t seed_;
    std::vector<State> presets_;
};

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

// None for a State that is too large for one.
std::optional<std::string> link_or_none(const State& s) {
    try {
        return files::link_of(s);
    } catch (const Error&) {
        return std::nullopt;
    }
}

TEST(RandomActions, LeaveAGoodStateAHundredThousandTimes) {
    Hand hand(11);
    History history(preset(opening_preset));
    int refused = 0, links = 0;
    for (int n = 0; n < 100'000; ++n) {
        const int what = hand.random(40);
        if (what == 0)
            history.undo();
        else if (what == 1)
            history.redo();
        else {
            const State before = history.now();
            if (!history.apply(hand.action(before), hand.random(4)).empty()) {
                ++refused;
                ASSERT_EQ(history.now(), before) << "what is refused changes nothing";
            }
        }
        ASSERT_NO_FATAL_FAILURE(expect_good(history.now())) << "after action " << n;
        if (n % 100 == 0 && is_small(history.now())) {
            const State back = from_json(to_json(history.now()));
            ASSERT_EQ(to_json(back), to_json(history.now()));
            ASSERT_EQ(back, history.now());
            ASSERT_FALSE(scene_of(history.now()).planes.empty());
            if (const auto link = link_or_none(history.now())) {
                ASSERT_EQ(files::parse_link(*link).state, history.now()) << *link;
                ++links;
            }
        }
    }
    EXPECT_GT(links, 300);
    EXPECT_GT(refused, 10'000);
    EXPECT_LT(refused, 70'000);
}

// Undo leads back to the very first State, whatever was done since, and redo to the last.
TEST(RandomActions, AreUndoneAndRedone) {
    for (std::uint32_t seed = 1; seed <= 20; ++seed) {
        Hand hand(seed);
        const State first = preset(opening_preset);
        History history(first);
        for (int n = 0; n < 60; ++n) {
            const Action action = hand.action(history.now());
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
}  // namespace convloom::state::random_actions_test
