// What the pictures say in Chinese: everything is translated and every glyph is there.
#include "core/scene/language.hpp"

#include "app/paint/font.hpp"
#include "app/paint/frame.hpp"
#include "app/paint/svg.hpp"
#include "core/image/filter.hpp"
#include "core/state/presets.hpp"
#include "core/state/scene_of.hpp"
#include "core/state/update.hpp"
#include "tests/support.hpp"

namespace convloom::tests {
namespace {

using namespace scene;

std::vector<std::string> texts_of(const Scene& scene) {
    std::vector<std::string> texts{scene.title};
    for (const Plane& plane : scene.planes)
        for (const Item& item : plane.items)
            if (const Text* text = std::get_if<Text>(&item)) texts.push_back(text->text);
    return texts;
}

// The first run of three Latin letters or more that is no name or formula.
std::string english_word(std::string_view text) {
    std::string word;
    for (std::string_view rest = text; !rest.empty();) {
        const char32_t c = next_character(rest);
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (letter) word += static_cast<char>(c);
        if (letter && !rest.empty()) continue;
        if (word.size() >= 3 && word != "ReLU" && word != "same") return word;
        word.clear();
    }
    return "";
}

TEST(Language, EveryPictureOfAPresetIsInChineseThroughout) {
    const paint::Faces faces = paint::new_faces(Weight::regular);
    for (const std::string& name : state::preset_names())
        for (View view : {View::flat, View::stacked, View::volume, View::signal, View::chain})
            for (arith::Index tap : {Moment::whole_window, arith::Index{0}}) {
                state::State s = state::preset(name);
                s.language = Language::chinese;
                s.view = view;   // or the reason why it cannot be drawn so
                s.moment.tap = tap;
                s.value_colors = tap == 0;
                for (const std::string& text : texts_of(scene_of(s))) {
                    EXPECT_EQ(english_word(text), "") << name << ", " << name_of(view) << ": " << text;
                    for (std::string_view rest = text; !rest.empty();) {
                        const char32_t c = next_character(rest);
                        EXPECT_NE(paint::find_glyph(faces, c).glyph, 0u) << "no glyph for a character of " << text;
                    }
                }
            }
    paint::free_faces(faces);
}

TEST(Language, PresetsAndFiltersHaveTranslations) {
    const auto translated = [](std::string_view text) { EXPECT_NE(tr(Language::chinese, text), text); };
    for (const std::string& name : state::preset_names()) translated(state::preset(name).title);
    for (const image::NamedFilter& filter : image::named_filters()) translated(filter.title), translated(filter.says);
    translated(image::own_kernel_says);
}

TEST(Language, EnglishIsTheKeyAndWhatHasNoTranslationStays) {
    EXPECT_EQ(tr(Language::english, "Input"), "Input");
    EXPECT_EQ(tr(Language::chinese, "Input"), "输入");
    EXPECT_EQ(tr(Language::chinese, "my own figure"), "my own figure");
    EXPECT_EQ(trf(Language::chinese, "step {} of {}", 3, 9), "第 3 步，共 9 步");
}

TEST(Language, IsNamedAndFollowsTheLocale) {
    for (Language language : {Language::english, Language::chinese}) EXPECT_EQ(language_named(name_of(language)), language);
    EXPECT_EQ(language_named("fr"), std::nullopt);
    EXPECT_EQ(language_of_locale("zh_CN.UTF-8"), Language::chinese);
    EXPECT_EQ(language_of_locale("zh_TW"), Language::chinese);
    EXPECT_EQ(language_of_locale("de_DE.UTF-8"), Language::english);
    EXPECT_EQ(language_of_locale("C"), Language::english);
    EXPECT_EQ(language_of_locale(""), Language::english);
}

// Layout takes every character that is not in its table for one em; Chinese glyphs are that wide.
TEST(Language, ChineseGlyphsAreOneEmWide) {
    for (Weight weight : {Weight::regular, Weight::semibold}) {
        const paint::Faces faces = paint::new_faces(weight);
        for (const std::string& english : translated_texts(Language::chinese)) {
            const std::string text = tr(Language::chinese, english);
            for (std::string_view rest = text; !rest.empty();) {
                const paint::Found found = paint::find_glyph(faces, next_character(rest));
                if (found.script == paint::Script::chinese) {
                    EXPECT_DOUBLE_EQ(paint::advance(faces, found), 1) << text;
                }
            }
        }
        paint::free_faces(faces);
    }
}

TEST(Language, SvgNamesAChineseFontOnlyWhereItIsNeeded) {
    state::State s = state::preset("dilation");
    EXPECT_EQ(paint::to_svg(scene_of(s)).find("CJK"), std::string::npos);
    s = state::update(s, state::SetLanguage{Language::chinese}).state;
    const std::string svg = paint::to_svg(scene_of(s));
    EXPECT_NE(svg.find("Noto Sans CJK SC"), std::string::npos);
    EXPECT_NE(svg.find("输入"), std::string::npos);
    for (paint::Format format : {paint::Format::png, paint::Format::pdf})
        EXPECT_EQ(paint::frame(scene_of(s), format, {480, 270}), paint::frame(scene_of(s), format, {480, 270}));
}

TEST(Language, StaysWhenAnotherStateIsOpened) {
    state::State s = state::update(state::preset("dilation"), state::SetLanguage{Language::chinese}).state;
    s = state::update(s, state::OpenState{state::preset("kind_2d")}).state;
    EXPECT_EQ(s.language, Language::chinese);
}

}  // namespace
}  // namespace convloom::tests
