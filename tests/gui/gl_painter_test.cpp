// The window's painter against the painter for files: a scene must give nearly the same pixels.
//
// Except in one test, glyphs are placed at finer steps than usual, because Cairo places them anywhere. The remaining
// differences are the last bits of smooth borders, which Cairo samples and the shaders compute.
#include <fmt/format.h>
#include <glad/gl.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>

#include "app/gui/opengl/gl_painter.hpp"
#include "app/gui/shell/context.hpp"
#include "app/paint/png.hpp"
#include "core/scene/views/view_table.hpp"
#include "core/state/base/error.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/shown/scene_of.hpp"
#include "core/state/update/update.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::gl_painter_test {
namespace {

using namespace scene;

struct Tolerance {
    double mean;         // absolute difference of a channel, on a scale of 255
    double far_percent;  // of the pixels that differ by more than far_level in a channel
};
constexpr int far_level = 48;

Affine fitted(const Scene& scene, int width, int height) {
    const double scale = std::min(width / scene.width, height / scene.height);
    return Affine::scale_and_move(scale, (width - scale * scene.width) / 2, (height - scale * scene.height) / 2);
}

class GlPainterTest : public testing::Test {
  protected:
    static void SetUpTestSuite() {
        try {
            context = gui::offscreen_context(960, 540);
            painter = std::make_unique<gui::GlPainter>(64);
        } catch (const Error& error) {
            FAIL() << error.what();
        }
    }
    static void TearDownTestSuite() {
        painter.reset();
        context.reset();
    }
    void SetUp() override { ASSERT_TRUE(painter) << "there is no OpenGL context to draw in"; }
    void TearDown() override { EXPECT_EQ(glGetError(), static_cast<unsigned>(GL_NO_ERROR)); }

    static Pixels drawn(const Scene& scene, int width, int height, gui::GlPainter& by = *painter) {
        context->resize(width, height);
        context->bind_framebuffer();
        by.clear(scene.background);
        by.draw(scene, fitted(scene, width, height), width, height);
        return context->pixels();
    }

    static void expect_alike(const std::string& name, const Scene& scene, int width, int height, Tolerance tolerance,
                             gui::GlPainter& by = *painter) {
        const Pixels actual = drawn(scene, width, height, by), wanted = paint::to_pixels(scene, {width, height});
        double sum = 0, far = 0;
        Pixels difference{width, height, std::vector<std::uint8_t>(actual.rgba.size(), 255)};
        for (std::size_t n = 0; n < actual.rgba.size(); n += 4) {
            int most = 0;
            for (std::size_t c = n; c < n + 3; ++c) {
                const int d = std::abs(actual.rgba[c] - wanted.rgba[c]);
                difference.rgba[c] = static_cast<std::uint8_t>(255 - d);
                most = std::max(most, d);
                sum += d;
            }
            far += most > far_level;
        }
        const double pixels = static_cast<double>(width) * height;
        const double mean = sum / (3 * pixels), far_percent = 100 * far / pixels;
        if (mean <= tolerance.mean && far_percent <= tolerance.far_percent) return;
        const std::string file = fmt::format("gl_painter {} {}", name, height);
        for (const auto& [ending, picture] :
             {std::pair{"actual", &actual}, {"wanted", &wanted}, {"difference", &difference}})
            std::ofstream(fmt::format("{}.{}.png", file, ending), std::ios::binary) << paint::encode_png(*picture);
        ADD_FAILURE() << fmt::format(
            "{} at {}x{}: mean difference {:.4f} (allowed {}), far {:.4f} % (allowed {}); "
            "see '{}.*.png' in the working folder",
            name, width, height, mean, tolerance.mean, far_percent, tolerance.far_percent, file);
    }

    static inline std::unique_ptr<gui::Context> context;
    static inline std::unique_ptr<gui::GlPainter> painter;
};

state::State state_of(const std::string& preset, View view, const std::string& theme, arith::Index step,
                      arith::Index tap) {
    state::State s = state::preset(preset);
    s.view = view;
    s.theme = theme;
    s.moment = {step, tap};
    return s;
}

TEST_F(GlPainterTest, AgreesOnEveryPresetAndTheme) {
    for (View view : {View::stacked, View::flat, View::volume})
        for (const std::string& preset : drawable_presets(view == View::volume ? View::flat : view))
            for (const Theme& theme : themes()) {
                if (view == View::volume && theme.name != "light") continue;
                const arith::Index last = recording_of(state::preset(preset)).step_count() - 1;
                const auto name = fmt::format("{} {} {}", preset, name_of(view), theme.name);
                // Sheared numbers are placed on whole pixels in the window, for sharp edges, but not in Cairo.
                const bool sheared = view == View::volume;
                for (auto [step, tap] : {std::pair<arith::Index, arith::Index>{0, -1}, {last / 2, 4}, {last, 1}})
                    expect_alike(fmt::format("{} {}.{}", name, step, tap),
                                 scene_of(state_of(preset, view, std::string(theme.name), step, tap)), 960, 540,
                                 sheared ? Tolerance{0.3, 0.25} : Tolerance{0.07, 0.002});
                expect_alike(name, scene_of(state_of(preset, view, std::string(theme.name), last / 2, 2)), 1920, 1080,
                             sheared ? Tolerance{0.15, 0.12} : Tolerance{0.045, 0});
            }
}

// The other views, each with the first presets that it can draw.
TEST_F(GlPainterTest, AgreesOnEveryView) {
    constexpr int presets_a_view = 4;
    for (const ViewInfo& view : view_infos()) {
        if (view.view == View::photo || view.view == View::stacked || view.view == View::flat ||
            view.view == View::volume)
            continue;
        int seen = 0;
        for (const std::string& preset : state::preset_names()) {
            state::State s = state::preset(preset);
            if (!view.undrawable(s.layer()).empty() || ++seen > presets_a_view) continue;
            s.view = view.view;
            s.moment = {recording_of(s).step_count() / 2, scene::Moment::whole_window};
            expect_alike(fmt::format("{} {}", preset, view.name), scene_of(s), 960, 540, {0.3, 0.25});
        }
        EXPECT_GT(seen, 0) << view.name;
    }
}

TEST_F(GlPainterTest, SpacesGlyphsByQuartersOfAPixel) {
    gui::GlPainter coarser;
    for (const std::string& preset : drawable_presets()) {
        const Scene scene = scene_of(state_of(preset, View::flat, "light", 1, 2));
        expect_alike(preset + " quarters", scene, 960, 540, {0.3, 0.05}, coarser);
        expect_alike(preset + " quarters", scene, 1920, 1080, {0.15, 0.02}, coarser);
    }
}

Scene page_of(std::vector<Plane> planes) {
    return {960, 540, "", {247, 248, 250, 255}, std::move(planes)};
}

constexpr Color ink{30, 40, 60, 255}, red{200, 60, 40, 255}, blue{60, 120, 220, 255}, veil{20, 120, 60, 120};

TEST_F(GlPainterTest, AgreesOnLines) {
    Plane plane{"lines", {}, {}};
    const std::vector<Point> zigzag{{20, 20}, {120, 80}, {160, 30}, {260, 95}};
    double y = 0;
    for (const Stroke& stroke : {Stroke{ink, 6, 0}, {veil, 9, 0}, {ink, 1, 0}, {ink, 0.4, 0}, {red, 2, 7}}) {
        plane.items.push_back(Line{"zigzag", zigzag, false, stroke});
        for (Point& p : std::get<Line>(plane.items.back()).points) p.y += y;
        y += 60;
    }
    plane.items.push_back(Line{"triangle", {{300, 20}, {380, 30}, {340, 110}}, true, {veil, 12, 0}});
    plane.items.push_back(
        Line{"dashes", {{400.3, 20.3}, {470.3, 20.3}, {470.3, 90.3}, {400.3, 90.3}}, true, {ink, 1, 5}});
    plane.items.push_back(Line{"odd dashes", {{400, 130}, {473, 130}, {473, 200}, {400, 200}}, true, {ink, 3, 5}});
    plane.items.push_back(Line{"box", {{490.4, 20.4}, {560.4, 20.4}, {560.4, 90.4}, {490.4, 90.4}}, true, {ink, 3, 0}});
    Line curve{"curve", {}, false, {blue, 3, 0}};
    for (int n = 0; n <= 60; ++n) curve.points.push_back({580 + n * 5.0, 60 + 35 * std::sin(n * 0.3)});
    plane.items.push_back(curve);
    curve.stroke = {red, 2, 6};
    for (Point& p : curve.points) p.y += 80;
    plane.items.push_back(curve);
    expect_alike("lines", page_of({plane}), 960, 540, {0.025, 0.002});
    expect_alike("lines", page_of({plane}), 1920, 1080, {0.02, 0.002});
}

TEST_F(GlPainterTest, AgreesOnShapes) {
    using Kind = Shape::Kind;
    std::vector<Item> shapes{
        Shape{
            "polygon", Kind::polygon, {{30, 20}, {110, 10}, {140, 60}, {90, 110}, {20, 80}}, {}, 0, blue, {ink, 2, 0}},
        Shape{"triangle", Kind::polygon, {{100, 20}, {170, 50}, {90, 90}}, {}, 0, veil, {}},
        Shape{"square", Kind::box, {}, {190.3, 20.6, 40, 60}, 0, blue, {ink, 1, 0}},
        Shape{"ellipse", Kind::ellipse, {}, {250, 20, 90, 50}, 0, blue, {ink, 2, 0}},
        Shape{"ring", Kind::ellipse, {}, {350, 20, 30, 30}, 0, veil, {red, 1, 0}},
        Shape{"dot", Kind::ellipse, {}, {390, 20, 6, 6}, 0, red, {}}};
    Plane upright{"upright", {}, shapes}, tilted{"tilted", {1, 0.7, 20, -0.5, 0.65, 320}, std::move(shapes)};
    upright.items.push_back(Shape{"round box", Kind::box, {}, {420.3, 20.3, 80, 60}, 10, blue, {ink, 2, 0}});
    upright.items.push_back(Shape{"round ends", Kind::box, {}, {520, 20, 80, 60}, 30, veil, {red, 5, 0}});
    expect_alike("shapes", page_of({upright, tilted}), 960, 540, {0.035, 0});
    expect_alike("shapes", page_of({upright, tilted}), 1920, 1080, {0.02, 0});
}

Field pattern(Point at, double cell, int rows, int columns, Stroke edge) {
    Field field{"field", at, cell, rows, columns, {blue, red, veil}, {}, edge};
    for (int n = 0; n < rows * columns; ++n)
        field.cells.push_back(n % 7 == 6 ? Field::unfilled : static_cast<std::uint8_t>(n * n % 3));
    return field;
}

TEST_F(GlPainterTest, AgreesOnFields) {
    std::vector<Plane> planes{{"upright", {}, {}}, {"tilted", {30, 21, 330, -15, 19.5, 440}, {}}};
    auto& upright = planes[0].items;
    upright.push_back(pattern({20.3, 20.4}, 17.3, 5, 6, {ink, 1, 0}));
    upright.push_back(pattern({150, 20}, 16, 5, 6, {}));
    upright.push_back(pattern({270, 20}, 17, 5, 6, {ink, 2, 6}));
    upright.push_back(pattern({400, 20}, 17, 5, 6, {veil, 4, 0}));    // translucent
    upright.push_back(pattern({530, 20}, 5.3, 15, 20, {ink, 1, 0}));  // lines close together
    upright.push_back(pattern({660, 20}, 5.3, 15, 20, {ink, 4, 0}));  // only lines
    upright.push_back(pattern({20.5, 120.5}, 1.5707, 50, 60, {}));    // cells too small to see
    upright.push_back(pattern({150.5, 120.5}, 1.5707, 50, 60, {ink, 0.2, 0}));
    upright.push_back(Field{"plain", {270.5, 130.3}, 17.3, 3, 4, {blue}, {}, {}});
    planes[1].items.push_back(pattern({0, 0}, 1, 4, 5, {ink, 2, 0}));
    planes[1].items.push_back(pattern({-6, 0}, 1, 4, 5, {ink, 2, 5}));
    planes[1].items.push_back(Field{"plain", {6, 0}, 1, 4, 5, {blue}, {}, {}});
    expect_alike("fields", page_of(planes), 960, 540, {0.055, 0.02});
    expect_alike("fields", page_of(planes), 1920, 1080, {0.02, 0.001});
}

TEST_F(GlPainterTest, AgreesOnText) {
    std::vector<Plane> planes{{"upright", {}, {}}, {"tilted", {30, 21, 330, -15, 19.5, 440}, {}}};
    double y = 30;
    for (double size : {6.0, 9.0, 12.0, 20.0, 47.3}) {
        planes[0].items.push_back(
            Text{"t", {480, y + size}, "Convolution 3×3, AVA ffi", size, Anchor::middle, Weight::semibold, ink});
        planes[0].items.push_back(Text{"t", {940, y + size}, "−1.25 = ½", size, Anchor::end, Weight::regular, veil});
        y += 1.6 * size;
    }
    planes[0].items.push_back(Text{"t", {-30, 520}, "Large", 300, Anchor::start, Weight::regular, veil});
    planes[1].items.push_back(Text{"t", {0.2, 2.9}, "Sheared", 1.2, Anchor::start, Weight::semibold, ink});
    expect_alike("text", page_of(planes), 960, 540, {0.1, 0.08});
    expect_alike("text", page_of(planes), 1920, 1080, {0.18, 0.04});  // the large text is enlarged here
}

TEST_F(GlPainterTest, AgreesOnAPhoto) {
    std::vector<float> samples;
    for (int y = 0; y < 80; ++y)
        for (int x = 0; x < 120; ++x)
            for (int c = 0; c < 3; ++c)
                samples.push_back(static_cast<float>(0.5 + 0.4 * std::sin(0.21 * x + 0.013 * y * y + c)));
    const image::Image image{120, 80, 3, std::move(samples)};
    state::State s = update(state::preset(state::opening_preset), state::OpenPhoto{"waves.png", image}).state;
    expect_alike("photo", scene_of(s), 960, 540, {0.3, 0});
    expect_alike("photo", scene_of(s), 1920, 1080, {0.3, 0});
    s = update(s, state::SetPhotoPart{image::Box{30, 20, 24, 16}}).state;
    expect_alike("pixels of a photo", scene_of(s), 1920, 1080, {0.3, 0});
}

TEST_F(GlPainterTest, AgreesOnSmallPictures) {
    Pixels pixels{400, 300, {}};
    for (int y = 0; y < pixels.height; ++y)
        for (int x = 0; x < pixels.width; ++x) {
            const auto wave = static_cast<std::uint8_t>(127 + 100 * std::sin(0.11 * x + 0.0004 * y * y));
            pixels.rgba.insert(pixels.rgba.end(), {wave, static_cast<std::uint8_t>(255 - wave), 90,
                                                   static_cast<std::uint8_t>(x < 200 ? 255 : y * 255 / 299)});
        }
    const arith::Shared<Pixels> shared(std::move(pixels));
    Plane plane{"pictures", {}, {}};
    double x = 10;
    for (double scale : {0.8, 0.5, 0.37, 0.2, 0.1}) {
        plane.items.push_back(Picture{"p", {x, 20.3, 400 * scale, 300 * scale}, shared});
        x += 400 * scale + 10.4;
    }
    expect_alike("pictures", page_of({plane}), 960, 540, {0.13, 0});
    expect_alike("pictures", page_of({plane}), 1920, 1080, {0.13, 0});
}

TEST_F(GlPainterTest, RestartsItsAtlasWhenItIsFull) {
    const Scene scene = scene_of(state_of("numerical_padding_strides", View::flat, "light", 2, 3));
    const Pixels before = drawn(scene, 640, 360);
    Plane many{"many", {}, {}};
    for (int size = 100; size < 200; ++size)
        many.items.push_back(Text{"t",
                                  {0, 300},
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
                                  static_cast<double>(size) / 2,
                                  Anchor::start,
                                  Weight::regular,
                                  ink});
    const Pixels all = drawn(page_of({many}), 1920, 1080);
    EXPECT_EQ(drawn(page_of({many}), 1920, 1080), all);
    EXPECT_EQ(drawn(scene, 640, 360), before);
}

TEST_F(GlPainterTest, DrawsOnlyInsideTheScissorBox) {
    const Scene scene = scene_of(state_of("dilation", View::stacked, "dark", 1, -1));
    context->resize(320, 180);
    context->bind_framebuffer();
    painter->clear({10, 20, 30, 255});
    glEnable(GL_SCISSOR_TEST);
    glScissor(160, 0, 160, 180);
    painter->clear(scene.background);
    painter->draw(scene, fitted(scene, 320, 180), 320, 180);
    EXPECT_TRUE(glIsEnabled(GL_SCISSOR_TEST));
    glDisable(GL_SCISSOR_TEST);
    EXPECT_FALSE(glIsEnabled(GL_BLEND));
    const Pixels half = context->pixels(), whole = drawn(scene, 320, 180);
    for (std::size_t n = 0; n < half.rgba.size(); n += 4) {
        const bool left = n / 4 % 320 < 160;
        ASSERT_EQ(half.rgba[n], left ? 10 : whole.rgba[n]);
    }
}

TEST_F(GlPainterTest, DrawsAtAnyZoom) {
    const Scene scene = scene_of(state_of("padding_strides_odd", View::flat, "light", 1, 3));
    context->resize(640, 360);
    context->bind_framebuffer();
    for (double scale : {1e-6, 0.01, 0.2, 7.0, 60.0, 5000.0})
        painter->draw(scene, Affine::scale_and_move(scale, 320 - 400 * scale, 180 - 300 * scale), 640, 360);
    painter->draw({}, {}, 640, 360);
}

TEST(WindowContext, ReportsAMissingScreen) {
    const char* display = std::getenv("DISPLAY");
    const std::string kept = display ? display : "";
    unsetenv("DISPLAY");
    unsetenv("WAYLAND_DISPLAY");
    try {
        gui::window_context("Convloom", 100, 100);
        ADD_FAILURE() << "a window opened without a screen";
    } catch (const Error& error) {
        EXPECT_NE(std::string(error.what()).find("DISPLAY is not set"), std::string::npos) << error.what();
    }
    if (display) setenv("DISPLAY", kept.c_str(), 1);
}

}  // namespace
}  // namespace convloom::tests::gl_painter_test
