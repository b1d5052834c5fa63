// Texts of figures in Chinese: everything is translated and every glyph exists in the font.
#include "core/scene/words/language.hpp"

#include "app/exporting/formats.hpp"
#include "app/paint/font.hpp"
#include "app/paint/svg.hpp"
#include "core/image/filters/filter.hpp"
#include "core/scene/views/view_table.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/shown/scene_of.hpp"
#include "core/state/update/update.hpp"
#include "tests/support/pictures.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::language_test {
namespace {

using namespace scene;

std::vector<std::string> texts_of(const Scene& scene) {
    std::vector<std::string> texts{scene.title};
    for (const Plane& plane : scene.planes)
        for (const Item& item : plane.items)
            if (const Text* text = std::get_if<Text>(&item)) texts.push_back(text->text);
    return texts;
}

// The libraries and their names of padding modes.
bool names_border(const std::string& word) {
    for (const arith::LibraryInfo& library : arith::libraries())
        if (word == library.title) return true;
    for (const arith::PaddingModeInfo& mode : arith::padding_modes())
        for (const std::string_view names : mode.called)
            if (names.find(word) != std::string_view::npos) return true;
    return word == "pad";
}

// The first run of three or more Latin letters that is neither a name nor part of a formula.
std::string english_word(std::string_view text) {
    std::string word;
    for (std::string_view rest = text; !rest.empty();) {
        const char32_t c = next_character(rest);
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        if (letter) word += static_cast<char>(c);
        if (letter && !rest.empty()) continue;
        // Names from PyTorch, of functions and of libraries' borders are the same in every language.
        if (word.size() >= 3 && word.find('_') == std::string::npos && !names_border(word) && word != "groups" &&
            word != "ReLU" && word != "same" && word != "PyTorch" && word != "ONNX" && word != "TensorFlow" &&
            word != "col" && word != "valid" && word != "LeNet" && word != "Flatten" && word != "Linear" &&
            word != "Tanh" && word != "tanh" && word != "max")
            return word;
        word.clear();
    }
    return "";
}

TEST(Language, EveryPresetIsFullyTranslated) {
    const paint::Faces faces = paint::new_faces(Weight::regular);
    for (const std::string& name : state::preset_names())
        for (const ViewInfo& info : view_infos())
            for (arith::Index tap : {Moment::whole_window, arith::Index{0}}) {
                const View view = info.view;
                if (view == View::photo) continue;
                state::State s = state::preset(name);
                s.language = Language::chinese;
                s.view = view;  // or the reason why it cannot be drawn
                s.moment.tap = tap;
                s.look.value_colors = tap == 0;
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
    for (const image::NamedFilter& filter : image::named_filters())
        for (const image::Parameter& parameter : filter.parameters)
            translated(parameter.name), translated(parameter.says);
}

// The photo page describes its filter for each filter, look, display mode and option.
TEST(Language, EveryPhotoPageIsFullyTranslated) {
    const state::State opened = state::update(state::preset(state::opening_preset),
                                              state::OpenPhoto{"海/图.png", noise(12, 9, 3, image::Depth::bits8, 1)})
                                    .state;
    const auto check = [](state::State s) {
        s.language = Language::chinese;
        for (const std::string& text : texts_of(scene_of(s))) {
            const std::string word = english_word(text);
            EXPECT_TRUE(word == "" || word == "sRGB" || word == "png") << s.photo->pass().filter << ": " << text;
        }
    };
    image::PassOptions all;
    all.channels = image::Channels::luminance;
    all.stride = all.dilation = 2;
    all.gain = 2;
    all.absolute = all.linear_light = true;
    for (const image::NamedFilter& filter : image::named_filters())
        for (PhotoLook look : {PhotoLook::side_by_side, PhotoLook::wipe, PhotoLook::difference, PhotoLook::step})
            for (image::ShownAs shown_as :
                 {image::ShownAs::clamped, image::ShownAs::absolute, image::ShownAs::signed_, image::ShownAs::scaled}) {
                state::State s = state::update(opened, state::SetFilter{std::string(filter.name)}).state;
                s.photo->look = look;
                s.photo->shown_as = shown_as;
                s.photo->histograms = true;
                check(s);
                if (shown_as != image::ShownAs::clamped) continue;
                for (arith::PaddingMode mode :
                     {arith::PaddingMode::zeros, arith::PaddingMode::reflect, arith::PaddingMode::replicate,
                      arith::PaddingMode::circular, arith::PaddingMode::symmetric}) {
                    all.padding = mode;
                    check(state::update(s, state::SetFilterOptions{all}).state);
                }
                check(state::update(s, state::SwitchFilter{0, false}).state);
                check(state::update(state::update(s, state::AddFilter{"sobel"}).state, state::SetFilterWeight{0, 0, 3})
                          .state);
            }
}

TEST(Language, TextsOfTheViewTableHaveTranslations) {
    for (const ViewInfo& info : view_infos()) {
        for (std::string_view text : {info.title, info.short_title, info.says})
            if (text != "im2col") {
                EXPECT_NE(tr(Language::chinese, text), text);
            }
    }
}

// Filled-in sentences, such as those of the checks, are found by their format text.
TEST(Language, FilledInSentencesAreFoundByTheirFormatText) {
    const auto chinese = [](const std::string& english) { return tr_sentence(Language::chinese, english); };
    EXPECT_EQ(chinese("Dilation is 2, but this kind of layer has none."), "膨胀率为 2，但这种层没有膨胀率。");
    EXPECT_EQ(chinese("Padding 5 is too wide for mode reflect: PyTorch allows at most 4 for an input of 5; wide "
                      "padding goes on as "
                      "in NumPy."),
              "填充 5 对方式 反射 来说太宽：PyTorch 至多允许 4（输入大小为 5）；宽填充会像 NumPy 那样继续。");
    EXPECT_EQ(chinese("Only a convolution has a bias."), "只有卷积有偏置。");
    EXPECT_EQ(chinese("Something that nobody wrote."), "Something that nobody wrote.");
    EXPECT_EQ(chinese(""), "");
    EXPECT_EQ(tr_sentence(Language::english, "Only a convolution has a bias."), "Only a convolution has a bias.");
    // Every problem that one number out of range can cause.
    for (const arith::Layer& good : small_layers()) {
        arith::Layer layer = good;
        layer.axes[0].kernel = 40;
        layer.axes[1].stride = 0;
        layer.groups = 3;
        layer.axes[1].output_padding = 9;
        for (const arith::Problem& problem : arith::check(layer))
            EXPECT_EQ(english_word(chinese(problem.sentence)), "") << problem.sentence;
    }
}

TEST(Language, UntranslatedTextsStayEnglish) {
    EXPECT_EQ(tr(Language::english, "Input"), "Input");
    EXPECT_EQ(tr(Language::chinese, "Input"), "输入");
    EXPECT_EQ(tr(Language::chinese, "my own figure"), "my own figure");
    EXPECT_EQ(trf(Language::chinese, "step {} of {}", 3, 9), "第 3 步，共 9 步");
}

TEST(Language, FollowsTheLocale) {
    for (Language language : {Language::english, Language::chinese})
        EXPECT_EQ(language_named(name_of(language)), language);
    EXPECT_EQ(language_named("fr"), std::nullopt);
    EXPECT_EQ(language_of_locale("zh_CN.UTF-8"), Language::chinese);
    EXPECT_EQ(language_of_locale("zh_TW"), Language::chinese);
    EXPECT_EQ(language_of_locale("de_DE.UTF-8"), Language::english);
    EXPECT_EQ(language_of_locale("C"), Language::english);
    EXPECT_EQ(language_of_locale(""), Language::english);
}

// The layout assumes that a character missing from its width table is one em wide, as Chinese glyphs are.
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

TEST(Language, SvgNamesAChineseFontOnlyIfNeeded) {
    state::State s = state::preset("dilation");
    EXPECT_EQ(paint::to_svg(scene_of(s)).find("CJK"), std::string::npos);
    s = state::update(s, state::SetLanguage{Language::chinese}).state;
    const std::string svg = paint::to_svg(scene_of(s));
    EXPECT_NE(svg.find("Noto Sans CJK SC"), std::string::npos);
    EXPECT_NE(svg.find("输入"), std::string::npos);
    for (const char* ending : {".png", ".pdf"})
        EXPECT_EQ(exporting::frame(*exporting::format_of(ending), scene_of(s), {480, 270}),
                  exporting::frame(*exporting::format_of(ending), scene_of(s), {480, 270}));
}

TEST(Language, IsKeptWhenAnotherStateIsOpened) {
    state::State s = state::update(state::preset("dilation"), state::SetLanguage{Language::chinese}).state;
    s = state::update(s, state::OpenState{state::preset("kind_2d")}).state;
    EXPECT_EQ(s.language, Language::chinese);
}

}  // namespace
}  // namespace convloom::tests::language_test
