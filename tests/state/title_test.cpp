// The page title: a preset's, the user's own, or a description of the layer.
#include "core/state/words/title.hpp"

#include <gtest/gtest.h>

#include "core/state/data/build.hpp"
#include "core/state/json/json.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/shown/scene_of.hpp"
#include "core/state/update/update.hpp"
#include "core/state/words/torch_words.hpp"

namespace convloom::state::title_test {
namespace {

State after(State state, std::initializer_list<Action> actions) {
    for (const Action& action : actions) {
        Outcome outcome = update(state, action);
        EXPECT_TRUE(outcome.problems.empty());
        state = std::move(outcome.state);
    }
    return state;
}

TEST(Title, APresetsTitleLastsUntilItsLayerIsEdited) {
    const State first = preset("no_padding_no_strides");
    EXPECT_EQ(title_of(first), "No padding, unit strides");
    EXPECT_EQ(title_of(after(first, {SetView{scene::View::stacked}, SetCells{TensorName::input, {{0, 9}}},
                                     StepForward{}, SetTheme{"dark"}})),
              "No padding, unit strides")
        << "the layer is as it was";
    const State other = after(first, {SetSize{9}, SetDilation{2}, SetStride{2}});
    EXPECT_EQ(title_of(other), "Dilated convolution, 9×9 to 3×3, stride 2");
    EXPECT_EQ(scene_of(other).title.find("No padding"), std::string::npos);
    EXPECT_EQ(title_of(after(other, {SetStride{1}, SetDilation{1}, SetSize{4}})), "No padding, unit strides")
        << "it is the preset's layer again";
}

TEST(Title, DescribesTheLayer) {
    const auto title = [](const char* words, arith::Shape input, scene::Language language = scene::Language::english) {
        return derived_title(read_torch(words, input), language);
    };
    EXPECT_EQ(title("nn.Conv2d(1, 1, 3, padding=19)", {1, 5, 5}), "Convolution, 5×5 to 41×41, padding 19");
    EXPECT_EQ(title("nn.Conv2d(3, 128, 3)", {3, 9, 9}), "Convolution, 9×9×3 to 7×7×128");
    EXPECT_EQ(title("nn.Conv2d(1, 1, 3, stride=(2, 1))", {1, 7, 7}), "Convolution, 7×7 to 3×5, stride 2×1");
    EXPECT_EQ(title("nn.Conv1d(1, 1, 3)", {1, 9}), "Convolution, 9 to 7");
    EXPECT_EQ(title("nn.Conv2d(4, 4, 3, groups=4)", {4, 5, 5}), "Depthwise convolution, 5×5×4 to 3×3×4");
    EXPECT_EQ(title("nn.Conv2d(4, 8, 3, groups=2)", {4, 5, 5}), "Grouped convolution, 5×5×4 to 3×3×8");
    EXPECT_EQ(title("nn.ConvTranspose2d(1, 1, 3, stride=2)", {1, 3, 3}),
              "Transposed convolution, 3×3 to 7×7, stride 2");
    EXPECT_EQ(title("nn.MaxPool2d(2)", {1, 4, 4}), "Max pooling, 4×4 to 2×2, stride 2");
    EXPECT_EQ(title("nn.Sequential(nn.Conv2d(1, 2, 3), nn.Conv2d(2, 1, 3))", {1, 7, 7}), "2 layers, 7×7×1 to 3×3×1");
    EXPECT_EQ(title("nn.Conv2d(1, 1, 3, dilation=2, stride=2)", {1, 9, 9}, scene::Language::chinese),
              "空洞卷积，9×9 到 3×3，步幅 2");
}

TEST(Title, ACustomTitleIsKept) {
    const State own = after(preset("dilation"), {SetTitle{"Lecture 3"}, SetKernel{2}});
    EXPECT_EQ(title_of(own), "Lecture 3");
    EXPECT_EQ(scene_of(own).title.substr(0, 9), "Lecture 3");
    EXPECT_EQ(from_json(to_json(own)), own) << "and is kept in files";
    EXPECT_EQ(title_without_own(own), "Dilated convolution, 7×7 to 5×5");
    const State none = after(own, {SetTitle{""}});
    EXPECT_FALSE(none.own_title);
    EXPECT_EQ(title_of(none), title_without_own(own));
    EXPECT_EQ(title_of(after(own, {SetTitle{""}, SetKernel{3}})), "Dilation of 2");
    State chinese = own;
    chinese.title = "Convolution", chinese.language = scene::Language::chinese;
    EXPECT_EQ(title_of(chinese), "Convolution") << "and is not translated";
    EXPECT_FALSE(update(own, SetTitle{std::string(300, 'a')}).problems.empty());
    EXPECT_FALSE(update(own, SetTitle{"a\nb"}).problems.empty());
}

TEST(Title, FilesAreNamedAfterTheTitle) {
    const State first = preset("dilation");
    EXPECT_EQ(file_stem(first), "dilation");
    EXPECT_EQ(file_stem(after(first, {SetSize{9}, SetStride{2}})), "dilated_convolution_9x9_to_3x3_stride_2");
    EXPECT_EQ(file_stem(after(first, {SetTitle{"Lecture 3: holes!"}})), "lecture_3_holes");
    EXPECT_EQ(file_stem(after(first, {SetTitle{"空洞"}})), "dilation");
}

}  // namespace
}  // namespace convloom::state::title_test
