// The connected cells of each cell, compared with every tap of every step: both must describe the same products.
#include <set>
#include <tuple>

#include "core/arith/layer/output_size.hpp"
#include "core/arith/steps/recording.hpp"
#include "core/arith/steps/ties.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::ties_test {
namespace {

using namespace arith;
using Key = std::tuple<int, Index, Index, Cell>;  // part, channel, second, place

Key key(const CellName& c) {
    return {static_cast<int>(c.part), c.channel, c.second, c.at};
}

std::set<Key> cells_of(const std::vector<CellSet>& sets) {
    std::set<Key> keys;
    Index count = 0;
    for (const CellSet& set : sets) {
        count += set.count();
        for (Index c = set.first_channel; c <= set.last_channel; ++c)
            for (Index s = set.first_second; s <= set.last_second; ++s)
                for (Index x : set.along[0])
                    for (Index y : set.along[1])
                        for (Index z : set.along[2]) {
                            const CellName name{set.part, c, s, {x, y, z}};
                            EXPECT_TRUE(set.contains(name));
                            keys.insert(key(name));
                        }
    }
    EXPECT_EQ(static_cast<std::size_t>(count), keys.size()) << "no cell twice";
    return keys;
}

struct Product {
    CellName output, input, weight;
    CellName source;  // an input cell, where has_source
    bool has_source;
};

std::vector<Product> products(const Layer& layer) {
    std::vector<Product> all;
    const Recording recording(
        layer, Tensor{input_shape(layer), std::vector<float>(*element_count(input_shape(layer)))},
        !layer.has_weight() ? Tensor{}
                            : Tensor{weight_shape(layer), std::vector<float>(*element_count(weight_shape(layer)))});
    for (Index n = 0; n < recording.step_count(); ++n) {
        const Step step = recording.step(n);
        recording.visit_taps(step, [&](const Tap& tap) {
            const CellName out{Part::output, step.channel, 0, step.output}, in{Part::input, tap.in_channel, 0, tap.at},
                source{Part::input, tap.in_channel, 0, tap.source},
                weight{Part::kernel, layer.is_transposed() ? tap.in_channel : step.channel, tap.weight_channel,
                       tap.kernel};
            all.push_back({out, in, weight, source, tap.has_source});
        });
    }
    return all;
}

void expect_ties(const Layer& layer) {
    const std::vector<Product> all = products(layer);
    std::map<Key, std::set<Key>> wanted;
    std::map<Key, CellName> names;
    auto tie = [&](const CellName& from, const CellName& to) {
        names[key(from)] = from;
        wanted[key(from)].insert(key(to));
    };
    for (const Product& p : all) {
        tie(p.output, p.input);
        tie(p.input, p.output);
        if (p.has_source) tie(p.source, p.output);
        if (p.has_source && key(p.source) != key(p.input)) tie(p.input, p.source);
        if (!layer.has_weight()) continue;
        tie(p.output, p.weight);
        tie(p.weight, p.input);
        tie(p.weight, p.output);
    }
    for (const auto& [from, cells] : wanted) EXPECT_EQ(cells_of(ties(layer, names[from])), cells);
}

TEST(Ties, AgreeWithEveryTap) {
    for (const Op op : ops())
        for (int rank = 1; rank <= 2; ++rank)
            for (Index s = 1; s <= 3; ++s)
                for (Index d = 1; d <= 2; ++d)
                    for (Index p = 0; p <= 1; ++p)
                        for (bool flip : {false, true}) {
                            Layer layer;
                            layer.op = op;
                            layer.in_channels = layer.out_channels = 4;
                            layer.groups = op == Op::convolution || op == Op::transposed_convolution ? 2 : 1;
                            layer.flip = flip && layer.groups == 2;
                            layer.axes.assign(rank, {4, 3, s, p, p, d, 0});
                            layer.axes.back().size = 5;
                            keep_own_numbers(layer);
                            for (Axis& axis : layer.axes) {
                                if (layer.op == Op::adaptive_average_pooling) axis.output_size = 3;
                                if (layer.op == Op::upsample_linear) axis.upsample_size = 7;
                            }
                            if (check(layer).empty()) expect_ties(layer);
                        }
}

TEST(Ties, AgreeIfPaddingRepeatsTheInput) {
    for (PaddingMode mode : {PaddingMode::zeros, PaddingMode::reflect, PaddingMode::replicate, PaddingMode::circular,
                             PaddingMode::symmetric}) {
        Layer layer;
        layer.axes = {{5, 3, 2, 2, 1, 1, 0}, {4, 2, 1, 1, 2, 2, 0}};
        layer.padding_mode = mode;
        ASSERT_TRUE(check(layer).empty());
        expect_ties(layer);
    }
}

TEST(Ties, AgreeForRank3) {
    Layer layer;
    layer.axes.assign(3, {3, 2, 1, 1, 0, 1, 0});
    layer.in_channels = 2;
    expect_ties(layer);
}

}  // namespace
}  // namespace convloom::tests::ties_test
