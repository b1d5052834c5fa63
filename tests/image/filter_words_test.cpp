// Filters, kernels and numbers as people type them.
#include "core/state/words/filter_words.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/image/run.hpp"
#include "core/state/base/error.hpp"
#include "core/state/base/number_words.hpp"
#include "core/state/words/filter_names.hpp"
#include "core/state/words/table_text.hpp"
#include "tests/support/pictures.hpp"

namespace convloom::tests::filter_words_test {
namespace {

using namespace state;
using image::Kernel;

template <class Body>
std::string said(Body body) {
    try {
        body();
    } catch (const Error& error) {
        return error.what();
    }
    return "";
}
std::string filter_said(const char* text) {
    return said([&] { read_filter(text); });
}
std::string kernel_said(const char* text) {
    return said([&] { read_kernels(text); });
}

TEST(Numbers, AreReadInCommonNotations) {
    for (const auto& [text, value] : {std::pair{".5", 0.5},
                                      {"1.", 1.0},
                                      {"+1", 1.0},
                                      {"1e1", 10.0},
                                      {"1E-2", 0.01},
                                      {"1/9", 1 / 9.0},
                                      {"-1/3", -1 / 3.0},
                                      {"\u22122", -2.0},
                                      {"\u2212.5", -0.5},
                                      {" 7 ", 7.0},
                                      {"2 / 3", 2 / 3.0},
                                      {"1.5e+2", 150.0},
                                      {"-0", 0.0}}) {
        ASSERT_TRUE(number_of(text)) << text;
        EXPECT_DOUBLE_EQ(*number_of(text), value) << text;
        EXPECT_FLOAT_EQ(*float_of(text), static_cast<float>(value)) << text;
    }
    EXPECT_EQ(*float_of("0.1"), 0.1f);
    for (const char* text : {"",    ".",   "+",     "e1", "1e", "1e+", "0x10",          "inf", "nan",   "1e999",
                             "1,5", "1/0", "1/2/3", "/2", "2/", "--1", "\u2212\u22121", "1 2", "1_000", "-"})
        EXPECT_FALSE(number_of(text)) << text;
}

TEST(Numbers, AreReadTheSameEverywhere) {
    for (const char* sigma : {"0.5", ".5", "+.5", "1/2", "5e-1"})
        EXPECT_EQ(read_filter(std::string("gaussian:sigma=") + sigma).parameters[0], 0.5) << sigma;
    EXPECT_EQ(read_filter("gabor:angle=\u221245").parameters[1], -45);
    EXPECT_EQ(read_filter("box:size=1e1").parameters[0], 10);
    EXPECT_FLOAT_EQ(read_filter("box:gain=1/3").options.gain, 1 / 3.0f);
    EXPECT_EQ(read_filter("box:stride=2.").options.stride, 2);
    EXPECT_EQ(read_table("\u22121 +2\n.5 3.").values, (std::vector<float>{-1, 2, 0.5f, 3}));
    EXPECT_EQ(read_table("[[1., 1/4], [-1e0, 0.]]").values, (std::vector<float>{1, 0.25f, -1, 0}));
}

TEST(KernelWords, AcceptFractionsAndDivisors) {
    const std::vector<float> ninths(9, 1 / 9.0f);
    EXPECT_EQ(read_kernels("1/9 1/9 1/9; 1/9 1/9 1/9; 1/9 1/9 1/9")[0].weights, ninths);
    EXPECT_EQ(read_kernels("1 1 1; 1 1 1; 1 1 1 / 9")[0].weights, ninths);
    EXPECT_EQ(read_kernels("1 1 1; 1 1 1; 1 1 1 /9")[0].weights, ninths);
    EXPECT_EQ(read_kernels("[[1, 1, 1], [1, 1, 1], [1, 1, 1]]/9")[0].weights, ninths);
    EXPECT_EQ(read_kernels("1/9")[0].weights, (std::vector<float>{1 / 9.0f}));
    EXPECT_EQ(read_kernels("1/2 1 | 1 2 | 1 1 / 2").size(), 3u);
    EXPECT_EQ(
        kernel_said("1 1 1; 1 1 1; 1 1 1/9"),
        "“1/9” at the kernel's end can be one weight or divide all of them; write “ / 9” for all, or the weight with "
        "a point.");
    EXPECT_NE(kernel_said("1 2 / 0"), "");
    EXPECT_NE(kernel_said("/ 9"), "");
    EXPECT_NE(kernel_said("1 a"), "");
}

// The cell that lies on the pixel, for tables of all shapes; tests/image/filter_oracle_test.py compares with SciPy too.
TEST(KernelWords, OriginIsRespected) {
    const image::Image picture = noise(13, 11, 1, image::Depth::float32, 3);
    for (int rows = 1; rows <= 5; ++rows)
        for (int columns = 1; columns <= 5; ++columns) {
            std::string text;
            std::vector<float> weights;
            for (int n = 0; n < rows * columns; ++n) {
                weights.push_back(static_cast<float>(n * n % 7 + 1));
                text += fmt::format("{}{}", n == 0 ? "" : n % columns == 0 ? "; " : " ", weights.back());
            }
            for (bool flip : {false, true})
                for (int at = -1; at < rows * columns; ++at) {
                    image::Laying laying{flip, {}};
                    if (at >= 0) laying.origin = image::Cell{at / columns, at % columns};
                    const Kernel kernel = read_kernels(text, laying)[0];
                    const image::Image result = filtered(picture, kernel, arith::PaddingMode::circular);
                    // In the table as it is written; by default the centre of the kernel as applied.
                    const int r0 = at >= 0 ? at / columns
                                   : flip  ? (rows - 1) / 2
                                           : rows / 2,
                              c0 = at >= 0 ? at % columns
                                   : flip  ? (columns - 1) / 2
                                           : columns / 2;
                    for (int y = 0; y < 11; ++y)
                        for (int x = 0; x < 13; ++x) {
                            float sum = 0;
                            for (int r = 0; r < rows; ++r)
                                for (int c = 0; c < columns; ++c) {
                                    const int dy = flip ? r0 - r : r - r0, dx = flip ? c0 - c : c - c0;
                                    sum += weights[static_cast<std::size_t>(r * columns + c)] *
                                           picture.value((x + dx + 26) % 13, (y + dy + 22) % 11, 0);
                                }
                            ASSERT_NEAR(result.value(x, y, 0), sum, 1e-3) << text << (flip ? " flipped" : "");
                        }
                }
        }
    EXPECT_NE(said([] { read_kernels("1 2", {false, image::Cell{1, 0}}); }), "");
    EXPECT_EQ(read_origin(" 1, 2"), (image::Cell{1, 2}));
    EXPECT_NE(said([] { read_origin("1"); }), "");
    EXPECT_NE(said([] { read_origin("1.5,2"); }), "");
}

TEST(FilterWords, RefuseRepeatedAndInvalidOptions) {
    EXPECT_EQ(filter_said("gaussian:sigma=1,sigma=2"), "gaussian's sigma is given twice.");
    EXPECT_EQ(filter_said("gaussian:stride=2,sigma=1,stride=2"), "gaussian's stride is given twice.");
    EXPECT_EQ(filter_said("box:absolute,absolute"), "box's absolute is given twice.");
    EXPECT_EQ(filter_said("box:absolute=no"), "absolute is “no”, but it takes no value.");
    EXPECT_EQ(filter_said("gaussian:sigma=x"), "gaussian's sigma is “x”, which is not a number.");
    EXPECT_EQ(filter_said("gaussian:sigma=.5,straight-alpha"), "");
    EXPECT_TRUE(read_filter("box:straight-alpha").options.straight_alpha);
}

TEST(FilterNames, FindFiltersByAliases) {
    for (const auto& [name, filter] : {std::pair{"blur", "gaussian"},
                                       {"gauss", "gaussian"},
                                       {"gaussian-blur", "gaussian"},
                                       {"Gaussian Blur", "gaussian"},
                                       {"mean", "box"},
                                       {"average", "box"},
                                       {"box_blur", "box"},
                                       {"laplace", "laplacian"},
                                       {"unsharp-mask", "unsharp"},
                                       {"sobel_x", "sobel-x"},
                                       {"avg-pooling", "average-pooling"},
                                       {"LoG", "log"},
                                       {"difference-of-gaussians", "dog"}})
        EXPECT_EQ(find_filter(name).name, filter) << name;
    for (const FilterAlias& alias : filter_aliases()) {
        EXPECT_TRUE(image::filter_named(alias.filter)) << alias.name;
        EXPECT_FALSE(image::filter_named(alias.name)) << alias.name << " is a filter's own name";
        EXPECT_EQ(find_filter(alias.name).name, alias.filter);
    }
}

TEST(FilterNames, SuggestOnlySimilarNames) {
    for (const auto& [name, filter] : {std::pair{"gausian", "gaussian"},
                                       {"sobl", "sobel"},
                                       {"laplacain", "laplacian"},
                                       {"shrpen", "sharpen"},
                                       {"avg-poling", "average-pooling"}})
        EXPECT_EQ(filter_said(name),
                  fmt::format("There is no filter “{}”; the nearest is “{}”, `convloom filter --list` shows all.", name,
                              filter));
    for (const char* name : {"nosuch", "sum-pooling", "x", "", "lab", "fox", "abcdefghijkl"})
        EXPECT_EQ(filter_said(name), fmt::format("There is no filter “{}”; `convloom filter --list` shows all.", name));
    EXPECT_EQ(
        filter_said("median:size=5"),
        "“median” is not a convolution: it sorts the pixels under its window; the nearest filter here is “gaussian”.");
    for (const char* name : {"bilateral", "Canny", "erode", "dilate", "min-pooling", "non_local_means"})
        EXPECT_NE(filter_said(name).find("is not a convolution: "), std::string::npos) << name;
}

TEST(ShownAs, HasADefaultForStacks) {
    const auto usual = [](std::initializer_list<const char*> filters) {
        image::Stack stack;
        for (const char* filter : filters) stack.push_back(read_filter(filter));
        return image::usual_shown_as(stack);
    };
    using enum image::ShownAs;
    EXPECT_EQ(usual({"gaussian"}), clamped);
    EXPECT_EQ(usual({"sobel-x"}), absolute);
    EXPECT_EQ(usual({"dog"}), signed_);
    EXPECT_EQ(usual({"sobel-x", "gaussian"}), absolute) << "a blurred slope has a sign too";
    EXPECT_EQ(usual({"sobel-x", "sobel"}), clamped);
    EXPECT_EQ(usual({"sobel-x:absolute"}), clamped);
    EXPECT_EQ(usual({"sobel-x:offset=.5,gain=.5"}), clamped) << "0 is brought to grey by hand";
    image::Pass own{std::string(image::own_kernel_name), {}, read_kernels("-1 0 1"), {}, true};
    EXPECT_EQ(image::usual_shown_as({own}), absolute);
    own.own = read_kernels("0 -1 0; -1 5 -1; 0 -1 0");
    EXPECT_EQ(image::usual_shown_as({own}), clamped);
}

// A wave gives a response to the Gabor filter of its direction, counted anticlockwise, with the sign of Sobel's.
TEST(Gabor, TurnsAnticlockwiseAndGivesZeroForUniformAreas) {
    constexpr double pi = 3.14159265358979;
    const auto answer = [&](double filter_angle, double wave_angle) {
        image::Image wave = image::blank(64, 64, 1, image::Depth::float32);
        for (int y = 0; y < 64; ++y)
            for (int x = 0; x < 64; ++x) {
                const double a = wave_angle * pi / 180, along = x * std::cos(a) - y * std::sin(a);
                std::get<2>(wave.samples)[static_cast<std::size_t>(y * 64 + x)] =
                    static_cast<float>(0.5 + 0.5 * std::cos(2 * pi * along / 8));
            }
        float most = 0;
        const image::Image result = filtered(
            wave, image::filter_named("gabor")->kernels(std::vector{8.0, filter_angle, 3.0, 0.5, 0.0, 0.0}).front());
        for (int y = 20; y < 44; ++y)
            for (int x = 20; x < 44; ++x) most = std::max(most, std::abs(result.value(x, y, 0)));
        return most;
    };
    for (double angle : {-60.0, 0.0, 30.0, 90.0, 150.0}) {
        EXPECT_GT(answer(angle, angle), 0.5) << angle;
        for (double other : {40.0, 90.0}) EXPECT_LT(answer(angle, angle + other), 0.1) << angle;
    }
    EXPECT_LT(answer(30, 150), 0.1);
    for (double phase : {-180.0, -45.0, 0.0, 20.0, 90.0}) {
        const Kernel kernel =
            image::filter_named("gabor")->kernels(std::vector{8.0, 30.0, 3.0, 0.5, phase, 0.0}).front();
        double positive = 0;
        for (float w : kernel.weights) positive += std::max(static_cast<double>(w), 0.0);
        EXPECT_NEAR(image::sum_of(kernel), 0, 1e-5);
        EXPECT_NEAR(positive, 1, 1e-5);
    }
    image::Image ramp = image::blank(64, 64, 1, image::Depth::float32);
    for (int n = 0; n < 64 * 64; ++n)
        std::get<2>(ramp.samples)[static_cast<std::size_t>(n)] = static_cast<float>(n % 64);
    for (const char* name : {"gabor", "sobel-x"})
        EXPECT_GT(filtered(ramp, image::filter_named(name)->usual_kernels().front()).value(32, 32, 0), 0) << name;
}

}  // namespace
}  // namespace convloom::tests::filter_words_test
