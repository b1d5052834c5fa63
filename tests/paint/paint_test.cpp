// Painters for files: reference files, deterministic output, font metrics.
#include <fmt/format.h>

#include <cmath>

#include "app/paint/font.hpp"
#include "app/paint/pdf.hpp"
#include "app/paint/png.hpp"
#include "app/paint/svg.hpp"
#include "core/scene/measure/text_metrics_table.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/shown/scene_of.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::paint_test {
namespace {

using namespace scene;

Scene scene_of_preset(const char* name, arith::Index step) {
    state::State s = state::preset(name);
    s.moment.step = step;
    return scene_of(s);
}

TEST(Svg, MatchesTheReference) {
    expect_golden("flat.svg", paint::to_svg(scene_of_preset("numerical_padding_strides", 4)));
    expect_golden("stacked.svg", paint::to_svg(scene_of_preset("same_padding_no_strides", 6)));
}

TEST(Svg, EscapesTitles) {
    state::State s = state::preset("dilation");
    s.title = "a < b & \"c\" > \x01 d";
    const std::string svg = paint::to_svg(scene_of(s));
    EXPECT_NE(svg.find("a &lt; b &amp; &quot;c&quot; &gt;  d"), std::string::npos);
}

TEST(Svg, HasNoIdsSoThatManyStandInOnePage) {
    const std::string svg = paint::to_svg(scene_of_preset("padding_strides_odd", 3));
    EXPECT_EQ(svg.find(" id=\""), std::string::npos);
    EXPECT_NE(svg.find("class=\"input-cells\""), std::string::npos);
}

TEST(Svg, SaysInASentenceWhatItShows) {
    const Scene scene = scene_of_preset("dilation", 2);
    EXPECT_NE(paint::to_svg(scene).find("<desc>" + scene.title + "</desc>"), std::string::npos);
}

std::string rounded(double value) {
    std::string text = fmt::format("{:.3f}", value);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text == "-0" ? "0" : text;
}

// Coordinates are rounded as the formatter rounds them, ties and signs included.
TEST(Svg, WritesThreeDecimalsAtMost) {
    Line line{"line", {}, false, {{0, 0, 0, 255}, 1}};
    std::string wanted;
    for (int n = -4000; n <= 4000; ++n)
        for (const double x : {n / 16.0, n / 1000.0 + 0.0005, n * 1.2345678, n * 1e-5, n * 987654.321}) {
            line.points.push_back({x, -x});
            wanted += (wanted.empty() ? "M" : "L") + rounded(x) + " " + rounded(-x);
        }
    Scene scene{100, 100, "", {}, {Plane{"plane", {}, {line}}}};
    EXPECT_NE(paint::to_svg(scene).find(wanted), std::string::npos);
}

TEST(Svg, TextsSideBySideAreOneText) {
    const std::string svg = paint::to_svg(scene_of_preset("numerical_padding_strides", 4));
    EXPECT_NE(svg.find("> 3×3</tspan></text>"), std::string::npos);
}

TEST(Svg, OutlinesNeedNoFont) {
    paint::SvgOptions options;
    options.outlines = true;
    EXPECT_EQ(paint::to_svg(scene_of_preset("numerical_padding_strides", 4), options).find("<text"), std::string::npos);
}

TEST(Png, MatchesTheReference) {
    expect_golden("flat.png", paint::to_png(scene_of_preset("numerical_padding_strides", 4), {480, 270}));
    expect_golden("stacked.png", paint::to_png(scene_of_preset("same_padding_no_strides", 6), {480, 270}));
}

TEST(Png, HasNoBackgroundIfTransparent) {
    const Scene scene = scene_of_preset("no_padding_strides", 0);
    const auto opaque = paint::to_pixels(scene, {96, 54}), clear = paint::to_pixels(scene, {96, 54, true});
    EXPECT_EQ(opaque.rgba[3], 255);
    EXPECT_EQ(clear.rgba[3], 0);
    // A page of another shape: fitted and centred, with the background colour around it.
    const auto tall = paint::to_pixels(scene, {96, 96});
    EXPECT_EQ(tall.rgba[0], scene.background.r);
    EXPECT_EQ(tall.height, 96);
}

TEST(Png, FieldsOfTinyCellsHaveTheRightColours) {
    Field field{"f", {}, 1, 100, 100, {{255, 0, 0, 255}, {0, 0, 255, 255}}, std::vector<std::uint8_t>(10000, 0), {}};
    for (int n = 5000; n < 10000; ++n) field.cells[n] = 1;
    Scene scene{100, 100, "", {255, 255, 255, 255}, {{"p", {}, {field}}}};
    const auto pixels = paint::to_pixels(scene, {100, 100});
    EXPECT_EQ(pixels.rgba[(10 * 100 + 50) * 4], 255);
    EXPECT_EQ(pixels.rgba[(90 * 100 + 50) * 4 + 2], 255);
    EXPECT_EQ(pixels.rgba[(90 * 100 + 50) * 4], 0);
}

// The core's layout uses a table of widths, which must match the fonts.
TEST(Pdf, StoresAPictureOfManyPagesOnce) {
    Pixels noise{64, 64, {}};
    for (unsigned n = 0, seed = 1; n < 64 * 64 * 4; ++n, seed = seed * 1664525 + 1013904223)
        noise.rgba.push_back(n % 4 == 3 ? 255 : static_cast<std::uint8_t>(seed >> 24));
    const auto pages = [&](std::size_t count, bool same) {
        return paint::to_pdf(
                   count,
                   [&](std::size_t n) {
                       Pixels pixels = noise;
                       if (!same) pixels.rgba[0] = static_cast<std::uint8_t>(n);
                       Scene scene;
                       scene.width = scene.height = 64;
                       scene.planes.push_back({"picture", {}, {Picture{"picture", {0, 0, 64, 64}, pixels, true}}, {}});
                       return scene;
                   },
                   {})
            .size();
    };
    const std::size_t one = pages(1, true);
    EXPECT_GT(one, 64u * 64 * 3);
    EXPECT_LT(pages(5, true), one + one / 4);
    EXPECT_GT(pages(5, false), 4 * one);
}

TEST(Fonts, MatchTheTableOfWidths) {
    for (Weight weight : {Weight::regular, Weight::semibold}) {
        const paint::Faces faces = paint::new_faces(weight);
        for (const CharacterWidth& w : character_widths) {
            const paint::Found found = paint::find_glyph(faces, w.character);
            EXPECT_NE(found.glyph, 0u) << static_cast<unsigned>(w.character);
            EXPECT_EQ(std::lround(paint::advance(faces, found) * 1000),
                      weight == Weight::semibold ? w.semibold : w.regular);
        }
        paint::free_faces(faces);
    }
}

}  // namespace
}  // namespace convloom::tests::paint_test
