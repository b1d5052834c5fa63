// Several steps on one page: letters, readable labels, nothing beyond the page.
#include "core/scene/slide/grid_page.hpp"

#include <cmath>

#include "core/scene/measure/bounds.hpp"
#include "core/scene/slide/figure.hpp"
#include "core/scene/slide/larger_labels.hpp"
#include "core/scene/slide/slide.hpp"
#include "core/scene/views/view_table.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/shown/scene_of.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::grid_page_test {
namespace {

using namespace scene;

Scene page_of(const char* preset, View view, GridPage grid, Language language = Language::english) {
    state::State s = state::preset(preset);
    s.view = view;
    s.language = language;
    std::vector<GridFigure> figures;
    Rect box;
    for (int n = 0; n < grid.columns * grid.rows; ++n) {
        s.moment.step = n;
        Scene figure = scene_of(s);
        box = around(box, figure_box(figure));
        grid.title = head_text(figure, Mark::title);
        std::string label = head_text(figure, Mark::moment);
        figures.push_back({std::move(figure), std::move(label)});
    }
    Rect readable;
    for (const GridFigure& one : figures) readable = around(readable, readable_box(grid, one.figure, box));
    return compose_grid(grid, std::move(figures), readable, view_options_of(s));
}

TEST(GridPage, LabelsAreReadableAndOnThePage) {
    for (Language language : {Language::english, Language::chinese})
        for (const auto& [width, height] : {std::pair{16, 9}, {4, 3}, {1, 1}, {3, 4}})
            for (View view : {View::flat, View::stacked, View::volume, View::matrix, View::padding, View::receptive}) {
                GridPage grid = grid_page_of_shape(width, height);
                grid.columns = grid.rows = 3;
                grid.caption = "A caption of several words, which says what (a) to (i) are.";
                const Scene page = page_of("dilation", view, grid, language);
                const std::string what = std::string(name_of(view)) + " " + std::to_string(width);
                const Rect all = bounds(page);
                EXPECT_TRUE(all.x >= 0 && all.y >= 0 && all.right() <= page.width && all.bottom() <= page.height)
                    << what << ": " << all.x << " " << all.y << " " << all.right() << " " << all.bottom();
                for (const Plane& plane : page.planes)
                    for (const Item& item : plane.items)
                        if (const Text* text = std::get_if<Text>(&item); text && !text->text.empty()) {
                            const double scale = std::sqrt(std::abs(plane.to_page.determinant()));
                            EXPECT_GE(text->size * scale, page.height / 60 - 1e-9) << what << ": " << text->text;
                        }
            }
}

TEST(GridPage, HasALetterForEachFigure) {
    GridPage grid;
    grid.columns = 3;
    grid.rows = 2;
    const Scene page = page_of("dilation", View::flat, grid);
    std::string letters;
    for (const Item& item : page.planes.back().items)
        if (const Text* text = std::get_if<Text>(&item)) letters += text->text + " ";
    EXPECT_EQ(
        letters,
        "Dilation of 2 (a) step 1 of 9 (b) step 2 of 9 (c) step 3 of 9 (d) step 4 of 9 (e) step 5 of 9 (f) step 6 of "
        "9 ");
}

TEST(GridPage, ASumIsWholeOrLeftOut) {
    for (const auto& [columns, rows] : {std::pair{1, 1}, {2, 1}, {2, 2}, {3, 3}})
        for (const char* preset : {"kind_3d", "dilation", "more_compare_ceil", "kind_depthwise_separable",
                                   "more_padding_modes", "kind_standard"}) {
            const View view = state::preset(preset).view;
            GridPage grid = grid_page_of_shape(4, 3);
            grid.columns = columns, grid.rows = rows;
            state::State s = state::preset(preset);
            s.moment.step = 0;
            // The texts of sums: those on the baseline of a sign, with others.
            const auto texts = [](const Scene& scene, const std::string& begin) {
                int count = 0;
                for (const Plane& plane : scene.planes) {
                    if (!plane.name.starts_with(begin)) continue;
                    for (const Item& item : plane.items)
                        if (const Text* text = std::get_if<Text>(&item))
                            count += text->text == "+" || text->text == "…" || text->text.find("·") != std::string::npos
                                         ? 1
                                         : 0;
                }
                return count;
            };
            const int left = texts(page_of(preset, view, grid), "a "), all = texts(scene_of(s), "");
            EXPECT_TRUE(left == 0 || left == all)
                << preset << " " << columns << "x" << rows << ": " << left << " of " << all;
        }
}

// Larger texts overlap no text that they did not overlap before, and stay on the page.
TEST(TextScale, TextsGrowWhereTheyHaveRoom) {
    for (View view :
         {View::flat, View::stacked, View::volume, View::matrix, View::padding, View::receptive, View::cost}) {
        state::State s = state::preset("dilation");
        s.view = view;
        s.moment.step = 4;
        const Scene before = scene_of(s);
        Scene after = before;
        scale_labels(after.planes, {0, 0, after.width, after.height}, 1.4);
        const Rect all = bounds(after);
        EXPECT_TRUE(all.x >= 0 && all.y >= 0 && all.right() <= after.width && all.bottom() <= after.height);
        const auto boxes = [](const Scene& scene) {
            std::vector<Rect> found;
            for (const Plane& plane : scene.planes)
                for (const Item& item : plane.items)
                    if (const Text* text = std::get_if<Text>(&item); text && text->size >= 1)
                        found.push_back(bounds(plane.to_page, item));
            return found;
        };
        const std::vector<Rect> old_boxes = boxes(before), new_boxes = boxes(after);
        ASSERT_EQ(old_boxes.size(), new_boxes.size());
        const auto overlap = [](const Rect& a, const Rect& b) {
            return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom();
        };
        int grown = 0;
        for (std::size_t m = 0; m < new_boxes.size(); ++m) {
            grown += new_boxes[m].height > old_boxes[m].height * 1.01 ? 1 : 0;
            for (std::size_t n = m + 1; n < new_boxes.size(); ++n)
                EXPECT_FALSE(overlap(new_boxes[m], new_boxes[n]) && !overlap(old_boxes[m], old_boxes[n]))
                    << name_of(view);
        }
        EXPECT_GE(grown, 3) << name_of(view);
    }
}

TEST(Caption, StaysBelowTheFigure) {
    for (const char* preset : {"dilation", "kind_depthwise_separable"}) {
        const Scene figure = scene_of(state::preset(preset));
        std::string caption = "One.";
        for (int lines = 1; lines <= most_caption_lines; ++lines, caption += std::string(100, 'x') + " y") {
            const Scene with = captioned(figure, caption, default_theme());
            const double right = bounds(with).right(), bottom = bounds(with).bottom();
            EXPECT_NEAR(with.width / with.height, figure.width / figure.height, 1e-9);
            EXPECT_TRUE(right <= with.width && bottom <= with.height) << caption;
            Scene rest = with;
            rest.planes.pop_back();
            const Plane& texts = with.planes.back();
            EXPECT_GE(bounds({0, 0, "", {}, {texts}}).y, bounds(rest).bottom() - 1) << caption;
        }
    }
    EXPECT_EQ(captioned(scene_of(state::preset("dilation")), "", default_theme()), scene_of(state::preset("dilation")));
}

}  // namespace
}  // namespace convloom::tests::grid_page_test
