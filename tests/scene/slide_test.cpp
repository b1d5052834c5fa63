// The tour as slides: nothing is clipped or overlaps, in both languages; lines break only where they may.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <regex>

#include "core/scene/measure/bounds.hpp"
#include "core/scene/measure/text_metrics.hpp"
#include "core/scene/measure/wrap.hpp"
#include "core/scene/slide/slide.hpp"
#include "core/tour/slides.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::slide_test {
namespace {

using namespace scene;

bool overlap(const Rect& a, const Rect& b) {
    return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom();
}

void expect_tidy(const Scene& slide, const std::string& what) {
    std::vector<std::pair<std::string, Rect>> boxes;
    Rect figure;
    for (const Plane& plane : slide.planes) {
        if (plane.name != "slide") figure = around(figure, bounds({960, 540, "", {}, {plane}}));
        for (const Item& item : plane.items)
            if (const Text* text = std::get_if<Text>(&item); text && !text->text.empty()) {
                const Rect box = text_box(*text);
                const Point a = plane.to_page({box.x, box.y}), b = plane.to_page({box.right(), box.bottom()});
                EXPECT_GE(std::min(a.x, b.x), 0) << what << ": " << text->text;
                EXPECT_LE(std::max(a.x, b.x), page_width) << what << ": " << text->text;
                EXPECT_LE(std::max(a.y, b.y), page_height) << what << ": " << text->text;
                const double scale = std::sqrt(std::abs(plane.to_page.determinant()));
                EXPECT_GE(text->size * scale, 8) << what << ": " << text->text;
                if (plane.name == "slide" || plane.name == "figure labels")
                    boxes.push_back({text->text, {a.x, a.y, b.x - a.x, b.y - a.y}});
            }
    }
    for (std::size_t m = 0; m < boxes.size(); ++m)
        for (std::size_t n = m + 1; n < boxes.size(); ++n)
            EXPECT_FALSE(overlap(boxes[m].second, boxes[n].second))
                << what << ": “" << boxes[m].first << "” over “" << boxes[n].first << "”";
    // The slide's own texts do not overlap the figure.
    for (const Item& item : slide.planes.back().items)
        if (const Text* text = std::get_if<Text>(&item)) {
            EXPECT_FALSE(!text->text.empty() && overlap(text_box(*text), figure))
                << what << ": “" << text->text << "” over the figure";
        }
}

TEST(Slides, NothingIsClippedOrOverlaps) {
    for (Language language : {Language::english, Language::chinese}) {
        int number = 0;
        for (const tour::Chapter& chapter : tour::chapters(language))
            for (const tour::TourPage& page : chapter.pages)
                for (bool answers : {false, true}) {
                    tour::TourSlide slide(chapter, page, ++number, 99, answers);
                    const std::string what =
                        fmt::format("{}, {}, {}", name_of(language), page.title, answers ? "answer" : "question");
                    expect_tidy(slide.scene(), what);
                    if (answers) continue;
                    expect_tidy(slide.at(slide.moments().front()), what + ", first step");
                    expect_tidy(slide.at(slide.moments().back()), what + ", last step");
                }
    }
}

// Text is readable from the last row at 20 of 1080 pixels; the few labels that cannot be as large have at least 16.
TEST(Slides, LabelsAreLegibleFromTheLastRow) {
    int all = 0, small = 0;
    for (Language language : {Language::english, Language::chinese})
        for (const tour::Chapter& chapter : tour::chapters(language))
            for (const tour::TourPage& page : chapter.pages) {
                tour::TourSlide slide(chapter, page, 1, 1, false);
                for (const Plane& plane : slide.scene().planes)
                    for (const Item& item : plane.items)
                        if (const Text* text = std::get_if<Text>(&item)) {
                            ++all;
                            small += text->size * std::sqrt(std::abs(plane.to_page.determinant())) < 9.9;
                        }
            }
    EXPECT_GT(all, 3000);
    EXPECT_LT(small, all / 12);
}

TEST(Slides, TheFigureDoesNotMoveBetweenSteps) {
    const auto chapters = tour::chapters(Language::english);
    const tour::Chapter& chapter = chapters[2];
    tour::TourSlide slide(chapter, chapter.pages[0], 1, 1, false);
    EXPECT_EQ(slide.moments().size(), 9u);
    const auto input = [&](arith::Index step) { return slide.at({step, Moment::whole_window}).planes.front().to_page; };
    EXPECT_EQ(input(0), input(4));
    EXPECT_EQ(input(0), input(8));
    EXPECT_EQ(slide.scene(), slide.at(chapter.pages[0].state.moment));
}

TEST(Slides, LongLayersHaveSixtySteps) {
    for (const tour::Chapter& chapter : tour::chapters(Language::english))
        for (const tour::TourPage& page : chapter.pages) {
            if (chapter.name != "grouped") continue;
            tour::TourSlide slide(chapter, page, 1, 1, false);
            EXPECT_LE(slide.moments().size(), 60u);
            EXPECT_EQ(std::count(slide.moments().begin(), slide.moments().end(), page.state.moment), 1);
        }
}

TEST(Wrap, BreaksBetweenWordsAndBetweenChineseCharacters) {
    using Lines = std::vector<std::string>;
    const double em = 10;
    EXPECT_EQ(wrapped("", 100, em), Lines{});
    EXPECT_EQ(wrapped("one", 1, em), Lines{"one"});
    EXPECT_EQ(wrapped("one two", 30, em), (Lines{"one", "two"}));
    EXPECT_EQ(wrapped("one two", 300, em), Lines{"one two"});
    EXPECT_EQ(wrapped("卷积核滑动", 30, em), (Lines{"卷积核", "滑动"}));
    EXPECT_EQ(wrapped("卷积核，滑动", 30, em), (Lines{"卷积", "核，滑", "动"}))
        << "no comma at the beginning of a line";
    EXPECT_EQ(wrapped("卷积（核）", 30, em), (Lines{"卷积", "（核）"})) << "no bracket opens at the end of a line";
    EXPECT_EQ(wrapped("rows 0 1 2 / 2 2 0", 45, em), (Lines{"rows", "0 1 2 /", "2 2 0"}))
        << "a row of numbers stays together";
    EXPECT_EQ(wrapped("a + b", 15, em), (Lines{"a +", "b"}));
}

// For every translated text at every width, no line begins with a closing sign or ends with an opening one.
TEST(Wrap, ChineseLinesDoNotBeginWithAClosingSign) {
    const double em = 10;
    const std::string closing[] = {"，", "。", "、", "；", "：", "？", "！", "）",
                                   "》", "」", "』", "】", "〉", "〕", "”",  "％"};
    const std::string opening[] = {"（", "《", "「", "『", "【", "〈", "〔", "“"};
    for (const std::string& english : translated_texts(Language::chinese))
        for (int width = 30; width < 400; width += 17)
            // The text itself may begin with one.
            for (bool first = true; const std::string& line : wrapped(tr(Language::chinese, english), width, em)) {
                for (const std::string& sign : closing) EXPECT_TRUE(first || !line.starts_with(sign)) << line;
                for (const std::string& sign : opening)
                    EXPECT_FALSE(line.size() > sign.size() && line.ends_with(sign)) << line;
                first = false;
            }
}

TEST(Wrap, KeepsFormulasTogetherIfTheyFit) {
    using Lines = std::vector<std::string>;
    const double em = 10;
    EXPECT_EQ(wrapped("there o = (i − k) + 1", 80, em), (Lines{"there", "o = (i − k) + 1"}));
    EXPECT_EQ(wrapped("o = ⌊(i − k) / s⌋ + 1 here", 72, em), (Lines{"o =", "⌊(i − k) / s⌋ +", "1 here"}))
        << "then after a plus outside of brackets";
    EXPECT_EQ(wrapped("o = (i − k) + 1", 55, em), (Lines{"o =", "(i − k) + 1"})) << "after the equals sign first";
    EXPECT_EQ(wrapped("a\u00A0b c", 15, em), (Lines{"a b", "c"})) << "a no-break space holds and comes out plain";
    EXPECT_EQ(wrapped("核\u00A03", 12, em), (Lines{"核 3"}));
    EXPECT_DOUBLE_EQ(whole_width("there o = (i − k) + 1 now", em), text_width("o = (i − k) + 1", em));
}

// A line breaks a formula if it begins or ends with a spaced operator; table rows may break after their slash.
bool breaks_a_formula(const std::string& line) {
    const auto at_edge = [&](const std::string& sign) {
        return line.ends_with(" " + sign) || line.starts_with(sign + " ");
    };
    static const std::regex row("[0-9.]+ [0-9.]+ /$");
    return at_edge("=") || at_edge("+") || at_edge("−") || at_edge("·") ||
           (at_edge("/") && !std::regex_search(line, row));
}

TEST(Wrap, DoesNotBreakFormulasOfTheTour) {
    constexpr double panel = 336 - 32 - 12,
                     column = 272;  // of the window's panel with its scroll bar, and of the slides
    int formulas = 0;
    for (Language language : {Language::english, Language::chinese})
        for (const tour::Chapter& chapter : tour::chapters(language))
            for (const tour::TourPage& page : chapter.pages) {
                std::vector<std::string> texts = {page.text, page.try_this, page.question.prompt,
                                                  page.question.explanation};
                for (const tour::Slip& slip : page.question.slips) texts.push_back(slip.says);
                for (const std::string& text : texts) {
                    formulas += text.find(" = ") != text.npos;
                    for (const std::string& line : wrapped(text, panel, 15))
                        EXPECT_FALSE(breaks_a_formula(line)) << page.title << ": " << line;
                }
                tour::TourSlide slide(chapter, page, 1, 1, true);
                const Scene scene = slide.scene();
                for (const Item& item : scene.planes.back().items)
                    if (const Text* line = std::get_if<Text>(&item)) {
                        EXPECT_FALSE(breaks_a_formula(line->text)) << page.title << ": " << line->text;
                        EXPECT_TRUE(!line->name.starts_with("t") || line->name == "title" ||
                                    text_width(line->text, line->size) <= column + 1e-9)
                            << page.title << ": " << line->text;
                    }
            }
    EXPECT_GT(formulas, 100);
}

// At any width the lines together contain the whole text.
TEST(Wrap, KeepsEveryCharacter) {
    for (Language language : {Language::english, Language::chinese})
        for (const tour::Chapter& chapter : tour::chapters(language))
            for (const tour::TourPage& page : chapter.pages)
                for (double width : {40.0, 90.0, 272.0}) {
                    const auto letters = [](std::string text) {
                        text.erase(std::remove(text.begin(), text.end(), ' '), text.end());
                        return text;
                    };
                    std::string all;
                    for (const std::string& line : wrapped(page.text, width, 15)) {
                        EXPECT_NE(line.front(), ' ');
                        EXPECT_NE(line.back(), ' ');
                        all += line;
                    }
                    EXPECT_EQ(letters(all), letters(page.text));
                }
}

}  // namespace
}  // namespace convloom::tests::slide_test
