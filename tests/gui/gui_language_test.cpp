// The window's texts in Chinese: everything that panels show is translated; fonts at every scale.
#include "app/gui/base/language.hpp"

#include <gtest/gtest.h>
#include <imgui.h>

#include <algorithm>
#include <cctype>
#include <set>

#include "app/gui/base/style.hpp"
#include "app/gui/widgets/views.hpp"
#include "core/state/json/presets.hpp"
#include "tests/gui/gui_workbench_stage.hpp"
#include "tests/support/pictures.hpp"

namespace convloom::gui::gui_language_test {
namespace {

class WordsTest : public ::testing::Test, protected tests::WorkbenchStage {
  protected:
    WordsTest() : WorkbenchStage(1280, 2000, state::preset(state::opening_preset)) {}
    ~WordsTest() override {
        note_missed(nullptr);
        set_language(scene::Language::english);
    }

    void walk_panels() {
        for (const InspectorTab tab :
             {InspectorTab::layer, InspectorTab::data, InspectorTab::view, InspectorTab::step}) {
            bench_->interface().tab = tab;
            frames(2);
        }
    }
};

TEST_F(WordsTest, RefusalsAreInChinese) {
    ASSERT_EQ(now().stages.size(), 1u);
    bench_->interface().language = LanguageChoice::chinese;
    frames(2);
    bench_->store().dispatch(state::ShowLayer{8});
    ASSERT_TRUE(bench_->store().message());
    EXPECT_EQ(bench_->store().message()->text, "没有第 9 层；共有 1 层。");
}

TEST_F(WordsTest, PanelsAreFullyTranslated) {
    std::set<std::string> missed;
    note_missed(&missed);
    for (const std::string& name : state::preset_names()) {
        open(state::preset(name));
        bench_->interface().language = LanguageChoice::chinese;
        frames(2);
        walk_panels();
        for (const ViewTab& view : views_of(now())) {
            if (view.info->view == scene::View::photo || view.digit == 0) continue;
            go_to_view(bench_->store(), view);
            frames(1);
            if (view.info->view == scene::View::volume) walk_panels();
        }
    }
    for (const char* button : {"settings", "help", "export"}) {
        click_on(button);
        frames(3);
        tap_key(ImGuiKey_Escape);
        key(256);
    }
    bench_->store().dispatch(state::OpenPhoto{"photo.png", tests::noise(12, 9, 3, image::Depth::bits8, 1)});
    walk_panels();
    bench_->store().dispatch(state::SetPhotoLook{scene::PhotoLook::step});
    walk_panels();
    // Signs and numbers are the same in both languages.
    const auto is_word = [](const std::string& text) {
        return std::adjacent_find(text.begin(), text.end(), [](unsigned char a, unsigned char b) {
                   return std::isalpha(a) && std::isalpha(b);
               }) != text.end();
    };
    for (const std::string& text : missed)
        if (is_word(text)) ADD_FAILURE() << "no translation for “" << text << "”";
}

// The line height is a whole number of pixels, so that no line falls between two pixels; bold text is bold in both
// scripts.
TEST_F(WordsTest, FontsAreSharpAtEveryScaleAndChineseHeadingsAreBold) {
    const auto ink = [](const ImFont& font, ImWchar c) {
        const ImFontGlyph* glyph = font.FindGlyphNoFallback(c);
        if (!glyph) return 0L;
        unsigned char* pixels = nullptr;
        int width = 0, height = 0;
        ImGui::GetIO().Fonts->GetTexDataAsAlpha8(&pixels, &width, &height);
        long sum = 0;
        for (int y = static_cast<int>(glyph->V0 * static_cast<float>(height) + 0.5f);
             y < static_cast<int>(glyph->V1 * static_cast<float>(height) + 0.5f); ++y)
            for (int x = static_cast<int>(glyph->U0 * static_cast<float>(width) + 0.5f);
                 x < static_cast<int>(glyph->U1 * static_cast<float>(width) + 0.5f); ++x)
                sum += pixels[static_cast<std::size_t>(y) * width + x];
        return sum;
    };
    for (const float scale : scales) {
        const Style style = make_style(scale, scene::Language::chinese);
        for (const ImFont* font : {style.small, style.small_strong, style.body, style.strong, style.title})
            EXPECT_EQ(font->FontSize, std::floor(font->FontSize)) << scale;
        if (scale > 1.2f) continue;
        ImGui::GetIO().Fonts->Build();
        for (const ImWchar c : {ImWchar(0x8F93), ImWchar(0x5C42)}) {  // 输 层
            EXPECT_GT(ink(*style.strong, c), ink(*style.body, c) * 1.1) << scale;
            EXPECT_GT(ink(*style.small_strong, c), ink(*style.small, c) * 1.1) << scale;
        }
    }
    bench_.reset();  // its fonts no longer exist
}

TEST_F(WordsTest, ALaterLayersInputSizeIsItsOwn) {
    state::State chain = state::preset("kind_depthwise_separable");
    ASSERT_GT(chain.stages.size(), 1u);
    chain.shown = 0;
    open(chain);
    bench_->interface().tab = InspectorTab::layer;
    frames(2);
    EXPECT_NO_THROW(place("size"));
    EXPECT_THROW(place("made size"), std::runtime_error);
    bench_->store().dispatch(state::ShowLayer{1});
    frames(2);
    EXPECT_NO_THROW(place("made size")) << "what the layer before gives";
    EXPECT_THROW(place("size"), std::runtime_error) << "the chain's input is not this layer's";
}

}  // namespace
}  // namespace convloom::gui::gui_language_test
