// Filters: the fast path against the reference loops, and properties of the named ones.
#include "core/image/filters/filter.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <mutex>
#include <thread>

#include "core/arith/compute/convolve.hpp"
#include "core/image/picture/srgb.hpp"
#include "core/image/rows/row_tile.hpp"
#include "core/image/run.hpp"
#include "tests/support/pictures.hpp"

namespace convloom::tests::filter_test {
namespace {

using namespace image;
using arith::PaddingMode;

constexpr PaddingMode modes[] = {PaddingMode::zeros, PaddingMode::reflect, PaddingMode::replicate,
                                 PaddingMode::circular, PaddingMode::symmetric};

Kernel some_kernel(int side, std::uint32_t seed) {
    Kernel kernel{side, {}};
    for (int n = 0; n < side * side; ++n) {
        seed = seed * 1664525u + 1013904223u;
        kernel.weights.push_back(static_cast<float>(seed >> 16) / 65536.0f - 0.4f);
    }
    return kernel;
}

// The pass computed by the reference loops as a depthwise layer, padded by hand so that no size is refused.
std::vector<float> reference(const Image& picture, const Kernel& kernel, const PassOptions& options) {
    const int d = options.dilation, before = kernel.side / 2 * d, after = (kernel.side - 1 - kernel.side / 2) * d,
              colours = picture.colour_channels();
    const int rows = picture.height + before + after, columns = picture.width + before + after;
    arith::Tensor padded{{colours, rows, columns}, {}};
    for (int c = 0; c < colours; ++c)
        for (int y = 0; y < rows; ++y)
            for (int x = 0; x < columns; ++x) {
                const auto from_y = arith::padding_source(y - before, picture.height, options.padding),
                           from_x = arith::padding_source(x - before, picture.width, options.padding);
                padded.values.push_back(from_y < 0 || from_x < 0
                                            ? 0.0f
                                            : picture.value(static_cast<int>(from_x), static_cast<int>(from_y), c));
            }
    arith::Layer layer;
    layer.in_channels = layer.out_channels = layer.groups = colours;
    layer.axes = {{rows, kernel.side, options.stride, 0, 0, d, 0}, {columns, kernel.side, options.stride, 0, 0, d, 0}};
    arith::Tensor weight{{colours, 1, kernel.side, kernel.side}, {}};
    for (int c = 0; c < colours; ++c)
        weight.values.insert(weight.values.end(), kernel.weights.begin(), kernel.weights.end());
    return arith::convolve(layer, padded, weight).values;
}

float planar(const std::vector<float>& values, const Image& like, int x, int y, int c) {
    return values[(static_cast<std::size_t>(c) * like.height + y) * like.width + x];
}

Pass own(Kernel kernel, PassOptions options = {}) {
    return {std::string(own_kernel_name), {}, {std::move(kernel)}, options, true};
}

void threaded(arith::Index count, const std::function<void(arith::Index)>& body) {
    std::thread other([&] {
        for (arith::Index n = 1; n < count; n += 2) body(n);
    });
    for (arith::Index n = 0; n < count; n += 2) body(n);
    other.join();
}

TEST(Filter, EqualsTheReferenceAtAnySizeModeStrideAndDilation) {
    for (const auto& [width, height] : {std::pair{37, 20}, {100, 7}, {1, 1}, {2, 3}, {5, 70}})
        for (int side : {1, 2, 3, 4, 5})
            for (PaddingMode mode : modes)
                for (int stride : {1, 2, 3})
                    for (int dilation : {1, 3}) {
                        const Image picture = noise(width, height, 3, Depth::float32, 7);
                        const PassOptions options{mode, stride, dilation};
                        const Kernel kernel = some_kernel(side, 3);
                        const Image result = filtered(picture, {own(kernel, options)}, Depth::float32);
                        const auto wanted = reference(picture, kernel, options);
                        ASSERT_EQ(result.sample_count(), wanted.size());
                        for (int y = 0; y < result.height; ++y)
                            for (int x = 0; x < result.width; ++x)
                                for (int c = 0; c < 3; ++c)  // bit for bit
                                    ASSERT_EQ(result.value(x, y, c), planar(wanted, result, x, y, c))
                                        << width << "×" << height << " side " << side << " at " << x << ", " << y;
                    }
}

// Filters computed by columns and rows, or several rows at once, add in another order.
TEST(Filter, LargeAndSeparableOnesAreCloseToTheReference) {
    std::vector<Kernel> kernels = {some_kernel(17, 1), some_kernel(31, 2), some_kernel(15, 3)};
    for (const char* name : {"gaussian", "box"})
        for (double size : {5.0, 7.0, 9.0, 31.0})
            kernels.push_back(filter_named(name)
                                  ->kernels(std::string(name) == "box" ? std::vector{size} : std::vector{4.0, size})
                                  .front());
    for (PaddingMode mode : modes)
        for (const Kernel& kernel : kernels) {
            const Image picture = noise(61, 41, 3, Depth::float32, 7);
            const Image result = filtered(picture, kernel, mode);
            PassOptions options;
            options.padding = mode;
            const auto wanted = reference(picture, kernel, options);
            double size = 0;
            for (float w : kernel.weights) size += std::abs(static_cast<double>(w));
            for (int y = 0; y < result.height; ++y)
                for (int x = 0; x < result.width; ++x)
                    for (int c = 0; c < 3; ++c)
                        ASSERT_NEAR(result.value(x, y, c), planar(wanted, result, x, y, c), 5e-6 * size) << kernel.side;
        }
}

TEST(Filter, IsTheSameForAnyThreadsAndDepths) {
    for (int side : {3, 7, 19}) {
        const Image bytes = noise(120, 201, 4, Depth::bits8, 5);
        Pass pass = own(normalised(some_kernel(side, 8)));
        pass.options.straight_alpha = true;
        const Image alone = filtered(bytes, {pass}, Depth::bits8),
                    together = filtered(bytes, {pass}, Depth::bits8, {threaded, {}});
        EXPECT_EQ(alone, together);
        const Image exact = filtered(bytes, {pass}, Depth::float32);
        const Image from_16 = filtered(with_depth(bytes, Depth::bits16), {pass}, Depth::float32);
        for (int y = 0; y < 201; ++y)
            for (int x = 0; x < 120; ++x)
                for (int c = 0; c < 4; ++c) {
                    ASSERT_NEAR(alone.value(x, y, c), std::clamp(exact.value(x, y, c), 0.0f, 1.0f), 0.5001 / 255);
                    ASSERT_NEAR(from_16.value(x, y, c), exact.value(x, y, c), 1e-5);
                }
    }
}

std::vector<const RowSet*> row_sets() {
    std::vector<const RowSet*> sets = {&row_detail::baseline, &rows()};
#ifdef CONVLOOM_X86_TILES
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) sets.push_back(&row_detail::avx2);
#endif
    return sets;
}

TEST(Filter, InstructionSetsConvertAlike) {
    std::vector<float> in(800);
    for (std::size_t n = 0; n < in.size(); ++n) in[n] = static_cast<float>(n * 7919 % 1013) - 300.25f;
    for (const RowSet* set : row_sets())
        for (long count : {1L, 15L, 16L, 17L, 130L, 777L}) {
            std::vector<std::uint8_t> bytes(static_cast<std::size_t>(count));
            set->to_8_bits(in.data(), bytes.data(), count, 1.5f);
            for (long n = 0; n < count; ++n)
                ASSERT_EQ(bytes[n], static_cast<int>(std::nearbyint(std::clamp(in[n] * 1.5f, 0.0f, 255.0f))));
        }
}

// One kernel over rows that end exactly at the last sample, compared with sums in double precision, or bit for bit if
// the reference's order is requested.
template <class In, class Out>
void expect_sums(const RowSet& set, int side, int columns, int made, long count, bool fused) {
    const long step = 3, length = count + (columns - 1) * step;
    std::vector<std::vector<In>> held;
    std::vector<const In*> from;
    for (int r = 0; r < side + made - 1; ++r) {
        held.emplace_back(static_cast<std::size_t>(length));
        for (long n = 0; n < length; ++n) held.back()[n] = static_cast<In>((n * 7919 + r * 104729) % 251);
    }
    for (const auto& row : held) from.push_back(row.data());
    Kernel weights = some_kernel(std::max(side, columns), 5);
    for (float& w : weights.weights)
        w *= 5.0f / static_cast<float>(side * columns);  // some sums are outside the range of a byte
    std::vector<std::vector<Out>> out(static_cast<std::size_t>(made),
                                      std::vector<Out>(static_cast<std::size_t>(count)));
    SumsJob<In, Out> job{from.data(), made, side, columns, step, weights.weights.data(), fused, 1.5f, {}, count};
    for (int o = 0; o < made; ++o) job.out[o] = out[o].data();
    set.of<In, Out>().sums(job);
    std::vector<const In*> taps;
    for (int r = 0; r < side; ++r)
        for (int c = 0; c < columns; ++c) taps.push_back(from[r] + c * step);
    std::vector<Out> listed(static_cast<std::size_t>(count));
    set.of<In, Out>().taps(
        {taps.data(), weights.weights.data(), static_cast<long>(taps.size()), 1.5f, listed.data(), count});
    for (int o = 0; o < made; ++o)
        for (long n = 0; n < count; ++n) {
            double exact = 0;
            float in_order = 0;
            for (int t = 0; t < side * columns; ++t) {
                const float sample = static_cast<float>(from[t / columns + o][n + t % columns * step]);
                exact += static_cast<double>(sample) * weights.weights[t];
                in_order += sample * weights.weights[t];
            }
            const auto wanted = std::is_same_v<Out, float> ? exact * 1.5 : std::clamp(exact * 1.5, 0.0, 255.0);
            const double near = std::is_same_v<Out, float> ? 1e-3 : 0.501;
            ASSERT_NEAR(out[o][n], wanted, near) << side << "×" << columns << " of " << count << " at " << n;
            if (std::is_same_v<Out, float> && !fused) {
                ASSERT_EQ(out[o][n], static_cast<Out>(in_order * 1.5f));
            }
            if (o == 0) {
                ASSERT_NEAR(listed[n], wanted, near);
            }
            if (o == 0 && std::is_same_v<Out, float>) {
                ASSERT_EQ(listed[n], static_cast<Out>(in_order * 1.5f));
            }  // never fused
        }
}

TEST(Filter, InstructionSetsSumAlike) {
    for (const RowSet* set : row_sets())
        for (const auto& [side, columns] : {std::pair{1, 5}, {3, 1}, {3, 3}, {4, 4}, {5, 1}, {7, 7}, {11, 11}})
            for (int made : {1, tile_rows})
                for (long count : {1L, 7L, 16L, 31L, 64L, 130L, 333L}) {
                    if (made > 1 && side < 3) continue;
                    expect_sums<std::uint8_t, std::uint8_t>(*set, side, columns, made, count, true);
                    expect_sums<float, std::uint8_t>(*set, side, columns, made, count, true);
                    for (bool fused : {false, true}) {
                        expect_sums<std::uint8_t, float>(*set, side, columns, made, count, fused);
                        expect_sums<float, float>(*set, side, columns, made, count, fused);
                    }
                }
}

TEST(Filter, LawsOfTheNamedOnes) {
    Image even = blank(40, 40, 1, Depth::float32), ramp = even;
    for (int n = 0; n < 1600; ++n) {
        std::get<2>(even.samples)[n] = 0.25f;
        std::get<2>(ramp.samples)[n] = static_cast<float>(n % 40);
    }
    for (const NamedFilter& filter : named_filters()) {
        if (filter.kind != Kind::one_kernel) continue;
        const Kernel kernel = filter.usual_kernels().front();
        const double sum = sum_of(kernel);
        for (PaddingMode mode :
             {PaddingMode::reflect, PaddingMode::replicate, PaddingMode::circular, PaddingMode::symmetric}) {
            const Image result = filtered(even, kernel, mode);
            for (float v : std::get<2>(result.samples)) ASSERT_NEAR(v, 0.25 * sum, 2e-6) << filter.name;
        }
    }
    auto sum_of_usual = [](const char* name) { return sum_of(filter_named(name)->usual_kernels().front()); };
    for (const char* name : {"identity", "box", "gaussian", "binomial", "sharpen", "unsharp", "emboss", "motion-blur"})
        EXPECT_NEAR(sum_of_usual(name), 1, 1e-6) << name;
    for (const char* name :
         {"sobel-x", "sobel-y", "prewitt-x", "scharr-y", "roberts-x", "laplacian", "laplacian-8", "outline"})
        EXPECT_EQ(sum_of_usual(name), 0) << name;
    for (const char* name : {"disk", "savitzky-golay"}) EXPECT_NEAR(sum_of_usual(name), 1, 1e-6) << name;
    for (const char* name : {"log", "dog", "gabor", "high-pass", "gaussian-derivative", "laws", "savitzky-golay-slope"})
        EXPECT_NEAR(sum_of_usual(name), 0, 1e-6) << name;
    for (double sigma : {0.3, 0.8, 1.0, 3.0, 10.0})
        for (double size : {0.0, 3.0, 31.0})
            EXPECT_NEAR(sum_of(filter_named("gaussian")->kernels(std::vector{sigma, size}).front()), 1, 1e-6);
    const std::pair<const char*, float> slopes[] = {{"sobel-x", 8},   {"prewitt-x", 6}, {"scharr-x", 32},
                                                    {"sobel-y", 0},   {"laplacian", 0}, {"laplacian-8", 0},
                                                    {"roberts-x", -1}};
    for (const auto& [name, slope] : slopes) {
        const Image result = filtered(ramp, filter_named(name)->usual_kernels().front());
        for (int y = 1; y < 39; ++y)
            for (int x = 1; x < 39; ++x) ASSERT_EQ(result.value(x, y, 0), slope) << name;
    }
    const Image magnitude = filtered(ramp, {Pass{"sobel", {}, {}, {}, true}}, Depth::float32);
    EXPECT_EQ(magnitude.value(20, 20, 0), 8);
}

TEST(Filter, MotionBlurIsOnItsLine) {
    const auto blur = filter_named("motion-blur")->kernels;
    const Kernel flat = blur(std::vector{5.0, 0.0}).front(), upright = blur(std::vector{5.0, 90.0}).front(),
                 slanted = blur(std::vector{5.0, 30.0}).front();
    for (int r = 0; r < 5; ++r)
        for (int c = 0; c < 5; ++c) {
            EXPECT_FLOAT_EQ(flat.at(r, c), r == 2 ? 0.2f : 0);
            EXPECT_FLOAT_EQ(upright.at(r, c), c == 2 ? 0.2f : 0);
            EXPECT_NEAR(slanted.at(r, c), slanted.at(4 - r, 4 - c), 1e-6);
        }
    EXPECT_GT(slanted.at(1, 4), slanted.at(3, 4)) << "30 degrees rise to the right";
}

TEST(Filter, OptionsHaveTheirEffect) {
    const Image picture = noise(30, 20, 4, Depth::bits8, 3);
    const Kernel kernel = some_kernel(3, 5);
    PassOptions straight;
    straight.straight_alpha = true;
    const Image plain = filtered(picture, {own(kernel, straight)}, Depth::float32);
    PassOptions options = straight;
    options.gain = -2;
    options.offset = 0.25f;
    const Image shifted = filtered(picture, {own(kernel, options)}, Depth::float32);
    options.absolute = true;
    const Image absolute = filtered(picture, {own(kernel, options)}, Depth::float32);
    Pass three = own(kernel, straight);
    three.own = {kernel, turned(kernel), mirrored_left_right(kernel)};
    const Image different = filtered(picture, {three}, Depth::float32);
    PassOptions light = straight;
    light.linear_light = true;
    const Image same = filtered(picture, {own(Kernel{1, {1}}, light)}, Depth::bits8);
    const Image blurred = filtered(picture, {own(Kernel{2, {0.5f, 0, 0, 0.5f}}, light)}, Depth::float32);
    PassOptions luminance = straight;
    luminance.channels = Channels::luminance;
    const Image grey = filtered(picture, {own(Kernel{1, {1}}, luminance)}, Depth::float32);
    ASSERT_EQ(grey.channels, 2);
    for (int y = 0; y < 20; ++y)
        for (int x = 0; x < 30; ++x) {
            for (int c = 0; c < 3; ++c) {
                ASSERT_NEAR(shifted.value(x, y, c), 0.25 - 2 * plain.value(x, y, c), 1e-5);
                ASSERT_EQ(absolute.value(x, y, c), std::abs(shifted.value(x, y, c)));
                ASSERT_EQ(different.value(x, y, c),
                          filtered(picture, {own(three.own[c], straight)}, Depth::float32).value(x, y, c));
                if (x == 0 || y == 0) continue;
                ASSERT_NEAR(
                    blurred.value(x, y, c),
                    stored_of((light_of(picture.value(x, y, c)) + light_of(picture.value(x - 1, y - 1, c))) / 2), 1e-5);
            }
            ASSERT_NEAR(
                grey.value(x, y, 0),
                0.2126 * picture.value(x, y, 0) + 0.7152 * picture.value(x, y, 1) + 0.0722 * picture.value(x, y, 2),
                1e-5);
            ASSERT_EQ(grey.value(x, y, 1), picture.value(x, y, 3));
            ASSERT_EQ(plain.value(x, y, 3), picture.value(x, y, 3)) << "alpha is kept";
            if (x == 7 && y == 7) break;  // enough of the slow ones
        }
    EXPECT_EQ(same, picture);
}

TEST(Filter, Pools) {
    const Image picture = noise(11, 8, 3, Depth::bits8, 3);
    const Image most = filtered(picture, {Pass{"max-pooling", {3, 2}, {}, {}, true}}, Depth::bits8);
    const Image mean = filtered(picture, {Pass{"average-pooling", {}, {}, {}, true}}, Depth::float32);
    ASSERT_EQ(most.width, 5);
    ASSERT_EQ(most.height, 3);
    ASSERT_EQ(mean.width, 5);
    ASSERT_EQ(mean.height, 4);
    for (int y = 0; y < 3; ++y)
        for (int x = 0; x < 5; ++x)
            for (int c = 0; c < 3; ++c) {
                float greatest = 0, sum = 0;
                for (int dy = 0; dy < 3; ++dy)
                    for (int dx = 0; dx < 3; ++dx) {
                        greatest = std::max(greatest, picture.value(2 * x + dx, 2 * y + dy, c));
                        if (dx < 2 && dy < 2) sum += picture.value(2 * x + dx, 2 * y + dy, c);
                    }
                EXPECT_EQ(most.value(x, y, c), greatest);
                EXPECT_NEAR(mean.value(x, y, c), sum / 4, 1e-6);
            }
}

TEST(Filter, AppliesStacksInOrderWithoutFiltersThatAreOff) {
    const Image picture = noise(30, 20, 3, Depth::bits8, 3);
    const Pass blur{"gaussian", {}, {}, {}, true}, slope{"sobel-x", {}, {}, {}, true};
    Pass off = slope;
    off.on = false;
    EXPECT_EQ(filtered(picture, {blur, off}, Depth::bits8), filtered(picture, {blur}, Depth::bits8));
    EXPECT_EQ(filtered(picture, {off}, Depth::bits8), picture);
    EXPECT_EQ(filtered(picture, {}, Depth::bits8), picture);
    const Image middle = filtered(picture, {blur}, Depth::float32);
    EXPECT_EQ(filtered(picture, {blur, slope}, Depth::float32), filtered(middle, {slope}, Depth::float32))
        << "nothing is cut in between";
}

TEST(Filter, ReportsErrors) {
    const Image picture = noise(5, 5, 3, Depth::bits8, 3);
    auto fault = [&](Pass pass) { return fault_of({std::move(pass)}, picture); };
    EXPECT_EQ(fault({"gaussian", {}, {}, {}, true}), "");
    EXPECT_NE(fault({"nope", {}, {}, {}, true}), "");
    EXPECT_NE(fault({"gaussian", {1, 4}, {}, {}, true}), "") << "an even size";
    EXPECT_NE(fault({"gaussian", {1}, {}, {}, true}), "");
    EXPECT_NE(fault({"gaussian", {100, 0}, {}, {}, true}), "");
    EXPECT_NE(fault({"custom", {}, {}, {}, true}), "");
    EXPECT_NE(fault({"custom", {}, {some_kernel(3, 1), some_kernel(3, 1)}, {}, true}), "");
    EXPECT_NE(fault({"max-pooling", {6, 1}, {}, {}, true}), "") << "larger than the picture";
    EXPECT_NE(fault({"gaussian", {}, {}, {PaddingMode::zeros, 0}, true}), "");
    EXPECT_NE(fault({"gaussian", {}, {}, {PaddingMode::zeros, 1, 99}, true}), "");
}

TEST(Kernel, IsRotatedMirroredNormalisedAndResized) {
    const Kernel k{3, {1, 2, 3, 4, 5, 6, 7, 8, 9}};
    EXPECT_EQ(turned(k).weights, (std::vector<float>{7, 4, 1, 8, 5, 2, 9, 6, 3}));
    EXPECT_EQ(turned(turned(turned(turned(k)))), k);
    EXPECT_EQ(mirrored_left_right(k).weights, (std::vector<float>{3, 2, 1, 6, 5, 4, 9, 8, 7}));
    EXPECT_EQ(mirrored_up_down(k).weights, (std::vector<float>{7, 8, 9, 4, 5, 6, 1, 2, 3}));
    EXPECT_NEAR(sum_of(normalised(k)), 1, 1e-6);
    EXPECT_FLOAT_EQ(normalised(Kernel{3, {-1, 0, 1, -2, 0, 2, -1, 0, 1}}).weights[2], 0.25f);
    EXPECT_EQ(resized(resized(k, 7), 3), k);
    EXPECT_EQ(kernel_of_table(1, 3, {1, 2, 3}).weights, (std::vector<float>{0, 0, 0, 1, 2, 3, 0, 0, 0}));
    const Kernel mixed = kernel_of_table(2, 3, {1, 2, 3, 4, 5, 6});
    EXPECT_EQ(mixed.at(mixed.side / 2, mixed.side / 2), 5);
}

TEST(Kernel, RankOneIsRecognised) {
    for (const NamedFilter& filter : named_filters())
        for (const Kernel& kernel : filter.usual_kernels()) {
            const auto parts = separable(kernel);
            const std::string name(filter.name);
            const bool rank_1 = name == "identity" || name == "box" || name == "gaussian" || name == "binomial" ||
                                name.starts_with("sobel") || name.starts_with("prewitt") ||
                                name.starts_with("scharr") || name == "motion-blur" || name.starts_with("gabor") ||
                                name.starts_with("gaussian-") || name == "robinson" || name.starts_with("frei-chen") ||
                                name == "laws" || name.starts_with("savitzky-golay");
            EXPECT_EQ(parts.has_value(), rank_1) << name;
            if (!parts) continue;
            for (int r = 0; r < kernel.side; ++r)
                for (int c = 0; c < kernel.side; ++c)
                    EXPECT_NEAR(parts->column[r] * parts->row[c], kernel.at(r, c), 1e-6);
        }
    EXPECT_FALSE(separable(Kernel{3, std::vector<float>(9, 0.0f)}));
    EXPECT_EQ(saving_of(Kernel{31, {}}).direct, 961);
    EXPECT_EQ(saving_of(Kernel{31, {}}).separable, 62);
}

}  // namespace
}  // namespace convloom::tests::filter_test
