// Every switch of a layer: the kinds that have it, and its effect on edits, files and PyTorch code. The tests iterate
// over the table, so new rows are tested.
#include "core/arith/layer/layer_switches.hpp"

#include "core/scene/words/language.hpp"
#include "core/state/data/build.hpp"
#include "core/state/json/json.hpp"
#include "core/state/update/update.hpp"
#include "core/state/words/change_words.hpp"
#include "core/state/words/torch_words.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::layer_switches_test {
namespace {

using arith::Layer;
using arith::LayerSwitch;
using arith::Op;
using namespace state;

Layer layer_of(Op op) {
    Layer layer = arith::square_layer(7, 3, 2, 1, 1);
    layer.op = op;
    keep_own_numbers(layer);
    if (layer.kind().folds) layer.in_channels = layer.window_cells();
    if (!layer.mixes_channels()) layer.out_channels = layer.out_channels_for(layer.in_channels);
    return layer;
}

State state_of(const Layer& layer) {
    return state_of_chain({{layer, {}, {}, {}}}, "a layer");
}

// Calls visit(switch, kind, a layer with the switch set to the value that is not the default).
template <class Visit>
void for_each(Visit&& visit) {
    for (const LayerSwitch& one : arith::layer_switches())
        for (const Op op : arith::ops()) {
            Layer layer = layer_of(op);
            layer.*one.on = !one.by_default;
            visit(one, op, layer);
        }
}

TEST(LayerSwitches, BelongToTheirKindsOnly) {
    for_each([](const LayerSwitch& one, Op op, const Layer& layer) {
        const auto problems = arith::check(layer);
        const Outcome outcome = update(state_of(layer_of(op)), SetLayerSwitch{one.on, !one.by_default});
        if (one.belongs_to(op)) {
            EXPECT_TRUE(problems.empty()) << one.key;
            EXPECT_TRUE(outcome.problems.empty()) << one.key;
            EXPECT_EQ(outcome.state.layer(), layer) << one.key;
        } else {
            ASSERT_EQ(problems.size(), 1u) << one.key;
            EXPECT_EQ(problems[0].sentence, one.refusal);
            ASSERT_EQ(outcome.problems.size(), 1u) << one.key;
            EXPECT_EQ(outcome.problems[0].sentence, one.refusal);
            EXPECT_EQ(outcome.problems[0].field, one.field);
        }
    });
}

TEST(LayerSwitches, GoThroughFilesAndPyTorchCode) {
    for_each([](const LayerSwitch& one, Op op, const Layer& layer) {
        if (!one.belongs_to(op)) return;
        const State state = state_of(layer);
        EXPECT_EQ(from_json(to_json(state)), state) << one.key;
        EXPECT_EQ(read_torch(torch_code(layer), arith::input_shape(layer)).front().layer, layer) << torch_code(layer);
    });
}

TEST(LayerSwitches, AreResetWithTheirKind) {
    for_each([](const LayerSwitch& one, Op op, const Layer& layer) {
        if (!one.belongs_to(op)) return;
        for (const Op other : arith::ops()) {
            const Layer now = update(state_of(layer), SetOp{other}).state.layer();
            EXPECT_EQ(now.*one.on, one.belongs_to(other) ? !one.by_default : one.by_default) << one.key;
        }
    });
}

TEST(LayerSwitches, AreNamedInTheListOfEdits) {
    for_each([](const LayerSwitch& one, Op op, const Layer& layer) {
        if (!one.belongs_to(op)) return;
        const std::string words = change_words(state_of(layer_of(op)), state_of(layer), scene::Language::english);
        EXPECT_TRUE(words.starts_with(one.change ? one.change : "How the pooling rounds and counts")) << words;
    });
}

}  // namespace
}  // namespace convloom::tests::layer_switches_test
