// The photo in a State: actions, JSON, recording, pages.
#include <gtest/gtest.h>

#include <cmath>

#include "core/arith/layer/output_size.hpp"
#include "core/image/run.hpp"
#include "core/scene/page/scene_json.hpp"
#include "core/scene/words/number_text.hpp"
#include "core/state/base/error.hpp"
#include "core/state/json/json.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/shown/scene_of.hpp"
#include "core/state/update/history.hpp"
#include "core/state/update/set_pixels.hpp"
#include "tests/support/photos.hpp"

namespace convloom::tests::photo_test {
namespace {

using namespace state;
using image::Depth;
using scene::PhotoLook;

bool refused(const State& s, const Action& action) {
    const Outcome outcome = update(s, action);
    return !outcome.problems.empty() && outcome.state == s;
}

TEST(Photo, OpensAndIsFiltered) {
    State s = preset(opening_preset);
    EXPECT_TRUE(refused(s, SetView{scene::View::photo})) << "no photo is open";
    EXPECT_TRUE(refused(s, SetFilter{"sobel-x"}));
    s = after(with_photo(), {SetFilter{"sobel-x"}});
    EXPECT_EQ(s.view, scene::View::photo);
    EXPECT_EQ(s.photo->shown_as, image::ShownAs::absolute);
    s = after(s, {SetFilterWeight{1, 1, 3}});
    EXPECT_EQ(s.photo->pass().filter, "custom");
    EXPECT_EQ(s.photo->pass().own.front().weights, (std::vector<float>{-1, 0, 1, -2, 3, 2, -1, 0, 1}));
    s = after(s, {ReworkKernel{KernelWork::turn}, ReworkKernel{KernelWork::larger}});
    EXPECT_EQ(s.photo->pass().own.front().side, 5);
    s = after(s, {SetFilter{"gaussian"}, SetFilterParameter{"sigma", 2}});
    EXPECT_EQ(s.photo->pass().parameters, (std::vector<double>{2, 0, 0}));
    for (const Action& wrong : std::vector<Action>{
             SetFilter{"nope"}, SetFilterWeight{99, 0, 1}, SetFilterParameter{"sigma", 1e9},
             SetFilterParameter{"phase", 1}, SetFilterKernels{{}}, SetFilterWeight{0, 0, NAN}, RemoveFilter{0},
             RemoveFilter{7}, MoveFilter{0, 1}, SelectFilter{-1}, SetPhotoChannel{3}, SetFilterStack{{}}})
        EXPECT_TRUE(refused(s, wrong)) << wrong.index();
    EXPECT_TRUE(refused(with_photo(3, 3), SetFilterStack{{image::Pass{"max-pooling", {5, 1}, {}, {}, true}}}))
        << "larger than the picture";
}

TEST(Photo, StackIsReorderedAndSwitched) {
    State s = after(with_photo(), {SetFilter{"box"}, AddFilter{"sobel"}, AddFilter{"sharpen"}});
    EXPECT_EQ(photo_filters(s.photo->stack), "Box blur, then Sobel magnitude, then Sharpen");
    s = after(s, {MoveFilter{2, 0}});
    EXPECT_EQ(photo_filters(s.photo->stack), "Sharpen, then Box blur, then Sobel magnitude");
    EXPECT_EQ(s.photo->selected, 0);
    s = after(s, {SwitchFilter{1, false}});
    EXPECT_EQ(photo_filters(s.photo->stack), "Sharpen, then Sobel magnitude");
    s = after(s, {RemoveFilter{0}});
    EXPECT_EQ(photo_filters(s.photo->stack), "Sobel magnitude");
    EXPECT_EQ(s.photo->stack.size(), 2u);
}

TEST(Photo, GoesToJsonAndBack) {
    image::PassOptions options{arith::PaddingMode::circular, 2, 3, image::Channels::each, true, 0.3f, -0.25f, true};
    State s =
        after(with_photo(), {SetFilter{"gabor"}, SetFilterParameter{"angle", 33.3}, SetFilterOptions{options},
                             AddFilter{"max-pooling"}, AddFilter{"sharpen"}, SetFilterWeight{0, 0, 0.1f},
                             SwitchFilter{2, false}, SetShownAs{image::ShownAs::scaled}, SetPhotoLook{PhotoLook::step},
                             SetWipe{0.25}, SetPhotoChannel{2}, SetHistograms{true}, GoToStep{3}, TapForward{}});
    State back = from_json(to_json(s));
    set_pixels(back, s.photo->image);
    EXPECT_EQ(back, s);
    s = after(s, {SetView{scene::View::flat}});
    back = from_json(to_json(s));
    set_pixels(back, s.photo->image);
    EXPECT_EQ(back, s);
}

TEST(Photo, OldFilesAreRead) {
    std::string text = to_json(with_photo());
    const std::size_t start = text.find("\"photo\": {");
    auto old = [&](const std::string& filter, const std::string& kernel) {
        return from_json(text.substr(0, start) + R"("photo": {"path": "x.jpg", "filter": ")" + filter +
                         R"(", "kernel": [)" + kernel + R"(], "shown_as": "absolute"}})")
            .photo->pass();
    };
    EXPECT_EQ(old("sobel-x", "-1, 0, 1, -2, 0, 2, -1, 0, 1"), image::usual_pass("sobel-x"));
    EXPECT_EQ(old("gaussian", "0.0625, 0.125, 0.0625, 0.125, 0.25, 0.125, 0.0625, 0.125, 0.0625"),
              image::usual_pass("binomial"));
    EXPECT_EQ(old("custom", "1, 2, 3, 4, 5, 6, 7, 8, 9").own.front().weights.size(), 9u);
    EXPECT_THROW(old("nope", "1"), Error);
}

TEST(Photo, UndoRevertsEdits) {
    History history(with_photo());
    const State first = history.now();
    for (const Action& action : std::vector<Action>{SetFilter{"log"}, SetFilterParameter{"sigma", 2}, AddFilter{"box"},
                                                    MoveFilter{0, 1}, SwitchFilter{0, false}, SetWipe{0.1}})
        EXPECT_TRUE(history.apply(action).empty());
    while (history.can_undo()) history.undo();
    EXPECT_EQ(history.now(), first);
    // The edits of one drag are one undo step.
    for (double sigma : {1.1, 1.2, 1.3}) history.apply(SetFilterParameter{"sigma", sigma}, 7);
    history.undo();
    EXPECT_EQ(history.now(), first);
}

// The recording of the window over the photo equals the filter's result at every pixel and channel.
TEST(Photo, RecordingIsTheFilter) {
    image::PassOptions wide;
    wide.stride = 2;
    wide.dilation = 2;
    wide.padding = arith::PaddingMode::replicate;
    image::PassOptions grey;
    grey.channels = image::Channels::luminance;
    for (const char* name : {"sharpen", "sobel-x", "roberts-x", "gaussian", "max-pooling", "average-pooling"})
        for (const image::PassOptions& options : {image::PassOptions{}, wide, grey}) {
            State s = after(with_photo(), {SetFilter{"box"}, AddFilter{name}, SetFilterOptions{options},
                                           SetPhotoLook{PhotoLook::step}});
            const image::Image result = image::filtered(*s.photo->working, s.photo->stack, Depth::float32);
            for (int channel = 0; channel < result.colour_channels(); ++channel) {
                s = after(s, {SetPhotoChannel{channel}});
                const arith::Recording recording = recording_of(s);
                ASSERT_EQ(recording.step_count(), static_cast<arith::Index>(result.pixel_count())) << name;
                for (arith::Index n = 0; n < recording.step_count(); ++n) {
                    const arith::Step step = recording.step(n);
                    ASSERT_NEAR(
                        recording.value(step) / 255,
                        result.value(static_cast<int>(step.output[1]), static_cast<int>(step.output[0]), channel), 2e-4)
                        << name << " at " << n;
                }
            }
        }
}

// Either kernel of a gradient magnitude can be stepped through, and the page combines both as the filter does.
TEST(Photo, EitherKernelOfAMagnitudeIsSteppedThrough) {
    State s = after(with_photo(), {SetFilter{"sobel"}, SetPhotoLook{PhotoLook::step}, SetPhotoChannel{1}});
    const image::Image result = image::filtered(*s.photo->working, s.photo->stack, Depth::float32);
    const arith::Recording first = recording_of(s);
    const State second_kernel = after(s, {SetPhotoKernel{1}});
    const arith::Recording second = recording_of(second_kernel);
    for (arith::Index n = 0; n < first.step_count(); ++n) {
        const arith::Step step = first.step(n);
        ASSERT_NEAR(std::hypot(first.value(step), second.value(step)) / 255,
                    result.value(static_cast<int>(step.output[1]), static_cast<int>(step.output[0]), 1), 2e-4);
    }
    EXPECT_TRUE(refused(s, SetPhotoKernel{2}));
    State back = from_json(to_json(second_kernel));
    set_pixels(back, s.photo->image);
    EXPECT_EQ(back, second_kernel);
    const std::string page = scene::to_json(scene_of(after(second_kernel, {GoToStep{45}})));
    const float joined = std::hypot(first.value(first.step(45)), second.value(second.step(45)));
    EXPECT_NE(page.find("= " + scene::number_text(joined, 2)), std::string::npos);
}

TEST(Photo, IsSteppedLikeALayerAndKeepsItsStep) {
    State s = after(preset(opening_preset), {GoToStep{4}});
    s = after(s, {OpenPhoto{"a.png", noise(20, 14, 3, Depth::bits8, 1)}, SetFilter{"sharpen"},
                  SetPhotoLook{PhotoLook::step}, GoToLast{}});
    EXPECT_EQ(s.moment.step, 20 * 14 - 1);
    s = after(s, {GoToStep{30}, TapForward{}, TapForward{}});
    EXPECT_EQ(s.moment, (scene::Moment{30, 1}));
    s = after(s, {SetView{scene::View::flat}});
    EXPECT_EQ(s.moment.step, 4);
    s = after(s, {SetView{scene::View::photo}});
    EXPECT_EQ(s.moment, (scene::Moment{30, 1}));
    s = after(s, {SetFilter{"max-pooling"}, SetFilterParameter{"size", 7}});
    EXPECT_LT(s.moment.step, places_of(s).step_count()) << "the picture has shrunk to 2×2";
}

TEST(Photo, EveryLookIsDrawn) {
    for (PhotoLook look : {PhotoLook::side_by_side, PhotoLook::wipe, PhotoLook::difference, PhotoLook::step})
        for (const image::NamedFilter& filter : image::named_filters())
            for (int channels : {1, 4}) {
                State s = after(with_photo(33, 21, channels), {SetFilter{std::string(filter.name)}, SetPhotoLook{look},
                                                               SetHistograms{true}, GoToStep{5}});
                const scene::Scene drawn = scene_of(s);
                EXPECT_FALSE(drawn.planes.empty());
                EXPECT_EQ(drawn, scene_of(s));
            }
}

TEST(Photo, PointingFindsThePixel) {
    const State s = after(with_photo(), {SetFilter{"box"}});
    const scene::Scene drawn = scene_of(s);
    for (const scene::Mark picture : {scene::Mark::before, scene::Mark::after}) {
        const auto box = scene::picture_box(drawn, picture);
        ASSERT_TRUE(box);
        const auto place = scene::place_in_picture(drawn, {box->x + 0.25 * box->width, box->y + 0.75 * box->height});
        ASSERT_TRUE(place);
        EXPECT_NEAR(place->x, 0.25, 1e-9);
        EXPECT_NEAR(place->y, 0.75, 1e-9);
    }
    EXPECT_FALSE(scene::place_in_picture(drawn, {1, 1}));
    EXPECT_FALSE(scene::picture_box(drawn, scene::Mark::result));
}

// The input of a later filter is not the photo itself, and its caption says so.
TEST(PhotoStep, NamesTheEarlierFiltersOfTheStack) {
    state::State s = state::update(state::preset(state::opening_preset),
                                   state::OpenPhoto{"a.png", noise(12, 9, 3, image::Depth::bits8, 1)})
                         .state;
    s = state::update(s, state::SetFilter{"gaussian"}).state;
    s = state::update(s, state::AddFilter{"sobel-x"}).state;
    s = state::update(s, state::SetPhotoLook{scene::PhotoLook::step}).state;
    const auto title = [](const state::State& of) {
        for (const scene::Plane& plane : scene_of(of).planes)
            for (const scene::Item& item : plane.items)
                if (const auto* text = std::get_if<scene::Text>(&item); text && text->name == "Photo title")
                    return text->text;
        return std::string();
    };
    EXPECT_TRUE(title(s).starts_with("Photo after Gaussian")) << title(s);
    s.language = scene::Language::chinese;
    EXPECT_TRUE(title(s).starts_with("经过")) << title(s);
    s = state::update(s, state::SwitchFilter{0, false}).state;
    EXPECT_EQ(title(s), "照片") << "a filter that is off changes nothing";
    s.language = scene::Language::english;
    s.photo->selected = 0;
    EXPECT_EQ(title(s), "Photo");
}

}  // namespace
}  // namespace convloom::tests::photo_test
