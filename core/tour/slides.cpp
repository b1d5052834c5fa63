#include "core/tour/slides.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/scene/measure/bounds.hpp"
#include "core/scene/pieces/layer_words.hpp"

namespace convloom::tour {

using namespace state;

using arith::Index;

TourSlide::TourSlide(const Chapter& chapter, TourPage page, int number, int count, bool answers)
    : page_(std::move(page)) {
    const Question& question = page_.question;
    const std::string answer = question.answers.front() +
                               (page_.state.language == scene::Language::chinese ? "。" : ". ") + question.explanation;
    slide_ = {chapter.title,
              fmt::format("{} / {}", number, count),
              page_.title,
              page_.text,
              page_.try_this,
              answers ? answer : question.prompt,
              answers,
              parameters_text(page_.state.layer(), scene::words_form, page_.state.language),
              {}};

    constexpr Index most = 60;
    const scene::Moment own = page_.state.moment;
    const Index steps = places_of(page_.state).step_count();
    const Index first = std::clamp<Index>(page_.state.moment.step - most / 5, 0, std::max<Index>(0, steps - most));
    for (Index step = first; step < std::min(steps, first + most); ++step)
        moments_.push_back({step, scene::Moment::whole_window});
    for (const scene::Moment& moment : moments_) {
        page_.state.moment = moment;
        box_ = scene::around(box_, scene::figure_box(scenes_.scene(page_.state)));
    }
    page_.state.moment = own;
}

scene::Scene TourSlide::at(const scene::Moment& moment) {
    State state = page_.state;
    state.moment = moment;
    slide_.moment = moment_text(scenes_.recording(state), moment, state.language);
    return compose_slide(slide_, scenes_.scene(state), box_, view_options_of(state));
}

}  // namespace convloom::tour
