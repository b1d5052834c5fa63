// The layer as PyTorch code, editing chains, and named kernels.
#include <gtest/gtest.h>
#include <imgui.h>

#include "app/gui/widgets/code_field.hpp"
#include "core/image/filters/filter.hpp"
#include "core/state/data/build.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/words/torch_words.hpp"
#include "tests/gui/gui_workbench_stage.hpp"

namespace convloom::gui::gui_layer_test {
namespace {

class LayerTest : public ::testing::Test, protected tests::WorkbenchStage {
  protected:
    LayerTest() : WorkbenchStage(1280, 800, state::preset(state::opening_preset)) {}

    std::string code() { return state::torch_code(chain_of(now())); }
    // Replaces the contents of the field.
    void type_code(const std::string& text, bool enter = true) {
        click_on("code");
        tests::hold_control(true);
        tap_key(ImGuiKey_A);
        tests::hold_control(false);
        ImGui::GetIO().AddInputCharactersUTF8(text.c_str());
        frames(3);
        if (enter) tap_key(ImGuiKey_Enter);
        frames(3);
    }
    bool has(const char* name) { return gui::place_named(name).has_value(); }
    void drag(const std::string& from, const std::string& to) {
        const PlaceBox a = place(from), b = place(to);
        move(a.x + 40, a.y + a.height / 2);
        press_button(0, true);
        move(a.x + 40, (a.y + b.y + b.height) / 2);
        move(a.x + 40, b.y + b.height / 2);
        press_button(0, false);
    }
};

TEST_F(LayerTest, ANewWorkbenchHasItsLocksClosed) {
    frames(2);
    click_on("stride lock");
    ASSERT_TRUE(has("stride 1"));
    open(state::preset(state::opening_preset));
    frames(2);
    EXPECT_TRUE(has("stride"));
    EXPECT_FALSE(has("stride 1"));
}

TEST_F(LayerTest, TheCodeIsAtTheTopAndWrapped) {
    open(state::state_of_chain(
        state::read_torch("nn.Conv2d(3, 64, 7, stride=2, padding=3, padding_mode='reflect'); nn.MaxPool2d(3, 2, 1)",
                          {3, 64, 64}),
        "stem"));
    frames(3);
    const PlaceBox field = place("code");
    EXPECT_LT(field.y, place("kind").y);
    EXPECT_GT(field.height, 3 * 12) << "three lines or more";
    ImFont* font = ImGui::GetFont();
    for (const float width : {100.0f, 200.0f, 300.0f, 5000.0f}) {
        const std::string text = code() + "\n  # a comment of its own", seen = broken_at_spaces(text, font, width);
        ASSERT_EQ(seen.size(), text.size());
        for (std::size_t n = 0; n < text.size(); ++n)
            EXPECT_TRUE(seen[n] == text[n] || (text[n] == ' ' && seen[n] == '\n'));
        EXPECT_TRUE(width < 5000 || seen == text);
        for (std::size_t from = 0; from < seen.size();) {
            const std::size_t to = std::min(seen.find('\n', from), seen.size());
            const std::string line = seen.substr(from, to - from);
            const bool breaks = line.find(' ') != std::string::npos && line.find_first_not_of(' ') < line.rfind(' ');
            const float wide = font->CalcTextSizeA(font->FontSize, FLT_MAX, 0, line.c_str()).x;
            EXPECT_TRUE(!breaks || wide <= width) << line;
            from = to + 1;
        }
    }
}

TEST_F(LayerTest, TypedCodeIsAcceptedWithWrappedLines) {
    const std::string text =
        "nn.Sequential(nn.Conv2d(1, 4, kernel_size=3, padding=1), nn.MaxPool2d(kernel_size=2), "
        "nn.Conv2d(4, 2, kernel_size=1, bias=False))";
    type_code(text);
    EXPECT_EQ(code(), text);
    // Typed letter by letter in the middle of a wrapped text.
    type_code("nn.Conv2d(1, 4, kernel_size=3, padding=1, dilation=1, groups=1, padding_mode='zeros')", false);
    for (int n = 0; n < 2; ++n) tap_key(ImGuiKey_LeftArrow);
    for (int n = 0; n < 5; ++n) tap_key(ImGuiKey_Backspace);
    for (const char* letter : {"r", "e", "f", "l", "e", "c", "t"}) {
        ImGui::GetIO().AddInputCharactersUTF8(letter);
        frames(1);
    }
    tap_key(ImGuiKey_Enter);
    frames(3);
    EXPECT_EQ(code(), "nn.Conv2d(1, 4, kernel_size=3, padding=1, padding_mode='reflect')");
}

TEST_F(LayerTest, ErrorsAreMarkedInTheCode) {
    const state::State before = now();
    type_code("nn.Conv2d(1, 1, 3, strid=2)");
    EXPECT_EQ(now(), before);
    ASSERT_TRUE(has("code mark"));
    const PlaceBox field = place("code"), mark = place("code mark");
    EXPECT_GT(mark.x, field.x + field.width / 4) << "the argument, not the layer's name";
    EXPECT_TRUE(mark.y >= field.y && mark.y + mark.height <= field.y + field.height);
    type_code("nn.Conv2d(1, 1, 3, stride=2)", false);
    EXPECT_FALSE(has("code mark")) << "gone once it is right";
    EXPECT_EQ(now(), before) << "and taken by Enter alone";
    tap_key(ImGuiKey_Enter);
    frames(2);
    EXPECT_EQ(now().layer().axes[0].stride, 2);
    type_code("nn.Conv2d(1, 1, kernel_size=9)");
    EXPECT_TRUE(has("code mark")) << "what the checks refuse has its argument too";
    type_code("nn.Conv2d(1, 1, 3");
    EXPECT_TRUE(has("code mark")) << "what ends too early";
}

TEST_F(LayerTest, AChainIsEdited) {
    click_on("layer add");
    frames(2);
    EXPECT_EQ(now().stages.size(), 2u);
    EXPECT_EQ(now().shown, 1);
    EXPECT_EQ(now().view, scene::View::chain);
    fill("channels out", "3");
    click_on("layer duplicate");
    frames(2);
    EXPECT_EQ(now().stages.size(), 3u);
    EXPECT_EQ(now().stages[2].layer.in_channels, 3);
    click_on("layer 0");
    frames(2);
    EXPECT_EQ(now().shown, 0);
    const state::State three = now();
    drag("layer 0", "layer 2");
    frames(2);
    EXPECT_EQ(now(), state::update(three, state::MoveLayer{0, 2}).state);
    EXPECT_EQ(now().shown, 2) << "the dragged one stays shown";
    key('Z', false, true);
    EXPECT_EQ(now(), three) << "one step of undo";
    click_on("layer later");
    frames(2);
    EXPECT_EQ(now(), state::update(three, state::MoveLayer{0, 1}).state);
    click_on("between add");
    frames(2);
    click_on("between add 1");
    frames(2);
    EXPECT_TRUE(arith::is_relu(now().stages[1].after));
    click_on("layer remove");
    click_on("layer remove");
    frames(2);
    EXPECT_EQ(now().stages.size(), 1u);
}

TEST_F(LayerTest, AnInvalidMoveIsReported) {
    open(state::state_of_chain(state::read_torch("nn.Conv2d(4, 6, 3, groups=2); nn.Conv2d(6, 3, 3)", {4, 8, 8}),
                               "groups"));
    frames(3);
    const state::State before = now();
    drag("layer 1", "layer 0");
    frames(2);
    EXPECT_EQ(now(), before);
    ASSERT_TRUE(bench_->store().message());
    EXPECT_TRUE(bench_->store().message()->is_fault);
}

TEST_F(LayerTest, AKernelIsFilledByName) {
    click_on("tab 1");
    frames(2);
    click_on("tensor 1");
    frames(2);
    click_on("kernel pattern 0");
    frames(2);
    EXPECT_EQ(now().stages[0].weight->values, image::filter_named("sobel-x")->usual_kernels().front().weights);
    bench_->store().dispatch(state::SetSize{7});
    bench_->store().dispatch(state::SetKernel{5});
    frames(2);
    click_on("kernel pattern 0");
    frames(2);
    float sum = 0;
    for (const float w : now().stages[0].weight->values) sum += w;
    EXPECT_NEAR(sum, 1, 1e-5) << "of 5x5 the first that exists is the Gaussian";
    EXPECT_FALSE(has("kernel pattern 3")) << "Gaussian, box and identity";
}

TEST_F(LayerTest, NineColumnsNeedNoScrollBars) {
    state::State s = state::state_of_chain(state::read_torch("nn.Conv2d(1, 1, 3)", {1, 9, 9}), "nine");
    open(s);
    bench_->interface().tab = InspectorTab::data;
    frames(3);
    click_on("tensor 0");
    frames(2);
    const PlaceBox grid = place("cells"), first = place("cell 0 0"), last = place("cell 8 8");
    EXPECT_LE(last.x + last.width, grid.x + grid.width + 1);
    EXPECT_LE(last.y + last.height, grid.y + grid.height + 1);
    EXPECT_GE(first.width, 30);
    fill("cell 8 8", "-12.5");
    EXPECT_EQ(now().input->values.back(), -12.5f);
}

}  // namespace
}  // namespace convloom::gui::gui_layer_test
