// Unfold and fold in a State: PyTorch's words, files, and channels that follow the window.
#include "core/arith/layer/output_size.hpp"
#include "core/state/base/error.hpp"
#include "core/state/data/build.hpp"
#include "core/state/json/json.hpp"
#include "core/state/update/update.hpp"
#include "core/state/words/reading.hpp"
#include "core/state/words/torch_words.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::fold_state_test {
namespace {

using namespace state;

State state_of(const char* code, const arith::Shape& input) {
    return state_of_chain(read_torch(code, input), "layers");
}

TEST(FoldState, PyTorchsWordsAreReadAndWritten) {
    const arith::Layer unfold = read_torch("nn.Unfold((2, 3), 1, 1, 2)", {2, 5, 6}).front().layer;
    EXPECT_EQ(unfold.op, arith::Op::unfold);
    EXPECT_EQ(unfold.axes[1].pad_before, 1) << "dilation and padding come before the stride";
    EXPECT_EQ(arith::output_shape(unfold), (arith::Shape{12, 3, 3}));
    EXPECT_EQ(torch_code(unfold), "nn.Unfold(kernel_size=(2, 3), stride=2, padding=1)");
    for (const arith::Shape& input : {arith::Shape{12, 3, 4}, {12, 12}}) {
        const arith::Layer fold =
            read_layers("nn.Fold(output_size=(4, 5), kernel_size=(2, 2))", input).chain.front().layer;
        EXPECT_EQ(arith::input_shape(fold), (arith::Shape{12, 3, 4}));
        EXPECT_EQ(arith::output_shape(fold), (arith::Shape{3, 4, 5}));
        EXPECT_EQ(torch_code(fold), "nn.Fold(output_size=(4, 5), kernel_size=2)");
    }
    EXPECT_EQ(read_torch("F.unfold(x, (2, 3), padding=1, stride=2)", {2, 5, 6}).front().layer, unfold);
    EXPECT_EQ(read_torch("x = F.fold(x, (4, 5), 2)", {12, 3, 4}).front().layer,
              read_torch("nn.Fold((4, 5), 2)", {12, 3, 4}).front().layer);
    EXPECT_THROW(read_torch("x.unfold(2, 3, 1)", {2, 5, 6}), Error) << "a method of tensors";
    // The last row of the output is in no window.
    const arith::Layer rest = read_torch("nn.Fold((5, 4), 2, stride=2)", {4, 2, 2}).front().layer;
    EXPECT_EQ(arith::output_shape(rest), (arith::Shape{1, 5, 4}));
    EXPECT_EQ(read_torch(torch_code(rest), {4, 2, 2}).front().layer, rest);
}

TEST(FoldState, ChannelsFollowTheWindow) {
    State s = state_of("nn.Unfold(2)", {2, 5, 5});
    EXPECT_EQ(from_json(to_json(s)), s);
    EXPECT_EQ(s.view, scene::View::im2col);
    s = update(s, SetKernel{3}).state;
    EXPECT_EQ(arith::output_shape(s.layer()), (arith::Shape{18, 3, 3}));
    State f = state_of("nn.Fold((4, 4), 2)", {8, 3, 3});
    EXPECT_EQ(from_json(to_json(f)), f);
    f = update(f, SetKernel{3}).state;
    EXPECT_EQ(arith::input_shape(f.layer()), (arith::Shape{18, 3, 3}));
    const Outcome refused = update(f, SetChannels{10, 1});
    ASSERT_EQ(refused.problems.size(), 1u);
    EXPECT_EQ(refused.problems[0].sentence,
              "in_channels is 10, but a fold takes a multiple of the 9 cells of its window.");
    EXPECT_EQ(update(f, SetChannels{9, 1}).state.layer().out_channels, 1);
}

TEST(FoldState, AFoldFollowsAnUnfoldInAChain) {
    const State s = state_of("nn.Sequential(nn.Unfold(2), nn.Fold((4, 4), 2))", {1, 4, 4});
    State second = s;
    second.shown = 1;
    const arith::Recording recording = recording_of(second);
    for (arith::Index n = 0; n < recording.step_count(); ++n) {
        const arith::Step step = recording.step(n);
        EXPECT_EQ(recording.value(step),
                  static_cast<float>(recording.tap_count(step)) * s.input->values[static_cast<std::size_t>(n)]);
    }
}

}  // namespace
}  // namespace convloom::tests::fold_state_test
