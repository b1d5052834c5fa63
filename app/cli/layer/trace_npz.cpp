// A whole recording as arrays for NumPy. Steps and taps are rows; step n has the taps first_tap[n] to first_tap[n+1].
#include "app/cli/layer/trace_npz.hpp"

#include "app/cli/base/steps.hpp"
#include "app/files/arrays/npz.hpp"

namespace convloom::cli {
namespace {

using arith::Index;

struct Arrays {
    std::vector<std::int32_t> sample, channel, output, window, in_channel, source, kernel;
    std::vector<std::int64_t> first_tap{0};
    std::vector<float> bias, value, x, w, product, partial;
    std::vector<std::uint8_t> pad;
};

void add_cell(std::vector<std::int32_t>& to, const arith::Cell& cell, int rank) {
    for (int a = 0; a < rank; ++a) to.push_back(static_cast<std::int32_t>(cell[a]));
}

void add_step(Arrays& to, const arith::Recording& recording, Index sample, const arith::Step& step) {
    const int rank = recording.layer().rank();
    to.sample.push_back(static_cast<std::int32_t>(sample));
    to.channel.push_back(static_cast<std::int32_t>(step.channel));
    add_cell(to.output, step.output, rank);
    add_cell(to.window, step.window, rank);
    recording.visit_taps(step, [&](const arith::Tap& tap) {
        to.in_channel.push_back(static_cast<std::int32_t>(tap.in_channel));
        add_cell(to.source, tap.has_source ? tap.source : arith::Cell{-1, -1, -1}, rank);
        to.pad.push_back(tap.padding);
        add_cell(to.kernel, tap.kernel, rank);
        to.x.push_back(tap.x);
        to.w.push_back(tap.w);
        to.product.push_back(tap.product);
        to.partial.push_back(tap.partial);
    });
    to.first_tap.push_back(static_cast<std::int64_t>(to.x.size()));
    to.bias.push_back(recording.bias(step));
    to.value.push_back(recording.value(step));
}

}  // namespace

std::string trace_npz(const state::Case& c) {
    Arrays all;
    for_each_step(c, [&](Index sample, const arith::Recording& recording, const arith::Step& step) {
        add_step(all, recording, sample, step);
    });
    const Index steps = static_cast<Index>(all.value.size()), taps = static_cast<Index>(all.x.size()),
                rank = c.layer.rank();
    files::Npz npz;
    npz.add("step_sample", {steps}, all.sample);
    npz.add("step_channel", {steps}, all.channel);
    npz.add("step_output", {steps, rank}, all.output);
    npz.add("step_window", {steps, rank}, all.window);
    npz.add("step_first_tap", {steps + 1}, all.first_tap);
    npz.add("step_bias", {steps}, all.bias);
    npz.add("step_value", {steps}, all.value);
    npz.add("tap_in_channel", {taps}, all.in_channel);
    npz.add("tap_source", {taps, rank}, all.source);
    npz.add("tap_pad", {taps}, all.pad);
    npz.add("tap_kernel", {taps, rank}, all.kernel);
    npz.add("tap_x", {taps}, all.x);
    npz.add("tap_w", {taps}, all.w);
    npz.add("tap_product", {taps}, all.product);
    npz.add("tap_partial", {taps}, all.partial);
    return npz.bytes();
}

}  // namespace convloom::cli
