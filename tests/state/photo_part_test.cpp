// A part of a photo: what is shown and stepped through equals the result of filtering the whole file.
#include <gtest/gtest.h>

#include "core/image/run.hpp"
#include "core/state/base/error.hpp"
#include "core/state/json/json.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/shown/photo_maker.hpp"
#include "core/state/shown/scene_of.hpp"
#include "core/state/update/set_pixels.hpp"
#include "core/state/update/update.hpp"
#include "tests/support/photos.hpp"

namespace convloom::tests::photo_part_test {
namespace {

using namespace state;
using image::Box;
using image::Depth;

image::PassOptions options(arith::PaddingMode padding, int stride = 1, int dilation = 1) {
    image::PassOptions made;
    made.padding = padding;
    made.stride = stride;
    made.dilation = dilation;
    return made;
}

// Stacks with wide kernels, strides and circular padding.
std::vector<std::vector<Action>> stacks() {
    using enum arith::PaddingMode;
    return {{SetFilter{"sobel-x"}},
            {SetFilter{"gaussian"}, SetFilterParameter{"sigma", 3}, AddFilter{"sharpen"},
             SetFilterOptions{options(replicate)}},
            {SetFilter{"box"}, SetFilterOptions{options(circular, 1, 3)}},
            {SetFilter{"max-pooling"}, AddFilter{"sobel"}, SetFilterOptions{options(zeros, 2)}},
            {SetFilter{"roberts-x"}, SetFilterOptions{options(reflect, 3)}, AddFilter{"average-pooling"}}};
}
const std::vector<Box> parts = {{0, 0, 24, 16}, {50, 30, 20, 14}, {76, 44, 20, 16}, {0, 44, 12, 8}, {48, 24, 4, 4}};

TEST(PhotoPart, EqualsThatPartOfTheFilteredFile) {
    for (const auto& stack : stacks())
        for (const Box& part : parts) {
            const State s =
                after(after(with_photo(96, 60), stack), {SetPhotoPart{part}, SetShownAs{image::ShownAs::clamped}});
            const Photo& photo = *s.photo;
            const scene::PhotoFigure figure =
                PhotoMaker().figure(photo, scene::default_theme(), scene::Language::english);
            EXPECT_EQ(figure.before->rgba, to_rgba(cut_out(*photo.image, part))) << part.x;
            const image::Image whole = image::filtered(*photo.image, photo.stack, Depth::float32);
            const int stride = stride_of(photo.stack, photo.stack.size());
            const Box there{part.x / stride, part.y / stride, figure.after->width, figure.after->height};
            EXPECT_EQ(there.width, std::clamp((part.width + stride - 1) / stride, 1, whole.width - there.x));
            const std::vector<std::uint8_t> wanted = to_rgba(cut_out(whole, there));
            ASSERT_EQ(figure.after->rgba.size(), wanted.size());
            for (std::size_t n = 0; n < wanted.size(); ++n)
                ASSERT_NEAR(figure.after->rgba[n], wanted[n], 1)
                    << photo.pass().filter << " part " << part.x << " byte " << n;
        }
}

TEST(PhotoPart, IsSteppedThroughWithItsSurroundings) {
    for (const auto& stack : stacks())
        for (const Box& part : parts) {
            const State s = after(after(with_photo(96, 60), stack),
                                  {SetPhotoPart{part}, SetPhotoLook{scene::PhotoLook::step}, SetPhotoChannel{1}});
            const Photo& photo = *s.photo;
            image::Stack alone(photo.stack.begin(), photo.stack.begin() + photo.selected + 1);
            if (kernels_of(alone.back()).kind == image::Kind::magnitude)
                alone.back() = {std::string(image::own_kernel_name),
                                {},
                                {kernels_of(alone.back()).kernels[0]},
                                alone.back().options,
                                true};
            const image::Image whole = image::filtered(*photo.image, alone, Depth::float32);
            const arith::Recording recording = recording_of(s);
            ASSERT_EQ(recording.step_count(), places_of(s).step_count());
            const int stride = stride_of(photo.stack, static_cast<std::size_t>(photo.selected) + 1);
            for (arith::Index n = 0; n < recording.step_count(); ++n) {
                const auto [x, y] = pixel_of_step(photo, n);
                EXPECT_EQ(step_of_pixel(photo, x, y), n);
                ASSERT_NEAR(recording.value(recording.step(n)) / 255, whole.value(x / stride, y / stride, 1), 2e-4)
                    << photo.pass().filter << " part " << part.x << "," << part.y << " step " << n;
            }
            EXPECT_FALSE(scene_of(s).planes.empty());
        }
}

TEST(PhotoPart, WindowStaysOnItsPixel) {
    State s = after(with_photo(96, 60), {SetFilter{"sharpen"}, SetPhotoLook{scene::PhotoLook::step}});
    s = after(s, {GoToStep{step_of_pixel(*s.photo, 40, 31)}, SetPhotoPart{Box{30, 20, 24, 18}}});
    EXPECT_EQ(pixel_of_step(*s.photo, s.moment.step), (std::pair{40, 31}));
    EXPECT_EQ(s.moment.step, (31 - 20) * 24 + 40 - 30);
    s = after(s, {SetFilter{"gaussian"}, SetFilterParameter{"sigma", 4}});
    EXPECT_EQ(pixel_of_step(*s.photo, s.moment.step), (std::pair{40, 31}));
    s = after(s, {SetPhotoPart{}});
    EXPECT_EQ(s.moment.step, 31 * 96 + 40);
}

TEST(PhotoPart, ZoomsAboutThePointer) {
    State s = with_photo(96, 60);
    for (int n = 0; n < 30; ++n) {
        s = after(s, {ZoomPhoto{1.15, 0.25, 0.5}});
        const Box& part = *s.photo->part;
        EXPECT_NEAR(part.x + 0.25 * part.width, 24, 12.0 * n / 29 + 1)
            << "what lies there drifts by the rounding of each step at most";
        if (part.height > least_part_px) {
            EXPECT_NEAR(static_cast<double>(part.width) / part.height, 1.6, 0.2);
        }
    }
    EXPECT_EQ(s.photo->part->width, least_part_px);
    for (int n = 0; n < 40; ++n) s = after(s, {ZoomPhoto{1 / 1.15, 0.25, 0.5}});
    EXPECT_FALSE(s.photo->part) << "all of it again";
    EXPECT_EQ(s.photo->working, s.photo->image);
}

TEST(PhotoPart, LargeOnesAreReduced) {
    State s = with_photo(2500, 40, 1);
    EXPECT_EQ(s.photo->region.factor, 3);
    EXPECT_EQ(s.photo->working->width, 833);
    s = after(s, {SetFilter{"identity"}, SetPhotoPart{Box{301, 2, 2000, 30}}});
    EXPECT_EQ(s.photo->region.factor, 3);
    EXPECT_EQ(s.photo->region.seen.width, 666);
    EXPECT_LE(std::abs(pixel_of_step(*s.photo, 0).first - 301), 2);
    EXPECT_FALSE(scene_of(s).planes.empty());
}

TEST(PhotoPart, InvalidOnesAreRefusedAndValidOnesSaved) {
    State s = with_photo(96, 60);
    for (const Box& wrong : {Box{-1, 0, 10, 10}, Box{0, 0, 97, 10}, Box{90, 0, 10, 10}, Box{0, 0, 3, 10},
                             Box{0, 55, 10, 6}, Box{0, 0, 0, 0}}) {
        const Outcome outcome = update(s, SetPhotoPart{wrong});
        EXPECT_EQ(outcome.problems.size(), 1u) << wrong.x;
        EXPECT_EQ(outcome.state, s);
    }
    s = after(s, {SetPhotoPart{Box{10, 20, 30, 40}}});
    State back = from_json(to_json(s));
    set_pixels(back, s.photo->image);
    EXPECT_EQ(back, s);
    set_pixels(back, noise(20, 20, 3, Depth::bits8, 1));
    EXPECT_FALSE(back.photo->part) << "the file has become smaller";
    std::string text = to_json(s);
    text.replace(text.find("\"part\": "), 8, "\"part\": 3, \"was\": ");
    EXPECT_THROW(from_json(text), Error);
}

TEST(PhotoPart, NumbersAppearIfPixelsAreLarge) {
    auto numbers = [](const State& s) {
        int count = 0;
        const scene::Scene drawn = scene_of(s);
        for (const scene::Plane& plane : drawn.planes)
            for (const scene::Item& item : plane.items)
                if (const auto* text = std::get_if<scene::Text>(&item); text && text->name.starts_with("value ("))
                    ++count;
        return count;
    };
    State s = after(with_photo(96, 60), {SetFilter{"sharpen"}});
    EXPECT_EQ(numbers(s), 0);
    s = after(s, {SetPhotoPart{Box{10, 20, 10, 6}}});
    EXPECT_EQ(numbers(s), 2 * 10 * 6 * 3);
    s = after(s, {SetPhotoLook{scene::PhotoLook::wipe}, SetWipe{0.3}});
    EXPECT_EQ(numbers(s), 10 * 6 * 3) << "some before, some after";
    s = after(s, {SetPhotoLook{scene::PhotoLook::difference}});
    EXPECT_EQ(numbers(s), 10 * 6 * 3) << "the difference is in colours";
}

}  // namespace
}  // namespace convloom::tests::photo_part_test
