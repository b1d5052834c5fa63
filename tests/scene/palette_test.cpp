// Somebody's own colours: every role of a theme can be given, what is not given follows, and what is hard to tell apart
// is said.
#include "core/scene/looks/palette.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "app/files/files.hpp"
#include "core/scene/page/scene_json.hpp"
#include "core/state/base/error.hpp"
#include "core/state/json/json.hpp"
#include "core/state/json/palette_json.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/shown/scene_of.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::palette_test {
namespace {

using namespace scene;

const std::string example = tests_folder() + "/../assets/examples/colours.json";

TEST(Palette, EveryRoleReachesItsColour) {
    const Color odd{0x12, 0x34, 0x56, 255};
    const Color Theme::*const all[] = {
        &Theme::ground,  &Theme::panel,        &Theme::hairline,    &Theme::text,    &Theme::muted,
        &Theme::accent,  &Theme::on_accent,    &Theme::refused,     &Theme::input,   &Theme::output,
        &Theme::kernel,  &Theme::input_second, &Theme::input_third, &Theme::on_cell, &Theme::on_kernel_hint,
        &Theme::tap,     &Theme::on_tap,       &Theme::grid,        &Theme::hatch,   &Theme::shade,
        &Theme::covered, &Theme::window};
    std::set<std::size_t> reached;
    for (const PaletteRole& role : palette_roles()) {
        const Theme theme = palette_of("", default_theme(), {{role.key, odd}}).theme;
        bool any = theme.padding == odd;
        for (std::size_t n = 0; n < std::size(all); ++n) {
            const Color& color = theme.*all[n];
            if (color.r != odd.r || color.g != odd.g || color.b != odd.b) continue;
            any = true;
            reached.insert(n);
        }
        EXPECT_TRUE(any) << role.key;
    }
    EXPECT_EQ(reached.size(), std::size(all)) << "some colour of the theme has no role";
}

TEST(Palette, WhatIsNotGivenFollows) {
    const Theme theme = palette_of("", default_theme(), {{"kernel", {0x60, 0xC0, 0xE0, 255}}}).theme;
    EXPECT_EQ(theme.input, default_theme().input);
    EXPECT_NE(theme.covered, default_theme().covered) << "a shade of the kernel's colour";
    EXPECT_EQ(theme.covered.b > theme.covered.r, true);
    const Theme night = palette_of("", *theme_named("light"),
                                   {{"input", {0x10, 0x20, 0x60, 255}},
                                    {"kernel", {0x50, 0x10, 0x10, 255}},
                                    {"covered", {0x30, 0x10, 0x40, 255}},
                                    {"input_2", {0x10, 0x40, 0x60, 255}},
                                    {"input_3", {0x40, 0x10, 0x60, 255}},
                                    {"output", {0x00, 0x40, 0x20, 255}}})
                            .theme;
    for (const Color cell : {night.input, night.kernel, night.output, night.covered})
        EXPECT_GE(contrast(night.on_cell, cell), 4.5) << "light numbers on dark cells";
}

TEST(Palette, ThemesThemselvesHaveNoFaults) {
    for (const Theme& theme : themes())
        for (const PaletteFault& fault : faults_of(palette_of("", theme, {{"text", theme.text}})))
            ADD_FAILURE() << theme.name << ": " << fault.sentence;
}

TEST(Palette, FaultsSayThePairAndItsRatio) {
    const auto said = [](PaletteColors given) {
        std::string all;
        for (const PaletteFault& fault : faults_of(palette_of("", default_theme(), std::move(given))))
            all += fault.sentence + "\n";
        return all;
    };
    EXPECT_NE(said({{"text", {0x80, 0x80, 0x80, 255}}, {"muted_text", {0x40, 0x40, 0x40, 255}}})
                  .find("text on background has a contrast of 3.7, and 4.5 is needed"),
              std::string::npos);
    EXPECT_NE(said({{"kernel", {0xF6, 0xC7, 0x6B, 255}}, {"covered", {0xF6, 0xC7, 0x6B, 255}}})
                  .find("kernel and covered differ by 0.0 with full colour vision"),
              std::string::npos);
}

TEST(Palette, TheExampleHasNoFaultsAndColoursTheFigure) {
    const Palette palette = files::load_palette(example);
    for (const PaletteFault& fault : faults_of(palette)) ADD_FAILURE() << fault.sentence;
    state::State s = state::preset("same_padding_no_strides");
    s.palette = palette;
    s.view = View::flat;
    const Scene scene = scene_of(s);
    EXPECT_EQ(scene.background, palette.theme.ground);
    const std::string json = to_json(scene);
    for (const auto& [role, color] : palette.given)
        if (role != "product" && role != "highlight")  // no single product is shown here
            EXPECT_NE(json.find(to_hex(color)), std::string::npos) << role;
    EXPECT_EQ(json.find(to_hex(default_theme().kernel)), std::string::npos);
}

TEST(Palette, IsKeptInAStatesFile) {
    state::State s = state::preset("dilation");
    s.palette = files::load_palette(example);
    s.theme = s.palette->based_on;
    EXPECT_EQ(state::from_json(state::to_json(s)), s);
    EXPECT_NE(state::from_json(state::to_json(s)), state::preset("dilation"));
}

TEST(Palette, BrokenFilesNameTheField) {
    const std::pair<const char*, const char*> cases[] = {
        {"{", "the file is not JSON"},
        {"[]", "the file is not an object"},
        {"{}", "colours is missing"},
        {R"({"colours": {}})", "colours is empty"},
        {R"({"colours": 3})", "colours is not an object"},
        {R"({"colours": {"kernel": 3}})", "colours.kernel is not a text"},
        {R"({"colours": {"kernel": "red"}})", "colours.kernel is “red”, not a colour such as #1f77b4"},
        {R"({"colours": {"kernel": "#12345"}})", "colours.kernel is “#12345”"},
        {R"({"colours": {"krenel": "#123456"}})", "colours.krenel is no role, perhaps kernel"},
        {R"({"colours": {"blancmange": "#123456"}})", "the roles are background, text"},
        {R"({"colors": {"kernel": "#123456"}})", "colors is none of name, based_on and colours"},
        {R"({"based_on": "lite", "colours": {"kernel": "#123456"}})", "based_on is none of light, dark"},
        {R"({"colours": {"text": "#fff", "background": "#fff"}})", "text on background has a contrast of 1.0"},
        {R"({"colours": {"text_on_cells": "#9cc9f0"}})", "text_on_cells on input has a contrast of 1.0"},
    };
    for (const auto& [text, sentence] : cases) {
        std::string said;
        try {
            state::read_palette(text);
        } catch (const Error& error) {
            said = error.what();
        }
        EXPECT_NE(said.find(sentence), std::string::npos) << text << ": " << said;
        EXPECT_EQ(said.find('\n'), std::string::npos);
    }
}

TEST(Palette, ColoursAreReadInBothLengths) {
    EXPECT_EQ(color_written("#1aF"), (Color{0x11, 0xAA, 0xFF, 255}));
    EXPECT_EQ(color_written("#0102fE"), (Color{1, 2, 0xFE, 255}));
    for (const char* wrong : {"", "#", "123456", "#12345g", "#1234", "# 12", "#12345678"})
        EXPECT_FALSE(color_written(wrong)) << wrong;
}

}  // namespace
}  // namespace convloom::tests::palette_test
