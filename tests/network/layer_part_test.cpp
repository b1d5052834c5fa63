// Parts of a layer beside the whole: the same bits, from the cells that they see.
#include <gtest/gtest.h>

#include <random>

#include "core/arith/compute/convolve.hpp"
#include "core/arith/layer/output_size.hpp"
#include "core/network/evaluate/layer_part.hpp"
#include "core/state/base/error.hpp"
#include "core/state/networks/node_state.hpp"

namespace convloom::network {
namespace {

std::vector<float> some_values(const arith::Shape& shape, unsigned seed) {
    std::mt19937 random(seed);
    std::vector<float> values(static_cast<std::size_t>(*arith::element_count(shape)));
    for (float& value : values) value = static_cast<float>(random() % 2001) / 1000.0f - 1;
    return values;
}

arith::Layer some_layer(arith::Op op, std::mt19937& random) {
    auto up_to = [&](Index most) { return static_cast<Index>(random() % static_cast<unsigned>(most + 1)); };
    arith::Layer layer;
    layer.op = op;
    for (Index a = 0; a <= up_to(1); ++a) {
        arith::Axis axis;
        axis.size = 1 + up_to(8);
        axis.kernel = 1 + up_to(3);
        axis.stride = 1 + up_to(3);
        axis.dilation = op == arith::Op::average_pooling ? 1 : 1 + up_to(1);
        axis.pad_before = up_to(3);
        axis.pad_after = up_to(3);
        if (layer.is_transposed()) axis.output_padding = up_to(std::max(axis.stride, axis.dilation) - 1);
        layer.axes.push_back(axis);
    }
    if (layer.is_pooling()) layer.ceil_mode = up_to(1) == 1;
    if (op == arith::Op::average_pooling) layer.count_include_pad = up_to(1) == 1;
    layer.groups = layer.mixes_channels() ? 1 + up_to(2) : 1;
    layer.in_channels = layer.out_channels = layer.groups * (1 + up_to(2));
    if (layer.mixes_channels()) layer.out_channels = layer.groups * (1 + up_to(2));
    layer.bias = layer.has_weight() && up_to(1) == 1;
    return layer;
}

TEST(LayerPart, HasTheBitsOfTheWholeWhereverItIsCut) {
    std::mt19937 random(1);
    Index compared = 0, refused = 0;
    for (int round = 0; round < 4000; ++round) {
        const arith::Op op = std::array{arith::Op::convolution, arith::Op::transposed_convolution,
                                        arith::Op::max_pooling, arith::Op::average_pooling}[random() % 4];
        const arith::Layer layer = some_layer(op, random);
        if (!arith::check(layer).empty()) continue;
        const arith::Tensor input{arith::input_shape(layer), some_values(arith::input_shape(layer), 1)},
            weight{arith::weight_shape(layer), some_values(arith::weight_shape(layer), 2)},
            bias{{layer.out_channels}, some_values({layer.out_channels}, 3)};
        const arith::Tensor whole = arith::reference(layer, input, weight, layer.bias ? &bias : nullptr);
        OutputPart output = whole_output(layer);
        // A channel, all of them, or the first of each group.
        if (const unsigned way = random() % 3; way == 0)
            output.channels = {static_cast<Index>(random() % output.channels.size())};
        else if (way == 1 && layer.groups > 1)
            for (std::size_t n = output.channels.size(); n-- > 0;)
                if (output.channels[n] % layer.group_out() != 0)
                    output.channels.erase(output.channels.begin() + static_cast<std::ptrdiff_t>(n));
        for (std::size_t a = 0; a < output.size.size(); ++a) {
            output.begin[a] = static_cast<Index>(random() % static_cast<unsigned>(output.size[a]));
            output.size[a] = 1 + static_cast<Index>(random() % static_cast<unsigned>(output.size[a] - output.begin[a]));
        }
        const FoundPart found = part_of(layer, output);
        if (!found.part) {  // a window of nothing but padding
            ++refused;
            continue;
        }
        ++compared;
        const arith::Tensor made_bias = part_bias(output, bias);
        const arith::Tensor made =
            arith::reference(found.part->layer, part_input(layer, *found.part, input),
                             part_weight(layer, *found.part, output, weight), layer.bias ? &made_bias : nullptr);
        const arith::Tensor wanted = part_output(layer, output, whole);
        ASSERT_EQ(made.shape, wanted.shape) << round;
        for (std::size_t n = 0; n < made.values.size(); ++n)
            ASSERT_EQ(made.values[n], wanted.values[n]) << round << ": " << arith::name_of(op) << ' '
                                                        << part_text(output) << " of " << arith::to_text(whole.shape);
    }
    EXPECT_GT(compared, 1500);
    EXPECT_LT(refused, compared / 4);
}

TEST(LayerPart, SaysWhatIsNotThere) {
    arith::Layer layer = arith::square_layer(8, 3, 1, 0, 1);
    layer.in_channels = layer.out_channels = 4;
    layer.groups = 2;
    OutputPart output = whole_output(layer);
    EXPECT_EQ(part_text(output), "[0:4, 0:6, 0:6]");
    output.begin[1] = 5;
    EXPECT_EQ(part_of(layer, output).fault, "Cells 5 to 10 are not in the output, whose width is 6.");
    output = whole_output(layer);
    output.channels = {0, 1, 2};
    EXPECT_EQ(part_of(layer, output).fault,
              "The 3 channels belong to 2 groups of the layer; choose channels of one group, or as many of each.");
    output.channels = {4};
    EXPECT_EQ(part_of(layer, output).fault, "The output has the channels 0 to 3.");
    output.channels = {1, 0};
    EXPECT_EQ(part_of(layer, output).fault, "The channels must be given in ascending order, each once.");
    EXPECT_EQ(part_text({{0, 3}, {2}, {5}}), "[[0, 3], 2:7]");
}

TEST(LayerPart, AStateTakesAsMuchAsItCanHold) {
    arith::Layer layer = arith::square_layer(64, 3, 1, 1, 1);
    EXPECT_EQ(state::shown_part(layer), whole_output(layer));
    for (arith::Axis& axis : layer.axes) axis.size = 8192;  // 256 MiB hold 8192x8192 of one channel
    layer.in_channels = 3;
    layer.out_channels = 64;
    const OutputPart part = state::shown_part(layer);
    const FoundPart found = part_of(layer, part);
    ASSERT_TRUE(found.part) << found.fault;
    EXPECT_LT(part.size[0] * part.size[1], Index{8192} * 8192);
    EXPECT_GE(part.size[0] * part.size[1] * static_cast<Index>(part.channels.size()), Index{1} << 22);
}

TEST(LayerPart, AStateOpensAtTheLargestValue) {
    const arith::Layer layer = arith::square_layer(5, 3, 1, 0, 1);
    arith::Tensor input{{1, 5, 5}, std::vector<float>(25, 0)}, weight{{1, 1, 3, 3}, std::vector<float>(9, 1)};
    input.values[18] = 1;  // row 3, column 3
    state::LayerValues values{layer, input, weight, {}, arith::reference(layer, input, weight)};
    state::State state = state::state_of_layer(values, whole_output(layer), "conv1 of a network");
    EXPECT_EQ(state.moment.step, 4);
    EXPECT_EQ(state.title, "conv1 of a network");
    state = state::state_of_layer(values, {{0}, {2, 1}, {1, 2}}, "part");
    EXPECT_EQ(state.input->shape, (arith::Shape{1, 3, 4}));
    EXPECT_EQ(state::recording_of(state).value(state::recording_of(state).step(0)), 1);
    values.layer.axes[0].size = 6;
    EXPECT_THROW(state::state_of_layer(values, {{1}, {0, 0}, {1, 1}}, ""), Error);
}

}  // namespace
}  // namespace convloom::network
