// States whose layers have others without a window between them: files, links, edits and code.
#include <gtest/gtest.h>

#include "app/files/link.hpp"
#include "core/arith/chain/between_kinds.hpp"
#include "core/arith/compute/convolve.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/state/base/error.hpp"
#include "core/state/data/build.hpp"
#include "core/state/json/json.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/shown/scene_of.hpp"
#include "core/state/update/update.hpp"
#include "core/state/words/change_words.hpp"
#include "core/state/words/torch_words.hpp"

namespace convloom::state::between_state_test {
namespace {

State chain(const char* words, const arith::Shape& input) {
    return state_of_chain(read_torch(words, input), "by hand");
}

std::string code_after(const State& s, const Action& action) {
    const Outcome outcome = update(s, action);
    return outcome.problems.empty() ? torch_code(chain_of(outcome.state)) : outcome.problems.front().sentence;
}

constexpr const char* head =
    "nn.ReflectionPad2d(1); nn.Conv2d(1, 4, 3); nn.BatchNorm2d(4); nn.ReLU(); nn.MaxPool2d(2); nn.Flatten(); "
    "nn.Linear(64, 10)";

TEST(StatesWithBetweens, AreWrittenAndReadBack) {
    const State s = chain(head, {1, 8, 8});
    EXPECT_EQ(s.given, (arith::Shape{1, 8, 8}));
    EXPECT_EQ(from_json(to_json(s)), s);
    EXPECT_EQ(files::parse_link(files::link_of(s)).state, s);
    // Every kind.
    for (const arith::BetweenKind& kind : arith::between_kinds()) {
        State one = chain("nn.Conv2d(1, 8, 1)", {1, 6, 6});
        arith::Between between = arith::between_to_add(kind, {8, 6, 6});
        if (kind.group == arith::BetweenGroup::unknown) between.name = "CBAM";
        const Outcome outcome = update(one, AddBetween{0, between});
        if (!outcome.problems.empty()) continue;
        EXPECT_EQ(from_json(to_json(outcome.state)), outcome.state) << kind.json;
        EXPECT_FALSE(torch_code(chain_of(outcome.state)).empty());
    }
}

TEST(StatesWithBetweens, OneReluIsWrittenAsEver) {
    const std::string text = to_json(chain("nn.Conv2d(1, 1, 1); nn.ReLU(); nn.MaxPool2d(2)", {1, 4, 4}));
    EXPECT_NE(text.find("\"activation\": \"relu\""), std::string::npos);
    EXPECT_EQ(text.find("\"after\""), std::string::npos);
}

TEST(StatesWithBetweens, WrongFilesAreRefusedWithTheirField) {
    const std::string good = to_json(chain("nn.Conv2d(1, 4, 3); nn.BatchNorm2d(4)", {1, 8, 8}));
    auto refusal = [&](const std::string& from, const std::string& to) -> std::string {
        std::string text = good;
        const std::size_t at = text.find(from);
        EXPECT_NE(at, std::string::npos) << from;
        text.replace(at, from.size(), to);
        try {
            from_json(text);
        } catch (const Error& e) {
            return e.what();
        }
        return "";
    };
    const std::string start = "This is not a Convloom state: ";
    EXPECT_EQ(refusal("\"batch_norm\"", "\"norm\""),
              start + "layers[0].after[0].kind is “norm”, which no layer without a window has as its name.");
    EXPECT_EQ(refusal("\"num_features\": 4", "\"num_features\": 0"),
              start +
                  "layers[0].after[0].num_features is not possible: BatchNorm2d takes at least 1 as num_features, "
                  "not 0.");
    EXPECT_EQ(refusal("\"num_features\": 4", "\"eps\": 1"), start + "layers[0].after[0].num_features is missing.");
    EXPECT_EQ(refusal("\"num_features\": 4", "\"num_features\": 5"),
              start + "layers do not fit: BatchNorm2d(5) takes 5 channels, but it is given 4.");
    EXPECT_EQ(refusal("\"rank\": 2", "\"rank\": 7"), start + "layers[0].after[0].rank is 7; it is 1 to 3.");
}

TEST(StatesWithBetweens, TheNextLayerGetsTheirValues) {
    const State s = chain("nn.Conv2d(1, 1, 1); nn.ZeroPad2d(1); nn.Conv2d(1, 1, 1)", {1, 2, 2});
    const auto inputs = stage_inputs(s, 1);
    const arith::Tensor own =
        arith::reference(s.stages[0].layer, *s.input, *s.stages[0].weight, s.stages[0].bias.get());
    EXPECT_EQ(inputs[1]->shape, (arith::Shape{1, 4, 4}));
    EXPECT_EQ(inputs[1]->values[5], own.values[0]);
    EXPECT_EQ(inputs[1]->values[0], 0);
}

TEST(StatesWithBetweens, EditsAddRemoveAndAdaptThem) {
    const State s = chain("nn.Conv2d(1, 4, 3); nn.BatchNorm2d(4); nn.MaxPool2d(2)", {1, 8, 8});
    EXPECT_EQ(code_after(s, AddBetween{0, arith::relu()}),
              "nn.Sequential(nn.Conv2d(1, 4, kernel_size=3), nn.BatchNorm2d(4), nn.ReLU(), "
              "nn.MaxPool2d(kernel_size=2))");
    EXPECT_EQ(code_after(s, RemoveBetween{0, 0}),
              "nn.Sequential(nn.Conv2d(1, 4, kernel_size=3), nn.MaxPool2d(kernel_size=2))");
    EXPECT_EQ(code_after(s, RemoveBetween{0, 1}), "There is no number 2 of what stands after layer 1.");
    EXPECT_EQ(code_after(s, AddBetween{5, arith::relu()}), "There is no layer 6; the chain has 2 layers.");
    EXPECT_EQ(code_after(s, AddBetween{0, arith::between_of("flatten")}),
              "Layer 2: it takes channels and 2 sizes, but Flatten in front of it gives 144.");
    // The number of features follows the channels.
    EXPECT_EQ(code_after(s, SetChannels{1, 6}),
              "nn.Sequential(nn.Conv2d(1, 6, kernel_size=3), nn.BatchNorm2d(6), nn.MaxPool2d(kernel_size=2))");
    const State more = update(s, AddBetween{0, arith::relu()}).state;
    EXPECT_EQ(change_words(s, more, scene::Language::english), "Added ReLU after layer 1");
    EXPECT_EQ(change_words(more, s, scene::Language::english), "Removed ReLU after layer 1");
    EXPECT_TRUE(is_edit(Action(AddBetween{0, arith::relu()})));
}

TEST(StatesWithBetweens, TheHeadStaysAtTheEndOfTheChain) {
    const State s = chain(head, {1, 8, 8});
    const State longer = update(s, AddLayer{1}).state;
    ASSERT_EQ(longer.stages.size(), 3u);
    EXPECT_TRUE(longer.stages[1].after.empty());
    EXPECT_EQ(arith::output_shape(chain_of(longer)), (arith::Shape{10}));
    const State shorter = update(s, RemoveLayer{1}).state;
    ASSERT_EQ(shorter.stages.size(), 1u);
    EXPECT_EQ(arith::output_shape(chain_of(shorter)), (arith::Shape{10}));
    EXPECT_EQ(shorter.stages[0].after.size(), 4u);
    EXPECT_EQ(change_words(s, longer, scene::Language::english), "Added layer 3");
}

TEST(StatesWithBetweens, TheChainViewShowsThem) {
    for (const char* name : {"more_lenet", "kind_1x1"}) {
        State s = preset(name);
        s.view = scene::View::chain;
        for (const scene::Language language : {scene::Language::english, scene::Language::chinese}) {
            s.language = language;
            const scene::Scene scene = scene_of(s);
            std::size_t bars = 0;
            for (const scene::Plane& plane : scene.planes)
                bars += plane.role.content == scene::Content::between && plane.role.aspect == scene::Aspect::cells;
            EXPECT_EQ(bars, std::string(name) == "more_lenet" ? 8u : 1u) << name;
        }
    }
}

}  // namespace
}  // namespace convloom::state::between_state_test
