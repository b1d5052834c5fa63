// Other steps' windows and notes at cells: the outlines are those of the steps, and a note covers nothing, in every
// view.
#include "core/scene/notes/notes.hpp"

#include <algorithm>
#include <cmath>

#include "core/scene/measure/bounds.hpp"
#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/notes/ghosts.hpp"
#include "core/scene/views/view_table.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/shown/scene_of.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::marks_test {
namespace {

using namespace scene;

state::State shown_as(const char* preset, View view, arith::Index step) {
    state::State s = state::preset(preset);
    s.view = view;
    s.moment.step = step;
    return s;
}

const Plane* plane_named(const Scene& scene, std::string_view name) {
    for (const Plane& plane : scene.planes)
        if (plane.name == name) return &plane;
    return nullptr;
}

TEST(Ghosts, AreTheOutlinesOfTheirSteps) {
    std::vector<Ghost> ghosts;
    for (const arith::Index step : {0, 4, 8})
        ghosts.push_back(ghost_of(scene_of(shown_as("no_padding_strides", View::flat, std::min<arith::Index>(step, 3))),
                                  std::min<arith::Index>(step, 3)));
    // Stride 2 over 5 cells: the windows begin at the cells (0, 0) and (2, 2).
    ASSERT_EQ(ghosts[0].outlines.size(), 2u) << "a window and an output cell";
    EXPECT_EQ(ghosts[0].outlines[0].plane.content, Content::input);
    EXPECT_EQ(ghosts[0].outlines[0].points.front(), (Point{0, 0}));
    EXPECT_EQ(ghosts[2].outlines[0].points.front(), (Point{2, 2}));
    EXPECT_EQ(ghosts[2].outlines[1].plane.content, Content::output);
    EXPECT_EQ(ghosts[2].outlines[1].points.front(), (Point{1, 1}));
}

TEST(Ghosts, LeaveOutTheStepThatIsShown) {
    const Scene plain = scene_of(shown_as("no_padding_strides", View::flat, 3));
    std::vector<Ghost> ghosts;
    for (arith::Index step = 0; step < 4; ++step)
        ghosts.push_back(ghost_of(scene_of(shown_as("no_padding_strides", View::flat, step)), step));
    const Scene with = with_ghosts(plain, ghosts, 3, default_theme());
    const Plane* plane = plane_named(with, "ghosts");
    ASSERT_TRUE(plane);
    std::string numbers;
    int outlines = 0;
    for (const Item& item : plane->items) {
        if (const Text* text = std::get_if<Text>(&item)) numbers += text->text + " ";
        outlines += std::holds_alternative<Line>(item);
    }
    EXPECT_EQ(outlines, 12) << "three windows and three outputs, each with a halo";
    EXPECT_EQ(numbers, "1 1 2 2 3 3 ") << "as the figure counts its steps";
    EXPECT_EQ(with_ghosts(plain, {ghosts[3]}, 3, default_theme()), plain);
}

TEST(Ghosts, AreThereInEveryViewThatMarksAWindow) {
    int views = 0;
    for (const ViewInfo& info : view_infos()) {
        const state::State s = shown_as("numerical_padding_strides", info.view, 0);
        if (info.view == View::photo || info.view == View::compare || !undrawable(s.layer(), info.view).empty())
            continue;
        views += !ghost_of(scene_of(s), 0).outlines.empty();
    }
    EXPECT_GE(views, 8);
}

TEST(Notes, AreReadFromWords) {
    const auto note = note_written("input 2,3: the edge");
    ASSERT_TRUE(note);
    EXPECT_EQ(note->part, arith::Part::input);
    EXPECT_EQ(note->at, (std::vector<arith::Index>{2, 3}));
    EXPECT_EQ(note->text, "the edge");
    EXPECT_EQ(note_written("output 1, 2, 3 : a: b")->text, "a: b");
    EXPECT_EQ(note_written("input -1,0: padding")->at.front(), -1);
    for (const char* wrong : {"", "input", "input 2,3", "input 2,3:", "input :x", "inputs 2,3: x", "cell 2,3: x",
                              "input 2;3: x", "input 2,: x", "input a,b: x", "input2,3: x"})
        EXPECT_FALSE(note_written(wrong)) << wrong;
}

TEST(Notes, AWrongCellIsRefusedWithTheShape) {
    const arith::Layer layer = state::preset("same_padding_no_strides").layer();
    const auto why = [&](const char* text) { return note_refused(*note_written(text), layer); };
    EXPECT_EQ(why("input 4,4: x"), "");
    EXPECT_EQ(why("input -1,5: a place in the padding"), "");
    EXPECT_EQ(why("kernel 2,2: x"), "");
    EXPECT_EQ(why("output 0,4,4: with its channel"), "");
    EXPECT_EQ(why("input 6,0: x"), "the input is 1×5×5 (channels, rows, columns), counted from 0");
    EXPECT_EQ(why("output 5,0: x"), "the output is 1×5×5 (channels, rows, columns), counted from 0");
    EXPECT_EQ(why("kernel 0,3: x"), "the kernel is 1×3×3 (channels, rows, columns), counted from 0");
    EXPECT_EQ(why("input 1,0,0: x"), "the input is 1×5×5 (channels, rows, columns), counted from 0");
    EXPECT_EQ(why("input 1: x"), "the input is 1×5×5 (channels, rows, columns), so a cell has 2 or 3 numbers");
}

bool meet(const Rect& a, const Rect& b) {
    return a.x < b.right() - 1e-6 && b.x < a.right() - 1e-6 && a.y < b.bottom() - 1e-6 && b.y < a.bottom() - 1e-6;
}

// In all views, on pages of several shapes, at the first and the last step.
TEST(Notes, CoverNeitherCellsNorTextsAndPointAtTheirCell) {
    int placed = 0;
    for (const char* preset : {"same_padding_no_strides", "numerical_padding_strides", "kind_2d_channels"})
        for (const ViewInfo& info : view_infos())
            for (const PageSize& page : {PageSize{}, page_for(1, 1), page_for(3, 4)}) {
                const state::State first = shown_as(preset, info.view, 0);
                if (info.view == View::photo || info.view == View::compare ||
                    !undrawable(first.layer(), info.view).empty())
                    continue;
                const arith::Index last = recording_of(first).step_count() - 1;
                const std::vector<Note> notes{*note_written("input 2,3: a note of several words at this cell"),
                                              *note_written("output 1,1: the second")};
                std::vector<Scene> scenes;
                std::vector<Shown> shown;
                for (const arith::Index step : {arith::Index{0}, last}) {
                    const state::State s = shown_as(preset, info.view, step);
                    scenes.push_back(scene_of(s, page));
                    shown.push_back(shown_of(s));
                }
                const NotePlaces places(notes, scenes, shown);
                for (std::size_t n = 0; n < scenes.size(); ++n) {
                    const Scene with = places.apply(scenes[n], shown[n], default_theme());
                    const std::string what = std::string(preset) + " " + std::string(name_of(info.view));
                    EXPECT_NEAR(with.width / with.height, page.width / page.height, 0.01) << what;
                    const Plane& plane = with.planes.back();
                    ASSERT_EQ(plane.name, "notes");
                    for (const Item& item : plane.items) {
                        const Text* text = std::get_if<Text>(&item);
                        if (!text) continue;
                        ++placed;
                        const Rect box = bounds(plane.to_page, item);
                        EXPECT_TRUE(box.x >= 0 && box.y >= 0 && box.right() <= with.width &&
                                    box.bottom() <= with.height)
                            << what;
                        for (const Plane& other : with.planes)
                            for (const Item& there : other.items) {
                                if (&other == &plane || std::holds_alternative<Line>(there)) continue;
                                if (const Text* label = std::get_if<Text>(&there); label && label->text.empty())
                                    continue;
                                EXPECT_FALSE(meet(box, bounds(other.to_page, there)))
                                    << what << ": " << text->text << " over " << other.name;
                            }
                    }
                }
            }
    EXPECT_GT(placed, 100);
}

TEST(Notes, HaveOnePlaceInAllSteps) {
    std::vector<Scene> scenes;
    std::vector<Shown> shown;
    for (arith::Index step = 0; step < 9; ++step) {
        const state::State s = shown_as("dilation", View::flat, step);
        scenes.push_back(scene_of(s));
        shown.push_back(shown_of(s));
    }
    const NotePlaces places({*note_written("input 3,3: the middle")}, scenes, shown);
    const auto at = [&](std::size_t n) {
        const Scene noted = places.apply(scenes[n], shown[n], default_theme());
        for (const Item& item : noted.planes.back().items)
            if (const Text* text = std::get_if<Text>(&item)) return text->at;
        return Point{};
    };
    for (std::size_t n = 1; n < 9; ++n) EXPECT_EQ(at(n), at(0));
}

}  // namespace
}  // namespace convloom::tests::marks_test
