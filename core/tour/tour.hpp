// The guided tour: chapters of short pages, each a few sentences beside a live picture, one thing to try and one
// question.
//
// The texts are data in assets/tour, English and Chinese in the same file, and go inside the program. A page's
// state::State is a preset or a layer in words with a few changes. A question says what the core is to compute for its
// answer (tour_answer.hpp), so that a test can hold every answer against the core. What a reader has answered is not
// kept here.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/state/model/state.hpp"

namespace convloom::tour {

// What the core computes: of the State `of`, at a step where one is needed.
struct Ask {
    std::string what;
    arith::Index step = 0;
    state::State of;
    friend bool operator==(const Ask&, const Ask&) = default;
};

// A wrong answer that is worth an explanation of its own.
struct Slip {
    std::string answer, says;
    friend bool operator==(const Slip&, const Slip&) = default;
};

struct Question {
    enum class Kind { value, shape, count };  // a number of the output, sizes as 3×3, a number of cells or operations
    Kind kind = Kind::value;
    std::string prompt;
    std::vector<std::string> answers;  // any of them is right; the first is shown
    std::string explanation;
    std::vector<Slip> slips;
    Ask ask;
    friend bool operator==(const Question&, const Question&) = default;
};

struct TourPage {
    std::string title;
    std::string text;  // two or three sentences
    std::string try_this;
    std::vector<std::string> controls;  // of the window that it tells of: "flip", "stride"
    Question question;
    state::State state;
    friend bool operator==(const TourPage&, const TourPage&) = default;
};

struct Chapter {
    std::string name;  // of its file without number and ending: "dilated"
    std::string title;
    std::vector<TourPage> pages;
    friend bool operator==(const Chapter&, const Chapter&) = default;
};

// The whole tour in the order of its files. Its pictures say what they say in the same language.
std::vector<Chapter> chapters(scene::Language language);

// All its words in one, for whoever needs to know which characters there are.
std::string tour_texts(scene::Language language);

// One chapter from the text of a file "03_two_dimensions.json". Throws an Error that names file and field.
Chapter read_chapter(std::string_view file_name, std::string_view text, scene::Language language);

// Whether what somebody typed is a right answer: " 12 ", "12.0", "86400" and "86,400", "3x3", "3 × 3", "（3，3）".
bool accepts(const Question& question, std::string_view typed);

// Whether it can be an answer at all: a number, or for a shape sizes.
bool is_answer(const Question& question, std::string_view typed);

// What to say to an answer that is wrong.
const std::string& explanation_for(const Question& question, std::string_view typed);

// What to say the first time: why this answer is wrong, or how to find the right one, without saying it.
std::string hint_for(const Question& question, std::string_view typed, scene::Language language);

}  // namespace convloom::tour
