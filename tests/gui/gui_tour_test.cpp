// Walks through the whole tour in the window, without a screen: every page opens its picture, accepts the right answer,
// explains a wrong one, and its text fits, in both languages.
#include <GLFW/glfw3.h>
#include <gtest/gtest.h>
#include <imgui.h>
#include <imgui_internal.h>

#include <cstdlib>

#include "app/files/files.hpp"
#include "app/gui/base/language.hpp"
#include "app/gui/base/places.hpp"
#include "app/gui/session/session.hpp"
#include "app/paint/png.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/words/title.hpp"
#include "core/tour/tour.hpp"
#include "tests/gui/gui_workbench_stage.hpp"

namespace convloom::gui::gui_tour_test {
namespace {

constexpr int wide = 1280, high = 800;

class TourTest : public ::testing::Test, protected tests::WorkbenchStage {
  protected:
    TourTest() : WorkbenchStage(wide, high, state::preset(state::opening_preset)) {}
    ~TourTest() override { set_language(scene::Language::english); }

    void answer(const std::string& text) { fill("tour answer", text); }
    // Saves a picture of the window for inspection, if CONVLOOM_SHOTS names a folder.
    void shoot(const std::string& name) {
        const char* folder = std::getenv("CONVLOOM_SHOTS");
        if (!folder) return;
        files::write(files::fs::path(folder) / (name + ".png"), paint::encode_png(picture()));
    }
    TourPlace& reached() { return bench_->interface().tour; }

    // No text of the tour's panel is too wide: nothing in it can be scrolled sideways.
    void expect_fits(const std::string& what) {
        for (const ImGuiWindow* window : ImGui::GetCurrentContext()->Windows)
            if (window->Active && std::string(window->Name).starts_with("tour")) {
                EXPECT_LE(window->ContentSize.x, window->SizeFull.x + 1) << what << ": " << window->Name;
            }
    }

    void walk(scene::Language language) {
        int number = 0;
        for (const tour::Chapter& chapter : tour::chapters(language))
            for (std::size_t p = 0; p < chapter.pages.size(); ++p) {
                const tour::TourPage& page = chapter.pages[p];
                const std::string what = fmt::format("{}, page {}", chapter.name, p);
                EXPECT_EQ(reached().chapter.empty() ? "overlap" : reached().chapter, chapter.name);
                EXPECT_EQ(reached().page, static_cast<int>(p));
                EXPECT_EQ(now().stages, page.state.stages) << what;
                EXPECT_EQ(now().moment, page.state.moment) << what;
                EXPECT_EQ(now().title, page.title) << what;
                EXPECT_EQ(now().language, language) << what;
                expect_fits(what);
                const std::string shot = fmt::format("{:02}_{}", ++number, chapter.name);
                answer(page.question.slips.empty() ? "-7" : page.question.slips.front().answer);
                EXPECT_TRUE(place_named("tour wrong")) << what;
                expect_fits(what + ", wrong");
                shoot(shot + "_wrong");
                answer(page.question.answers.front());
                EXPECT_TRUE(place_named("tour right")) << what;
                EXPECT_FALSE(place_named("tour wrong")) << what;
                EXPECT_EQ(static_cast<int>(reached().answered.size()), number) << what;
                expect_fits(what + ", right");
                click_on("tour next");
            }
        EXPECT_EQ(reached().chapter, tour::chapters(language).back().name) << "the last page has none after it";
    }
};

TEST_F(TourTest, CanBeCompletedInEnglish) {
    click_on("tour");
    frames(2);
    walk(scene::Language::english);
}

TEST_F(TourTest, CanBeCompletedInChinese) {
    bench_->interface().language = LanguageChoice::chinese;
    frames(2);
    click_on("tour");
    frames(2);
    walk(scene::Language::chinese);
}

TEST_F(TourTest, GoesBackAndToChaptersAndRestoresPictures) {
    click_on("tour");
    const state::State first = now();
    click_on("tour next");
    EXPECT_EQ(reached().page, 1);
    click_on("tour previous");
    EXPECT_EQ(reached().page, 0);
    EXPECT_EQ(now(), first);
    click_on("tour previous");
    EXPECT_EQ(now(), first) << "before the first page is none";
    bench_->store().dispatch(state::SetKernel{2});
    EXPECT_NE(now(), first);
    click_on("tour reset");
    EXPECT_EQ(now(), first);
    click_on("tour chapter");
    click_on("tour chapter 4");
    EXPECT_EQ(reached().chapter, "dilated");
    EXPECT_EQ(reached().page, 0);
    answer("not a number");
    EXPECT_TRUE(place_named("tour unread"));
    EXPECT_FALSE(place_named("tour wrong")) << "what is no number is no wrong answer";
    answer("1000");
    EXPECT_TRUE(place_named("tour wrong"));
    click_on("tour show answer");
    EXPECT_TRUE(place_named("tour right"));
    EXPECT_TRUE(reached().answered.empty()) << "being shown is not answering";
    click_on("tour close");
    EXPECT_FALSE(reached().open);
}

TEST_F(TourTest, ClosingItRestoresTheDocument) {
    state::State own = state::preset("dilation");
    own.moment.step = 4;
    open(own);
    bench_->store().set_file("own.convloom.json");
    click_on("tour");
    EXPECT_EQ(now().name, "tour");
    EXPECT_EQ(bench_->store().file(), "") << "a page of the tour is not saved over one's own document";
    click_on("tour next");
    bench_->store().dispatch(state::SetKernel{2});
    const Session left = bench_->session();
    click_on("tour close");
    EXPECT_EQ(now(), own);
    EXPECT_EQ(bench_->store().file(), "own.convloom.json");
    // The same with its key, and with the gallery that replaces it.
    for (const int key_number : {GLFW_KEY_U, GLFW_KEY_G}) {
        key(GLFW_KEY_U);
        EXPECT_EQ(now().name, "tour");
        key(key_number);
        EXPECT_EQ(now(), own);
    }
    // Also after a restart.
    open(*left.state);
    bench_->take(session_from_json(to_json(left)));
    frames(2);
    EXPECT_TRUE(reached().open);
    key(GLFW_KEY_U);
    EXPECT_EQ(now(), own);
}

TEST_F(TourTest, DocumentsOpenedMeanwhileStayOpen) {
    click_on("tour");
    const state::State other = state::preset("dilation");
    bench_->store().dispatch(state::OpenState{other});
    click_on("tour close");
    EXPECT_EQ(now().name, "dilation");
}

TEST_F(TourTest, GivesAHintThenTheResultAndKeepsAnswers) {
    click_on("tour");
    answer("1000");
    EXPECT_TRUE(place_named("tour show answer")) << "and no result yet";
    answer("1000");
    EXPECT_TRUE(place_named("tour wrong"));
    EXPECT_FALSE(place_named("tour show answer")) << "the result is said";
    answer("2");
    EXPECT_TRUE(place_named("tour right"));
    click_on("tour next");
    EXPECT_FALSE(place_named("tour right"));
    click_on("tour previous");
    EXPECT_TRUE(place_named("tour right")) << "as it was answered";
    // The answer is in the field.
    click_on("tour answer");
    tap_key(ImGuiKey_Enter);
    frames(2);
    EXPECT_TRUE(place_named("tour right"));
}

// The pixels of a ring in the accent colour around a control.
int ring_pixels(const scene::Pixels& picture, const PlaceBox& box, scene::Color accent) {
    int count = 0;
    const int y = static_cast<int>(box.y + box.height / 2);
    for (int x = static_cast<int>(box.x) - 5; x < static_cast<int>(box.x) + 5; ++x) {
        const std::uint8_t* p = &picture.rgba[4 * (static_cast<std::size_t>(y) * picture.width + x)];
        count += std::abs(p[0] - accent.r) + std::abs(p[1] - accent.g) + std::abs(p[2] - accent.b) < 40;
    }
    return count;
}

TEST_F(TourTest, TheMentionedControlIsMarkedUntilItIsUsed) {
    click_on("tour");
    click_on("tour next");  // "Switch the flip off and on again"
    bench_->interface().inspector = false;
    frames(2);
    EXPECT_FALSE(place_named("flip"));
    click_on("tour show where");
    frames(4);
    ASSERT_TRUE(place_named("flip")) << "the inspector is opened and scrolled to it";
    move(5, 5);
    const scene::Color accent = bench_->store().theme().accent;
    EXPECT_GT(ring_pixels(picture(), place("flip"), accent), 0);
    click_on("flip");
    move(5, 5);
    EXPECT_EQ(ring_pixels(picture(), place("flip"), accent), 0);
    click_on("tour reset");
    EXPECT_GT(ring_pixels(picture(), place("flip"), accent), 0);
    click_on("tour close");
    EXPECT_EQ(ring_pixels(picture(), place("flip"), accent), 0);
}

TEST_F(TourTest, SharesANarrowWindowWithTheInspector) {
    ImGui::GetIO().DisplaySize = {960, 600};
    frames(2);
    click_on("tour");
    EXPECT_TRUE(place_named("tour next"));
    EXPECT_FALSE(bench_->interface().inspector);
    click_on("tour next");
    click_on("tour show where");
    frames(2);
    EXPECT_FALSE(place_named("tour next"));
    EXPECT_TRUE(reached().open);
    click_on("tour");
    frames(2);
    EXPECT_TRUE(place_named("tour next"));
    EXPECT_EQ(reached().page, 1);
}

TEST_F(TourTest, KeysTurnPagesWhilePresenting) {
    click_on("tour");
    bench_->press({GLFW_KEY_F});
    frames(1);
    EXPECT_TRUE(bench_->interface().presenting);
    bench_->press({GLFW_KEY_PAGE_DOWN});
    frames(1);
    EXPECT_EQ(now().title, "Flipped, or not");
    bench_->press({GLFW_KEY_PAGE_UP});
    bench_->press({GLFW_KEY_PAGE_UP});
    frames(1);
    EXPECT_EQ(now().title, "A box slides over a box");
    bench_->press({GLFW_KEY_F});
    frames(3);
    click_on("tour close");
    const state::State own = now();
    bench_->press({GLFW_KEY_PAGE_DOWN});
    frames(1);
    EXPECT_EQ(now(), own) << "with the tour closed these keys do nothing";
}

TEST_F(TourTest, ChangesItsLanguageAndKeepsTheLayer) {
    click_on("tour");
    bench_->interface().language = LanguageChoice::chinese;
    frames(3);
    EXPECT_EQ(title_of(now()), "一个方块滑过另一个方块");
    bench_->interface().language = LanguageChoice::english;
    frames(3);
    bench_->store().dispatch(state::SetKernel{2});
    const auto stages = now().stages;
    bench_->interface().language = LanguageChoice::chinese;
    frames(3);
    EXPECT_EQ(now().language, scene::Language::chinese);
    EXPECT_EQ(title_of(now()), state::derived_title(chain_of(now()), scene::Language::chinese))
        << "of the layer as it is now";
    EXPECT_EQ(now().stages, stages);
    EXPECT_EQ(std::string(t("Next")), "下一页");
    bench_->store().undo();
    frames(2);
    EXPECT_EQ(now().language, scene::Language::chinese) << "the language is no part of the document's history";
}

TEST(TourSession, ProgressAndLanguageAreKept) {
    Session session;
    session.interface.language = LanguageChoice::chinese;
    session.interface.tour = {true, "dilated", 2, {"overlap/0", "dilated/1"}};
    EXPECT_EQ(session_from_json(to_json(session)).interface, session.interface);
    const Interface broken =
        session_from_json(
            R"({"convloom_session": 1, "interface": {"language": "fr", "tour": {"page": -3, "answered": [1, "a"]}}})")
            .interface;
    EXPECT_EQ(broken.language, LanguageChoice::system);
    EXPECT_EQ(broken.tour, (TourPlace{false, "", 0, {"a"}}));
}

TEST(SystemLanguage, FollowsTheFirstVariableThatIsSet) {
    const auto with = [](const char* all, const char* messages, const char* lang) {
        const std::pair<const char*, const char*> given[] = {
            {"LC_ALL", all}, {"LC_MESSAGES", messages}, {"LANG", lang}};
        for (const auto& [name, value] : given) value ? setenv(name, value, 1) : unsetenv(name);
        return language_of(LanguageChoice::system);
    };
    EXPECT_EQ(with(nullptr, nullptr, "zh_CN.UTF-8"), scene::Language::chinese);
    EXPECT_EQ(with(nullptr, "en_GB", "zh_CN.UTF-8"), scene::Language::english);
    EXPECT_EQ(with("zh_SG", "en_GB", "de_DE"), scene::Language::chinese);
    EXPECT_EQ(with("", "", "zh_CN"), scene::Language::chinese);
    EXPECT_EQ(with(nullptr, nullptr, nullptr), scene::Language::english);
    EXPECT_EQ(language_of(LanguageChoice::chinese), scene::Language::chinese);
    with("C", nullptr, nullptr);
}

}  // namespace
}  // namespace convloom::gui::gui_tour_test
