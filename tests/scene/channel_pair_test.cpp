// A channel pair of a larger layer, and the view that shows a layer in this way.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/arith/layer/output_size.hpp"
#include "core/scene/pieces/channel_pair.hpp"
#include "core/scene/views/view_table.hpp"
#include "core/scene/words/number_text.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::channel_pair_test {
namespace {

using namespace scene;
using arith::Index;

arith::Layer layer_of(arith::Op op, Index in, Index out, Index groups, bool bias) {
    arith::Layer layer;
    layer.op = op;
    layer.in_channels = in;
    layer.out_channels = out;
    layer.groups = groups;
    layer.bias = bias;
    arith::Axis high, wide;
    high.size = 3, high.kernel = 2, high.stride = 1, wide.size = 4, wide.kernel = 3,
    wide.stride = op == arith::Op::transposed_convolution ? 2 : 1, wide.pad_before = wide.pad_after = 1;
    layer.axes = {high, wide};
    return layer;
}
arith::Recording recording_of(const arith::Layer& layer) {
    const arith::Tensor bias = whole_numbers({layer.out_channels}, 3);
    return {layer, whole_numbers(arith::input_shape(layer), 1), whole_numbers(arith::weight_shape(layer), 2),
            layer.bias ? arith::Shared<arith::Tensor>(bias) : arith::Shared<arith::Tensor>()};
}
const auto layers = {layer_of(arith::Op::transposed_convolution, 4, 2, 2, true),
                     layer_of(arith::Op::transposed_convolution, 3, 2, 1, false),
                     layer_of(arith::Op::transposed_convolution, 1, 3, 1, true),
                     layer_of(arith::Op::convolution, 4, 6, 2, true)};

// At every product of every step, the pair's running sum plus the rest is the layer's sum, and the product is the same.
TEST(ChannelPair, AddsUpWithTheRestToTheSum) {
    for (const arith::Layer& layer : layers) {
        const arith::Recording whole = recording_of(layer);
        for (Index n = 0; n < whole.step_count(); ++n) {
            const arith::Step step = whole.step(n);
            const auto taps = whole.taps(step);
            for (Index t = Moment::whole_window; t < static_cast<Index>(taps.size()); ++t) {
                const ChannelPair pair = channel_pair(whole, {n, t});
                const arith::Step own = pair.recording.step(pair.moment.step);
                EXPECT_EQ(own.output, step.output);
                EXPECT_EQ(pair.out, step.channel);
                const auto own_taps = pair.recording.taps(own);
                if (t == Moment::whole_window) {
                    EXPECT_EQ(pair.recording.value(own) + pair.rest, whole.value(step));
                } else {
                    const arith::Tap &one = own_taps[static_cast<std::size_t>(pair.moment.tap)],
                                     &tap = taps[static_cast<std::size_t>(t)];
                    EXPECT_EQ(pair.in, tap.in_channel);
                    ASSERT_EQ(std::tie(one.x, one.w, one.at, one.kernel), std::tie(tap.x, tap.w, tap.at, tap.kernel))
                        << n << " " << t;
                    EXPECT_EQ(one.partial + pair.rest, tap.partial) << "the bias comes last";
                }
            }
        }
    }
}

TEST(ChannelPair, IsShownByReadingsForManyChannels) {
    for (const arith::Layer& layer : layers) {
        if (!layer.is_transposed()) continue;
        ASSERT_EQ(undrawable(layer, View::readings), "");
        const arith::Recording whole = recording_of(layer);
        const arith::Chain chain{{layer, {}, {}, {}}};
        for (Index n : {Index{0}, whole.step_count() / 2, whole.step_count() - 1}) {
            const ChannelPair pair = channel_pair(whole, {n, Moment::whole_window});
            const Scene scene = info_of(View::readings).compose({whole, {chain, 0}}, {n, Moment::whole_window}, {});
            std::string says;
            bool stamped = false;
            for (const Plane& plane : scene.planes) {
                stamped |= plane.name == fmt::format("output slab {}, stamped", pair.out);
                EXPECT_FALSE(plane.name == "flat input" || plane.name == "unrolled")
                    << "of one pair, it would be taken for the layer's";
                for (const Item& item : plane.items)
                    if (const Text* text = std::get_if<Text>(&item); text && text->name == "pair says")
                        says = text->text;
            }
            EXPECT_TRUE(stamped);
            EXPECT_TRUE(says.starts_with(fmt::format("Input channel {} of {}, output channel {} of {}.", pair.in,
                                                     layer.in_channels, pair.out, layer.out_channels)))
                << says;
            EXPECT_TRUE(layer.in_channels == 3
                            ? says.ends_with(fmt::format("add {}; together {}.", number_text(pair.rest, 2),
                                                         number_text(whole.value(whole.step(n)), 2)))
                            : !says.empty())
                << says;
        }
    }
}

}  // namespace
}  // namespace convloom::tests::channel_pair_test
