// One input channel and one output channel of a layer as a layer of its own, at the same step and tap. For views that
// have room for one channel only.
#pragma once
#include "core/scene/looks/view.hpp"

namespace convloom::scene {

struct ChannelPair {
    arith::Recording recording;  // without a bias
    Moment moment;
    arith::Index in = 0, out = 0,
                 first_in = 0;  // the channels, and the first input channel that this output channel sees
    float rest = 0;             // the rest of the output's value at this moment: other channels and the bias
};

// The output channel of this step with the input channel of the current product, or the first one it sees. Expects a
// convolution, direct or transposed.
ChannelPair channel_pair(const arith::Recording& recording, const Moment& moment);

// The index of the plane of the weight between two channels of a group, in the order in which the planes are stored.
arith::Index pair_plane(const arith::Layer& layer, arith::Index in, arith::Index out);

// "Input channel 0 of 3, output channel 1 of 2."
std::string pair_title(const arith::Layer& layer, arith::Index in, arith::Index out, Language language);
// "Input channel 0 of 3, output channel 1 of 2. The other input channels and the bias add 4; together 7."
std::string pair_words(const ChannelPair& pair, const arith::Recording& recording, Language language);

}  // namespace convloom::scene
