// Thousands of actions on a photo in a row, whatever they are: what is refused changes nothing, what is taken can be
// shown, stepped through and saved.
#include <gtest/gtest.h>

#include "app/files/link.hpp"
#include "core/image/run.hpp"
#include "core/state/json/json.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/shown/scene_of.hpp"
#include "core/state/update/history.hpp"
#include "core/state/update/update_photo.hpp"
#include "tests/support/pictures.hpp"

namespace convloom::tests::photo_random_test {
namespace {

using namespace state;

class Hand {
  public:
    int random(int below) {
        seed_ = seed_ * 1664525u + 1013904223u;
        return static_cast<int>((seed_ >> 8) % static_cast<unsigned>(below));
    }
    bool coin() { return random(2) == 0; }
    double part() { return random(1001) / 1000.0; }
    std::string filter() {
        const auto& all = image::named_filters();
        return std::string(all[static_cast<std::size_t>(random(static_cast<int>(all.size())))].name);
    }
    image::PassOptions options() {
        image::PassOptions o;
        o.padding = static_cast<arith::PaddingMode>(random(4));
        o.stride = random(4) == 0 ? random(10) : 1;
        o.dilation = random(3) == 0 ? random(5) : 1;
        o.channels = random(4) == 0 ? image::Channels::luminance : image::Channels::each;
        o.linear_light = random(4) == 0;
        o.absolute = coin();
        o.straight_alpha = coin();
        o.gain = static_cast<float>(random(9) - 4);
        return o;
    }
    image::Box box() { return {random(50) - 3, random(40) - 3, random(45), random(30)}; }

    Action action(const Photo& photo) {
        switch (random(27)) {
            case 0:
                return SetFilter{filter()};
            case 1:
                return AddFilter{filter()};
            case 2:
                return RemoveFilter{random(4)};
            case 3:
                return MoveFilter{random(4), random(4)};
            case 4:
                return SwitchFilter{random(4), coin()};
            case 5:
                return SelectFilter{random(4)};
            case 6:
                return SetFilterOptions{options()};
            case 7:
                return SetFilterWeight{random(5), random(5), static_cast<float>(random(9) - 4)};
            case 8:
                return ReworkKernel{static_cast<KernelWork>(random(6))};
            case 9:
                return SetFilterKernels{{{3, {1, 0, 1, 0, 4, 0, 1, 0, -1}}}};
            case 10:
                return SetFilterKernels{std::vector<image::Kernel>(3, {2, {1, 2, 3, 4}})};
            case 11: {
                const image::NamedFilter* named = image::filter_named(photo.pass().filter);
                if (!named || named->parameters.empty()) return SetFilterParameter{"sigma", 1};
                const image::Parameter& p =
                    named->parameters[static_cast<std::size_t>(random(static_cast<int>(named->parameters.size())))];
                // Of wide ranges mostly the small values: kernels of hundreds of cells take their time.
                const double place = part(),
                             value = p.least + (p.most >= 50 ? place * place * place : place) * (p.most - p.least);
                return SetFilterParameter{std::string(p.name), p.whole ? std::floor(value) : value};
            }
            case 12:
                return SetShownAs{static_cast<image::ShownAs>(random(4))};
            case 13:
            case 14:
                return SetPhotoLook{static_cast<scene::PhotoLook>(random(4))};
            case 15:
                return SetWipe{part() * 2 - 0.5};
            case 16:
                return SetPhotoChannel{random(5) - 1};
            case 17:
                return SetPhotoKernel{random(3)};
            case 18:
                return SetHistograms{coin()};
            case 19:
            case 20:
                return SetPhotoPart{box()};
            case 21:
                return SetPhotoPart{};
            case 22:
                return ZoomPhoto{coin() ? 1.3 : 0.7, part(), part()};
            case 23:
                return GoToStep{random(2000)};
            case 24:
                return TapForward{};
            case 25:
                return GoToLast{};
            default:
                return OpenPhoto{"b.png", noise(1 + random(44), 1 + random(30), 1 + random(4),
                                                static_cast<image::Depth>(random(3)), 5)};
        }
    }

  private:
    std::uint32_t seed_ = 5;
};

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

TEST(RandomPhotoActions, LeaveAGoodStateThousandsOfTimes) {
    Hand hand;
    History history(update(preset(opening_preset), OpenPhoto{"a.png", noise(44, 30, 3, image::Depth::bits8, 1)}).state);
    int refused = 0;
    for (int n = 0; n < 6'000; ++n) {
        const int what = hand.random(30);
        if (what == 0)
            history.undo();
        else if (what == 1)
            history.redo();
        else {
            const State before = history.now();
            if (!history.apply(hand.action(*before.photo), static_cast<std::uint64_t>(hand.random(4))).empty()) {
                ++refused;
                ASSERT_EQ(history.now(), before) << "what is refused changes nothing";
            }
        }
        if (!history.now().photo) continue;  // taken back to before it was opened
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
    }
    EXPECT_GT(refused, 300);
    EXPECT_LT(refused, 4'000);
}

}  // namespace
}  // namespace convloom::tests::photo_random_test
