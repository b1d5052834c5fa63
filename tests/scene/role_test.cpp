// Planes and items are identified by their roles: without any names, pointing and sliding give the same results.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/scene/page/tween.hpp"
#include "core/scene/pointing/cell_facts.hpp"
#include "core/scene/pointing/pointing.hpp"
#include "core/scene/slide/slide.hpp"
#include "core/scene/views/view_table.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/shown/scene_of.hpp"
#include "tests/support/photos.hpp"

namespace convloom::tests::role_test {
namespace {

using namespace scene;
using arith::Index;

Scene nameless(Scene scene) {
    for (Plane& plane : scene.planes) {
        plane.name.clear();
        for (Item& item : plane.items) std::visit([](auto& i) { i.name.clear(); }, item);
    }
    return scene;
}

// Calls use for every preset in every view that can draw it.
template <class Use>
void visit_views(Use use) {
    for (const std::string& name : state::preset_names())
        for (const ViewInfo& info : view_infos()) {
            state::State s = state::preset(name);
            if (info.view == View::photo || !undrawable(s.layer(), info.view).empty()) continue;
            s.view = info.view;
            use(s, fmt::format("{} as {}", name, info.name));
        }
}

Scene scene_at(state::State s, Index step, Index tap) {
    s.moment = {step, tap};
    return scene_of(s);
}

// Roles distinguish planes that show different things, as names do, within a Scene and between Scenes.
TEST(Roles, DistinguishPlanesAsNamesDo) {
    int planes = 0;
    visit_views([&](const state::State& s, const std::string& what) {
        const Index last = recording_of(s).step_count() - 1;
        const Scene scenes[] = {scene_at(s, 0, 0), scene_at(s, last / 2, Moment::whole_window)};
        for (const Plane& a : scenes[0].planes) {
            ++planes;
            EXPECT_NE(a.role.content, Content::other) << what << ": " << a.name;
            for (const Scene& scene : scenes)
                for (const Plane& b : scene.planes)
                    EXPECT_EQ(a.role == b.role, a.name == b.name) << what << ": " << a.name << " and " << b.name;
        }
    });
    EXPECT_GT(planes, 1000);
}

TEST(Roles, PointingAndSlidingDoNotReadNames) {
    int seen = 0, slid = 0;
    visit_views([&](const state::State& s, const std::string& what) {
        const Index next = std::min<Index>(1, recording_of(s).step_count() - 1);
        const Moment moment{0, Moment::whole_window};
        const Scene scene = scene_at(s, 0, moment.tap), bare = nameless(scene), after = scene_at(s, next, moment.tap);
        for (double y = 60; y < scene.height; y += 23)
            for (double x = 30; x < scene.width; x += 19) {
                const auto cell = pointed(bare, {s.layer(), moment, s.shown}, {x, y});
                ASSERT_EQ(cell, pointed(scene, {s.layer(), moment, s.shown}, {x, y})) << what;
                EXPECT_EQ(pointed_in_chain(bare, chain_of(s), {x, y}), pointed_in_chain(scene, chain_of(s), {x, y}));
                EXPECT_EQ(bias_at(bare, s.layer(), {x, y}), bias_at(scene, s.layer(), {x, y}));
                if (!cell || ++seen % 50) continue;
                EXPECT_EQ(nameless(lit(bare, {s.layer(), moment, s.shown}, *cell, default_theme())),
                          nameless(lit(scene, {s.layer(), moment, s.shown}, *cell, default_theme())))
                    << what;
            }
        EXPECT_EQ(is_near(bare, nameless(after)), is_near(scene, after)) << what;
        slid += is_near(scene, after) && between(scene, after, 0.5) != after;
        EXPECT_EQ(between(bare, nameless(after), 0.5), nameless(between(scene, after, 0.5))) << what;
        EXPECT_EQ(figure_box(bare), figure_box(scene)) << what << ": without its head, on a slide";
    });
    EXPECT_GT(seen, 5000);
    EXPECT_GT(slid, 100);
}

// The step view of a photo has planes like those of a layer, but their places are not cells of the layer.
TEST(Roles, PhotoPlanesAreNotPointable) {
    for (const PhotoLook look : {PhotoLook::side_by_side, PhotoLook::wipe, PhotoLook::step}) {
        const state::State s = after(with_photo(), {state::SetFilter{"sobel-x"}, state::SetPhotoLook{look}});
        const Scene scene = scene_of(s);
        int kernels = 0;
        for (const Plane& plane : scene.planes) {
            kernels += plane.role.content == Content::kernel;
            EXPECT_FALSE(pointed(scene, {s.layer(), s.moment, s.shown}, plane.to_page({0.5, 0.5}))) << plane.name;
        }
        EXPECT_EQ(kernels, 1);
        for (const Mark picture : {Mark::before, Mark::after, Mark::photo, Mark::result})
            EXPECT_EQ(picture_box(nameless(scene), picture), picture_box(scene, picture));
    }
}

}  // namespace
}  // namespace convloom::tests::role_test
