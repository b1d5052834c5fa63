// Properties of layers, checked on all small ones of rank 1 and 2 and a sample of rank 3: implementations that must
// agree, and layers that are each other's transpose, sum or special case.
#include <cmath>
#include <functional>

#include "core/arith/chain/chain.hpp"
#include "core/arith/chain/cost.hpp"
#include "core/arith/compute/convolve.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/arith/layer/relationship.hpp"
#include "core/arith/steps/recording.hpp"
#include "core/arith/steps/scatter.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::laws_test {
namespace {

using namespace arith;

// Calls visit with every valid layer of an op whose axes all have the same small numbers; rank 3 is sampled.
void for_small_layers(Op op, int rank, const std::function<void(const Layer&)>& visit) {
    if (kind_of(op).sized_windows) return for_small_sized_layers(op, rank, visit);
    int count = 0;
    const Index most = rank == 1 ? 6 : rank == 2 ? 4 : 3;
    for (Index i = 1; i <= most; ++i)
        for (Index k = 1; k <= (rank == 1 ? 4 : 3); ++k)
            for (Index s = 1; s <= 3; ++s)
                for (Index before = 0; before <= 2; ++before)
                    for (Index after = 0; after <= 2; ++after)
                        for (Index d = 1; d <= 2; ++d)
                            for (Index more = 0; more <= (op == Op::transposed_convolution ? 2 : 0); ++more)
                                for (bool ceil : {false, true}) {
                                    if (ceil && !kind_of(op).pooling) continue;
                                    if (rank == 3 && count++ % 17 != 0) continue;
                                    Layer layer;
                                    layer.op = op;
                                    layer.ceil_mode = ceil;
                                    layer.axes.assign(rank, {i, k, s, before, after, d, more});
                                    if (rank > 1) layer.axes.back().size = i + 1;  // not square
                                    if (check(layer).empty()) visit(layer);
                                }
}

struct Data {
    Tensor input, weight, bias;
};

Data data_for(const Layer& layer, unsigned seed) {
    Tensor input = whole_numbers(input_shape(layer), seed);
    // A negative sum has no root under an odd power.
    if (layer.reduction() == Reduction::norm)
        for (float& x : input.values) x = std::abs(x);
    return {std::move(input), whole_numbers(weight_shape(layer), seed + 1),
            whole_numbers({layer.out_channels}, seed + 2)};
}

void expect_readings_agree(const Layer& layer, unsigned seed) {
    const Data data = data_for(layer, seed);
    const Tensor* bias = layer.bias ? &data.bias : nullptr;
    const Tensor wanted = reference(layer, data.input, data.weight, bias);
    ASSERT_EQ(wanted.shape, output_shape(layer));
    const Recording recording(layer, data.input, data.weight, bias ? Shared<Tensor>(*bias) : Shared<Tensor>());
    ASSERT_EQ(recording.step_count(), static_cast<Index>(wanted.values.size()));
    Index all_taps = 0;
    for (Index n = recording.step_count() - 1; n >= 0; --n) {
        const Step step = recording.step(n);
        ASSERT_EQ(recording.value(step), wanted.values[n]);
        ASSERT_EQ(recording.step_at(step.channel, step.output), n);
        float last = 0, sum = 0;
        Index taps = 0;
        recording.visit_taps(step, [&](const Tap& tap) {
            ASSERT_EQ(tap.number, taps++);
            last = tap.partial;
            sum += tap.product;
            ASSERT_TRUE(!tap.has_source || tap.x == recording.input_value(tap.in_channel, tap.source));
        });
        ASSERT_EQ(taps, recording.tap_count(step));
        all_taps += taps;
        ASSERT_TRUE(taps == 0 || recording.finished(step, last) == wanted.values[n]);
        if (!layer.is_pooling()) {
            float subtotals = 0;
            for (float subtotal : recording.channel_subtotals(step)) subtotals += subtotal;
            ASSERT_EQ(subtotals, sum);
        }
    }
    ASSERT_EQ(recording.all_tap_count(), all_taps);
    if (layer.is_transposed()) {
        const Scatter scatter(layer, data.input, data.weight, bias ? Shared<Tensor>(*bias) : Shared<Tensor>());
        ASSERT_EQ(scatter.output(), wanted);
    }
}

TEST(Laws, RecordingIsTheReferenceForEverySmallLayer) {
    unsigned seed = 1;
    int layers = 0;
    for (const Op op : ops())
        for (int rank : {1, 2, 3})
            for_small_layers(op, rank, [&](Layer layer) {
                ++layers;
                expect_readings_agree(layer, seed += 3);
                if (op == Op::average_pooling) {
                    layer.count_include_pad = false;
                    expect_readings_agree(layer, seed);
                    layer.divisor_override = -3;
                    expect_readings_agree(layer, seed);
                } else if (layer.has_weight()) {
                    layer.flip = true;
                    layer.bias = true;
                    layer.in_channels = 2;
                    layer.out_channels = 4;
                    layer.groups = 2;
                    expect_readings_agree(layer, seed);
                }
            });
    EXPECT_GT(layers, 1000);
}

TEST(Laws, RecordingIsTheReferenceForEveryPaddingMode) {
    for (const PaddingModeInfo& info : padding_modes())
        for_small_layers(Op::convolution, 2, [&](Layer layer) {
            layer.padding_mode = info.mode;
            if (check(layer).empty()) expect_readings_agree(layer, 9);
        });
}

// <Ax, y> = <x, A'y>: the transposed layer with the same numbers goes from o back to i with the same weight.
TEST(Laws, TheTransposedLayerIsTheAdjoint) {
    int layers = 0;
    for (int rank : {1, 2, 3})
        for_small_layers(Op::convolution, rank, [&](Layer direct) {
            direct.in_channels = 2;
            direct.out_channels = 4;
            direct.groups = 2;
            Layer transposed = direct;
            transposed.op = Op::transposed_convolution;
            std::swap(transposed.in_channels, transposed.out_channels);
            for (int a = 0; a < rank; ++a) {
                transposed.axes[a].size = output_size(direct, a);
                transposed.axes[a].output_padding = unused_cells(direct.axes[a]);
            }
            if (!check(transposed).empty()) return;  // cropping and output_padding cannot be combined here
            ASSERT_EQ(output_shape(transposed), input_shape(direct));
            const Tensor x = whole_numbers(input_shape(direct), 4), y = whole_numbers(output_shape(direct), 5);
            const Tensor w = whole_numbers(weight_shape(direct), 6);
            ASSERT_EQ(weight_shape(transposed), weight_shape(direct));
            auto dot = [](const Tensor& a, const Tensor& b) {
                double sum = 0;
                for (std::size_t n = 0; n < a.values.size(); ++n) sum += static_cast<double>(a.values[n]) * b.values[n];
                return sum;
            };
            ASSERT_EQ(dot(reference(direct, x, w), y), dot(x, reference(transposed, y, w)));
            ++layers;
        });
    EXPECT_GT(layers, 300);
}

// Zeros between the input cells, padding p' and a rotated kernel give the same numbers as the transposed layer.
TEST(Laws, TheEquivalentDirectLayerComputesTheSame) {
    for_small_layers(Op::transposed_convolution, 2, [&](const Layer& transposed) {
        Layer direct = transposed;
        direct.op = Op::convolution;
        direct.flip = true;  // on one channel, rotating the kernel is sufficient
        Cell stretched{};
        for (int a = 0; a < 2; ++a) {
            const EquivalentDirect e = equivalent_direct(transposed.axes[a]);
            if (e.pad_before < 0 || e.pad_after < 0) return;  // cropped, so there is no such padding
            direct.axes[a] = {e.stretched, transposed.axes[a].kernel,   1, e.pad_before,
                              e.pad_after, transposed.axes[a].dilation, 0};
            stretched[a] = e.stretched;
        }
        const Tensor x = whole_numbers(input_shape(transposed), 7), w = whole_numbers(weight_shape(transposed), 8);
        Tensor spread{input_shape(direct), std::vector<float>(stretched[0] * stretched[1], 0)};
        for (Index r = 0; r < transposed.axes[0].size; ++r)
            for (Index c = 0; c < transposed.axes[1].size; ++c)
                spread.values[r * transposed.axes[0].stride * stretched[1] + c * transposed.axes[1].stride] =
                    x.values[r * transposed.axes[1].size + c];
        ASSERT_EQ(reference(direct, spread, w), reference(transposed, x, w));
    });
}

TEST(Laws, FlipRotatesTheKernelBy180Degrees) {
    for_small_layers(Op::convolution, 2, [&](Layer layer) {
        const Tensor x = whole_numbers(input_shape(layer), 3), w = whole_numbers(weight_shape(layer), 4);
        Tensor round = w;
        std::reverse(round.values.begin(), round.values.end());
        const Tensor plain = reference(layer, x, round);
        layer.flip = true;
        ASSERT_EQ(reference(layer, x, w), plain);
    });
}

TEST(Laws, DepthwiseThenPointwiseIsTheSeparableLayer) {
    Layer standard = square_layer(7, 3, 1, 0, 1);
    standard.in_channels = 3;
    standard.out_channels = 128;
    const Chain chain = depthwise_separable(standard);
    ASSERT_TRUE(check(chain).empty());
    const Tensor x = whole_numbers(input_shape(standard), 1);
    const Tensor depth = whole_numbers(weight_shape(chain[0].layer), 2),
                 point = whole_numbers(weight_shape(chain[1].layer), 3);
    // The standard layer whose kernels are the products of the two layers' kernels.
    Tensor together{weight_shape(standard), {}};
    for (Index oc = 0; oc < 128; ++oc)
        for (Index c = 0; c < 3; ++c)
            for (Index k = 0; k < 9; ++k) together.values.push_back(point.values[oc * 3 + c] * depth.values[c * 9 + k]);
    EXPECT_EQ(reference(chain[1].layer, reference(chain[0].layer, x, depth), point), reference(standard, x, together));
}

TEST(Cost, MatchesTheArticlesNumbers) {
    Layer standard = square_layer(7, 3, 1, 0, 1);
    standard.in_channels = 3;
    standard.out_channels = 128;
    EXPECT_EQ(cost(standard).multiplications, 86'400);
    EXPECT_EQ(cost(standard).parameters, 3'456);
    const Chain separable = depthwise_separable(standard);
    EXPECT_EQ(cost(separable[0].layer).multiplications, 675);
    EXPECT_EQ(cost(separable[1].layer).multiplications, 9'600);
    EXPECT_EQ(cost(separable).multiplications, 10'275);
    EXPECT_EQ(cost(separable).output_bytes, 5 * 5 * 128 * 4);
    std::vector<std::string> names;
    for (const Alternative& a : alternatives(standard)) names.push_back(a.name);
    EXPECT_EQ(names, (std::vector<std::string>{"standard", "depthwise separable"}));
    standard.in_channels = 4;
    EXPECT_EQ(alternatives(standard)[1].name, "2 groups");
    EXPECT_EQ(alternatives(standard)[1].cost.multiplications, alternatives(standard)[0].cost.multiplications / 2);
}

TEST(Cost, AlternativesHaveTheSameShapes) {
    int layers = 0, with_one = 0;
    for (Op op : {Op::convolution, Op::transposed_convolution})
        for (int rank : {1, 2, 3})
            for_small_layers(op, rank, [&](Layer layer) {
                layer.in_channels = 4;
                layer.out_channels = 2;
                for (const Alternative& way : alternatives(layer)) {
                    ASSERT_EQ(input_shape(way.chain.front().layer), input_shape(layer)) << way.name;
                    ASSERT_EQ(output_shape(way.chain.back().layer), output_shape(layer)) << way.name;
                    ++layers;
                    with_one += way.name == "1×1";
                }
            });
    EXPECT_GT(layers, 1000);
    EXPECT_GT(with_one, 100);
}

// The number of multiplications is the number of recorded taps if padding is counted.
TEST(Cost, CountsTheTaps) {
    for (Op op : {Op::convolution, Op::transposed_convolution})
        for_small_layers(op, 2, [&](const Layer& layer) {
            if (layer.is_transposed() && (layer.axes[0].pad_before > 0 || layer.axes[0].pad_after > 0))
                return;  // cropped taps are not recorded
            const Data data = data_for(layer, 1);
            const Recording recording(layer, data.input, data.weight);
            Index taps = 0;
            for (Index n = 0; n < recording.step_count(); ++n) taps += recording.tap_count(recording.step(n));
            ASSERT_EQ(cost(layer).multiplications, taps);
        });
}

TEST(Relationship, HoldsForTheFigures) {
    struct Figure {
        Index i, o, p, k, s, d;
        int direct, transposed;
    };
    const Figure figures[] = {{4, 2, 0, 3, 1, 1, 1, 8},  {5, 6, 2, 4, 1, 1, 2, 9},  {5, 5, 1, 3, 1, 1, 3, 10},
                              {5, 7, 2, 3, 1, 1, 4, 11}, {5, 2, 0, 3, 2, 1, 5, 12}, {5, 3, 1, 3, 2, 1, 6, 13},
                              {6, 3, 1, 3, 2, 1, 6, 14}, {7, 3, 0, 3, 1, 2, 15, 0}};
    for (const Figure& f : figures) {
        Layer layer = square_layer(f.i, f.k, f.s, f.p, f.d);
        EXPECT_EQ(output_size(layer, 0), f.o);
        EXPECT_EQ(relationship(layer, 0).number, f.direct);
        layer.op = Op::transposed_convolution;
        for (Axis& axis : layer.axes) {
            axis.output_padding = unused_cells({f.i, f.k, f.s, f.p, f.p, f.d});
            axis.size = f.o;
        }
        EXPECT_TRUE(check(layer).empty());
        EXPECT_EQ(output_size(layer, 0), f.i);
        EXPECT_EQ(relationship(layer, 0).number, f.transposed);
    }
    Layer pool = square_layer(5, 3, 1, 0, 1);
    pool.op = Op::max_pooling;
    EXPECT_EQ(relationship(pool, 0).number, 7);
    EXPECT_EQ(output_size_formula(pool, 0), "floor((5 + 2·0 - 1·(3-1) - 1) / 1) + 1 = 3");
}

TEST(Padding, RulesGiveTheirSizes) {
    for (Index i = 1; i <= 9; ++i)
        for (Index k = 1; k <= 5; ++k)
            for (Index s = 1; s <= 4; ++s)
                for (Index d = 1; d <= 3; ++d) {
                    auto size = [&](PaddingRule rule) {
                        Axis axis{i, k, s, 0, 0, d};
                        std::tie(axis.pad_before, axis.pad_after) = padding_for(rule, axis);
                        return output_size(axis);
                    };
                    EXPECT_EQ(size(PaddingRule::same_upper), (i + s - 1) / s);
                    EXPECT_EQ(size(PaddingRule::same_lower), (i + s - 1) / s);
                    if (s != 1) continue;
                    EXPECT_EQ(size(PaddingRule::same), i);
                    EXPECT_EQ(size(PaddingRule::full), i + d * (k - 1));
                }
    EXPECT_EQ(padding_for(PaddingRule::same_upper, {5, 2, 1}), (std::pair<Index, Index>{0, 1}));
    EXPECT_EQ(padding_for(PaddingRule::same_lower, {5, 2, 1}), (std::pair<Index, Index>{1, 0}));
    EXPECT_EQ(padding_for(PaddingRule::same, {5, 2, 1}), (std::pair<Index, Index>{0, 1}));
}

// TensorFlow's conv2d_transpose is the adjoint of the direct layer with the same padding whose input is i·s, so
// cropping and values must agree. Cells of i·s that no window covers are at the end.
TEST(Padding, SameForATransposedLayerIsTheAdjointOfTheDirectOne) {
    int settings = 0;
    for (PaddingRule rule : {PaddingRule::same_upper, PaddingRule::same_lower})
        for (Index i = 1; i <= 6; ++i)
            for (Index k = 1; k <= 6; ++k)
                for (Index s = 1; s <= 6; ++s)
                    for (Index d = 1; d <= 3; ++d) {
                        SCOPED_TRACE(testing::Message() << "i " << i << " k " << k << " s " << s << " d " << d);
                        ++settings;
                        Layer up;
                        up.op = Op::transposed_convolution;
                        up.axes = {{i, k, s, 0, 0, d}};
                        set_padding(up, rule);
                        ASSERT_TRUE(check(up).empty());
                        ASSERT_EQ(output_size(up, 0), i * s);
                        Layer down;
                        down.axes = {{i * s, k, s, 0, 0, d}};
                        set_padding(down, rule);
                        ASSERT_EQ(output_size(down, 0), i);
                        ASSERT_EQ(up.axes[0].pad_before, down.axes[0].pad_before);
                        const auto seed = static_cast<unsigned>(settings);
                        const Tensor x = whole_numbers({1, i}, seed), y = whole_numbers({1, i * s}, seed + 1),
                                     w = whole_numbers({1, 1, k}, seed + 2);
                        const Tensor wide = reference(up, x, w, nullptr), narrow = reference(down, y, w, nullptr);
                        float one = 0, other = 0;
                        for (Index n = 0; n < i * s; ++n) one += wide.values[n] * y.values[n];
                        for (Index n = 0; n < i; ++n) other += narrow.values[n] * x.values[n];
                        ASSERT_EQ(one, other);
                        Layer again = up;
                        set_padding(again, rule);
                        ASSERT_EQ(again, up);
                        for (Index more = 0; more < std::max(s, d);
                             ++more) {  // requested output padding keeps the size
                            again.axes[0].output_padding = more;
                            set_padding(again, rule);
                            ASSERT_TRUE(check(again).empty());
                            ASSERT_EQ(output_size(again, 0), i * s);
                        }
                    }
    EXPECT_EQ(settings, 1296);
    Layer layer;
    layer.op = Op::transposed_convolution;
    layer.axes = {{3, 3, 2}, {2, 2, 6}};
    set_padding(layer, PaddingRule::same_upper);
    EXPECT_EQ(layer.axes[0], (Axis{3, 3, 2, 0, 1}));
    EXPECT_EQ(layer.axes[1], (Axis{2, 2, 6, 0, 0, 1, 4}));
    layer.axes = {{3, 3, 2}};
    set_padding(layer, PaddingRule::same_lower);
    EXPECT_EQ(layer.axes[0], (Axis{3, 3, 2, 1, 0}));
}

TEST(Padding, SameForAPoolingGivesOneOutputPerStride) {
    for (Op op : {Op::max_pooling, Op::average_pooling})
        for (bool ceil : {false, true})
            for (PaddingRule rule : {PaddingRule::same_upper, PaddingRule::same_lower})
                for (Index i = 1; i <= 9; ++i)
                    for (Index k = 1; k <= 6; ++k)
                        for (Index s = 1; s <= 6; ++s)
                            for (Index d = 1; d <= (op == Op::max_pooling ? 3 : 1); ++d) {
                                Layer pool;
                                pool.op = op;
                                pool.ceil_mode = ceil;
                                pool.axes = {{i, k, s, 0, 0, d}};
                                set_padding(pool, rule);
                                ASSERT_TRUE(check(pool).empty()) << i << " " << k << " " << s << " " << d;
                                ASSERT_EQ(output_size(pool, 0), (i + s - 1) / s) << i << " " << k << " " << s;
                            }
}

// The receptive field by the formula contains exactly the input cells whose change has an effect.
TEST(Chain, ReceptiveFieldsMatchPerturbations) {
    auto layer = [](Op op, Index k, Index s, Index p, Index d) {
        Layer l = square_layer(1, k, s, p, d);
        l.axes.resize(1);
        l.op = op;
        return Link{l, {}, {}, {}};
    };
    const std::vector<Chain> chains = {
        {layer(Op::convolution, 3, 1, 1, 1), layer(Op::convolution, 3, 1, 2, 2), layer(Op::convolution, 3, 1, 4, 4)},
        {layer(Op::convolution, 7, 2, 3, 1), layer(Op::max_pooling, 3, 2, 1, 1), layer(Op::convolution, 3, 1, 1, 1)},
        {layer(Op::average_pooling, 2, 2, 0, 1), layer(Op::convolution, 5, 1, 2, 1),
         layer(Op::convolution, 2, 3, 0, 1)}};
    for (Chain chain : chains) {
        chain[0].layer.axes[0].size = 60;
        connect(chain);
        ASSERT_TRUE(check(chain).empty()) << check(chain)[0].problem.sentence;
        const auto fields = receptive_fields(chain);
        auto run = [&](Tensor x) {
            for (const Link& link : chain) {
                const Tensor ones{weight_shape(link.layer),
                                  std::vector<float>(*element_count(weight_shape(link.layer)), 1)};
                x = reference(link.layer, x, ones);
            }
            return x;
        };
        const Tensor zero{{1, 60}, std::vector<float>(60, 0)};
        const Index cells = output_size(chain.back().layer, 0);
        std::vector<Index> first(cells, 60), last(cells, -1);
        for (Index i = 0; i < 60; ++i) {
            Tensor touched = zero;
            touched.values[i] = 1;
            const Tensor out = run(touched);
            for (Index o = 0; o < cells; ++o)
                if (out.values[o] != 0) first[o] = std::min(first[o], i), last[o] = std::max(last[o], i);
        }
        const ReceptiveField& f = fields.back()[0];
        int whole = 0;
        for (Index o = 0; o < cells; ++o) {
            const double from = f.offset + static_cast<double>(o) * f.stride, to = from + f.size - 1;
            if (from < 0 || to > 59) continue;  // cut off by the border
            EXPECT_EQ(static_cast<double>(first[o]), from);
            EXPECT_EQ(static_cast<double>(last[o]), to);
            ++whole;
        }
        EXPECT_GT(whole, 2);
    }
}

TEST(Chain, NamesTheLayerThatDoesNotFit) {
    Layer a = square_layer(7, 3, 1, 0, 1), b = square_layer(4, 3, 1, 0, 1);
    EXPECT_EQ(check(Chain{{a, {}, {}, {}}, {b, {}, {}, {}}})[0].problem.sentence,
              "Layer 2: the input is 4×4, but the layer before gives 5×5.");
    b = square_layer(5, 3, 1, 0, 1);
    b.in_channels = 2;
    EXPECT_EQ(check(Chain{{a, {}, {}, {}}, {b, {}, {}, {}}})[0].problem.sentence,
              "Layer 2: in_channels is 2, but the layer before gives 1.");
    EXPECT_FALSE(check(Chain{}).empty());
}

TEST(Check, NearestGroupsDivideBothChannels) {
    for (Index in = 1; in <= 12; ++in)
        for (Index out = 1; out <= 12; ++out)
            for (Index groups = 1; groups <= 13; ++groups) {
                Layer layer = square_layer(3, 1, 1, 0, 1);
                layer.in_channels = in, layer.out_channels = out, layer.groups = groups;
                Index distance = 100;
                for (Index g = 1; g <= std::min(in, out); ++g)
                    if (in % g == 0 && out % g == 0) distance = std::min(distance, std::abs(g - groups));
                for (const Problem& problem : check(layer)) {
                    ASSERT_TRUE(problem.nearest);
                    EXPECT_EQ(std::abs(*problem.nearest - groups), distance) << in << " " << out << " " << groups;
                    layer.groups = *problem.nearest;
                    EXPECT_TRUE(check(layer).empty());
                    layer.groups = groups;
                }
            }
}

// The largest allowed number is of no use, so it is not suggested.
TEST(Check, SuggestsNothingForValuesTooLarge) {
    const std::vector<Problem> problems = check(square_layer(8, Index{1} << 40, 1, 0, 1));
    ASSERT_EQ(problems.size(), 1u);
    EXPECT_FALSE(problems[0].nearest);
}

TEST(DepthwiseSeparable, FindsItsStandardLayer) {
    Layer standard = square_layer(7, 3, 2, 1, 1);
    standard.in_channels = 3, standard.out_channels = 8, standard.bias = true;
    Chain chain = depthwise_separable(standard);
    EXPECT_EQ(standard_of(chain), standard);
    chain[0].layer.bias = true;
    chain[0].after = {relu()};
    EXPECT_EQ(standard_of(chain), standard) << "as in MobileNet";
    chain[1].layer.axes[0].kernel = 2;
    EXPECT_FALSE(standard_of(chain));
    EXPECT_FALSE(standard_of({{standard, {}, {}, {}}}));
    EXPECT_FALSE(standard_of({}));
}

TEST(Check, RefusesSettingsThatPyTorchRefuses) {
    Layer t = square_layer(4, 3, 2, 1, 1);
    t.op = Op::transposed_convolution;
    t.axes[0].output_padding = t.axes[1].output_padding = 2;
    ASSERT_FALSE(check(t).empty());
    EXPECT_EQ(check(t)[0].sentence, "Output padding 2 must be smaller than the stride 2 or the dilation 1.");
    EXPECT_EQ(check(t)[0].nearest, 1);
    Layer pool = square_layer(4, 3, 2, 4, 1);
    pool.op = Op::max_pooling;
    EXPECT_TRUE(check(pool).empty()) << "any padding, as in ONNX";
    Layer crop = square_layer(1, 2, 1, 3, 1);
    crop.op = Op::transposed_convolution;
    EXPECT_EQ(check(crop)[0].field, LayerField::padding);
}

TEST(Check, ASettingOfAnotherKindIsRefused) {
    auto refused = [](Op op, auto change) {
        Layer layer = square_layer(6, 3, 1, 0, 1);
        layer.op = op;
        EXPECT_TRUE(check(layer).empty());
        change(layer);
        return !check(layer).empty();
    };
    for (Op op : {Op::convolution, Op::transposed_convolution, Op::max_pooling, Op::average_pooling}) {
        const bool pooling = op == Op::max_pooling || op == Op::average_pooling, average = op == Op::average_pooling;
        EXPECT_EQ(refused(op, [](Layer& l) { l.ceil_mode = true; }), !pooling);
        EXPECT_EQ(refused(op, [](Layer& l) { l.count_include_pad = false; }), !average);
        EXPECT_EQ(refused(op, [](Layer& l) { l.divisor_override = 2; }), !average);
        EXPECT_EQ(refused(op, [](Layer& l) { l.divisor_override = -2; }), !average);
        EXPECT_EQ(refused(op, [](Layer& l) { l.divisor_override = max_field + 1; }), true);
        EXPECT_EQ(refused(op, [](Layer& l) { l.in_channels = l.out_channels = l.groups = 2; }), pooling);
        EXPECT_EQ(refused(op, [](Layer& l) { l.bias = true; }), pooling);
        EXPECT_EQ(refused(op, [](Layer& l) { l.flip = true; }), pooling);
        EXPECT_EQ(refused(op, [](Layer& l) { l.padding_mode = PaddingMode::replicate; }), op != Op::convolution);
    }
}

}  // namespace
}  // namespace convloom::tests::laws_test
