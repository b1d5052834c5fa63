// The guided tour: chapters of short pages, each with a few sentences beside a live picture, something to try and a
// question.
//
// The texts are data in assets/tour, English and Chinese in the same file, embedded in the program. A page's
// state::State is a preset or a layer as PyTorch code with a few changes. A question says what the core computes for
// its answer (tour_answer.hpp), so that a test can compare every written answer with the core. The reader's answers are
// not kept here.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/state/model/state.hpp"

namespace convloom::tour {

// What the core computes: for the State `of`, at a step if one is needed.
struct Ask {
    std::string what;
    arith::Index step = 0;
    state::State of;
    friend bool operator==(const Ask&, const Ask&) = default;
};

// A typical wrong answer with its own explanation.
struct Slip {
    std::string answer, says;
    friend bool operator==(const Slip&, const Slip&) = default;
};

struct Question {
    enum class Kind {
        value,
        shape,
        count
    };  // a number of the output, sizes such as 3×3, a number of cells or operations
    Kind kind = Kind::value;
    std::string prompt;
    std::vector<std::string> answers;  // any of them is correct; the first is shown
    std::string explanation;
    std::vector<Slip> slips;
    Ask ask;
    friend bool operator==(const Question&, const Question&) = default;
};

struct TourPage {
    std::string title;
    std::string text;  // two or three sentences
    std::string try_this;
    std::vector<std::string> controls;  // the controls of the window that it mentions: "flip", "stride"
    Question question;
    state::State state;
    friend bool operator==(const TourPage&, const TourPage&) = default;
};

struct Chapter {
    std::string name;  // its file's name without number and extension: "dilated"
    std::string title;
    std::vector<TourPage> pages;
    friend bool operator==(const Chapter&, const Chapter&) = default;
};

// The whole tour in the order of its files. The pictures' texts are in the same language.
std::vector<Chapter> chapters(scene::Language language);

// All its texts in one string, to find out which characters are needed.
std::string tour_texts(scene::Language language);

// One chapter from the text of a file "03_two_dimensions.json". Throws an Error that names file and field.
Chapter read_chapter(std::string_view file_name, std::string_view text, scene::Language language);

// Whether a typed answer is correct: " 12 ", "12.0", "86400" and "86,400", "3x3", "3 × 3", "（3，3）".
bool accepts(const Question& question, std::string_view typed);

// Whether a text can be an answer at all: a number, or for a shape sizes.
bool is_answer(const Question& question, std::string_view typed);

// The reply to a wrong answer.
const std::string& explanation_for(const Question& question, std::string_view typed);

// The reply to the first wrong answer: why it is wrong, or how to find the right one, without giving it.
std::string hint_for(const Question& question, std::string_view typed, scene::Language language);

}  // namespace convloom::tour
