// Information about a cell: its value, the written sum, where it is used, why it is padding.
#include <gtest/gtest.h>

#include "core/scene/pointing/cell_facts.hpp"
#include "core/state/data/build.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/shown/scene_of.hpp"
#include "core/state/update/update.hpp"
#include "core/state/words/torch_words.hpp"

namespace convloom::scene::cell_facts_test {
namespace {

using arith::Part;

state::State of(const char* words, const char* input) {
    return state::state_of_chain(state::read_torch(words, state::read_shape(input)), words);
}

// Evaluates "1*(-2) + 3*4 + 5".
double sum_of_products(std::string text) {
    double sum = 0;
    for (std::size_t from = 0; from <= text.size();) {
        const std::size_t to = std::min(text.find(" + ", from), text.size());
        double product = 1;
        for (std::string part = text.substr(from, to - from); !part.empty();) {
            const std::size_t times = part.find('*');
            std::string factor = part.substr(0, times);
            std::erase_if(factor, [](char c) { return c == '(' || c == ')'; });
            product *= std::stod(factor);
            part = times == std::string::npos ? "" : part.substr(times + 1);
        }
        sum += product;
        from = to + 3;
    }
    return sum;
}

TEST(SumText, AddsUpToTheOutput) {
    for (const char* words : {"nn.Conv2d(2, 3, 3, padding=1)", "nn.ConvTranspose2d(2, 2, 3, stride=2)",
                              "nn.Conv2d(2, 2, 2, stride=2, padding_mode='reflect', padding=1, bias=False)"}) {
        state::State s = of(words, "2x5x5");
        s = state::update(s, state::SetCells{state::TensorName::weight, {{0, -1.1f}, {3, 0.1f}, {5, -2}}}).state;
        const arith::Recording recording = recording_of(s);
        for (arith::Index step = 0; step < recording.step_count(); ++step) {
            const std::string text = *sum_text(recording, step);
            const auto equals = text.find(" = ");
            ASSERT_NE(equals, std::string::npos);
            const float value = recording.value(recording.step(step));
            EXPECT_NEAR(sum_of_products(text.substr(0, equals)), value, 1e-4) << text;
            EXPECT_EQ(std::stof(text.substr(equals + 3)), value) << text;
        }
    }
}

TEST(SumText, IsTheMaximumOrAverageForAPooling) {
    state::State s = of("nn.MaxPool2d(2, stride=1, padding=1)", "1x2x2");
    s = state::update(s, state::SetCells{state::TensorName::input, {{0, 1}, {1, -2}, {2, 3}, {3, 4}}}).state;
    EXPECT_EQ(*sum_text(recording_of(s), 4), "max(1, -2, 3, 4) = 4");
    EXPECT_EQ(*sum_text(recording_of(s), 0), "max(1) = 1") << "the padding is no candidate";
    s = of("nn.AvgPool2d(2)", "1x2x2");
    s = state::update(s, state::SetCells{state::TensorName::input, {{0, 1}, {1, -2}, {2, 3}, {3, 4}}}).state;
    EXPECT_EQ(*sum_text(recording_of(s), 0), "(1 + (-2) + 3 + 4)/4 = 1.5");
    EXPECT_FALSE(sum_text(recording_of(of("nn.Conv2d(1200, 1, 3)", "1200x3x3")), 0)) << "nobody reads 10,800 products";
}

TEST(MomentOf, UsesTheCell) {
    for (const char* words :
         {"nn.Conv2d(2, 4, 3, padding=1, stride=2, groups=2)", "nn.ConvTranspose2d(2, 2, 2, stride=2)",
          "nn.MaxPool2d(2)", "nn.Conv2d(2, 2, 3, padding=2, padding_mode='circular')"}) {
        const state::State s = of(words, "2x4x4");
        const arith::Recording recording = recording_of(s);
        const arith::Layer& layer = s.layer();
        int met = 0;
        for (const Part part : {Part::input, Part::kernel})
            for (arith::Index n = 0; n < 2 * 4 * 4; ++n) {
                Pointed at{{part, n / 16, 0, {n / 4 % 4, n % 4, 0}}};
                if (part == Part::kernel) {
                    if (layer.is_pooling() || at.cell.at[0] >= layer.axes[0].kernel ||
                        at.cell.at[1] >= layer.axes[1].kernel)
                        continue;
                }
                const auto moment = moment_of(recording, {}, at);
                if (!moment) continue;
                ASSERT_GE(moment->tap, 0);
                const arith::Step step = recording.step(moment->step);
                const arith::Tap tap = recording.taps(step)[static_cast<std::size_t>(moment->tap)];
                EXPECT_EQ(part == Part::input ? tap.source : tap.kernel, at.cell.at) << words;
                ++met;
            }
        EXPECT_GT(met, 20) << words;
        const Pointed output{{Part::output, 1, 0, {1, 1, 0}}};
        EXPECT_EQ(recording.step(moment_of(recording, {}, output)->step).output, (arith::Cell{1, 1, 0}));
    }
}

TEST(WhyPadded, NamesThePlaceTheSidesAndTheMode) {
    const Pointed corner{{Part::input, 0, 0, {-1, 5, 0}}, true};
    const auto why = [&](const char* words) {
        return why_padded(of(words, "1x5x5").layer(), corner, Language::english);
    };
    EXPECT_EQ(
        why("nn.Conv2d(1, 1, 3, padding=1)"),
        "Along the height its position is −1; the input's cells are 0 to 4, with 1 of padding before and 1 after. "
        "Along the width its position is 5; the input's cells are 0 to 4, with 1 of padding before and 1 after. "
        "The padding mode zeros puts a 0 there.");
    EXPECT_TRUE(why("nn.Conv2d(1, 1, 3, padding=1, padding_mode='reflect')")
                    .ends_with("The padding mode reflect repeats the input's cell (1, 3) there."));
    EXPECT_TRUE(why("nn.Conv2d(1, 1, 3, padding=1, padding_mode='circular')").ends_with("cell (4, 0) there."));
    EXPECT_TRUE(why("nn.MaxPool2d(3, padding=1)").ends_with("It counts as −∞, so that it is never the maximum."));
    EXPECT_TRUE(why("nn.AvgPool2d(3, padding=1)").ends_with("It adds 0 and counts in the average."));
    EXPECT_TRUE(why("nn.AvgPool2d(3, padding=1, count_include_pad=False)").ends_with("does not count in the average."));
    EXPECT_TRUE(why("nn.ConvTranspose2d(1, 1, 3)").starts_with("The input of a transposed convolution has"));
    EXPECT_EQ(why_padded(of("nn.ConvTranspose2d(1, 1, 3)", "1x5x5").layer(), {{}, false, true}, Language::english),
              "A transposed convolution spaces its input's cells s apart and fills the gaps with s − 1 zeros.");
}

// In every view the box around a point contains the point, and its centre shows the same cell.
TEST(BoxOfPointed, ContainsThePointedCell) {
    for (const View view : {View::flat, View::stacked, View::volume, View::im2col}) {
        state::State s = state::preset("numerical_padding_strides");
        s.view = view;
        const Scene scene = state::scene_of(s);
        int seen = 0;
        for (double y = 20; y < 540; y += 12)
            for (double x = 20; x < 960; x += 12) {
                const auto cell = pointed(scene, {s.layer(), s.moment}, {x, y});
                const auto box = box_of_pointed(scene, {s.layer(), s.moment}, {x, y});
                ASSERT_EQ(cell.has_value(), box.has_value());
                if (!box) continue;
                ++seen;
                EXPECT_TRUE(x >= box->x - 1e-6 && x <= box->right() + 1e-6 && y >= box->y - 1e-6 &&
                            y <= box->bottom() + 1e-6);
                if (view != View::flat) continue;
                const Point middle{box->x + box->width / 2, box->y + box->height / 2};
                EXPECT_EQ(pointed(scene, {s.layer(), s.moment}, middle), cell);
            }
        EXPECT_GT(seen, 50) << name_of(view);
    }
}

}  // namespace
}  // namespace convloom::scene::cell_facts_test
