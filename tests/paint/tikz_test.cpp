// TikZ without TeX: what stands in the file. tikz_long_test.py compiles it.
#include "app/paint/tikz/tikz.hpp"

#include "app/paint/tikz/tex_text.hpp"
#include "core/state/base/error.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/shown/scene_of.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::tikz_test {
namespace {

using namespace scene;

Scene scene_of_step(const char* preset, arith::Index step, View view = View::flat) {
    state::State s = state::preset(preset);
    s.view = view;
    s.moment.step = step;
    return scene_of(s);
}

std::string tikz_of(const Scene& scene, const paint::TikzOptions& options = {}) {
    return paint::to_tikz(
        1, [&](std::size_t) { return scene; }, options);
}

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST(Tikz, MatchesTheReference) {
    expect_golden("flat.tex", tikz_of(scene_of_step("numerical_padding_strides", 4)));
    expect_golden("volume.tex", tikz_of(scene_of_step("kind_grouped", 3, View::volume)));
}

TEST(Tikz, HasAPictureForEachPage) {
    const std::string tex = paint::to_tikz(3, [](std::size_t n) { return scene_of_step("dilation", n); });
    std::size_t pictures = 0;
    for (std::size_t at = 0; (at = tex.find("\\begin{tikzpicture}", at)) != tex.npos; ++at) ++pictures;
    EXPECT_EQ(pictures, 3u);
    EXPECT_TRUE(holds(tex, "step 3 of 9"));
}

TEST(Tikz, NamesColorsStylesAndNodesByTheirRoles) {
    const std::string tex = tikz_of(scene_of_step("dilation", 4));
    for (const char* part :
         {"\\definecolor{convloomInput}{HTML}{9cc9f0}", "convloom kernel/.style={fill=convloomKernel}",
          "convloom window line/.style={draw=convloomWindow", "] (input) at ", "(output-\\r-\\c)"})
        EXPECT_TRUE(holds(tex, part)) << part;
}

TEST(Tikz, HasNoBackgroundIfTransparent) {
    paint::TikzOptions options;
    EXPECT_TRUE(holds(tikz_of(scene_of_step("dilation", 0), options), "[convloom page]"));
    options.transparent = true;
    EXPECT_FALSE(holds(tikz_of(scene_of_step("dilation", 0), options), "[convloom page]"));
}

// TeX reads at most 200,000 characters in a line.
TEST(Tikz, HasShortLines) {
    const std::string tex = tikz_of(scene_of_step("dilation", 4, View::matrix));
    std::size_t begin = 0, longest = 0;
    for (std::size_t end; (end = tex.find('\n', begin)) != tex.npos; begin = end + 1)
        longest = std::max(longest, end - begin);
    EXPECT_LT(longest, 1000u);
}

TEST(Tikz, RefusesWhatTexCannotHold) {
    Scene scene = scene_of_step("dilation", 0);
    scene.planes.push_back({"photo", {}, {Picture{"photo", {0, 0, 100, 100}, Pixels{200, 100, {}}, false, {}}}, {}});
    try {
        tikz_of(scene);
        FAIL() << "200 x 100 pixels";
    } catch (const Error& e) {
        EXPECT_EQ(std::string(e.what()),
                  "\"photo\" has 100 x 200 cells, and a TikZ picture holds at most 16384; take .pdf, .svg or .png.");
    }
    paint::TikzOptions options;
    options.width_cm = 501;
    EXPECT_THROW(tikz_of(scene_of_step("dilation", 0), options), Error);
}

TEST(Tikz, SaysWhatItsTextsNeed) {
    state::State s = state::preset("dilation");
    EXPECT_TRUE(holds(tikz_of(scene_of(s)), "pdflatex compiles this file alone:"));
    s.language = Language::chinese;
    const std::string chinese = tikz_of(scene_of(s));
    EXPECT_TRUE(holds(chinese, "\\usepackage{ctex}") && holds(chinese, "compile it with xelatex"));
    s = state::preset("dilation");
    s.title = "Свёртка";
    s.own_title = true;
    const std::string cyrillic = tikz_of(scene_of(s));
    EXPECT_TRUE(holds(cyrillic, "characters that pdflatex does not know") && !holds(cyrillic, "ctex"));
}

TEST(TexText, EscapesWhatTexReads) {
    EXPECT_EQ(paint::tex_escaped("\\a{b}$c&d#e%f_g^h~i").text,
              "\\textbackslash{}a\\{b\\}\\$c\\&d\\#e\\%f\\_g\\textasciicircum{}h\\textasciitilde{}i");
    EXPECT_EQ(paint::tex_escaped("a < b | c > d").text, "a $<$ b $|$ c $>$ d");
    EXPECT_EQ(paint::tex_escaped("−3·2 × 4 ≈ Σ p′").text, "$-$3$\\cdot$2 $\\times$ 4 $\\approx$ $\\Sigma$ p$'$");
    EXPECT_EQ(paint::tex_escaped("a--b  c\n\x01").text, "a-{}-b \\ c");
    EXPECT_FALSE(paint::tex_escaped("Dvořák").beyond_pdf);
    EXPECT_TRUE(paint::tex_escaped("Ж").beyond_pdf);
    EXPECT_TRUE(paint::tex_escaped("卷积").chinese);
}

}  // namespace
}  // namespace convloom::tests::tikz_test
