// Wide kernels: their width for a sigma, their sums, and the limits of the step view.
#include <gtest/gtest.h>

#include <cmath>

#include "core/image/rows/row_sums.hpp"
#include "core/image/run.hpp"
#include "core/scene/page/scene_json.hpp"
#include "core/state/base/error.hpp"
#include "core/state/json/json.hpp"
#include "core/state/shown/scene_of.hpp"
#include "core/state/update/set_pixels.hpp"
#include "tests/support/photos.hpp"

namespace convloom::tests::filter_wide_test {
namespace {

using namespace image;

Kernel kernel_of(const char* name, std::vector<double> values) {
    return filter_named(name)->kernels(values).front();
}

TEST(WideFilter, GaussiansHaveTheirSigma) {
    for (double sigma : {5.0, 6.0, 8.0, 10.0, 20.0, 50.0}) {
        const Kernel kernel = kernel_of("gaussian", {sigma, 0});
        EXPECT_EQ(kernel.side, 2 * static_cast<int>(std::ceil(3 * sigma)) + 1);
        double variance = 0;
        for (int r = 0; r < kernel.side; ++r)
            for (int c = 0; c < kernel.side; ++c)
                variance += static_cast<double>(kernel.at(r, c)) * (c - kernel.side / 2) * (c - kernel.side / 2);
        EXPECT_NEAR(std::sqrt(variance) / sigma, 0.987, 0.006) << "three sigmas to each side hold 97 % of the variance";
    }
    EXPECT_EQ(kernel_of("gaussian", {50, 501}).side, 501);
    for (const char* name : {"log", "dog", "unsharp"}) {
        const Kernel kernel = std::string(name) == "log"   ? kernel_of(name, {10, 0})
                              : std::string(name) == "dog" ? kernel_of(name, {10, 1.6, 0})
                                                           : kernel_of(name, {10, 1, 0});
        EXPECT_EQ(kernel.side, std::string(name) == "dog" ? 97 : 61);
        EXPECT_NEAR(sum_of(kernel), std::string(name) == "unsharp" ? 1 : 0, 1e-5);
    }
}

TEST(WideFilter, SideIsKnownBeforeTheWeights) {
    for (const NamedFilter& filter : named_filters()) {
        if (filter.is_pooling()) continue;
        for (double part : {0.0, 0.3, 1.0}) {
            std::vector<double> values = filter.usual_values();
            for (std::size_t n = 0; n < values.size(); ++n) {
                const Parameter& p = filter.parameters[n];
                const double value = p.least + part * (std::min(p.most, 20.0) - p.least);
                if (p.name != "size") values[n] = p.whole ? std::floor(value) : value;
            }
            if (filter.side(values) <= most_kernel_side) {
                EXPECT_EQ(filter.kernels(values).front().side, filter.side(values)) << filter.name;
            }
        }
    }
}

// Sums of columns and rows, if the kernel is split, against every weight times its pixel.
void expect_exact(const Kernel& kernel, Depth depth, int dilation) {
    const Image picture = noise(97, 61, 3, depth, 7);
    Pass pass{std::string(own_kernel_name), {}, {kernel}, {}, true};
    pass.options.dilation = dilation;
    const Image result = filtered(picture, {pass}, Depth::float32);
    double size = 0;
    for (float w : kernel.weights) size += std::abs(static_cast<double>(w));
    const int half = kernel.side / 2;
    for (int y : {0, 13, 60})
        for (int x : {0, 40, 96}) {
            double sum = 0;
            for (int r = 0; r < kernel.side; ++r)
                for (int c = 0; c < kernel.side; ++c) {
                    const auto u = arith::padding_source(x + (c - half) * dilation, 97, arith::PaddingMode::reflect),
                               v = arith::padding_source(y + (r - half) * dilation, 61, arith::PaddingMode::reflect);
                    sum += static_cast<double>(kernel.at(r, c)) *
                           picture.value(static_cast<int>(u), static_cast<int>(v), 1);
                }
            ASSERT_NEAR(result.value(x, y, 1), sum, 1e-5 * size) << kernel.side << " at " << x << ", " << y;
        }
}

TEST(WideFilter, UsesEveryWeight) {
    for (Depth depth : {Depth::bits8, Depth::float32}) {
        expect_exact(kernel_of("gaussian", {50, 501}), depth, 1);
        expect_exact(kernel_of("gaussian", {20, 0}), depth, 3);
        expect_exact(kernel_of("unsharp", {30, 2, 0}), depth, 1);
        expect_exact(kernel_of("log", {12, 0}), depth, 1);
        expect_exact(kernel_of("dog", {10, 5, 0}), depth, 1);
        expect_exact(kernel_of("gabor", {20, 30, 10, 0.5, 40, 0}), depth, 1);
        expect_exact(turned(kernel_of("gabor", {31, 17, 6, 0.9, 0, 45})), depth, 2);
        Kernel corner{45, std::vector<float>(45 * 45, 0.0f)};  // sparse, of full rank
        for (int n = 0; n < 45; ++n) corner.weights[static_cast<std::size_t>(n * 45 + (n * 7) % 45)] = 1;
        expect_exact(corner, depth, 1);
    }
}

TEST(WideFilter, IsSplitIntoColumnsAndRows) {
    const auto parts = [](const Kernel& kernel) {
        return separable_parts(kernel, kernel.side * kernel.side / 2).size();
    };
    EXPECT_EQ(parts(kernel_of("gaussian", {50, 0})), 1u);
    EXPECT_EQ(parts(kernel_of("unsharp", {50, 1, 0})), 2u);
    EXPECT_EQ(parts(kernel_of("dog", {10, 5, 0})), 2u);
    EXPECT_EQ(parts(kernel_of("log", {10, 0})), 3u);
    Kernel diagonal{33, std::vector<float>(33 * 33, 0.0f)};
    for (int n = 0; n < 33; ++n) diagonal.weights[static_cast<std::size_t>(n * 34)] = 1;
    EXPECT_EQ(parts(diagonal), 0u) << "of full rank";
}

TEST(WideFilter, ATooWideKernelIsRefused) {
    const auto fault = [](const char* name, std::vector<double> values, int dilation = 1) {
        Pass pass{name, std::move(values), {}, {}, true};
        pass.options.dilation = dilation;
        return fault_of(pass, 3);
    };
    EXPECT_EQ(fault("dog", {50, 5, 0}),
              "Difference of Gaussians needs a kernel of 1501×1501 for these parameters; the largest is 501×501.");
    EXPECT_EQ(fault("gaussian", {50, 0}, 8),
              "A kernel of 301×301 at dilation 8 covers 2401 pixels a side; the limit is 1024.");
    EXPECT_EQ(fault("gaussian", {50, 501}, 2), "");
}

// The window shows the result of a wide filter, and says that it cannot be stepped through.
TEST(WideFilter, IsShownAndNotStepped) {
    using namespace state;
    State s = after(with_photo(60, 40), {SetFilter{"gaussian"}, SetFilterParameter{"sigma", 20}});
    EXPECT_NE(scene::to_json(scene_of(s)).find("121×121"), std::string::npos);
    Outcome outcome = update(s, SetPhotoLook{scene::PhotoLook::step});
    ASSERT_EQ(outcome.problems.size(), 1u);
    EXPECT_EQ(outcome.problems.front().sentence,
              "A kernel of 121×121 is too large to step through pixel by pixel; the limit is 41×41.");
    s = after(s, {SetFilterParameter{"sigma", 6}, SetPhotoLook{scene::PhotoLook::step}});
    EXPECT_EQ(recording_of(s).layer().axes[0].kernel, 37);
    EXPECT_FALSE(update(s, SetFilterParameter{"sigma", 20}).problems.empty());
    std::string text = to_json(s);
    text.replace(text.find("\"sigma\": 6"), 10, "\"sigma\": 9");
    EXPECT_THROW(from_json(text), Error);
    EXPECT_FALSE(update(s, ReworkKernel{KernelWork::turn}).problems.empty())
        << "37×37 is too wide to be changed by hand";
    s = after(s, {SetPhotoLook{scene::PhotoLook::wipe}, SetFilterParameter{"sigma", 50}});
    State back = from_json(to_json(s));
    set_pixels(back, s.photo->image);
    EXPECT_EQ(back, s);
}

}  // namespace
}  // namespace convloom::tests::filter_wide_test
