// Figures on one page: each wholly in its place, with cells of one size, and steps that go along.
#include "app/exporting/beside.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "app/exporting/export.hpp"
#include "app/exporting/page_options.hpp"
#include "core/scene/looks/paper_page.hpp"
#include "core/scene/measure/bounds.hpp"
#include "core/state/json/presets.hpp"

namespace convloom::tests::beside_test {
namespace {

using namespace scene;
using exporting::Beside;
using exporting::BesidePages;

state::State viewed(const char* preset, View view) {
    state::State s = state::preset(preset);
    s.view = view;
    return s;
}

std::vector<Moment> steps(arith::Index count) {
    std::vector<Moment> moments;
    for (arith::Index n = 0; n < count; ++n) moments.push_back({n, Moment::whole_window});
    return moments;
}

double side_of(const Scene& page, char letter) {
    Scene one;
    for (const Plane& plane : page.planes)
        if (plane.name.front() == letter && plane.name[1] == ' ') one.planes.push_back(plane);
    return cell_side(one);
}

std::string said(const Scene& page) {
    std::string all;
    for (const Item& item : page.planes.back().items)
        if (const Text* text = std::get_if<Text>(&item)) all += text->text + "|";
    return all;
}

TEST(Beside, CellsHaveOneSizeAndNothingLeavesThePage) {
    for (const auto& [width, height] : {std::pair{960.0, 540.0}, {720.0, 720.0}, {624.0, 832.0}})
        for (const View view : {View::flat, View::stacked})
            for (const char* other : {"no_padding_strides", "same_padding_no_strides", "dilation"}) {
                const state::State first = viewed("no_padding_no_strides", view);
                BesidePages pages(first, {{viewed(other, view)}}, steps(4), {width, height});
                for (const std::size_t n : {0, 3}) {
                    const Scene page = pages.page(n);
                    EXPECT_NEAR(side_of(page, 'a'), side_of(page, 'b'), 1e-6) << other;
                    const Rect all = bounds(page);
                    EXPECT_TRUE(all.x >= -1e-6 && all.y >= -1e-6 && all.right() <= width + 1e-6 &&
                                all.bottom() <= height + 1e-6)
                        << other << " on " << width << "x" << height << ": " << all.x << " " << all.y << " "
                        << all.right() << " " << all.bottom();
                }
            }
}

TEST(Beside, FiguresDoNotTouchEachOther) {
    const state::State first = viewed("no_padding_no_strides", View::flat);
    BesidePages pages(first, {{viewed("dilation", View::stacked)}, {viewed("kind_2d_channels", View::volume)}},
                      steps(2), {960, 540});
    const Scene page = pages.page(1);
    Rect boxes[3];
    for (const Plane& plane : page.planes)
        if (plane.name.size() > 1 && plane.name[1] == ' ' && plane.name[0] >= 'a' && plane.name[0] <= 'c')
            for (const Item& item : plane.items) {
                Rect& box = boxes[plane.name[0] - 'a'];
                box = around(box, bounds(plane.to_page, item));
            }
    for (int m = 0; m < 3; ++m)
        for (int n = m + 1; n < 3; ++n)
            EXPECT_TRUE(boxes[m].right() <= boxes[n].x + 8 || boxes[m].bottom() <= boxes[n].y + 8) << m << " and " << n;
    EXPECT_EQ(page.title.substr(0, 4), "(a) ");
    EXPECT_NE(page.title.find("; (c) "), std::string::npos);
}

TEST(Beside, StepsGoAlongToTheirLastOrStay) {
    const state::State first = viewed("same_padding_no_strides", View::flat);  // 25 steps
    BesidePages pages(first, {{viewed("dilation", View::flat)}, {viewed("dilation", View::flat), 2}}, steps(25),
                      {960, 540});
    EXPECT_NE(said(pages.page(4)).find("|step 5 of 25|"), std::string::npos);
    EXPECT_NE(said(pages.page(4)).find("|step 5 of 9|"), std::string::npos);
    EXPECT_NE(said(pages.page(4)).find("|step 3 of 9|"), std::string::npos);
    EXPECT_NE(said(pages.page(20)).find("|step 9 of 9|"), std::string::npos);
    EXPECT_NE(said(pages.page(20)).find("|step 3 of 9|"), std::string::npos);
}

TEST(Beside, TakesTheFirstOnesColoursAndLanguage) {
    state::State first = viewed("no_padding_no_strides", View::flat);
    first.theme = "dark";
    first.language = Language::chinese;
    BesidePages pages(first, {{viewed("dilation", View::flat)}}, steps(1), {960, 540});
    const Scene page = pages.page(0);
    EXPECT_EQ(page.background, theme_named("dark")->ground);
    EXPECT_EQ(said(page).find("step"), std::string::npos) << said(page);
}

TEST(PaperPage, SmallFiguresHaveSmallerPagesOfTheSameShape) {
    for (const auto& [width, height] : {std::pair{8.0, 5.0}, {8.0, 6.0}, {8.0, 8.0}, {6.0, 9.0}, {16.0, 9.0}}) {
        const double pt = points_per_inch / 2.54;
        const PageSize usual = page_for(width, height), page = paper_page_for(View::flat, width * pt, height * pt);
        EXPECT_NEAR(page.width / page.height, usual.width / usual.height, 0.004);
        EXPECT_LE(page.width, usual.width);
        EXPECT_GE(page.height, 479);
        EXPECT_EQ(paper_page_for(View::flat, 10 * width * pt, 10 * height * pt), usual) << "a poster is a slide";
    }
    EXPECT_NEAR(readable_on_paper(768, 8 / 2.54 * points_per_inch), 20.3, 0.05);
}

}  // namespace
}  // namespace convloom::tests::beside_test
