// The tour: every right answer equals what the core computes, every listed mistake is wrong, and both languages contain
// the same numbers.
#include "core/tour/tour.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "app/paint/font.hpp"
#include "core/state/base/error.hpp"
#include "core/state/shown/scene_of.hpp"
#include "core/tour/tour_answer.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::tour_test {
namespace {

using namespace state;
using namespace tour;
using scene::Language;

template <class Visit>
void for_each_page(Language language, Visit&& visit) {
    for (const Chapter& chapter : chapters(language))
        for (const TourPage& page : chapter.pages) visit(chapter, page);
}

TEST(Tour, HasItsChaptersInOrder) {
    std::vector<std::string> names;
    for (const Chapter& chapter : chapters(Language::english)) names.push_back(chapter.name);
    const std::vector<std::string> expected = {"overlap", "one_dimension", "two_dimensions",      "three_dimensions",
                                               "dilated", "transposed",    "depthwise_separable", "one_by_one",
                                               "grouped", "arithmetic",    "deformable",          "conventions",
                                               "digits"};
    EXPECT_EQ(names, expected);
}

TEST(Tour, EveryRightAnswerIsWhatTheCoreComputes) {
    for_each_page(Language::english, [](const Chapter& chapter, const TourPage& page) {
        const std::string computed = answer(page.question.ask);
        EXPECT_TRUE(accepts(page.question, computed))
            << chapter.name << ", " << page.title << ": the core computes " << computed << ", the page says "
            << page.question.answers.front();
    });
}

TEST(Tour, ListedMistakesAreWrongAndExplained) {
    for_each_page(Language::english, [](const Chapter&, const TourPage& page) {
        for (const Slip& slip : page.question.slips) {
            EXPECT_FALSE(accepts(page.question, slip.answer)) << page.title << ": " << slip.answer;
            EXPECT_EQ(explanation_for(page.question, slip.answer), slip.says) << page.title;
        }
        EXPECT_EQ(explanation_for(page.question, "not a number"), page.question.explanation);
        EXPECT_FALSE(accepts(page.question, ""));
        EXPECT_FALSE(accepts(page.question, "not a number"));
    });
}

// The first hint after a wrong answer does not contain the right one.
TEST(Tour, HintsDoNotGiveTheAnswerAway) {
    for (const Language language : {Language::english, Language::chinese})
        for_each_page(language, [&](const Chapter& chapter, const TourPage& page) {
            std::vector<std::string> typed{"-77"};
            for (const Slip& slip : page.question.slips) typed.push_back(slip.answer);
            for (const std::string& wrong : typed) {
                const std::string hint = hint_for(page.question, wrong, language);
                EXPECT_FALSE(hint.empty());
                std::string words;  // numbers separated from the characters around them
                for (const char c : hint) words += (c >= '0' && c <= '9') || c == '.' ? c : ' ';
                const std::string& right = page.question.answers.front();
                if (page.question.kind != Question::Kind::shape)
                    EXPECT_EQ((" " + words + " ").find(" " + right + " "), std::string::npos)
                        << chapter.name << ", " << page.title << ": " << hint;
                else
                    EXPECT_EQ(hint.find(right), std::string::npos)
                        << chapter.name << ", " << page.title << ": " << hint;
            }
            EXPECT_FALSE(is_answer(page.question, "abc"));
            EXPECT_FALSE(is_answer(page.question, ""));
            EXPECT_TRUE(is_answer(page.question, page.question.answers.front()));
            EXPECT_TRUE(is_answer(page.question, "12"));
        });
    EXPECT_NE(hint({"sizes", 0, {}}, Language::english), hint({"sizes", 0, {}}, Language::chinese));
}

// The numbers of a text in order, without thousands separators.
std::vector<std::string> numbers_of(const std::string& text) {
    std::vector<std::string> numbers;
    std::string number;
    for (std::size_t n = 0; n <= text.size(); ++n) {
        const char c = n < text.size() ? text[n] : ' ';
        const bool inside =
            c == ',' && !number.empty() && n + 3 < text.size() && text.find_first_not_of("0123456789", n + 1) >= n + 4;
        if (c >= '0' && c <= '9')
            number += c;
        else if (!inside && !number.empty())
            numbers.push_back(number), number.clear();
    }
    std::sort(numbers.begin(), numbers.end());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    return numbers;
}

// Numbers up to ten may be written as words in one language.
std::vector<std::string> large_numbers_of(const std::string& text) {
    std::vector<std::string> numbers = numbers_of(text);
    numbers.erase(
        std::remove_if(numbers.begin(), numbers.end(), [](const std::string& n) { return n.size() < 2 || n == "10"; }),
        numbers.end());
    return numbers;
}

TEST(Tour, BothLanguagesHaveTheSameNumbers) {
    const std::vector<Chapter> english = chapters(Language::english), chinese = chapters(Language::chinese);
    ASSERT_EQ(english.size(), chinese.size());
    for (std::size_t c = 0; c < english.size(); ++c) {
        ASSERT_EQ(english[c].pages.size(), chinese[c].pages.size());
        EXPECT_NE(english[c].title, chinese[c].title);
        for (std::size_t p = 0; p < english[c].pages.size(); ++p) {
            const TourPage &e = english[c].pages[p], &z = chinese[c].pages[p];
            EXPECT_EQ(e.question.answers, z.question.answers);
            EXPECT_EQ(e.question.ask, z.question.ask);
            EXPECT_EQ(z.state.language, Language::chinese);
            EXPECT_EQ(z.state.title, z.title);
            EXPECT_EQ(e.state.stages, z.state.stages);
            EXPECT_EQ(large_numbers_of(e.text), large_numbers_of(z.text)) << e.text;
            EXPECT_EQ(large_numbers_of(e.try_this), large_numbers_of(z.try_this)) << e.try_this;
            EXPECT_EQ(large_numbers_of(e.question.prompt), large_numbers_of(z.question.prompt)) << e.question.prompt;
            EXPECT_EQ(large_numbers_of(e.question.explanation), large_numbers_of(z.question.explanation))
                << e.question.explanation;
            for (std::size_t s = 0; s < e.question.slips.size(); ++s)
                EXPECT_EQ(large_numbers_of(e.question.slips[s].says), large_numbers_of(z.question.slips[s].says))
                    << e.question.slips[s].says;
        }
    }
}

TEST(Tour, PagesAreShortAndEveryCharacterHasAGlyph) {
    const paint::Faces faces = paint::new_faces(scene::Weight::regular);
    for (Language language : {Language::english, Language::chinese})
        for_each_page(language, [&](const Chapter& chapter, const TourPage& page) {
            const bool chinese = language == Language::chinese;
            EXPECT_LE(scene::text_width(page.text, 1), chinese ? 125 : 150) << page.text;
            EXPECT_LE(scene::text_width(page.question.prompt, 1), 75) << page.question.prompt;
            std::vector<std::string> texts = {chapter.title, page.title,           page.text,
                                              page.try_this, page.question.prompt, page.question.explanation};
            for (const Slip& slip : page.question.slips) texts.push_back(slip.says);
            for (const std::string& text : texts)
                for (std::string_view rest = text; !rest.empty();)
                    EXPECT_NE(paint::find_glyph(faces, scene::next_character(rest)).glyph, 0u) << text;
        });
    paint::free_faces(faces);
}

TEST(Tour, EveryPageHasAPictureAndNoPictureGivesItsAnswerAway) {
    std::set<std::string> titles;
    for_each_page(Language::english, [&](const Chapter& chapter, const TourPage& page) {
        EXPECT_TRUE(titles.insert(chapter.name + page.title).second) << page.title;
        EXPECT_FALSE(scene_of(page.state).planes.empty());
        if (page.question.ask.what == "value" && page.question.ask.of == page.state) {
            EXPECT_GT(page.question.ask.step, page.state.moment.step)
                << page.title << ": the asked value is in the picture";
        }
    });
}

Question question_of(Question::Kind kind, std::string answer) {
    Question question;
    question.kind = kind;
    question.answers = {std::move(answer)};
    return question;
}

TEST(Answers, AreAcceptedAsPeopleWriteThem) {
    const Question number = question_of(Question::Kind::value, "12"),
                   large = question_of(Question::Kind::count, "86400");
    for (const char* typed : {"12", " 12 ", "12.0", "+12", "１２", "12 %"})
        EXPECT_TRUE(accepts(number, typed)) << typed;
    for (const char* typed :
         {"", " ", "21", "1 2 3", "twelve", "12x", "12.5", "-12", "−12", "--12", "1.2.3", "12e", "nan", "inf", "0x0c"})
        EXPECT_FALSE(accepts(number, typed)) << typed;
    for (const char* typed : {"86400", "86,400", "86 400", "８６，４００"}) EXPECT_TRUE(accepts(large, typed)) << typed;
    const Question negative = question_of(Question::Kind::value, "-3"),
                   part = question_of(Question::Kind::value, "0.5");
    for (const char* typed : {"-3", "−3", "－3"}) EXPECT_TRUE(accepts(negative, typed)) << typed;
    for (const char* typed : {"0.5", ".5", "0.50"}) EXPECT_TRUE(accepts(part, typed)) << typed;

    const Question shape = question_of(Question::Kind::shape, "5×7");
    for (const char* typed :
         {"5x7", "5 × 7", "5×7", "5X7", "5*7", "(5, 7)", "[5,7]", "（5，7）", "５×７", "5 7", " 5 x 7 "})
        EXPECT_TRUE(accepts(shape, typed)) << typed;
    for (const char* typed : {"", "57", "7x5", "5x7x1", "5", "5 by 7", "5x-7", "99999999999999999999x7", "x"})
        EXPECT_FALSE(accepts(shape, typed)) << typed;
}

std::string error_of(const std::string& text) {
    try {
        read_chapter("03_some.json", text, Language::english);
    } catch (const Error& error) {
        return error.what();
    }
    return "";
}

TEST(Tour, FileErrorsAreOneSentenceThatNamesTheField) {
    const std::string two = R"({"en": "a", "zh-CN": "b"})";
    const auto page = [&](const std::string& scene, const std::string& question) {
        return fmt::format(
            R"({{"title": {0}, "pages": [{{"title": {0}, "text": {0}, "try": {0}, "scene": {1}, "question": {2}}}]}})",
            two, scene, question);
    };
    const std::string scene = R"({"preset": "kind_2d"})";
    const auto question = [&](const std::string& kind, const std::string& ask) {
        return fmt::format(R"({{"kind": "{}", "prompt": {}, "answers": ["1"], "explanation": {}, "ask": {}}})", kind,
                           two, two, ask);
    };
    const std::string good = question("value", R"({"what": "value", "step": 1})");
    EXPECT_EQ(error_of(page(scene, good)), "");
    const std::pair<std::string, std::string> cases[] = {
        {"[", "03_some.json is not JSON"},
        {"[]", "the file is not an object"},
        {R"({"title": {"en": "a"}, "pages": []})", "title.zh-CN is missing"},
        {R"({"title": {"en": "", "zh-CN": "b"}, "pages": []})", "title.en is empty"},
        {R"({"title": {"en": "a", "zh-CN": "b"}, "pages": []})", "pages is empty"},
        {page(R"({"preset": "kind_9d"})", good), "There is no preset “kind_9d”"},
        {page(R"json({"layers": "nn.Conv2d(1, 1, 9)", "input": "1x5x5"})json", good),
         "pages[0].scene.layers do not run"},
        {page(R"({"preset": "kind_2d", "view": "sideways"})", good), "pages[0].scene.view is none of stacked, flat"},
        {page(R"({"preset": "kind_3d", "view": "flat"})", good), "pages[0].scene.view does not fit"},
        {page(R"({"preset": "kind_2d", "step": 9})", good),
         "pages[0].scene.step is 9; this layer has the steps 0 to 8"},
        {page(R"({"preset": "kind_2d", "shown": 1})", good), "pages[0].scene.shown is no layer of the chain"},
        {page(R"({"preset": "kind_2d", "values": {"input": [1, 2]}})", good),
         "pages[0].scene.values.input has 2 values where 25 are needed"},
        {page(scene, question("guess", R"({"what": "value"})")),
         "pages[0].question.kind is none of value, shape, count"},
        {page(scene, question("value", R"({"what": "weather"})")), "pages[0].question.ask.what is none of value, taps"},
        {page(scene, question("value", R"({"what": "value", "step": 9})")),
         "pages[0].question.ask.step is no step of this layer"},
    };
    for (const auto& [text, expected] : cases)
        EXPECT_NE(error_of(text).find(expected), std::string::npos) << error_of(text) << " for " << expected;
}

}  // namespace
}  // namespace convloom::tests::tour_test
