// The sum below a figure, read as a reader would: the printed terms add up to the printed result, or the line says that
// they do so approximately, or that more follows.
#include <cmath>

#include "core/image/filters/filter.hpp"
#include "core/state/data/build.hpp"
#include "core/state/shown/scene_of.hpp"
#include "core/state/words/torch_words.hpp"
#include "tests/support/photos.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::sum_test {
namespace {

using namespace scene;

// "−0.25" or "(−3)".
double number(std::string text) {
    if (const auto minus = text.find("−"); minus != std::string::npos)
        text.replace(minus, std::string("−").size(), "-");
    if (text.starts_with('(')) text = text.substr(1, text.size() - 2);
    return std::stod(text);
}

// The parts of a printed sum.
struct Line {
    std::vector<double> terms;
    std::vector<std::string> words;
    std::string lead, closing, result;
    bool shortened = false;

    explicit Line(const Scene& scene) {
        for (const Plane& plane : scene.planes)
            for (const Item& item : plane.items)
                if (const Text* text = std::get_if<Text>(&item)) take(*text);
    }
    void take(const Text& text) {
        shortened |= text.name.starts_with("more ");
        if (text.name == "sum lead") lead = text.text;
        if (text.name == "sum equals") closing = text.text;
        if (text.name == "sum result") result = text.text;
        if (!text.name.starts_with("term ")) return;
        words.push_back(text.text);
        const auto times = text.text.find("·");
        terms.push_back(times == std::string::npos ? number(text.text)
                                                   : number(text.text.substr(0, times)) *
                                                         number(text.text.substr(times + std::string("·").size())));
    }
    // The result of the first terms, including the operations after the sum.
    double comes_to(std::size_t count) const {
        double sum = lead == "max of" ? -INFINITY : 0;
        for (std::size_t n = 0; n < count; ++n) sum = lead == "max of" ? std::max(sum, terms[n]) : sum + terms[n];
        std::string rest = closing;
        if (rest.starts_with("over ")) {
            std::size_t end = 0;
            sum /= std::stod(rest.substr(5), &end);
            rest = rest.substr(5 + end);
        }
        const auto bias = rest.find_first_of("0123456789");
        if (bias != std::string::npos) sum += (rest.find("−") < bias ? -1 : 1) * std::stod(rest.substr(bias));
        return sum;
    }
    bool is_equal() const { return closing.ends_with("="); }
};

void expect_true(const Scene& scene, std::size_t count, int& equal, int& near) {
    const Line line(scene);
    if (line.shortened || line.terms.empty()) return;
    ASSERT_LE(count, line.terms.size());
    const double wanted = number(line.result), given = line.comes_to(count);
    const double off = std::abs(given - wanted), margin = 0.00051 + 1e-6 * std::abs(wanted);
    if (line.is_equal()) {
        ++equal;
        EXPECT_LE(off, margin) << line.words[0] << " … " << line.closing << " " << line.result;
    } else if (line.closing.ends_with("≈")) {
        ++near;
        EXPECT_GT(off, margin * 0.9) << "digits enough for an equals sign";
        EXPECT_LE(off, 0.05 * (1 + std::abs(wanted))) << line.closing << " " << line.result;
    } else {
        EXPECT_TRUE(line.closing.ends_with("so far")) << line.closing;
    }
}

TEST(Sum, PrintedTermsOfLayersAddUp) {
    int equal = 0, near = 0;
    for (const char* words :
         {"nn.Conv2d(1, 1, 3)", "nn.Conv2d(1, 1, 3, bias=False, padding=1)", "nn.ConvTranspose2d(1, 1, 2, stride=2)",
          "nn.AvgPool2d(3)", "nn.AvgPool2d(2, divisor_override=3)", "nn.MaxPool2d(2)", "nn.Conv2d(2, 1, 2)"})
        for (const auto& [values_by, weights_by] : {std::pair{1.0f, 1.0f},
                                                    {0.25f, 0.25f},
                                                    {1 / 3.0f, 1 / 3.0f},
                                                    {1.0f, 1 / 16.0f},
                                                    {0.013f, 0.013f},
                                                    {53.1f, 0.01234567f}}) {
            const arith::Shape shape{words == std::string("nn.Conv2d(2, 1, 2)") ? 2 : 1, 6, 6};
            state::State s = state::state_of_chain(state::read_torch(words, shape), "");
            auto fill = [](arith::Shared<arith::Tensor>& tensor, unsigned seed, float scale) {
                if (!tensor) return;
                arith::Tensor values = whole_numbers(tensor->shape, seed);
                for (float& v : values.values) v *= scale;
                tensor = std::move(values);
            };
            fill(s.input, 3, values_by);
            if (!s.layer().is_pooling()) fill(s.stages[0].weight, 4, weights_by);
            fill(s.stages[0].bias, 5, weights_by);
            const arith::Recording recording = state::recording_of(s);
            for (arith::Index n = 0; n < recording.step_count(); ++n) {
                s.moment = {n, Moment::whole_window};
                expect_true(scene_of(s), Line(scene_of(s)).terms.size(), equal, near);
                const arith::Index taps = recording.tap_count(recording.step(n));
                for (arith::Index tap = 0; tap < taps; ++tap) {
                    s.moment.tap = tap;
                    const Line line(scene_of(s));
                    const bool whole_sum =
                        tap + 1 == taps && !recording.bias() && s.layer().op != arith::Op::average_pooling;
                    EXPECT_EQ(line.closing.ends_with("so far"), !whole_sum) << words << ": " << line.closing;
                    if (whole_sum) expect_true(scene_of(s), line.terms.size(), equal, near);
                }
            }
        }
    EXPECT_GT(equal, 500);
    EXPECT_GT(near, 0);
    EXPECT_LT(near, equal);
}

TEST(Sum, PrintedTermsOfPhotoFiltersAddUp) {
    int equal = 0, near = 0;
    for (const image::NamedFilter& filter : image::named_filters()) {
        const state::State s = after(
            with_photo(20, 14, 1), {state::SetFilter{std::string(filter.name)}, state::SetPhotoLook{PhotoLook::step}});
        for (arith::Index n : {0, 5})
            expect_true(scene_of(after(s, {state::GoToStep{n}})),
                        Line(scene_of(after(s, {state::GoToStep{n}}))).terms.size(), equal, near);
    }
    EXPECT_GT(equal, 15);
}

// The kernel's caption speaks of sixteenths, so the weights are integers in the kernel and in the sum.
TEST(Sum, OfABinomialBlurIsDividedBySixteen) {
    const state::State s = after(with_photo(20, 14, 1), {state::SetFilter{"binomial"},
                                                         state::SetPhotoLook{PhotoLook::step}, state::GoToStep{25}});
    const Scene drawn = scene_of(s);
    const Line line(drawn);
    ASSERT_EQ(line.words.size(), 9u);
    EXPECT_TRUE(line.words[0].ends_with("·1")) << line.words[0];
    EXPECT_TRUE(line.words[4].ends_with("·4")) << line.words[4];
    EXPECT_EQ(line.closing, "over 16 =");
    std::string kernel, captions;
    for (const Plane& plane : drawn.planes)
        for (const Item& item : plane.items)
            if (const Text* text = std::get_if<Text>(&item))
                (plane.name == "kernel" ? kernel : captions) += text->text + " ";
    EXPECT_EQ(kernel, "1 2 1 2 4 2 1 2 1 ");
    EXPECT_NE(captions.find("over 16"), std::string::npos);
    const Line tap(scene_of(after(s, {state::TapForward{}})));
    EXPECT_EQ(tap.closing, "over 16, so far");
    EXPECT_NEAR(tap.comes_to(1), number(tap.result), 0.0006);
}

TEST(Sum, OfAMagnitudeShowsAndCountsTwoKernels) {
    const state::State s = after(with_photo(20, 14, 1), {state::SetFilter{"sobel"}});
    bool second = false;
    std::string texts;
    for (const Plane& plane : scene_of(s).planes) {
        second |= plane.name == "second kernel";
        for (const Item& item : plane.items)
            if (const Text* text = std::get_if<Text>(&item)) texts += text->text + " ";
    }
    EXPECT_TRUE(second);
    EXPECT_NE(texts.find("Separable: 12 multiplications a pixel instead of 18."), std::string::npos) << texts;
}

}  // namespace
}  // namespace convloom::tests::sum_test
