// Max unpooling: the law that it undoes a max pooling as far as that can be undone, the recording against the plain
// loop, its windows, and the indices that it refuses.
#include "core/arith/layer/unpooling.hpp"

#include <fmt/format.h>

#include <functional>
#include <limits>
#include <set>

#include "core/arith/compute/convolve.hpp"
#include "core/arith/compute/fast.hpp"
#include "core/arith/steps/listed_taps.hpp"
#include "core/arith/steps/unrolled.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::unpooling_test {
namespace {

using namespace arith;

Layer unpooling(int rank, Index i, Index k, Index s, Index p, Index size = 0) {
    Layer layer;
    layer.op = Op::max_unpooling;
    layer.axes.assign(static_cast<std::size_t>(rank),
                      {.size = i, .kernel = k, .stride = s, .pad_before = p, .pad_after = p, .restored_size = size});
    return layer;
}

void for_small_unpoolings(const std::function<void(const Layer&)>& visit) {
    for (int rank = 1; rank <= 3; ++rank)
        for (Index i = 1; i <= (rank == 1 ? 5 : 4 - rank + 1); ++i)
            for (Index k = 1; k <= 3; ++k)
                for (Index s = 1; s <= 3; ++s)
                    for (Index p = 0; p <= 2; ++p)
                        for (Index more = -2; more <= 2; ++more) {
                            Layer layer = unpooling(rank, i, k, s, p);
                            const Index usual = restored_size(layer.axes[0]);
                            if (more != 0 && usual + more < 1) continue;
                            if (more != 0) layer.axes[0].restored_size = usual + more;
                            if (!check(layer).empty()) continue;
                            layer.in_channels = layer.out_channels = 2;
                            visit(layer);
                        }
}

// Every cell has another number, so that each window has one maximum.
Tensor different_numbers(const Shape& shape) {
    Tensor tensor{shape, {}};
    const Index count = *element_count(shape);
    for (Index n = 0; n < count; ++n) tensor.values.push_back(static_cast<float>(n * 7919 % 10007 + 1));
    return tensor;
}

TEST(Unpooling, OfAPoolingPutsEachMaximumWhereItWas) {
    int layers = 0;
    for (int rank = 1; rank <= 3; ++rank)
        for (Index i = 1; i <= (rank == 1 ? 9 : rank == 2 ? 6 : 4); ++i)
            for (Index k = 1; k <= 4; ++k)
                for (Index s = 1; s <= 3; ++s)
                    for (Index p = 0; p <= k / 2; ++p)
                        for (const bool ceil : {false, true}) {
                            Layer pool;
                            pool.op = Op::max_pooling;
                            pool.axes.assign(static_cast<std::size_t>(rank), {i, k, s, p, p, 1});
                            pool.in_channels = pool.out_channels = 2;
                            pool.ceil_mode = ceil;
                            if (!check(pool).empty()) continue;
                            Layer back = unpooling(rank, output_size(pool, 0), k, s, p, i);
                            back.in_channels = back.out_channels = 2;
                            ASSERT_TRUE(check(back).empty()) << check(back).front().sentence;
                            const Tensor input = different_numbers(input_shape(pool));
                            const Tensor maxima = reference(pool, input, {{0}, {}});
                            const Pooled pooled = pooled_for(back, input);
                            ASSERT_EQ(pooled.values, maxima);
                            ASSERT_EQ(indices_problem(back, pooled.indices), "");
                            const Tensor output = reference(back, maxima, {{0}, {}}, nullptr, {pooled.indices, {}});
                            const Index plane = static_cast<Index>(input.values.size()) / 2;
                            for (std::size_t channel = 0; channel < 2; ++channel) {
                                const auto half = static_cast<std::ptrdiff_t>(maxima.values.size() / 2);
                                const auto begin = maxima.values.begin() + static_cast<std::ptrdiff_t>(channel) * half;
                                const std::set<float> kept(begin, begin + half);
                                for (Index n = 0; n < plane; ++n) {
                                    const std::size_t at =
                                        channel * static_cast<std::size_t>(plane) + static_cast<std::size_t>(n);
                                    const float x = input.values[at];
                                    ASSERT_EQ(output.values[at], kept.count(x) > 0 ? x : 0);
                                }
                            }
                            ++layers;
                        }
    EXPECT_GT(layers, 300);
}

TEST(Unpooling, RecordingIsThePlainLoop) {
    int layers = 0;
    unsigned seed = 1;
    for_small_unpoolings([&](const Layer& layer) {
        const Tensor input = whole_numbers(input_shape(layer), ++seed);
        const Pooled pooled = pooled_for(layer, whole_numbers(output_shape(layer), seed + 100));
        for (const SideTensors& sides : {SideTensors{}, SideTensors{pooled.indices, {}}}) {
            const Tensor wanted = reference(layer, input, {{0}, {}}, nullptr, sides);
            ASSERT_EQ(fast(layer, input, {{0}, {}}, nullptr, {}, sides), wanted);
            const Recording recording(layer, input, Tensor{{0}, {}}, {}, sides);
            ASSERT_EQ(times(unrolled(recording), input.values), wanted.values);
            Index all = 0;
            for (Index n = 0; n < recording.step_count(); ++n) {
                const Step step = recording.step(n);
                ASSERT_EQ(recording.value(step), wanted.values[static_cast<std::size_t>(n)]);
                ASSERT_EQ(static_cast<Index>(recording.taps(step).size()), recording.tap_count(step));
                ASSERT_EQ(recording.taps_before(n), all);
                all += recording.tap_count(step);
            }
            ASSERT_EQ(recording.all_tap_count(), all);
        }
        ++layers;
    });
    EXPECT_GT(layers, 300);
}

// An output cell has in its window exactly the input cells whose windows have it.
TEST(Unpooling, WindowsAreThoseOfThePoolingReadBackwards) {
    for_small_unpoolings([&](const Layer& layer) {
        if (layer.rank() != 1) return;
        for (Index n = 0; n < layer.axes[0].size; ++n) {
            const UnpoolingWindow reach = unpooling_window(layer, {n, 0, 0});
            ASSERT_GE(reach.extents[0], 1);
            for (Index o = 0; o < output_size(layer, 0); ++o) {
                const Window window = window_of(layer, 0, o);
                const bool reached = o >= reach.begin[0] && o < reach.begin[0] + reach.extents[0];
                ASSERT_EQ(n >= window.begin && n < window.begin + window.count, reached);
                ASSERT_LE(window.count, largest_window(layer, 0));
            }
        }
    });
}

// Where two windows share a cell, the later value overwrites the earlier one; an infinite value elsewhere adds nothing.
TEST(Unpooling, LaterValuesOverwriteEarlierOnes) {
    const Layer layer = unpooling(1, 3, 3, 1, 0);
    const float inf = std::numeric_limits<float>::infinity();
    const Tensor input{{1, 3}, {1, 2, inf}}, indices{{1, 3}, {2, 2, 4}};
    const Recording recording(layer, input, Tensor{{0}, {}}, {}, {indices, {}});
    const Tensor output = reference(layer, input, {{0}, {}}, nullptr, {indices, {}});
    EXPECT_EQ(output.values, (std::vector<float>{0, 0, 2, 0, inf}));
    const std::vector<Tap> taps = recording.taps(recording.step(2));
    ASSERT_EQ(taps.size(), 3u);
    EXPECT_EQ(taps[0].w, 0);
    EXPECT_EQ(taps[1].w, 1);
    EXPECT_EQ(taps[2].product, 0);
    EXPECT_EQ(taps[2].partial, 2);
}

TEST(Unpooling, RefusesIndicesThatNoPoolingGives) {
    const Layer layer = unpooling(2, 2, 2, 2, 0);
    const auto problem = [&](std::vector<float> values) {
        return indices_problem(layer, {{1, 2, 2}, std::move(values)});
    };
    EXPECT_EQ(problem({0, 3, 8, 15}), "");
    EXPECT_EQ(problem({0, 3, 8, 16}), "The index of cell (1, 1) is 16; a plane of the output has the cells 0 to 15.");
    EXPECT_EQ(problem({0.5f, 3, 8, 15}),
              "The index of cell (0, 0) is 0.5; a plane of the output has the cells 0 to 15.");
    EXPECT_EQ(problem({0, 1, 8, 15}),
              "The index of cell (0, 1) is 1, which is the output's cell (0, 1); its window begins at (0, 2) and has "
              "2×2.");
}

TEST(Unpooling, RefusesSizesThatNoPoolingHas) {
    const auto first = [](const Layer& layer) {
        const auto problems = check(layer);
        return problems.empty() ? "" : problems.front().sentence;
    };
    EXPECT_EQ(first(unpooling(2, 3, 2, 2, 0, 7)), "");
    EXPECT_EQ(first(unpooling(2, 3, 2, 2, 0, 8)),
              "The output size 8 is not within a stride of 2 cells of 6, which the windows give.");
    EXPECT_EQ(first(unpooling(1, 3, 2, 2, 2)),
              "A window lies in the padding of 2 alone: the output has 2 cells, the windows have 2 cells.");
}

}  // namespace
}  // namespace convloom::tests::unpooling_test
