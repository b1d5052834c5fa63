// The words of views say what is so: counts that are counted, fields in the padding only where they are, and padding
// modes by their names.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/arith/chain/cost.hpp"
#include "core/scene/views/view_table.hpp"
#include "core/scene/words/number_text.hpp"
#include "core/state/data/build.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/shown/scene_of.hpp"
#include "core/state/update/update.hpp"
#include "core/state/words/torch_words.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::view_words_test {
namespace {

using namespace scene;
using arith::Index;

std::string word(state::State s, Index step, View view, const std::string& name) {
    s.view = view;
    s.moment = {step, Moment::whole_window};
    const Scene scene = scene_of(s);
    for (const Plane& plane : scene.planes)
        for (const Item& item : plane.items)
            if (const Text* text = std::get_if<Text>(&item); text && text->name == name) return text->text;
    return "";
}

state::State of_code(const std::string& code, const arith::Shape& input) {
    return state::state_of_chain(state::read_torch(code, input), "words");
}

// The taps before a step are those of all earlier steps, whatever the windows are.
TEST(Recording, CountsTheTapsBeforeAStep) {
    for (const std::string& name : state::preset_names()) {
        const state::State s = state::preset(name);
        if (!s.shows_steps()) continue;
        const arith::Recording r = recording_of(s);
        const Index steps = std::min<Index>(r.step_count(), 400);
        Index before = 0;
        for (Index n = 0; n < steps; ++n) {
            ASSERT_EQ(r.taps_before(n), before) << name << ", step " << n;
            before += r.tap_count(r.step(n));
        }
        EXPECT_EQ(r.taps_before(steps), before) << name;
        EXPECT_EQ(r.taps_before(r.step_count()), r.all_tap_count()) << name;
    }
}

TEST(CostWords, CountEachLayerOfAChainByItself) {
    state::State s = state::preset("more_causal");
    s = state::update(s, state::ShowLayer{3}).state;
    for (int layer = 1; layer <= 3; ++layer)
        EXPECT_EQ(word(s, 6, View::cost, fmt::format("layer {} count", layer)), "32") << "a finished layer";
    EXPECT_EQ(word(s, 6, View::cost, "layer 4 count"), "14");
    EXPECT_EQ(word(s, 6, View::cost, "together count"), "110");
    EXPECT_EQ(word(s, 6, View::cost, "layer 1 share"), "whole: 25 % of together");
    s = state::update(s, state::ShowLayer{0}).state;
    EXPECT_EQ(word(s, 6, View::cost, "layer 2 count"), "0") << "a layer that has not begun";
}

TEST(CostWords, CountTheProductsOfTheSteps) {
    const state::State s = state::preset("no_padding_strides_transposed");
    const arith::Recording r = recording_of(s);
    Index products = 0;
    for (Index step = 0; step < r.step_count(); ++step) {
        products += r.tap_count(r.step(step));
        EXPECT_EQ(word(s, step, View::cost, "standard count"), count_text(products)) << step;
    }
    EXPECT_EQ(word(s, 0, View::cost, "direct over inserted zeros of"), "of 225");
    const state::State cut = state::preset("padding_strides_transposed");
    EXPECT_NE(word(cut, 0, View::cost, "formula").find("= 81; 32 of them fall on the padding, which is cut off"),
              std::string::npos);
}

TEST(CostWords, OfferNoSeparationOfOneChannel) {
    EXPECT_EQ(word(state::preset("numerical_padding_strides"), 0, View::cost, "depthwise separable name"), "");
    EXPECT_NE(word(state::preset("kind_standard"), 0, View::cost, "depthwise separable name"), "");
}

TEST(ReceptiveWords, SpeakOfPaddingOnlyWhereItIs) {
    for (const char* name : {"padding_strides_transposed", "more_checkerboard"}) {
        const state::State s = state::preset(name);
        for (Index step = 0; step < recording_of(s).step_count(); ++step)
            EXPECT_EQ(word(s, step, View::receptive, "uses").find("lies in the padding"), std::string::npos)
                << name << ", step " << step;
    }
    EXPECT_NE(word(state::preset("same_padding_no_strides"), 0, View::receptive, "uses").find("lies in the padding"),
              std::string::npos);
}

TEST(ReceptiveWords, NameTheChannels) {
    EXPECT_NE(word(state::preset("kind_2d_channels"), 0, View::receptive, "uses").find("In each of the 3 channels."),
              std::string::npos);
    const state::State grouped = of_code("nn.Conv2d(4, 2, 3, groups=2)", {4, 5, 5});
    EXPECT_NE(word(grouped, 9, View::receptive, "uses").find("In channels 2 to 3 of 4."), std::string::npos);
    const state::State depthwise = of_code("nn.Conv2d(3, 3, 3, groups=3)", {3, 5, 5});
    EXPECT_NE(word(depthwise, 9, View::receptive, "uses").find("In channel 1 of 3."), std::string::npos);
    EXPECT_EQ(word(state::preset("kind_2d"), 0, View::receptive, "uses").find("channel"), std::string::npos);
}

TEST(ReadingsWords, ClaimNoZerosAndNoBorderThatAreNotThere) {
    const state::State one = of_code("nn.ConvTranspose2d(1, 1, 3, padding=2)", {1, 5, 5});
    EXPECT_EQ(word(one, 0, View::readings, "reach says 0"), "9 everywhere.");
    EXPECT_EQ(word(one, 0, View::readings, "Padded input, rotated kernel title"), "Padded input, rotated kernel");
    EXPECT_EQ(
        word(state::preset("no_padding_strides_transposed"), 0, View::readings, "Inserted zeros, rotated kernel title"),
        "Inserted zeros, rotated kernel");
}

TEST(PaddingWords, SayWhosePaddingIsDrawn) {
    EXPECT_EQ(word(state::preset("full_padding_no_strides"), 0, View::padding, "this layer says"), "2 + 2 gives 7");
    EXPECT_EQ(word(state::preset("same_padding_no_strides"), 0, View::padding, "this layer says"), "")
        << "it is one of the conventions";
    EXPECT_NE(word(state::preset("no_padding_no_strides"), 0, View::padding, "parameters").find("drawn with padding 1"),
              std::string::npos);
    EXPECT_EQ(word(state::preset("same_padding_no_strides"), 0, View::padding, "parameters").find("drawn with"),
              std::string::npos);
}

TEST(PaddingWords, NameTheModeInEveryView) {
    state::State s = state::preset("same_padding_no_strides");
    s = state::update(s, state::SetPaddingMode{arith::PaddingMode::reflect}).state;
    for (const View view : {View::flat, View::stacked, View::volume, View::matrix, View::im2col})
        EXPECT_NE(word(s, 0, view, "parameters").find("reflect padding"), std::string::npos) << name_of(view);
}

TEST(SumWords, NameTheBiasAmongChannels) {
    const std::string closing = word(state::preset("kind_2d_channels"), 0, View::volume, "sum equals");
    EXPECT_EQ(closing.rfind("+ bias ", 0), 0U) << closing;
}

TEST(Articles, FollowTheSound) {
    EXPECT_EQ(with_article("average pooling"), "an average pooling");
    EXPECT_EQ(with_article("convolution"), "a convolution");
    EXPECT_EQ(with_article("LP pooling"), "an LP pooling");
    EXPECT_EQ(with_article("upsampling"), "an upsampling");
}

}  // namespace
}  // namespace convloom::tests::view_words_test
