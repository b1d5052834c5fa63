// One input channel and one output channel of a layer of many, as a layer by itself: what a view shows that has room
// for one channel, at the same place in time.
#pragma once
#include "core/scene/looks/view.hpp"

namespace convloom::scene {

struct ChannelPair {
    arith::Recording recording;  // without a bias
    Moment moment;
    arith::Index in = 0, out = 0, first_in = 0;  // the channels, and the first that this output channel sees
    float rest = 0;  // what the layer's output has beyond the pair's, at this moment: the other channels and the bias
};

// The output channel of this step; the input channel of this moment's product, else the first that it sees. Of a
// convolution, transposed or not.
ChannelPair channel_pair(const arith::Recording& recording, const Moment& moment);

// The plane of the weight between two channels of a group, of those that follow one another in it.
arith::Index pair_plane(const arith::Layer& layer, arith::Index in, arith::Index out);

// "Input channel 0 of 3, output channel 1 of 2."
std::string pair_title(const arith::Layer& layer, arith::Index in, arith::Index out, Language language);
// "Input channel 0 of 3, output channel 1 of 2. The other input channels and the bias add 4; together 7."
std::string pair_words(const ChannelPair& pair, const arith::Recording& recording, Language language);

}  // namespace convloom::scene
