// Thousands of random actions on a photo: a refused action changes nothing, and after an accepted one the photo can be
// shown, stepped through and saved.
#include <gtest/gtest.h>

#include "app/files/link.hpp"
#include "core/image/run.hpp"
#include "core/state/shown/scene_of.hpp"
#include "core/state/update/set_pixels.hpp"
#include "tests/support/any_action.hpp"

namespace convloom::tests::photo_random_test {
namespace {

using namespace state;

void expect_good(const State& s) {
    const Photo& photo = *s.photo;
    ASSERT_GE(photo.selected, 0);
    ASSERT_LT(photo.selected, static_cast<int>(photo.stack.size()));
    ASSERT_EQ(image::fault_of(photo.stack, *photo.working), "");
    ASSERT_EQ(photo.region, region_of(photo.image->width, photo.image->height, photo.part, photo.stack));
    const arith::Recording places = places_of(s);
    ASSERT_GE(s.moment.step, 0);
    ASSERT_LT(s.moment.step, places.step_count());
    const auto [x, y] = pixel_of_step(photo, s.moment.step);
    ASSERT_GE(std::min(x, y), 0);
    ASSERT_LT(x, photo.image->width);
    ASSERT_LT(y, photo.image->height);
}

TEST(RandomPhotoActions, LeaveAValidState) {
    Hand hand(5);
    History history(update(preset(opening_preset), OpenPhoto{"a.png", noise(44, 30, 3, image::Depth::bits8, 1)}).state);
    const auto action = [](Hand& any, const State& now) { return any.any_of<PhotoAction, MomentAction>(now); };
    const int refused = play(history, hand, 6'000, action, [&](int n) {
        ASSERT_NO_FATAL_FAILURE(expect_good(history.now())) << "after action " << n;
        if (n % 3 == 0) {
            ASSERT_FALSE(scene_of(history.now()).planes.empty());
            const arith::Recording recording = recording_of(history.now());
            ASSERT_EQ(recording.layer(), photo_layer(*history.now().photo));
        }
        if (n % 20 == 0) {
            State back = from_json(to_json(history.now()));
            set_pixels(back, history.now().photo->image);
            ASSERT_EQ(back, history.now()) << "after action " << n;
            ASSERT_EQ(files::parse_link(files::link_of(history.now())).state, in_link(history.now())) << n;
        }
    });
    EXPECT_GT(refused, 300);
    EXPECT_LT(refused, 4'000);
}

}  // namespace
}  // namespace convloom::tests::photo_random_test
