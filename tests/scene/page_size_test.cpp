// Pages of other shapes than a slide: their sizes, that figures use them, and that nothing moves from step to step.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/scene/looks/page_size.hpp"
#include "core/scene/measure/bounds.hpp"
#include "core/scene/slide/slide.hpp"
#include "core/scene/views/view_table.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/shown/scene_of.hpp"

namespace convloom::scene {
namespace {

TEST(PageSize, KeepsTheProportionAndASlidesArea) {
    EXPECT_TRUE(page_for(1920, 1080).is_slide());
    EXPECT_TRUE(page_for(1366, 768).is_slide());
    for (double proportion = 0.2; proportion < 6; proportion *= 1.03) {
        const PageSize page = page_for(1000 * proportion, 1000);
        const double kept = std::clamp(proportion, 2.0 / 3, 5.0 / 2);
        EXPECT_NEAR(page.width / page.height, kept, 0.006 * kept) << proportion;
        EXPECT_GE(small_size, page.height / 60) << proportion;
        if (kept > 1.01 && kept < 2.2) {
            EXPECT_NEAR(page.width * page.height, page_width * page_height, 3000) << proportion;
        }
        const PageSize again = page_for(page.width, page.height);
        EXPECT_NEAR(again.width, page.width, 4) << "a page is the page for itself, but for rounding";
    }
    EXPECT_TRUE(page_for(0, 0).is_slide());
}

// Of the page between its head and its foot.
TEST(PageSize, FiguresUseThePage) {
    for (const char* name : {"numerical_padding_strides", "kind_2d", "kind_2d_channels", "kind_3d", "dilation"})
        for (const ViewInfo& view : view_infos()) {
            state::State s = state::preset(name);
            if (!view.any_page || view.view == View::chain || view.view == View::cost ||
                !undrawable(s.layer(), view.view).empty())
                continue;
            s.view = view.view;
            for (const PageSize& page : {page_for(4, 3), page_for(1, 1), page_for(3, 4), page_for(8, 5)}) {
                const Scene scene = scene_of(s, page);
                EXPECT_EQ(scene.width, page.width);
                EXPECT_EQ(scene.height, page.height);
                const Rect box = figure_box(scene);
                EXPECT_GE(std::max(box.width / page.width, box.height / page.height), 0.45)
                    << name << ", " << view.name << " on " << page.width << "x" << page.height;
            }
        }
}

TEST(PageSize, PlanesKeepTheirPlacesFromStepToStep) {
    for (const ViewInfo& view : view_infos()) {
        state::State s = state::preset("numerical_padding_strides");
        if (!view.any_page || !undrawable(s.layer(), view.view).empty()) continue;
        s.view = view.view;
        const PageSize page = page_for(3, 4);
        const auto places = [&](arith::Index step, arith::Index tap) {
            s.moment = {step, tap};
            std::vector<Affine> all;
            for (const Plane& plane : scene_of(s, page).planes)
                if (plane.role.content == Content::input || plane.role.content == Content::output)
                    all.push_back(plane.to_page);
            return all;
        };
        const std::vector<Affine> first = places(0, Moment::whole_window);
        for (arith::Index step : {1, 4, 8})
            for (arith::Index tap : {Moment::whole_window, arith::Index{0}, arith::Index{3}})
                EXPECT_EQ(places(step, tap), first) << view.name << " step " << step;
    }
}

}  // namespace
}  // namespace convloom::scene
