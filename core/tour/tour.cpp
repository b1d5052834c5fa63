#include "core/tour/tour.hpp"

#include <algorithm>
#include <cctype>

#include "convloom_tour.hpp"
#include "core/state/data/build.hpp"
#include "core/state/json/json_reader.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/model/comparison.hpp"
#include "core/state/networks/builtin.hpp"
#include "core/state/words/torch_words.hpp"
#include "core/tour/tour_answer.hpp"

namespace convloom::tour {

using namespace state;
namespace {

using arith::Index;

// A text in both languages, of which one is used; a missing one is an error in either language.
std::string words(const JsonReader& in, const char* field, scene::Language language) {
    const JsonReader both = in.inner(field);
    for (scene::Language each : {scene::Language::english, scene::Language::chinese})
        if (both.text(std::string(scene::name_of(each)).c_str()).empty()) both.fail(scene::name_of(each), "is empty");
    return both.text(std::string(scene::name_of(language)).c_str());
}

State base_state(const JsonReader& in) {
    if (in.has("preset")) return preset(in.text("preset"));
    if (in.has("network")) return builtin_layer(in.text("network"), in.text("node"), in.text("drawing"));
    const arith::Shape input = read_shape(in.text("input"));
    const arith::Chain chain = read_torch(in.text("layers"), input);
    if (const auto problems = arith::check(chain); !problems.empty())
        in.fail("layers", "do not run: " + problems.front().problem.sentence);
    return state_of_chain(chain, in.text("layers"));
}

void read_values(const JsonReader& in, State& state) {
    if (in.has("input"))
        state.input =
            arith::Tensor{state.input->shape, in.numbers("input", static_cast<Index>(state.input->values.size()))};
    Stage& stage = state.stages[static_cast<std::size_t>(state.shown)];
    if (in.has("weight"))
        stage.weight =
            arith::Tensor{stage.weight->shape, in.numbers("weight", static_cast<Index>(stage.weight->values.size()))};
    std::size_t number = 0;
    for (const arith::SideTensor& side : arith::side_tensors(stage.layer)) {
        arith::Shared<arith::Tensor>& tensor = stage.sides[number++];
        if (in.has(side.name.key))
            tensor = arith::Tensor{side.shape, in.numbers(side.name.key, static_cast<Index>(tensor->values.size()))};
    }
}

// {"preset": … | "layers": …, "input": "1x5x5" | "network": …, "node": …, "drawing": …} and what is to be other than
// there.
State read_scene(const JsonReader& in) {
    State state = base_state(in);
    state.shown = static_cast<int>(in.whole_or("shown", state.shown));
    if (state.shown < 0 || state.shown >= static_cast<int>(state.stages.size()))
        in.fail("shown", "is no layer of the chain");
    if (in.has("view")) {
        const auto view = scene::view_named(in.text("view"));
        if (!view || *view == scene::View::photo) in.fail("view", "is none of stacked, flat, volume, signal, chain");
        show_view(state, *view);
    }
    if (const std::string why = scene::undrawable(state.layer(), state.view); !why.empty())
        in.fail("view", "does not fit: " + why);
    for (const scene::LookSwitch& one : scene::look_switches())
        state.look.*one.on = in.flag_or(one.key, state.look.*one.on);
    Stage& stage = state.stages[static_cast<std::size_t>(state.shown)];
    stage.layer.flip = in.flag_or("flip", stage.layer.flip);
    if (in.has("values")) read_values(in.inner("values"), state);
    const arith::Recording places = places_of(state);
    state.moment.step = in.whole_or("step", 0);
    if (state.moment.step < 0 || state.moment.step >= places.step_count())
        in.fail("step",
                fmt::format("is {}; this layer has the steps 0 to {}", state.moment.step, places.step_count() - 1));
    state.moment.tap = in.whole_or("tap", scene::Moment::whole_window);
    if (state.moment.tap < scene::Moment::whole_window ||
        state.moment.tap >= places.tap_count(places.step(state.moment.step)))
        in.fail("tap", "is no tap of this step");
    return state;
}

Ask read_ask(const JsonReader& in, const State& state) {
    Ask ask;
    ask.what = in.text("what");
    if (!is_asked(ask.what)) in.fail("what", "is none of " + all_asked());
    ask.of = in.has("of") ? read_scene(in.inner("of")) : state;
    ask.step = in.whole_or("step", 0);
    if (ask.step < 0 || ask.step >= places_of(ask.of).step_count()) in.fail("step", "is no step of this layer");
    return ask;
}

Question read_question(const JsonReader& in, const State& state, scene::Language language) {
    Question question;
    const std::string kind = in.text("kind");
    if (kind != "value" && kind != "shape" && kind != "count") in.fail("kind", "is none of value, shape, count");
    question.kind = kind == "value"   ? Question::Kind::value
                    : kind == "shape" ? Question::Kind::shape
                                      : Question::Kind::count;
    question.prompt = words(in, "prompt", language);
    question.explanation = words(in, "explanation", language);
    for (const Json& answer : in.list("answers")) {
        if (!answer.is_string()) in.fail("answers", "holds something that is not a text");
        question.answers.push_back(answer.get<std::string>());
    }
    if (question.answers.empty()) in.fail("answers", "is empty");
    if (in.has("slips"))
        for (const Json& slip : in.list("slips")) {
            const JsonReader one(slip, "The tour", "slips");
            question.slips.push_back({one.text("answer"), words(one, "says", language)});
        }
    question.ask = read_ask(in.inner("ask"), state);
    return question;
}

TourPage read_page(const JsonReader& in, scene::Language language) {
    TourPage page;
    page.title = words(in, "title", language);
    page.text = words(in, "text", language);
    page.try_this = words(in, "try", language);
    if (in.has("controls"))
        for (const Json& control : in.list("controls")) {
            if (!control.is_string()) in.fail("controls", "holds something that is not a text");
            page.controls.push_back(control.get<std::string>());
        }
    page.state = read_scene(in.inner("scene"));
    page.question = read_question(in.inner("question"), page.state, language);
    page.state.name = "tour";
    page.state.title = page.title;
    page.state.language = language;
    return page;
}

// "03_two_dimensions.json" -> "two_dimensions".
std::string chapter_name(std::string_view file_name) {
    std::string name(file_name.substr(0, file_name.find('.')));
    while (!name.empty() && (std::isdigit(static_cast<unsigned char>(name.front())) || name.front() == '_'))
        name.erase(0, 1);
    return name;
}

}  // namespace

Chapter read_chapter(std::string_view file_name, std::string_view text, scene::Language language) {
    const Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded()) throw Error(fmt::format("The tour's {} is not JSON.", file_name));
    const std::string what = fmt::format("The tour's {}", file_name);
    const JsonReader in(json, what);
    Chapter chapter{chapter_name(file_name), words(in, "title", language), {}};
    for (const Json& page : in.list("pages"))
        chapter.pages.push_back(
            read_page(JsonReader(page, what, fmt::format("pages[{}]", chapter.pages.size())), language));
    if (chapter.pages.empty()) in.fail("pages", "is empty");
    return chapter;
}

std::vector<Chapter> chapters(scene::Language language) {
    std::vector<std::string_view> files(embedded_tour::names().begin(), embedded_tour::names().end());
    std::sort(files.begin(), files.end());
    std::vector<Chapter> chapters;
    for (std::string_view file : files) chapters.push_back(read_chapter(file, *embedded_tour::file(file), language));
    return chapters;
}

std::string tour_texts(scene::Language language) {
    std::string all;
    for (const Chapter& chapter : chapters(language)) {
        all += chapter.title;
        for (const TourPage& page : chapter.pages) {
            all += page.title + page.text + page.try_this + page.question.prompt + page.question.explanation;
            for (const Slip& slip : page.question.slips) all += slip.says;
        }
    }
    return all;
}

}  // namespace convloom::tour
