// Random actions, drawn from the lists that Action consists of; an action without a generator is a compile error.
#pragma once
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "core/arith/chain/between_kinds.hpp"
#include "core/arith/contrast/contrast.hpp"
#include "core/arith/layer/layer_numbers.hpp"
#include "core/arith/layer/layer_switches.hpp"
#include "core/scene/views/view_table.hpp"
#include "core/state/data/patterns.hpp"
#include "core/state/json/json.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/update/history.hpp"
#include "tests/support/pictures.hpp"

namespace convloom::tests {

// The relative frequency of an action; most have 1.
template <class A>
constexpr int share = 1;
template <>
inline constexpr int share<state::SetLayerSwitch> = 3;
template <>
inline constexpr int share<state::RemoveLayer> = 2;
template <>
inline constexpr int share<state::RemoveBetween> = 2;
template <>
inline constexpr int share<state::OpenState> = 2;
template <>
inline constexpr int share<state::SetSwitch> = 5;
template <>
inline constexpr int share<state::SetFilterKernels> = 2;
template <>
inline constexpr int share<state::SetPhotoLook> = 2;
template <>
inline constexpr int share<state::SetPhotoPart> = 3;

// Writing a State with millions of cells as text takes seconds, so other tests cover such States.
inline bool is_small(const state::State& s) {
    std::size_t cells = s.input->values.size();
    for (const state::Stage& stage : s.stages) cells += stage.weight->values.size();
    return cells < 50'000;
}

class Hand {
  public:
    explicit Hand(std::uint32_t seed) : seed_(seed) {}

    int random(int below) {
        seed_ = seed_ * 1664525u + 1013904223u;
        return static_cast<int>((seed_ >> 8) % static_cast<unsigned>(below));
    }
    bool coin() { return random(2) == 0; }

    // An action of any group.
    state::Action any(const state::State& now) {
        return [&]<class... Groups>(std::variant<Groups...>*) {
            return any_of<Groups...>(now);
        }(static_cast<state::Action*>(nullptr));
    }
    template <class... Groups>
    state::Action any_of(const state::State& now) {
        now_ = &now;
        int left = random((share_of(static_cast<Groups*>(nullptr)) + ...));
        state::Action action;
        (draw(static_cast<Groups*>(nullptr), left, action), ...);
        return action;
    }

  private:
    template <class A>
    struct Of {};

    template <class... A>
    static constexpr int share_of(std::variant<A...>*) {
        return (share<A> + ...);
    }
    // Subtracts the frequencies from a random number; the action at which it is used up is chosen.
    template <class... A>
    void draw(std::variant<A...>*, int& left, state::Action& action) {
        ((left >= 0 && (left -= share<A>) < 0 ? void(action = one(Of<A>{})) : void()), ...);
    }

    // Mostly small numbers, sometimes far out of range; numbers in between would only take time.
    arith::Index number() {
        return random(60) == 0 ? arith::Index{1} << (coin() ? random(5) : 31 + random(31)) : random(9) - 1;
    }
    int axis() { return random(5) - 1; }
    int layer() { return random(5) - 1; }
    int filter_number() { return random(4); }
    state::TensorName tensor() { return static_cast<state::TensorName>(random(5)); }
    arith::Index plane() { return coin() ? state::every_plane : number(); }
    float value() { return static_cast<float>(random(19) - 9) / 2; }
    double part() { return random(1001) / 1000.0; }
    const auto& any_in(const auto& list) {
        return list[static_cast<std::size_t>(random(static_cast<int>(list.size())))];
    }
    std::string filter() { return std::string(any_in(image::named_filters()).name); }

    state::CompareWith one(Of<state::CompareWith>) {
        if (random(4) == 0) return {};
        const std::vector<arith::Contrast> all = arith::contrasts(now_->layer());
        arith::Layer layer = all.empty() ? now_->layer() : any_in(all).layer;
        if (random(6) == 0) layer.axes.back().kernel = number();
        return {std::move(layer)};
    }
    state::SetSize one(Of<state::SetSize>) { return {number() + 2, axis()}; }
    state::SetKernel one(Of<state::SetKernel>) { return {number(), axis()}; }
    state::SetStride one(Of<state::SetStride>) { return {number(), axis()}; }
    state::SetPadding one(Of<state::SetPadding>) { return {number(), axis(), static_cast<state::Side>(random(3))}; }
    state::SetPaddingRule one(Of<state::SetPaddingRule>) { return {static_cast<arith::PaddingRule>(random(5))}; }
    state::SetDilation one(Of<state::SetDilation>) { return {number(), axis()}; }
    state::SetOutputPadding one(Of<state::SetOutputPadding>) { return {number(), axis()}; }
    state::SetLayerNumber one(Of<state::SetLayerNumber>) {
        return {&any_in(arith::layer_numbers()), number(), axis(), static_cast<state::Side>(random(3))};
    }
    state::SetChannels one(Of<state::SetChannels>) { return {number(), number()}; }
    state::SetGroups one(Of<state::SetGroups>) { return {number()}; }
    state::SetOp one(Of<state::SetOp>) { return {any_in(arith::ops())}; }
    state::SetBias one(Of<state::SetBias>) { return {coin()}; }
    state::SetPaddingMode one(Of<state::SetPaddingMode>) { return {any_in(arith::padding_modes()).mode}; }
    state::SetPaddingValue one(Of<state::SetPaddingValue>) { return {value()}; }
    state::SetLayerSwitch one(Of<state::SetLayerSwitch>) { return {any_in(arith::layer_switches()).on, coin()}; }
    state::AddLayer one(Of<state::AddLayer>) { return {layer()}; }
    state::RemoveLayer one(Of<state::RemoveLayer>) { return {layer()}; }
    state::MoveLayer one(Of<state::MoveLayer>) { return {layer(), layer()}; }
    state::DuplicateLayer one(Of<state::DuplicateLayer>) { return {layer()}; }
    // Of any kind, with settings that mostly fit.
    arith::Between between() {
        arith::Between b =
            arith::between_to_add(any_in(arith::between_kinds()), {1 + random(4), 1 + random(6), 1 + random(6)});
        if (b.kind->group == arith::BetweenGroup::unknown && random(4) > 0) b.name = "CBAM";
        for (const arith::BetweenSetting& one : b.kind->settings)
            if (random(3) == 0) arith::set(b, one, static_cast<double>(random(2) == 0 ? number() : random(4) - 1));
        return b;
    }
    state::AddBetween one(Of<state::AddBetween>) { return {layer(), between()}; }
    state::SetBetween one(Of<state::SetBetween>) { return {layer(), random(3) - 1, between()}; }
    state::RemoveBetween one(Of<state::RemoveBetween>) { return {layer(), random(3) - 1}; }

    state::SetCells one(Of<state::SetCells>) {
        return {tensor(), {{number() % (arith::Index{1} << 40) * 3, value()}, {number(), value()}}};
    }
    state::SetTable one(Of<state::SetTable>) {
        state::SetTable t{tensor(), number(), random(5) + 1, random(5) + 1, {}};
        for (arith::Index n = 0; n < t.rows * t.columns - (random(20) == 0); ++n) t.values.push_back(value());
        return t;
    }
    state::FillPattern one(Of<state::FillPattern>) {
        return {tensor(), static_cast<state::Pattern>(random(7)), static_cast<std::uint32_t>(random(1000)), plane()};
    }
    state::FillKernel one(Of<state::FillKernel>) {
        return {random(6) == 0 ? "none" : std::string(any_in(state::kernel_patterns()).filter), plane()};
    }

    state::OpenState one(Of<state::OpenState>) {
        if (coin()) return {state::preset(any_in(state::preset_names()))};
        return {is_small(*now_) ? state::from_json(state::to_json(*now_)) : *now_};
    }
    state::SetView one(Of<state::SetView>) { return {any_in(scene::view_infos()).view}; }
    state::SetTheme one(Of<state::SetTheme>) {
        return {random(3) == 0 ? "none" : std::string(any_in(scene::themes()).name)};
    }
    state::SetSwitch one(Of<state::SetSwitch>) { return {any_in(scene::look_switches()).on, coin()}; }
    state::SetTurn one(Of<state::SetTurn>) { return {random(200) - 100.0, random(200) - 100.0}; }
    state::SetTitle one(Of<state::SetTitle>) {
        return {random(3) == 0 ? "" : random(3) == 0 ? std::string(1000, 'a') : "My own"};
    }
    state::ShowLayer one(Of<state::ShowLayer>) { return {random(4) - 1}; }
    state::SetLanguage one(Of<state::SetLanguage>) { return {static_cast<scene::Language>(random(2))}; }

    state::StepForward one(Of<state::StepForward>) { return {}; }
    state::StepBack one(Of<state::StepBack>) { return {}; }
    state::TapForward one(Of<state::TapForward>) { return {}; }
    state::TapBack one(Of<state::TapBack>) { return {}; }
    state::GoToFirst one(Of<state::GoToFirst>) { return {}; }
    state::GoToLast one(Of<state::GoToLast>) { return {}; }
    state::GoToStep one(Of<state::GoToStep>) {
        return {coin() ? random(2000) : number() % (arith::Index{1} << 40) * 5};
    }
    state::GoToTap one(Of<state::GoToTap>) { return {number()}; }
    state::ChooseCell one(Of<state::ChooseCell>) { return {layer(), number(), {number(), number(), number()}}; }

    state::OpenPhoto one(Of<state::OpenPhoto>) {
        return {"b.png", noise(1 + random(44), 1 + random(30), 1 + random(4), static_cast<image::Depth>(random(3)), 5)};
    }
    state::SetFilter one(Of<state::SetFilter>) { return {filter()}; }
    state::SetFilterParameter one(Of<state::SetFilterParameter>) {
        const image::NamedFilter* named = now_->photo ? image::filter_named(now_->photo->pass().filter) : nullptr;
        if (!named || named->parameters.empty()) return {"sigma", 1};
        const image::Parameter& p = any_in(named->parameters);
        // Small values of wide ranges are more likely, because kernels with hundreds of cells are slow.
        const double place = part(),
                     value = p.least + (p.most >= 50 ? place * place * place : place) * (p.most - p.least);
        return {std::string(p.name), p.whole ? std::floor(value) : value};
    }
    state::SetFilterOptions one(Of<state::SetFilterOptions>) {
        image::PassOptions o;
        o.padding = static_cast<arith::PaddingMode>(random(6));
        o.stride = random(4) == 0 ? random(10) : 1;
        o.dilation = random(3) == 0 ? random(5) : 1;
        o.channels = random(4) == 0 ? image::Channels::luminance : image::Channels::each;
        o.linear_light = random(4) == 0;
        o.absolute = coin();
        o.straight_alpha = coin();
        o.gain = static_cast<float>(random(9) - 4);
        return {o};
    }
    state::SetFilterKernels one(Of<state::SetFilterKernels>) {
        if (coin()) return {{{3, {1, 0, 1, 0, 4, 0, 1, 0, -1}}}};
        return {std::vector<image::Kernel>(3, {2, {1, 2, 3, 4}})};
    }
    state::SetFilterWeight one(Of<state::SetFilterWeight>) { return {random(5), random(5), value()}; }
    state::ReworkKernel one(Of<state::ReworkKernel>) { return {static_cast<state::KernelWork>(random(6))}; }
    state::AddFilter one(Of<state::AddFilter>) { return {filter()}; }
    state::RemoveFilter one(Of<state::RemoveFilter>) { return {filter_number()}; }
    state::MoveFilter one(Of<state::MoveFilter>) { return {filter_number(), filter_number()}; }
    state::SwitchFilter one(Of<state::SwitchFilter>) { return {filter_number(), coin()}; }
    state::SelectFilter one(Of<state::SelectFilter>) { return {filter_number()}; }
    state::SetFilterStack one(Of<state::SetFilterStack>) {
        image::Stack stack;
        for (int n = random(3); n >= 0; --n) stack.push_back(image::usual_pass(filter()));
        return {std::move(stack)};
    }
    state::SetShownAs one(Of<state::SetShownAs>) { return {static_cast<image::ShownAs>(random(4))}; }
    state::SetPhotoLook one(Of<state::SetPhotoLook>) { return {static_cast<scene::PhotoLook>(random(4))}; }
    state::SetWipe one(Of<state::SetWipe>) { return {part() * 2 - 0.5}; }
    state::SetPhotoChannel one(Of<state::SetPhotoChannel>) { return {random(5) - 1}; }
    state::SetPhotoKernel one(Of<state::SetPhotoKernel>) { return {random(3)}; }
    state::SetHistograms one(Of<state::SetHistograms>) { return {coin()}; }
    state::SetPhotoPart one(Of<state::SetPhotoPart>) {
        if (random(3) == 0) return {};
        return {image::Box{random(50) - 3, random(40) - 3, random(45), random(30)}};
    }
    state::ZoomPhoto one(Of<state::ZoomPhoto>) { return {coin() ? 1.3 : 0.7, part(), part()}; }

    std::uint32_t seed_;
    const state::State* now_ = nullptr;
};

// Applies that many actions from `draw(hand, now)`, with occasional undo and redo, and returns how many were refused.
// Calls `check` with the State after each.
template <class Draw, class Check>
int play(state::History& history, Hand& hand, int count, Draw draw, Check check) {
    int refused = 0;
    for (int n = 0; n < count; ++n) {
        const int what = hand.random(40);
        if (what == 0)
            history.undo();
        else if (what == 1)
            history.redo();
        else {
            const state::State before = history.now();
            if (!history.apply(draw(hand, before), static_cast<std::uint64_t>(hand.random(4))).empty()) {
                ++refused;
                EXPECT_EQ(history.now(), before) << "what is refused changes nothing; action " << n;
            }
        }
        check(n);
        if (testing::Test::HasFailure()) return refused;
    }
    return refused;
}

}  // namespace convloom::tests
