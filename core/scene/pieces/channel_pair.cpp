#include "core/scene/pieces/channel_pair.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/arith/layer/output_size.hpp"
#include "core/scene/words/number_text.hpp"

namespace convloom::scene {

using arith::Index;

namespace {

arith::Layer pair_layer(const arith::Layer& layer) {
    arith::Layer one = layer;
    one.in_channels = one.out_channels = one.groups = 1;
    one.bias = false;
    return one;
}

// The consecutive values from `first` on, in the given shape.
arith::Tensor part_of(const arith::Tensor& tensor, Index first, arith::Shape shape) {
    const auto begin = tensor.values.begin() + first;
    return {shape, {begin, begin + *arith::element_count(shape)}};
}

}  // namespace

Index pair_plane(const arith::Layer& layer, Index in, Index out) {
    return layer.is_transposed() ? in * layer.group_out() + out % layer.group_out()
                                 : out * layer.group_in() + in % layer.group_in();
}

std::string pair_title(const arith::Layer& layer, Index in, Index out, Language language) {
    return trf(language, "Input channel {} of {}, output channel {} of {}.", in, layer.in_channels, out,
               layer.out_channels);
}

ChannelPair channel_pair(const arith::Recording& recording, const Moment& moment) {
    const arith::Layer& layer = recording.layer();
    const arith::Extents extents(layer);
    const arith::Step step = recording.step(moment.step);
    const std::vector<arith::Tap> taps = recording.taps(step);
    const arith::Tap* now = current_tap(taps, moment);
    const Index first_in = step.channel / layer.group_out() * layer.group_in(), in = now ? now->in_channel : first_in;
    const arith::Layer one = pair_layer(layer);
    ChannelPair pair{{one, part_of(recording.input(), in * extents.in_volume, arith::input_shape(one)),
                      part_of(recording.weight(), pair_plane(layer, in, step.channel) * extents.kernel_volume,
                              arith::weight_shape(one))},
                     {moment.step % extents.out_volume, Moment::whole_window},
                     in,
                     step.channel,
                     first_in,
                     0};
    if (now)
        pair.moment.tap = std::count_if(taps.data(), now, [&](const arith::Tap& tap) { return tap.in_channel == in; });
    pair.rest = value_at(recording, step, moment) -
                value_at(pair.recording, pair.recording.step(pair.moment.step), pair.moment);
    return pair;
}

std::string pair_words(const ChannelPair& pair, const arith::Recording& recording, Language language) {
    const arith::Layer& layer = recording.layer();
    std::string text = pair_title(layer, pair.in, pair.out, language);
    // The bias is added after the last product.
    const bool others = layer.group_in() > 1, bias = layer.bias && pair.moment.tap == Moment::whole_window;
    if (!others && !bias) return text;
    const char* form = others && bias ? "The other input channels and the bias add {}; together {}."
                       : others       ? "The other input channels add {}; together {}."
                                      : "The bias adds {}; together {}.";
    const float own = value_at(pair.recording, pair.recording.step(pair.moment.step), pair.moment);
    add_sentence(text, trf(language, form, number_text(pair.rest, 2), number_text(own + pair.rest, 2)), language);
    return text;
}

}  // namespace convloom::scene
