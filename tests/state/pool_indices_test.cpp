// The indices of a max unpooling in a State: made up, read, edited, and in a chain those of the pooling before it.
#include "core/state/model/pool_indices.hpp"

#include "core/arith/layer/unpooling.hpp"
#include "core/state/data/build.hpp"
#include "core/state/json/json.hpp"
#include "core/state/update/update.hpp"
#include "core/state/words/torch_words.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::pool_indices_test {
namespace {

using namespace state;

State state_of(const char* code, const arith::Shape& input) {
    return state_of_chain(read_torch(code, input), "layers");
}

constexpr const char* pair_of_layers = "nn.Sequential(nn.MaxPool2d(2, return_indices=True), nn.MaxUnpool2d(2))";

TEST(PoolIndices, AreThoseOfThePoolingInAChain) {
    State s = state_of(pair_of_layers, {1, 4, 4});
    EXPECT_EQ(pool_of(s.stages, 1), 0);
    const auto expect_followed = [](const State& now) {
        const arith::Tensor wanted = arith::pooled_for(now.stages[1].layer, *now.input).indices;
        EXPECT_EQ(*now.stages[1].sides[0], wanted);
        // Each maximum is where it was, and the other cells are 0.
        State second = now;
        second.shown = 1;
        const arith::Recording recording = recording_of(second);
        for (arith::Index n = 0; n < recording.step_count(); ++n) {
            const float value = recording.value(recording.step(n));
            EXPECT_TRUE(value == 0 || value == now.input->values[static_cast<std::size_t>(n)]);
        }
    };
    expect_followed(s);
    const State edited = update(s, SetCells{TensorName::input, {{0, 9}, {5, -1}}}).state;
    EXPECT_NE(edited.input, s.input);
    expect_followed(edited);
    expect_followed(update(edited, SetLayerNumber{&arith::number_of(&arith::Axis::size), 6}).state);
    s.shown = 1;
    const Outcome refused = update(s, SetCells{TensorName::side, {{0, 0}}});
    ASSERT_EQ(refused.problems.size(), 1u);
    EXPECT_EQ(refused.problems[0].sentence, "These indices are those of the maxima that layer 1 finds.");
}

// As in a network for segmentation: the innermost pooling belongs to the first unpooling.
TEST(PoolIndices, OfNestedPairsBelongTogether) {
    const State s =
        state_of("nn.Sequential(nn.MaxPool1d(2), nn.MaxPool1d(2), nn.MaxUnpool1d(2), nn.MaxUnpool1d(2))", {1, 8});
    EXPECT_EQ(pool_of(s.stages, 2), 1);
    EXPECT_EQ(pool_of(s.stages, 3), 0);
    const State other = state_of("nn.Sequential(nn.MaxPool1d(2), nn.MaxUnpool1d(4))", {1, 8});
    EXPECT_EQ(pool_of(other.stages, 1), -1) << "other windows";
}

TEST(PoolIndices, AreReadAndRefused) {
    const State s = state_of("nn.MaxUnpool2d(2)", {1, 2, 2});
    EXPECT_EQ(from_json(to_json(s)), s);
    const Outcome moved = update(s, SetCells{TensorName::side, {{3, 15}}});
    ASSERT_TRUE(moved.problems.empty());
    EXPECT_EQ(from_json(to_json(moved.state)), moved.state);
    const Outcome refused = update(s, SetCells{TensorName::side, {{3, 1}}});
    ASSERT_EQ(refused.problems.size(), 1u);
    EXPECT_EQ(refused.problems[0].sentence,
              "The index of cell (1, 1) is 1, which is the output's cell (0, 1); its window begins at (2, 2) and has "
              "2×2.");
    State broken = s;
    broken.stages[0].sides[0] = arith::Tensor{{1, 2, 2}, {0, 2, 8, 99}};
    try {
        from_json(to_json(broken));
        FAIL() << "an index outside of the plane was read";
    } catch (const std::exception& error) {
        EXPECT_STREQ(error.what(),
                     "This is not a Convloom state: layers[0].indices do not fit: The index of cell (1, "
                     "1) is 99; a plane of the output has the cells 0 to 15.");
    }
}

// A plane is a row for rank 1, and one slice of one channel for rank 3.
TEST(PoolIndices, ArePastedPlaneByPlaneInEveryRank) {
    const State row = state_of("nn.MaxUnpool1d(2)", {2, 3});
    const Outcome pasted = update(row, SetTable{TensorName::side, 1, 1, 3, {1, 2, 5}});
    ASSERT_TRUE(pasted.problems.empty()) << pasted.problems[0].sentence;
    const std::vector<float>& values = pasted.state.stages[0].sides[0]->values;
    EXPECT_EQ(std::vector<float>(values.begin() + 3, values.end()), (std::vector<float>{1, 2, 5}));
    EXPECT_FALSE(update(row, SetTable{TensorName::side, 2, 1, 3, {1, 2, 5}}).problems.empty()) << "no such channel";
    const State block = state_of("nn.MaxUnpool3d(2)", {1, 2, 1, 2});
    const Outcome slice = update(block, SetTable{TensorName::side, 1, 1, 2, {21, 18}});
    ASSERT_TRUE(slice.problems.empty()) << slice.problems[0].sentence;
    EXPECT_EQ(slice.state.stages[0].sides[0]->values[3], 18);
}

// Other windows have other indices; edits that do not change the windows keep them.
TEST(PoolIndices, StayValidWhenTheLayerChanges) {
    State s = state_of("nn.MaxUnpool2d(2)", {2, 3, 3});
    const std::pair<arith::Index arith::Axis::*, arith::Index> changes[] = {
        {&arith::Axis::kernel, 3}, {&arith::Axis::stride, 3}, {&arith::Axis::size, 5}, {&arith::Axis::kernel, 1}};
    for (const auto& [number, value] : changes) {
        const Outcome outcome = update(s, SetLayerNumber{&arith::number_of(number), value});
        ASSERT_TRUE(outcome.problems.empty()) << outcome.problems[0].sentence;
        s = outcome.state;
        EXPECT_EQ(arith::indices_problem(s.layer(), *s.stages[0].sides[0]), "");
    }
}

TEST(PoolIndices, AreWordsOfPyTorch) {
    const auto layer = [](const char* code, const arith::Shape& input) {
        return read_torch(code, input).front().layer;
    };
    const arith::Layer plain = layer("nn.MaxUnpool2d(2, stride=2)", {1, 3, 3});
    EXPECT_EQ(plain.op, arith::Op::max_unpooling);
    EXPECT_EQ(plain,
              layer("self.unpool = nn.MaxUnpool2d(kernel_size=(2, 2), stride=(2, 2), padding=(0, 0))", {1, 3, 3}));
    EXPECT_EQ(plain, layer("F.max_unpool2d(x, indices, 2)", {1, 3, 3}));
    EXPECT_EQ(torch_code(plain), "nn.MaxUnpool2d(kernel_size=2)");
    const arith::Layer sized = layer("F.max_unpool2d(x, indices, 2, output_size=(1, 1, 7, 6))", {1, 3, 3});
    EXPECT_EQ(arith::output_shape(sized), (arith::Shape{1, 7, 6}));
    EXPECT_EQ(torch_code(sized), "nn.MaxUnpool2d(kernel_size=2)  # restored_size=7x6");
    EXPECT_EQ(layer(torch_code(sized).c_str(), {1, 3, 3}), sized);
}

}  // namespace
}  // namespace convloom::tests::pool_indices_test
