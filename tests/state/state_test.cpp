// State, update, history, JSON and presets.
#include <cmath>

#include "core/arith/compute/convolve.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/state/base/error.hpp"
#include "core/state/data/build.hpp"
#include "core/state/json/cases.hpp"
#include "core/state/json/json.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/shown/scene_of.hpp"
#include "core/state/update/history.hpp"
#include "core/state/words/torch_words.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::state_test {
namespace {

using namespace state;

std::vector<float> output_of(const State& s) {
    return arith::reference(s.layer(), *stage_input(s, s.shown), *s.stages[s.shown].weight,
                            s.stages[s.shown].bias.get())
        .values;
}

TEST(Presets, HaveThePublishedNumbers) {
    struct Figure {
        const char* name;
        arith::Index i, o, p, k, s, d;
    };
    const Figure figures[] = {{"no_padding_no_strides", 4, 2, 0, 3, 1, 1},
                              {"arbitrary_padding_no_strides", 5, 6, 2, 4, 1, 1},
                              {"same_padding_no_strides", 5, 5, 1, 3, 1, 1},
                              {"full_padding_no_strides", 5, 7, 2, 3, 1, 1},
                              {"no_padding_strides", 5, 2, 0, 3, 2, 1},
                              {"padding_strides", 5, 3, 1, 3, 2, 1},
                              {"padding_strides_odd", 6, 3, 1, 3, 2, 1},
                              {"dilation", 7, 3, 0, 3, 1, 2},
                              {"numerical_no_padding_no_strides", 5, 3, 0, 3, 1, 1},
                              {"numerical_padding_strides", 5, 3, 1, 3, 2, 1}};
    for (const Figure& f : figures) {
        const State s = preset(f.name);
        EXPECT_EQ(s.layer(), arith::square_layer(f.i, f.k, f.s, f.p, f.d)) << f.name;
        EXPECT_EQ(arith::output_size(s.layer().axes[0]), f.o) << f.name;
        EXPECT_EQ(s.name, f.name);
    }
    for (const Figure& f : figures) {  // back from o to i; dilation has no transposed figure
        const std::string name = std::string(f.name) + "_transposed";
        if (f.d != 1 || name.starts_with("numerical")) continue;
        const State s = preset(name);
        EXPECT_EQ(s.layer().op, arith::Op::transposed_convolution);
        EXPECT_EQ(s.layer().axes[0].size, f.o) << name;
        EXPECT_EQ(arith::output_size(s.layer(), 0), f.i) << name;
    }
    const auto more =
        static_cast<std::size_t>(std::count_if(preset_names().begin(), preset_names().end(),
                                               [](const std::string& name) { return name.starts_with("more_"); }));
    EXPECT_EQ(preset_names().size() - more, 29u) << "nineteen figures, ten of the eight kinds";
    EXPECT_TRUE(std::all_of(preset_names().begin() + 29, preset_names().end(), [](const std::string& name) {
        return name.starts_with("more_");
    })) << "they stand last";
    EXPECT_EQ(output_of(preset("numerical_no_padding_no_strides")),
              (std::vector<float>{12, 12, 17, 10, 17, 19, 9, 6, 14}));
    EXPECT_EQ(output_of(preset("numerical_padding_strides")), (std::vector<float>{6, 17, 3, 8, 17, 13, 6, 4, 4}));
    EXPECT_EQ(output_of(preset("numerical_max_pooling")), (std::vector<float>{3, 3, 3, 3, 3, 3, 3, 2, 3}));
    std::vector<float> averages = output_of(preset("numerical_average_pooling"));
    for (float& value : averages) value = std::round(value * 10) / 10;
    EXPECT_EQ(averages, (std::vector<float>{1.7f, 1.7f, 1.7f, 1.0f, 1.2f, 1.8f, 1.1f, 0.8f, 1.3f}));
}

TEST(Presets, OfTheEightKindsHaveTheArticlesShapes) {
    struct Kind {
        const char* name;
        arith::Shape input, output;
    };
    const Kind kinds[] = {{"kind_2d", {1, 5, 5}, {1, 3, 3}},
                          {"kind_2d_channels", {3, 5, 5}, {1, 3, 3}},
                          {"kind_dilated", {1, 7, 7}, {1, 3, 3}},
                          {"kind_transposed", {1, 2, 2}, {1, 4, 4}},
                          {"kind_depthwise_separable", {3, 7, 7}, {128, 5, 5}},
                          {"kind_standard", {3, 7, 7}, {128, 5, 5}},
                          {"kind_grouped", {4, 7, 7}, {128, 5, 5}},
                          {"kind_1x1", {200, 6, 6}, {32, 6, 6}}};
    for (const Kind& kind : kinds) {
        const State s = preset(kind.name);
        EXPECT_EQ(arith::input_shape(s.stages.front().layer), kind.input) << kind.name;
        EXPECT_EQ(arith::output_shape(s.stages.back().layer), kind.output) << kind.name;
    }
    State separable = preset("kind_depthwise_separable");
    ASSERT_EQ(separable.stages.size(), 2u);
    EXPECT_EQ(arith::weight_shape(separable.stages[0].layer), (arith::Shape{3, 1, 3, 3}));
    EXPECT_EQ(stage_input(separable, 1)->shape, (arith::Shape{3, 5, 5}));
    EXPECT_TRUE(arith::is_relu(preset("kind_1x1").stages[0].after));
    // The first stage's output is the second one's input.
    separable.shown = 1;
    const auto first = arith::reference(separable.stages[0].layer, *separable.input, *separable.stages[0].weight);
    EXPECT_EQ(*stage_input(separable, 1), first);
    EXPECT_EQ(recording_of(separable).step_count(), 128 * 25);
}

TEST(Presets, AnUnknownNameGetsASuggestion) {
    try {
        preset("dilatoin");
        FAIL();
    } catch (const Error& error) {
        EXPECT_STREQ(error.what(),
                     "There is no preset “dilatoin”; did you mean “dilation”? `convloom list` shows all presets.");
    }
}

TEST(Json, WritesALargePatternAsItsSeed) {
    State state = state_of_chain(read_torch("nn.Conv2d(16, 8, 3); nn.Conv2d(8, 24, 3)", {16, 12, 12}), "patterns");
    const std::string text = to_json(state);
    EXPECT_LT(text.size(), 3000u);
    EXPECT_EQ(numbers_written(state), 32u) << "the biases";
    EXPECT_EQ(from_json(text), state);
    // With one changed cell the tensor is written in full.
    arith::Tensor input = *state.input;
    input.values[700] += 0.5f;
    state.input = input;
    EXPECT_EQ(numbers_written(state), 32u + 16 * 12 * 12);
    EXPECT_EQ(from_json(to_json(state)), state);
}

TEST(Json, RoundTrips) {
    for (const std::string& name : preset_names()) {
        State s = preset(name);
        s = update(s, StepForward{}).state;
        s = update(s, TapForward{}).state;
        s.theme = "dark";
        s.language = scene::Language::chinese;
        EXPECT_EQ(from_json(to_json(s)), s) << name;
        EXPECT_EQ(to_json(from_json(to_json(s))), to_json(s));
        EXPECT_EQ(to_json(s).find("slices"), std::string::npos) << "what is usual is not written";
        s.look.slices = true;
        EXPECT_EQ(from_json(to_json(s)), s) << name;
    }
}

// Earlier versions wrote 0 for "not set", and kept settings of average pooling after a change to max pooling.
TEST(Json, AnEarlierVersionsPoolingIsRead) {
    auto written = [](const State& s, const std::string& field) {
        std::string text = to_json(s);
        const std::string flag = "\"count_include_pad\": true";
        EXPECT_EQ(text.find("divisor_override"), std::string::npos) << "what is usual is not written";
        return text.replace(text.find(flag), flag.size(), field);
    };
    const State average = preset("numerical_average_pooling"), maximum = preset("numerical_max_pooling");
    EXPECT_EQ(from_json(written(average, "\"count_include_pad\": true, \"divisor_override\": 0")), average);
    EXPECT_EQ(from_json(written(maximum, "\"count_include_pad\": false, \"divisor_override\": 0")), maximum);
    EXPECT_EQ(from_json(written(maximum, "\"count_include_pad\": false, \"divisor_override\": 4")), maximum);
    EXPECT_EQ(from_json(written(average, "\"divisor_override\": -2")).layer().divisor_override, -2);
    // Changing the kind in the window leaves no such settings.
    const State turned = update(from_json(written(average, "\"count_include_pad\": false, \"divisor_override\": 4")),
                                SetOp{arith::Op::max_pooling})
                             .state;
    EXPECT_TRUE(arith::check(turned.layer()).empty());
    EXPECT_EQ(turned.layer().divisor_override, 0);
}

TEST(Cases, ADivisorOfZeroIsRefused) {
    auto error = [](const std::string& divisor) {
        return read_cases(
                   R"({"cases": [{"name": "a", "op": "avg_pool", "rank": 1, "input_shape": [1, 1, 2], "kernel": [2],
                              "stride": [2], "input": [1, 3], "divisor_override": )" +
                   divisor + "}]}")[0]
            .error;
    };
    EXPECT_EQ(error("0"), "a: divisor_override is 0; the divisor must not be 0.");
    EXPECT_EQ(error("null"), "");
    EXPECT_EQ(error("-2"), "");
}

TEST(Json, ErrorsAreOneSentenceThatNamesTheField) {
    const std::string good = to_json(preset("dilation"));
    auto with = [&](const std::string& from, const std::string& to) {
        std::string text = good;
        const auto at = text.find(from);
        EXPECT_NE(at, std::string::npos) << from;
        return text.replace(at, from.size(), to);
    };
    const std::pair<std::string, std::string> cases[] = {
        {"", "the file is not JSON"},
        {"[]", "the file is not an object"},
        {"{}", "convloom is missing"},
        {with("\"convloom\": 1", "\"convloom\": 9"), "convloom is 9; this program reads version 1"},
        {with("\"name\": \"dilation\"", "\"name\": 7"), "name is not a text"},
        {with("\"stacked\"", "\"sideways\""), "view is none of flat, stacked, volume"},
        {with("\"step\": 0", "\"step\": 99"), "step is 99; this layer has the steps 0 to 8"},
        {with("\"in_channels\": 1", "\"in_channels\": 1e99"), "layers[0].in_channels is not a whole number"},
        {with("\"in_channels\": 1", "\"in_channels\": 18446744073709551615"),
         "layers[0].in_channels is not a whole number"},
        {with("\"weight\": [", "\"weight\": [1, "), "layers[0].weight has 10 values where 9 are needed"},
        {with("\"zeros\"", "\"mirror\""), "layers[0].padding_mode is none of"},
    };
    for (const auto& [text, says] : cases) {
        try {
            from_json(text);
            ADD_FAILURE() << says;
        } catch (const Error& error) {
            EXPECT_NE(std::string(error.what()).find(says), std::string::npos) << error.what();
        }
    }
    for (std::size_t length = 0; length + 1 < good.size(); length += 7)
        EXPECT_THROW(from_json(good.substr(0, length)), Error);
    EXPECT_THROW(from_json(std::string(100000, '[')), Error);
}

TEST(Update, AnInvalidLayerIsRefusedAndChangesNothing) {
    const State before = preset(opening_preset);
    const Outcome outcome = update(before, SetKernel{7});
    EXPECT_EQ(outcome.state, before);
    EXPECT_FALSE(outcome.problems.empty());
    EXPECT_TRUE(update(before, SetStride{2}).problems.empty());
}

TEST(Update, StepsStayInRangeAndTapsContinue) {
    State s = preset(opening_preset);
    s = update(s, StepBack{}).state;
    EXPECT_EQ(s.moment.step, 0);
    s = update(s, GoToLast{}).state;
    EXPECT_EQ(s.moment.step, 8);
    s = update(s, StepForward{}).state;
    EXPECT_EQ(s.moment.step, 8);
    s = update(s, GoToStep{3}).state;
    for (int n = 0; n < 10; ++n) s = update(s, TapForward{}).state;
    EXPECT_EQ(s.moment, (scene::Moment{4, 0})) << "nine taps of step 3, then the next window";
    s = update(s, TapBack{}).state;
    EXPECT_EQ(s.moment, (scene::Moment{3, 8}));
    // With a smaller output the current step moves to one that exists.
    s = update(update(s, GoToLast{}).state, SetStride{2}).state;
    EXPECT_EQ(s.moment.step, 3);
}

TEST(Update, CellsKeepTheirValuesWhenSizesChange) {
    const State before = preset(opening_preset);
    const State larger = update(before, SetSize{7}).state;
    for (int r = 0; r < 5; ++r)
        for (int c = 0; c < 5; ++c) EXPECT_EQ(larger.input->values[r * 7 + c], before.input->values[r * 5 + c]);
    EXPECT_EQ(update(larger, SetSize{5}).state.input, before.input);
}

TEST(History, UndoRestoresTheState) {
    const State first = preset(opening_preset);
    const Action edits[] = {SetSize{6},
                            SetKernel{2},
                            SetStride{2},
                            SetPadding{1},
                            SetDilation{2},
                            SetCells{TensorName::input, {{6, 9.5f}}},
                            SetCells{TensorName::weight, {{0, -1}}},
                            SetView{scene::View::stacked},
                            SetTheme{"dark"},
                            SetSwitch{&scene::Look::labels, false},
                            OpenState{preset("dilation")}};
    History history(first);
    std::vector<State> states{first};
    for (const Action& edit : edits) {
        EXPECT_TRUE(history.apply(edit).empty());
        states.push_back(history.now());
    }
    for (std::size_t n = states.size() - 1; n > 0; --n) {
        EXPECT_EQ(history.now(), states[n]);
        history.undo();
    }
    EXPECT_EQ(history.now(), first);
    EXPECT_FALSE(history.can_undo());
    for (std::size_t n = 1; n < states.size(); ++n) {
        history.redo();
        EXPECT_EQ(history.now(), states[n]);
    }
    EXPECT_FALSE(history.can_redo());
}

TEST(History, AGestureIsOneEntryAndStartsFromItsBeginning) {
    History history(preset(opening_preset));
    const State first = history.now();
    for (arith::Index size : {4, 3, 4, 6}) history.apply(SetSize{size}, 1);
    EXPECT_EQ(history.now().layer().axes[0].size, 6);
    for (int c = 0; c < 5; ++c)
        EXPECT_EQ(history.now().input->values[4 * 6 + c], first.input->values[4 * 5 + c]) << "row 5 was gone at size 3";
    history.undo();
    EXPECT_EQ(history.now(), first);
    EXPECT_FALSE(history.can_undo());
    // A drag that returns to its start leaves nothing to undo.
    history.apply(SetSize{4}, 2);
    history.apply(SetSize{5}, 2);
    EXPECT_FALSE(history.can_undo());
    // Moving in time is not an edit.
    history.apply(StepForward{});
    EXPECT_FALSE(history.can_undo());
}

// Thousands of random actions: the State is always valid, can be drawn and round-trips through JSON.
TEST(Update, AnySequenceOfActionsLeavesAValidState) {
    unsigned seed = 7;
    auto random = [&](int below) {
        seed = seed * 1664525u + 1013904223u;
        return static_cast<int>((seed >> 8) % static_cast<unsigned>(below));
    };
    History history(preset(opening_preset));
    for (int n = 0; n < 4000; ++n) {
        const arith::Index v = random(9) - 1;
        const Action actions[] = {SetSize{v},
                                  SetKernel{v},
                                  SetStride{v},
                                  SetPadding{v},
                                  SetDilation{v},
                                  SetCells{TensorName::input, {{v, 2.5f}}},
                                  SetCells{TensorName::weight, {{v, -2}}},
                                  StepForward{},
                                  StepBack{},
                                  TapForward{},
                                  TapBack{},
                                  GoToFirst{},
                                  GoToLast{},
                                  GoToStep{v * 3},
                                  SetView{static_cast<scene::View>(random(6))},
                                  OpenState{preset(preset_names()[random(static_cast<int>(preset_names().size()))])}};
        const int choice = random(static_cast<int>(std::size(actions)) + 2);
        if (choice == 16)
            history.undo();
        else if (choice == 17)
            history.redo();
        else
            history.apply(actions[choice], random(3));
        const State& s = history.now();
        ASSERT_TRUE(arith::check(chain_of(s)).empty());
        ASSERT_EQ(s.input->shape, arith::input_shape(s.stages.front().layer));
        ASSERT_EQ(s.stages[static_cast<std::size_t>(s.shown)].weight->shape, arith::weight_shape(s.layer()));
        ASSERT_LT(s.moment.step, recording_of(s).step_count());
        if (n % 10 == 0) {
            ASSERT_EQ(from_json(to_json(s)), s);
            ASSERT_FALSE(scene_of(s).planes.empty());
        }
    }
}

// Otherwise a State would differ from what its file gives back.
TEST(State, ACellOfTheInputHasNoCoordinatesBeyondTheRank) {
    const State chosen = update(preset("more_dilations_222"), ChooseCell{0, 0, {3, 4, 7}}).state;
    ASSERT_TRUE(chosen.input_cell);
    EXPECT_EQ(*chosen.input_cell, (arith::Cell{3, 4, 0}));
    EXPECT_EQ(from_json(to_json(chosen)), chosen);
}

}  // namespace
}  // namespace convloom::tests::state_test
