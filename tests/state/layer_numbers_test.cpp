// Every number of a layer with every kind: its effect on edits, files and PyTorch code. The tests iterate over the
// tables, so new rows are tested.
#include "core/arith/layer/layer_numbers.hpp"

#include "core/arith/layer/output_size.hpp"
#include "core/scene/words/language.hpp"
#include "core/state/data/build.hpp"
#include "core/state/json/json.hpp"
#include "core/state/update/update.hpp"
#include "core/state/words/change_words.hpp"
#include "core/state/words/torch_words.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::layer_numbers_test {
namespace {

using arith::Index;
using arith::Layer;
using arith::LayerNumber;
using arith::Op;
using namespace state;

// Has several channels and a stride, so that every number can take another value.
Layer layer_of(Op op, int rank = 2) {
    Layer layer;
    layer.op = op;
    layer.axes.assign(static_cast<std::size_t>(rank), {.size = 9, .kernel = 3, .stride = 2});
    layer.in_channels = layer.out_channels = 4;
    keep_own_numbers(layer);
    if (layer.kind().folds) layer.in_channels = 4 * layer.window_cells();
    if (!layer.mixes_channels()) layer.out_channels = layer.out_channels_for(layer.in_channels);
    return layer;
}

State state_of(const Layer& layer) {
    return state_of_chain({{layer, {}, {}, {}}}, "a layer");
}

Index value_of(const Layer& layer, const LayerNumber& one) {
    return one.of_axis ? layer.axes[0].*one.of_axis : layer.*one.of_layer;
}

// Another value that is valid for the layer above.
Index other_value(const Layer& layer, const LayerNumber& one) {
    if (one.of_axis == &arith::Axis::restored_size) return arith::restored_size(layer.axes[0]) + 1;
    return one.zero_refused ? 5 : one.of_layer ? one.by_default + 1 : value_of(layer, one) + 1;
}

// Calls visit(number, kind, the result of setting it).
template <class Visit>
void for_each(int rank, Visit&& visit) {
    for (const LayerNumber& one : arith::layer_numbers())
        for (const Op op : arith::ops()) {
            const Layer layer = layer_of(op, rank);
            if (!arith::check(layer).empty()) continue;  // a kind may lack the rank
            visit(one, op, update(state_of(layer), SetLayerNumber{&one, other_value(layer, one)}));
        }
}

TEST(LayerNumbers, BelongToTheirKindsOnly) {
    for_each(2, [](const LayerNumber& one, Op op, const Outcome& outcome) {
        Layer wanted = layer_of(op);
        const Index value = other_value(wanted, one);
        if (one.belongs_to(op)) {
            ASSERT_TRUE(outcome.problems.empty()) << one.key << ": " << outcome.problems[0].sentence;
            EXPECT_EQ(value_of(outcome.state.layer(), one), value) << one.key;
            if (one.after) {
                EXPECT_EQ(outcome.state.layer().axes[1].*one.after, value);
            }
            return;
        }
        const std::string sentence = fmt::format(fmt::runtime(one.refusal), value);
        ASSERT_EQ(outcome.problems.size(), 1u) << one.key;
        EXPECT_EQ(outcome.problems[0].sentence, sentence);
        EXPECT_EQ(outcome.problems[0].field, one.field);
        for (arith::Axis& axis : wanted.axes)
            if (one.of_axis) axis.*one.of_axis = value;
        if (one.of_layer) wanted.*one.of_layer = value;
        const auto problems = arith::check(wanted);
        ASSERT_EQ(problems.size(), 1u) << one.key;
        EXPECT_EQ(problems[0].sentence, sentence);
    });
}

TEST(LayerNumbers, HaveBounds) {
    for (const LayerNumber& one : arith::layer_numbers())
        for (const Op op : arith::ops()) {
            if (!one.belongs_to(op)) continue;
            for (const Index value : {one.least - 1, arith::max_field + 1}) {
                Layer layer = layer_of(op);
                for (arith::Axis& axis : layer.axes)
                    if (one.of_axis) axis.*one.of_axis = value;
                if (one.of_layer) layer.*one.of_layer = value;
                const auto problems = arith::check(layer);
                ASSERT_FALSE(problems.empty()) << one.key;
                EXPECT_EQ(problems[0].field, one.field);
                EXPECT_EQ(problems[0].sentence, fmt::format("{} is {}; it must be from {} to {}.", one.name, value,
                                                            one.least, arith::max_field));
            }
        }
}

TEST(LayerNumbers, GoThroughFilesAndPyTorchCode) {
    for (const int rank : {1, 2, 3})
        for_each(rank, [](const LayerNumber& one, Op op, const Outcome& outcome) {
            if (!one.belongs_to(op)) return;
            const Layer& layer = outcome.state.layer();
            EXPECT_EQ(from_json(to_json(outcome.state)), outcome.state) << one.key;
            EXPECT_EQ(read_torch(torch_code(layer), arith::input_shape(layer)).front().layer, layer)
                << torch_code(layer);
        });
}

TEST(LayerNumbers, AreResetWithTheirKind) {
    for_each(2, [](const LayerNumber& one, Op op, const Outcome& outcome) {
        if (!one.belongs_to(op)) return;
        for (const Op other : arith::ops()) {
            const Layer now = update(outcome.state, SetOp{other}).state.layer();
            EXPECT_TRUE(one.belongs_to(other) || arith::is_by_default(now, one)) << one.key;
        }
    });
}

TEST(LayerNumbers, AreNamedInTheListOfEdits) {
    for_each(2, [](const LayerNumber& one, Op op, const Outcome& outcome) {
        if (!one.belongs_to(op)) return;
        const std::string words = change_words(state_of(layer_of(op)), outcome.state, scene::Language::english);
        EXPECT_TRUE(words.starts_with(one.title ? one.title : "How the pooling rounds and counts")) << words;
    });
}

TEST(LayerNumbers, CanBeSetOnOneSideOfOneAxis) {
    const State state = state_of(layer_of(Op::convolution));
    const LayerNumber& padding = arith::number_of(&arith::Axis::pad_before);
    const Layer before = update(state, SetLayerNumber{&padding, 2, 1, Side::before}).state.layer();
    EXPECT_EQ(before.axes[1].pad_before, 2);
    EXPECT_EQ(before.axes[1].pad_after, 0);
    EXPECT_EQ(before.axes[0], state.layer().axes[0]);
    const Layer after = update(state, SetLayerNumber{&padding, 2, 0, Side::after}).state.layer();
    EXPECT_EQ(after.axes[0].pad_before, 0);
    EXPECT_EQ(after.axes[0].pad_after, 2);
}

TEST(LayerKinds, GoThroughFilesAndPyTorchCode) {
    for (const Op op : arith::ops())
        for (const int rank : {1, 2, 3}) {
            if (!arith::check(layer_of(op, rank)).empty()) continue;
            const State state = state_of(layer_of(op, rank));
            EXPECT_EQ(from_json(to_json(state)), state) << arith::name_of(op);
            EXPECT_EQ(read_torch(torch_code(state.layer()), arith::input_shape(state.layer())).front().layer,
                      state.layer())
                << torch_code(state.layer());
            EXPECT_EQ(state.layer().has_weight(), !state.stages[0].weight->values.empty());
        }
}

}  // namespace
}  // namespace convloom::tests::layer_numbers_test
