// Editing chains, and filling kernels with named filters.
#include <gtest/gtest.h>

#include <set>

#include "core/arith/compute/convolve.hpp"
#include "core/image/filters/filter.hpp"
#include "core/state/data/build.hpp"
#include "core/state/data/patterns.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/update/history.hpp"
#include "core/state/words/change_words.hpp"
#include "core/state/words/torch_words.hpp"

namespace convloom::state::chain_edits_test {
namespace {

State chain(const char* words, const arith::Shape& input) {
    return state_of_chain(read_torch(words, input), "by hand");
}

std::string code_after(const State& s, const Action& action) {
    const Outcome outcome = update(s, action);
    return outcome.problems.empty() ? torch_code(chain_of(outcome.state)) : outcome.problems.front().sentence;
}

std::string words_after(const State& s, const Action& action) {
    return change_words(s, update(s, action).state, scene::Language::english);
}

constexpr const char* three = "nn.Conv2d(3, 8, 3, padding=1); nn.MaxPool2d(2); nn.Conv2d(8, 4, 1)";

template <class... A>
std::size_t kept_of(std::variant<A...>*) {
    return (static_cast<std::size_t>(!is_edit(A{})) + ...);
}

TEST(Actions, DeclareWhetherUndoRevertsThem) {
    const std::size_t kept = []<class... Groups>(std::variant<Groups...>*) {
        return (kept_of(static_cast<Groups*>(nullptr)) + ...);
    }(static_cast<Action*>(nullptr));
    EXPECT_EQ(kept, 12u);
    int number = 0;
    for (const Action& moved : {Action(SetLanguage{}), Action(StepForward{}), Action(StepBack{}), Action(TapForward{}),
                                Action(TapBack{}), Action(GoToFirst{}), Action(GoToLast{}), Action(GoToStep{}),
                                Action(GoToTap{}), Action(ChooseCell{}), Action(SetPhotoPart{}), Action(ZoomPhoto{})})
        EXPECT_FALSE(is_edit(moved)) << number++;
}

TEST(Actions, AreIdentifiedByTypeWhateverTheirGroup) {
    const Action action = SetPadding{2};
    EXPECT_TRUE(std::holds_alternative<LayerAction>(action));
    EXPECT_TRUE(is<SetPadding>(action));
    EXPECT_FALSE(is<SetStride>(action));
    EXPECT_FALSE(is<StepForward>(action));
}

TEST(ChainEdits, ALayerIsAddedRemovedMovedAndDuplicated) {
    const State s = chain(three, {3, 8, 8});
    EXPECT_EQ(code_after(s, AddLayer{0}),
              "nn.Sequential(nn.Conv2d(3, 8, kernel_size=3, padding=1), nn.Conv2d(8, 8, kernel_size=3, padding=1, "
              "bias=False), nn.MaxPool2d(kernel_size=2), nn.Conv2d(8, 4, kernel_size=1))");
    EXPECT_EQ(code_after(s, RemoveLayer{0}),
              "nn.Sequential(nn.MaxPool2d(kernel_size=2), nn.Conv2d(3, 4, kernel_size=1))")
        << "the pooling and the layer after it take the input's channels";
    EXPECT_EQ(code_after(s, MoveLayer{2, 0}),
              "nn.Sequential(nn.Conv2d(3, 4, kernel_size=1), nn.Conv2d(4, 8, kernel_size=3, padding=1), "
              "nn.MaxPool2d(kernel_size=2))");
    EXPECT_EQ(code_after(s, MoveLayer{0, 1}),
              "nn.Sequential(nn.MaxPool2d(kernel_size=2), nn.Conv2d(3, 8, kernel_size=3, padding=1), nn.Conv2d(8, 4, "
              "kernel_size=1))");
    EXPECT_EQ(code_after(s, DuplicateLayer{1}),
              "nn.Sequential(nn.Conv2d(3, 8, kernel_size=3, padding=1), nn.MaxPool2d(kernel_size=2), "
              "nn.MaxPool2d(kernel_size=2), nn.Conv2d(8, 4, kernel_size=1))");
    const arith::Shape input = s.input->shape;
    for (const Action& action : {Action(AddLayer{0}), Action(RemoveLayer{0}), Action(MoveLayer{2, 0})})
        EXPECT_EQ(update(s, action).state.input, s.input) << "what goes in stays";
}

TEST(ChainEdits, ADepthwiseLayerStaysDepthwise) {
    const State s = chain("nn.Conv2d(2, 6, 1); nn.Conv2d(6, 6, 3, groups=6)", {2, 5, 5});
    const State moved = update(s, MoveLayer{1, 0}).state;
    EXPECT_EQ(moved.stages[0].layer.groups, 2);
    EXPECT_EQ(moved.stages[0].layer.out_channels, 2);
    EXPECT_EQ(moved.stages[1].layer.in_channels, 2);
}

TEST(ChainEdits, TheCurrentLayerStaysCurrent) {
    State s = chain(three, {3, 8, 8});
    s.shown = 1;
    EXPECT_EQ(update(s, AddLayer{1}).state.shown, 2) << "the new one";
    EXPECT_EQ(update(s, DuplicateLayer{0}).state.shown, 1) << "the copy";
    EXPECT_EQ(update(s, RemoveLayer{0}).state.shown, 0);
    EXPECT_EQ(update(s, RemoveLayer{1}).state.shown, 1);
    EXPECT_EQ(update(s, RemoveLayer{2}).state.shown, 1);
    s.shown = 0;
    EXPECT_EQ(update(s, MoveLayer{0, 2}).state.shown, 2);
    EXPECT_EQ(update(s, MoveLayer{2, 0}).state.shown, 1);
}

TEST(ChainEdits, TheCopyHasTheDataOfItsLayer) {
    const State s = chain("nn.Conv2d(2, 2, 3, padding=1)", {2, 5, 5}), twice = update(s, DuplicateLayer{0}).state;
    EXPECT_EQ(twice.stages[0].weight, s.stages[0].weight);
    EXPECT_EQ(twice.stages[1].weight, s.stages[0].weight);
    EXPECT_EQ(twice.stages[1].bias, s.stages[0].bias);
    EXPECT_EQ(twice.view, scene::View::chain) << "the chain is seen";
    EXPECT_NE(update(twice, RemoveLayer{1}).state.view, scene::View::chain) << "of one layer it is none";
}

TEST(ChainEdits, InvalidEditsAreRefusedAndChangeNothing) {
    const State s = chain("nn.Conv2d(4, 6, 3, groups=2); nn.Conv2d(6, 3, 5)", {4, 8, 8});
    const std::pair<Action, const char*> cases[] = {
        {RemoveLayer{2}, "There is no layer 3; the chain has 2 layers."},
        {AddLayer{-1}, "There is no layer 0; the chain has 2 layers."},
        {MoveLayer{0, 5}, "There is no layer 6; the chain has 2 layers."},
        {DuplicateLayer{1}, "Layer 3: "},  // 5x5 on 2x2
        {MoveLayer{1, 0}, "Layer 2: "},    // 3 channels in 2 groups
    };
    for (const auto& [action, why] : cases) {
        const Outcome outcome = update(s, action);
        ASSERT_FALSE(outcome.problems.empty()) << why;
        EXPECT_TRUE(outcome.problems.front().sentence.starts_with(why)) << outcome.problems.front().sentence;
        EXPECT_EQ(outcome.state, s);
    }
    const State one = preset(opening_preset);
    EXPECT_EQ(code_after(one, RemoveLayer{0}), "The last layer cannot be removed; a chain has at least one.");
    State many = one;
    for (int n = 1; n < most_layers; ++n) many = update(many, AddLayer{0}).state;
    ASSERT_EQ(many.stages.size(), static_cast<std::size_t>(most_layers));
    EXPECT_EQ(code_after(many, AddLayer{0}), "A chain built here has at most 64 layers.");
}

TEST(ChainEdits, AreUndoStepsWithDescriptions) {
    const State s = chain(three, {3, 8, 8});
    EXPECT_EQ(words_after(s, AddLayer{1}), "Added layer 3");
    EXPECT_EQ(words_after(s, DuplicateLayer{0}), "Added layer 2");
    EXPECT_EQ(words_after(s, RemoveLayer{1}), "Removed layer 2");
    EXPECT_EQ(words_after(s, MoveLayer{2, 0}), "Moved layer 3 to 1");
    EXPECT_EQ(words_after(s, AddBetween{0, arith::relu()}), "Added ReLU after layer 1");
    EXPECT_EQ(words_after(s, SetChannels{3, 5}), "Channels out: 8 → 5") << "no move";
    History history(s);
    for (const Action& action : {Action(AddLayer{1}), Action(MoveLayer{3, 0}), Action(RemoveLayer{1}),
                                 Action(DuplicateLayer{0}), Action(AddBetween{0, arith::relu()})})
        EXPECT_TRUE(history.apply(action).empty());
    EXPECT_EQ(history.past().size(), 5u);
    while (history.can_undo()) history.undo();
    EXPECT_EQ(history.now(), s);
}

TEST(KernelPatterns, AreTheWeightsOfTheNamedFilters) {
    const State s = chain("nn.Conv2d(1, 1, 3)", {1, 5, 5});
    for (const char* name : {"sobel-x", "sobel-y", "laplacian", "emboss", "box"})
        EXPECT_EQ(update(s, FillKernel{name}).state.stages[0].weight->values,
                  image::filter_named(name)->usual_kernels().front().weights)
            << name;
    EXPECT_EQ(update(s, FillKernel{"identity"}).state.stages[0].weight->values,
              (std::vector<float>{0, 0, 0, 0, 1, 0, 0, 0, 0}));
}

TEST(KernelPatterns, ExistForTheSidesOfTheFilter) {
    for (const int side : {1, 2, 3, 5, 7, 31}) {
        const State s = chain(fmt::format("nn.Conv2d(1, 1, {})", side).c_str(), {1, 31, 31});
        for (const KernelPattern& pattern : kernel_patterns()) {
            const std::string name(pattern.filter);
            const bool any = name == "box" || ((name == "gaussian" || name == "identity") && side % 2 == 1);
            const Outcome outcome = update(s, FillKernel{name});
            EXPECT_EQ(outcome.problems.empty(), any || side == 3) << name << " " << side;
            if (name != "gaussian" && name != "box") continue;
            if (!outcome.problems.empty()) continue;
            double sum = 0;
            for (const float w : outcome.state.stages[0].weight->values) sum += w;
            EXPECT_NEAR(sum, 1, 1e-5) << name << " " << side;
        }
    }
    const State five = chain("nn.Conv2d(1, 1, 5)", {1, 9, 9});
    EXPECT_EQ(code_after(five, FillKernel{"sobel-x"}), "Sobel x has no kernel of 5×5; it has 3×3.");
    EXPECT_EQ(code_after(chain("nn.Conv1d(1, 1, 3)", {1, 9}), FillKernel{"box"}),
              "Box is a kernel with two axes; the layer has 1.");
    EXPECT_EQ(code_after(chain("nn.MaxPool2d(3)", {1, 9, 9}), FillKernel{"box"}), "Only a convolution has weights.");
    EXPECT_EQ(code_after(five, FillKernel{"sharpen"}), "There is no kernel “sharpen” among the patterns.");
}

TEST(KernelPatterns, FillEveryPlaneOrOne) {
    const State s = chain("nn.Conv2d(2, 2, 3)", {2, 5, 5});
    const std::vector<float>
        before = s.stages[0].weight->values,
        sobel = image::filter_named("sobel-x")->usual_kernels().front().weights,
        all = update(s, FillKernel{"sobel-x"}).state.stages[0].weight->values,
        third = update(s, FillKernel{"sobel-x", 2}).state.stages[0].weight->values,
        zeros = update(s, FillPattern{TensorName::weight, Pattern::zeros, 1, 1}).state.stages[0].weight->values;
    for (std::size_t n = 0; n < before.size(); ++n) {
        EXPECT_EQ(all[n], sobel[n % 9]);
        EXPECT_EQ(third[n], n / 9 == 2 ? sobel[n % 9] : before[n]);
        EXPECT_EQ(zeros[n], n / 9 == 1 ? 0 : before[n]);
    }
    EXPECT_EQ(code_after(s, FillKernel{"box", 4}), "There is no plane 4; the tensor has 4 planes.");
}

}  // namespace
}  // namespace convloom::state::chain_edits_test
